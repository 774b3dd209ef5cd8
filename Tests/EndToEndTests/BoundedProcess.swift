import Foundation
import Testing

/// Runs the program under limits of memory and CPU time, so that bad input can cost neither.
enum BoundedProcess {
  /// What a run left.
  struct Result {
    /// The exit code; 128 and the signal's number where a signal ended the run.
    var code: Int32
    var stdout: String
    var stderr: String

    /// The lines of standard error as JSON objects.
    var problems: [[String: Any]] {
      get throws {
        try stderr.split(separator: "\n").map { line in
          try #require(
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
            "no JSON object: \(line)")
        }
      }
    }
  }

  /// Runs the program with arguments.
  ///
  /// The limits are the address space in MB and 20 seconds of the CPU: clocks on the wall say more
  /// about the machine than about the program.
  static func run(
    _ arguments: [String], in folder: TemporaryFolder, megabytes: Int = 3000,
    environment: [String: String] = [:]
  ) throws -> Result {
    let script = "ulimit -v \(megabytes * 1024); ulimit -t 20; ulimit -c 0; exec \"$@\""
    return try shell(script, [BerthProcess.path] + arguments, in: folder, environment: environment)
  }

  /// Runs a script of the shell, to which `$1` is the program.
  static func shell(
    _ script: String, in folder: TemporaryFolder, environment: [String: String] = [:]
  ) throws -> Result {
    try shell(script, [BerthProcess.path], in: folder, environment: environment)
  }

  private static func shell(
    _ script: String, _ arguments: [String], in folder: TemporaryFolder,
    environment: [String: String]
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", script, "sh"] + arguments
    process.currentDirectoryURL = URL(filePath: folder.path)
    var variables = ProcessInfo.processInfo.environment
    variables["SWIFT_BACKTRACE"] = "enable=no"
    process.environment = variables.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    // Files instead of pipes: no output is large enough to block on them.
    let output = try TemporaryFolder()
    func file(_ name: String) throws -> FileHandle {
      try output.write(Data(), to: name)
      return try FileHandle(forWritingTo: URL(filePath: output.path(name)))
    }
    let (out, error) = (try file("stdout"), try file("stderr"))
    process.standardOutput = out
    process.standardError = error
    try process.run()
    let limit = DispatchWorkItem { process.terminate() }
    DispatchQueue.global().asyncAfter(deadline: .now() + 300, execute: limit)
    process.waitUntilExit()
    limit.cancel()
    try out.close()
    try error.close()
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: URL(filePath: output.path(name))), as: UTF8.self)
    }
    let isSignal = process.terminationReason == .uncaughtSignal
    return Result(
      code: process.terminationStatus + (isSignal ? 128 : 0), stdout: try text("stdout"),
      stderr: try text("stderr"))
  }
}

extension TemporaryFolder {
  /// Writes a file into the folder.
  func write(_ text: String, to name: String) throws {
    try write(Data(text.utf8), to: name)
  }

  /// Writes a file into the folder.
  func write(_ data: Data, to name: String) throws {
    try data.write(to: URL(filePath: path(name)))
  }

  /// Everything below the folder, sorted.
  var content: [String] {
    (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []).sorted()
  }
}

/// Holds the result of a run with bad input against what every error must have: nothing on standard
/// output, the code, the place, a help line, the exit code.
func expectError(
  _ result: BoundedProcess.Result, _ code: Int32, _ label: String, at place: String? = nil,
  help: String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  let said = Comment(rawValue: String((result.stdout + result.stderr).prefix(2000)))
  #expect(result.code == code, said, sourceLocation: sourceLocation)
  #expect(result.stdout.isEmpty, said, sourceLocation: sourceLocation)
  #expect(result.stderr.hasPrefix("error[\(label)]: "), said, sourceLocation: sourceLocation)
  if let place {
    #expect(result.stderr.contains("  --> \(place)\n"), said, sourceLocation: sourceLocation)
  }
  let hasHelp = result.stderr.split(separator: "\n").contains {
    $0.hasPrefix("help: ") && (help.isEmpty || $0.contains(help)) && $0.count > 12
  }
  #expect(hasHelp, said, sourceLocation: sourceLocation)
}
