import ArgumentParser
import Documents
import Foundation
import Optimization
import Reporting
import Scenarios

/// `berth doctor`: what is installed and what it enables.
struct DoctorCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Versions, optional tools, and what each enables.",
    discussion: """
      EXAMPLES
        berth doctor
        berth doctor -f json
      """)

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    var rows: [[Document]] = [
      ["berth", "part", .text(Program.version), "this program"],
      ["Swift", "part", .text(Versions.compiler), "the compiler it was built with"],
      ["GLPK", "part", .text(SolverLibrary.version), "targets and bounds"],
      ["zlib", "part", .text(CompressionLibrary.version), "event logs"],
    ]
    let tools = [
      ("openstack", "running exported commands by hand"),
      ("valgrind", "the leak check of `make leaks`"),
    ]
    for (tool, use) in tools {
      let found = Self.path(of: tool)
      rows.append([
        .text(tool), "tool", .text(found == nil ? "missing" : "found"),
        .text(found.map { "\(use) (\($0))" } ?? use),
      ])
    }
    try output.print(Table(columns: ["name", "kind", "state", "enables"], rows: rows))
  }

  private static func path(of tool: String) -> String? {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.map { "\($0)/\(tool)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
