import ArgumentParser
import CloudModel
import Documents
import Foundation
import Policies
import Reporting
import Scenarios

/// `berth plan`: plans, and what can be done with them.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Plans which VM goes where, shows and exports plans.",
    discussion: """
      EXAMPLES
        berth plan evacuate cloud.json --hosts node-1 --window 60min --out plan.json
        berth plan export plan.json --format openstack-cli
      """,
    subcommands: [
      PlanEvacuateCommand.self, PlanRollCommand.self, PlanRecoverCommand.self, PlanWhyCommand.self,
      PlanShowCommand.self, PlanExportCommand.self, PlanDiffCommand.self, PlanCheckCommand.self,
      PlanResumeCommand.self,
    ])
}

/// `berth plan evacuate`: empties hosts for one maintenance window.
struct PlanEvacuateCommand: AsyncParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "evacuate", abstract: "Empties hosts for one maintenance window.",
    discussion: """
      Exit code 0 if the window holds and every VM has a step, 2 if not; the verdict says why. \
      Of several strategies one that fits is enough.

      EXAMPLES
        berth plan evacuate cloud.json --hosts node-1,node-2 --window 60min
        berth plan evacuate maintenance.yaml --policy all --work 20min
      """)

  @OptionGroup var scenario: ScenarioOptions
  @OptionGroup var evacuation: EvacuationOptions

  @Option(
    help: ArgumentHelp(
      "Strategy; several separated by commas, or all, give a table.",
      valueName: "name"))
  var policy: String?

  @Option(help: ArgumentHelp("Write the plan to this file.", valueName: "file"))
  var out: String?

  @Flag(help: "May replace an existing file.")
  var force = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() async throws {
    let names = try strategies.parse(policy, out: out)
    var answers: [EvacuationAnswer] = []
    for name in names {
      let strategy =
        name.map { [Override(["evacuation", "strategy"], .text($0), option: "--policy \($0)")] }
        ?? []
      let loaded = try scenario.load(evacuation.overrides + strategy)
      if answers.isEmpty { messages.warn(of: loaded) }
      let question = try loaded.evacuationQuestion()
      do {
        answers.append(
          try await Waiting.tell("planning with \(question.strategy)", messages) {
            () throws(StrategyError) in
            try await EvacuationAnalysis.answer(question, workers: scenario.workerCount)
          })
      } catch {
        throw Failure(error, in: loaded)
      }
    }
    guard names.count == 1, let answer = answers.first else {
      try output.print(PlanTables.comparison(of: answers))
      if answers.contains(where: { $0.plan.verdict == .fits }) { return }
      throw ArgumentParser.ExitCode(Status.negative.rawValue)
    }
    let text = try rendered(answer)
    if let out { try messages.write(answer.plan, to: out, replace: force) }
    try Console.write(text)
    messages.explain(answer.plan)
    if answer.plan.verdict != .fits { throw ArgumentParser.ExitCode(Status.negative.rawValue) }
  }

  private var strategies: PolicyNames {
    PolicyNames(
      noun: ("strategy", "strategies"), all: PolicyCatalog.evacuation.map { $0.name },
      help: "see `berth policies list`")
  }

  private func rendered(_ answer: EvacuationAnswer) throws -> String {
    let summary = EvacuationSummary(answer.plan, isColoured: output.isColoured)
    let next = out.map {
      "\nNEXT  berth plan show \($0)   berth plan export \($0) --format moves\n"
    }
    return try output.rendered(
      PlanTables.document(of: answer),
      text: summary.answer + "\n" + summary.moves + (next ?? ""),
      rows: PlanTables.moves(of: answer.plan))
  }
}

/// `berth plan show`: prints a plan.
struct PlanShowCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Prints a plan.",
    discussion: """
      EXAMPLES
        berth plan show plan.json
        berth plan show plan.json -f csv
      """)

  @Argument(help: "A plan file.")
  var plan: String

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    let record = try PlanFile.read(path: plan)
    try output.print(
      PlanFile.document(of: record), text: text(of: record), rows: PlanTables.moves(of: record))
  }

  private func text(of record: PlanRecord) -> String {
    if let recovery = RecoverySummary(record, isColoured: output.isColoured) {
      return recovery.answer + "\n" + recovery.moves
    }
    if let rolling = RollingSummary(record, isColoured: output.isColoured) {
      return rolling.answer + "\n" + rolling.moves
    }
    let summary = EvacuationSummary(record, isColoured: output.isColoured)
    return summary.answer + "\n" + summary.moves
  }
}

/// `berth plan export`: writes a plan as text for operators.
struct PlanExportCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Prints a plan as text for operators and their tools.",
    discussion: """
      EXAMPLES
        berth plan export plan.json --format moves > moves.json
        berth plan export plan.json --format openstack-cli
      """)

  @Argument(help: "A plan file.")
  var plan: String

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "moves (JSON for tools), openstack-cli, csv, md, or svg (a picture).", valueName: "format"))
  var format = "moves"

  @OptionGroup var messages: MessageOptions

  private static var formats: [String] { PlanExport.allCases.map(\.rawValue) + ["svg"] }

  func validate() throws {
    guard Self.formats.contains(format) else {
      throw ValidationError(
        "--format must be one of \(Self.formats.joined(separator: ", ")), found \(format)")
    }
  }

  func run() throws {
    let record = try PlanFile.read(path: plan)
    try Console.write(
      PlanExport(rawValue: format)?.text(of: record) ?? PlanTimeline(record).svg)
  }
}
