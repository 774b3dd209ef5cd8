import ArgumentParser
import Documents
import Foundation

/// How waiting is told of.
enum ProgressStyle: String, CaseIterable, ExpressibleByArgument, Sendable {
  /// As plain lines.
  case auto
  /// As plain lines.
  case plain
  /// One JSON object a line.
  case json
  /// Not at all.
  case none
}

/// Says on standard error what is being waited for, so that nothing hangs silently.
enum Waiting {
  private static let firstSeconds = 2
  private static let everySeconds = 10

  /// Does some work; after two seconds, and every ten from then on, says that it still goes on.
  static func tell<Result: Sendable, Fault: Error>(
    _ what: String, _ messages: MessageOptions,
    while work: () async throws(Fault) -> Result
  ) async throws(Fault) -> Result {
    guard !messages.quiet, messages.progress != .none else { return try await work() }
    let isJSON = messages.progress == .json
    let ticker = Task.detached {
      var waited = firstSeconds
      try await Task.sleep(for: .seconds(firstSeconds))
      while !Task.isCancelled {
        Console.say(line(what, waited, isJSON))
        waited += everySeconds
        try await Task.sleep(for: .seconds(everySeconds))
      }
    }
    defer { ticker.cancel() }
    return try await work()
  }

  private static func line(_ what: String, _ seconds: Int, _ isJSON: Bool) -> String {
    guard isJSON else { return "\(what) (\(seconds) s so far)" }
    let document: Document = [
      "type": "progress", "what": .text(what), "elapsed_s": .integer(Int64(seconds)),
    ]
    return document.json()
  }
}
