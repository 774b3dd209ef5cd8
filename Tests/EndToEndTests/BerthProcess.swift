import Foundation
import Testing

/// Runs the program that was built together with the tests.
enum BerthProcess {
  /// What a run left.
  struct Result {
    var code: Int32
    var stdout: String
    var stderr: String
  }

  /// The program beside the test bundle: the same build, so that no second one is needed.
  static let path: String = {
    let bundle = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    return bundle.deletingLastPathComponent().appending(path: "berth").path
  }()

  /// Runs the program to its end, at most for a number of seconds.
  static func run(
    _ arguments: [String], in folder: String? = nil, seconds: Double = 120
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = URL(filePath: folder) }
    // Files instead of pipes: no output is large enough to block on them.
    let output = try TemporaryFolder()
    var handles: [FileHandle] = []
    for name in ["stdout", "stderr"] {
      try Data().write(to: URL(filePath: output.path(name)))
      handles.append(try FileHandle(forWritingTo: URL(filePath: output.path(name))))
    }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = handles[0]
    process.standardError = handles[1]
    try process.run()
    let limit = DispatchWorkItem { process.terminate() }
    DispatchQueue.global().asyncAfter(deadline: .now() + seconds, execute: limit)
    process.waitUntilExit()
    limit.cancel()
    for handle in handles { try handle.close() }
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: URL(filePath: output.path(name))), as: UTF8.self)
    }
    return Result(
      code: process.terminationStatus, stdout: try text("stdout"), stderr: try text("stderr"))
  }
}

/// A folder that is removed when nobody holds it any more.
final class TemporaryFolder {
  /// The path of the folder.
  let path: String
  private var isKept = false

  init() throws {
    path =
      FileManager.default.temporaryDirectory.appending(path: "berth-test-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    if !isKept { try? FileManager.default.removeItem(atPath: path) }
  }

  /// The path of something in the folder.
  func path(_ name: String) -> String { "\(path)/\(name)" }

  /// Leaves the folder where it is; whoever asks for it removes it.
  func keep() { isKept = true }
}
