import Foundation
import TestSupport
import Testing

/// A file that holds the output as it was looked at and found right.
enum GoldenFile {
  /// Compares a text with a golden file; with `BERTH_UPDATE_GOLDEN=1` the file is rewritten instead.
  static func expect(
    _ text: String, equals name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let path = Repository.root.appending(path: "Tests/GoldenTests/Golden/\(name)")
    if ProcessInfo.processInfo.environment["BERTH_UPDATE_GOLDEN"] == "1" {
      try text.write(to: path, atomically: true, encoding: .utf8)
      return
    }
    let golden = try String(contentsOf: path, encoding: .utf8)
    guard text != golden else { return }
    let lines = zip(text.split(separator: "\n"), golden.split(separator: "\n"))
    let difference = lines.enumerated().first { $0.element.0 != $0.element.1 }
    Issue.record(
      """
      \(name) differs from line \((difference?.offset ?? -1) + 1) on:
      now:    \(difference?.element.0 ?? "another number of lines")
      golden: \(difference?.element.1 ?? "")
      If the new output is right, run the tests with BERTH_UPDATE_GOLDEN=1.
      """, sourceLocation: sourceLocation)
  }
}
