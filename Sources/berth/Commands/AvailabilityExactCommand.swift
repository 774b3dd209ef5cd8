import ArgumentParser
import Documents
import Foundation
import Reporting
import Scenarios

/// `berth availability exact`: fault trees, chains and the like, solved exactly.
struct AvailabilityExactCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "exact", abstract: "Solves fault trees, chains, quorums and the like exactly.",
    discussion: """
      A file holds one problem, a list, or a mapping with them under `vectors`. Kinds: fault-tree, \
      ctmc, quorum, recovery, renewal, statistics, tier. Trees get probability, minimal cut sets by \
      order and importance of every event; counts are exact, beyond 2^53 as text. docs/availability.md \
      gives keys and formulas.

      EXAMPLES
        berth availability exact tree.json
        berth availability exact problems.json -f json --export open-psa --out trees
      """)

  @Argument(help: "A file with problems, in JSON or YAML.")
  var file: String

  @Option(
    help: ArgumentHelp("List the cut sets of trees that have at most so many.", valueName: "n"))
  var listCutSets = 100

  @Option(
    help: ArgumentHelp(
      "Write problems for other programs instead of solving them: open-psa for trees, prism for "
        + "chains.", valueName: "format"))
  var export: ExactExportFormat?

  @Option(help: ArgumentHelp("Folder for exported files; made if absent.", valueName: "folder"))
  var out: String?

  @Flag(help: "Replace exported files that are there.")
  var force = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func validate() throws {
    if listCutSets < 0 || listCutSets > 1_000_000 {
      throw ValidationError(
        "--list-cut-sets must be from 0 to 1000000, found \(listCutSets)")
    }
    if (export == nil) != (out == nil) {
      throw ValidationError("--export and --out go together: the format and its folder")
    }
  }

  func run() throws {
    let problems = try ExactFile.read(path: file)
    if let export, let out {
      try write(ExactExport.exports(of: problems, as: export), to: out)
      return
    }
    let answers = try ExactAnalysis.answers(to: problems, listedCutSets: listCutSets)
    try output.print(
      AvailabilityExactTables.document(of: answers),
      text: AvailabilityExactTables.text(of: answers),
      rows: AvailabilityExactTables.rows(of: answers))
  }

  /// Writes the files, and says which problem has none.
  private func write(_ exports: [ExactExport], to folder: String) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure(
        .noOutput, code: "E0140", "the folder cannot be made", file: folder,
        help: "look at its path and rights; nothing was written")
    }
    var rows: [Document] = []
    for export in exports {
      for file in export.files {
        let path = "\(folder)/\(file.name)"
        do {
          try AtomicFile.write(file.text, to: path, replace: force)
        } catch {
          throw Failure(writing: error)
        }
        rows.append(["id": .text(export.id), "file": .text(path)])
      }
      if export.files.isEmpty {
        messages.note("\(export.id): no problem of a kind that this format has; left out")
      }
    }
    try output.print(
      rows.isEmpty ? Table(columns: ["id", "file"]) : Table(objects: rows))
  }
}

extension ExactExportFormat: ExpressibleByArgument {}
