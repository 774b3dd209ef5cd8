import ArgumentParser
import CloudModel
import Documents
import Foundation
import Reporting
import Scenarios

/// `berth init`: writes a commented example.
struct InitCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Writes a small cloud and a commented scenario to start from.",
    discussion: """
      EXAMPLES
        berth init demo
        berth init demo && berth run demo/evacuation.yaml
      """)

  @Argument(help: "The folder to write to; it is made if it is not there.")
  var folder = "."

  @Flag(help: "May replace existing files.")
  var force = false

  @OptionGroup var messages: MessageOptions

  func run() throws {
    do {
      for file in StarterFiles.all {
        if !force, FileManager.default.fileExists(atPath: "\(folder)/\(file.name)") {
          throw DocumentError.exists(path: "\(folder)/\(file.name)")
        }
      }
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      for file in StarterFiles.all {
        try AtomicFile.write(file.text, to: "\(folder)/\(file.name)", replace: force)
        try Console.write("\(folder)/\(file.name)\n")
      }
    } catch let error as DocumentError {
      throw Failure(writing: error)
    } catch let error as Failure {
      throw error
    } catch {
      throw Failure(
        .noOutput, code: "E0140", "the folder \(folder) cannot be made",
        help: "name a folder that can be written")
    }
  }
}

/// `berth check`: checks files and prints every problem with its place.
struct CheckCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Checks scenario, cloud and plan files.",
    discussion: """
      EXAMPLES
        berth check maintenance.yaml
        berth check cloud.json plan.json --error-format json
      """)

  @Argument(help: "Files to check.")
  var files: [String]

  @Flag(help: "Warnings count as errors.")
  var strict = false

  @OptionGroup var messages: MessageOptions

  func run() throws {
    var worst: Status?
    for file in files {
      do {
        let kind = try FileKind.check(file)
        let warnings = kind.warnings
        if !warnings.isEmpty {
          _ = report(Failure(warnings: warnings))
          if strict { worst = worst ?? .invalid }
        }
        if kind.classErrors.isEmpty {
          try Console.write("\(file): \(kind.words)\n")
        } else {
          let failures = kind.classErrors.map { Failure($0, file: kind.cloudPath) }
          let status = report(Failure(failures, or: .invalid))
          worst = worst ?? status
        }
      } catch let error as ScenarioError {
        let status = report(Failure(error))
        worst = worst ?? status
      }
    }
    if let worst { throw ArgumentParser.ExitCode(worst.rawValue) }
  }

  private func report(_ failure: Failure) -> Status {
    Console.report(messages.errorFormat == .json ? failure.jsonLines : failure.text)
    return failure.status
  }
}

/// `berth schema`: JSON Schemas of the files.
struct SchemaCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Prints the JSON Schema of a kind of file.",
    discussion: """
      EXAMPLES
        berth schema scenario
        berth schema --markdown
      """)

  @Argument(help: "cloud, scenario or plan; without a name the kinds are listed.")
  var name: String?

  @Flag(help: "Print all keys and error codes as Markdown instead.")
  var markdown = false

  @OptionGroup var messages: MessageOptions

  func run() throws {
    if markdown { return try Console.write(FileKind.markdown) }
    guard let name else {
      return try Console.write(FileKind.names.map { $0 + "\n" }.joined())
    }
    guard let schema = FileKind.schema(named: name) else {
      throw Failure(
        .usage, code: "E0002", "no schema `\(name)`",
        help: "there are: \(FileKind.names.joined(separator: ", "))")
    }
    try Console.write(schema.json(.indented) + "\n")
  }
}

/// `berth run`: carries a scenario out and writes a run folder.
struct RunCommand: AsyncParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Carries a scenario out, writes a run folder, prints the answer.",
    discussion: """
      Exit code 0 if the answer is yes, 2 if it is no. The last line names the run folder.

      EXAMPLES
        berth run evacuation.yaml
        berth run evacuation.yaml --set migration.slots_per_source=2 --out runs/two-slots
      """)

  @OptionGroup var scenario: ScenarioOptions
  @OptionGroup var evacuation: EvacuationOptions

  @Option(help: ArgumentHelp("Strategy.", valueName: "name"))
  var policy: String?

  @Option(
    help: ArgumentHelp(
      "Run folder; default: a new one in runs/ beside the scenario.",
      valueName: "folder"))
  var out: String?

  @Flag(help: "May replace the folder named by --out.")
  var force = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() async throws {
    let strategy =
      policy.map { [Override(["evacuation", "strategy"], .text($0), option: "--policy \($0)")] }
      ?? []
    let start = Self.now()
    let loaded = try scenario.load(evacuation.overrides + strategy)
    let question = try loaded.evacuationQuestion()
    let answer: EvacuationAnswer
    do {
      answer = try await Waiting.tell("planning with \(question.strategy)", messages) {
        () throws(StrategyError) in
        try await EvacuationAnalysis.answer(question, workers: scenario.workerCount)
      }
    } catch {
      throw Failure(error, in: loaded)
    }
    let summary = EvacuationSummary(answer.plan, isColoured: output.isColoured)
    let text = try output.rendered(
      PlanTables.document(of: answer), text: summary.answer + "\n" + summary.moves,
      rows: PlanTables.moves(of: answer.plan))
    let folder: String
    do {
      folder = try RunFolder.write(
        answer, of: loaded, tables: RunTables.all(answer),
        circumstances: RunFolder.Circumstances(
          started: start, ended: Self.now(), arguments: CommandLine.arguments,
          machine: "\(ProcessInfo.processInfo.operatingSystemVersionString), "
            + Wording.count(ProcessInfo.processInfo.processorCount, "core")),
        to: out, replace: force)
    } catch {
      throw Failure(writing: error)
    }
    try Console.write(text)
    messages.explain(answer.plan)
    if output.chosenFormat == .table {
      try Console.write("\nNEXT  berth plan show \(folder)/plan.json\nrun folder: \(folder)\n")
    } else {
      messages.note("run folder: \(folder)")
    }
    if answer.plan.verdict != .fits { throw ArgumentParser.ExitCode(Status.negative.rawValue) }
  }

  /// Microseconds since 1970; for the manifest only, no result depends on it.
  private static func now() -> Int64 {
    Int64((Date().timeIntervalSince1970 * 1_000_000).rounded())
  }
}
