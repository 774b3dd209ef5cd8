import Foundation
package import Optimization

/// A solver of another house, run as a program on an MPS file.
package enum OtherSolver: String, CaseIterable, Sendable {
  /// HiGHS, the program `highs`.
  case highs
  /// CBC of COIN-OR, the program `cbc`.
  case cbc

  /// What a run left.
  package struct Answer: Sendable {
    /// The verified point; nil if there is none.
    package var values: [Double]?
    /// What the solver says that no point is better than; nil if it says nothing.
    package var bound: Double?
    /// CPU time of the program, in seconds.
    package var cpuSeconds: Double
    /// Why there is no point, in one phrase; nil if there is one.
    package var failure: String?
  }

  /// The path of the program; nil where it is not installed.
  package var path: String? {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.map { "\($0)/\(rawValue)" }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }

  /// Solves a program within seconds of CPU time of one thread; nil where the solver is not installed.
  ///
  /// HiGHS counts seconds of the clock: stopped by it before it had its share of a busy machine, it is
  /// run again with as much more as it lacked.
  package func solve(_ program: IntegerProgram, seconds: Double) -> Answer? {
    guard let path else { return nil }
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "berth-\(rawValue)-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    var answer = Answer(cpuSeconds: 0)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let files = ["model.mps", "solution", "log"].map { folder.appending(path: $0) }
      try Data(program.freeMPS().utf8).write(to: files[0])
      answer.cpuSeconds = try run(path, files, seconds)
      if self == .highs, answer.cpuSeconds < 0.9 * seconds, log(files).contains(Self.timeIsUp) {
        let lacked = seconds / max(answer.cpuSeconds, seconds / 8)
        answer.cpuSeconds = try run(path, files, seconds * lacked)
      }
      let log = log(files)
      answer.bound = Self.bound(inLog: log)
      guard let solution = try? String(contentsOf: files[1], encoding: .utf8) else {
        answer.failure = "\(rawValue) wrote no solution: \(Self.lastLine(of: log))"
        return answer
      }
      answer.values = try? program.point(inSolution: solution)
      if answer.values == nil { answer.failure = "no feasible point within the limit" }
    } catch {
      answer.failure = "\(rawValue) could not be run: \(error)"
    }
    return answer
  }

  private static func lastLine(of log: String) -> String {
    log.split(whereSeparator: \.isNewline).last.map(String.init) ?? "it said nothing"
  }

  /// What HiGHS writes when its time limit ended the search.
  private static let timeIsUp = "Time limit reached"

  private func log(_ files: [URL]) -> String {
    (try? String(contentsOf: files[2], encoding: .utf8)) ?? ""
  }

  /// Runs the program to its end and returns its CPU time.
  private func run(_ path: String, _ files: [URL], _ seconds: Double) throws -> Double {
    try Data().write(to: files[2])
    let log = try FileHandle(forWritingTo: files[2])
    defer { try? log.close() }
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments(model: files[0].path, solution: files[1].path, seconds)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = log
    process.standardError = log
    let before = ProcessUsage.childrenCPUSeconds
    try process.run()
    process.waitUntilExit()
    return ProcessUsage.childrenCPUSeconds - before
  }

  private func arguments(model: String, solution: String, _ seconds: Double) -> [String] {
    switch self {
    case .highs:
      [
        "--model_file", model, "--solution_file", solution, "--time_limit", "\(seconds)",
        "--parallel", "off", "--threads", "1",
      ]
    case .cbc: [model, "-timeMode", "cpu", "-sec", "\(seconds)", "-solve", "-solution", solution]
    }
  }

  /// The bound in the closing lines of the log: both say it after the words "dual bound" or "lower
  /// bound", or state an optimum.
  private static func bound(inLog log: String) -> Double? {
    var bound: Double?
    for line in log.split(whereSeparator: \.isNewline) {
      let line = line.trimmingCharacters(in: .whitespaces).lowercased()
      for label in ["dual bound", "lower bound:", "objective value:"]
      where line.hasPrefix(label) {
        if label == "objective value:", bound != nil { continue }
        let words = line.dropFirst(label.count).split(separator: " ")
        if let value = words.first.flatMap({ Double($0) }) { bound = value }
      }
    }
    return bound
  }
}
