import ArgumentParser
import CloudModel
import Documents
import Foundation
import Reporting
import Scenarios

/// `berth plan resume`: plans again from what was reached.
struct PlanResumeCommand: AsyncParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Plans again from what was reached, keeps finished work.",
    discussion: """
      The journal is what a tool wrote that carried the plan out: one JSON object a line for each \
      move. Finished moves stay, failed ones are planned anew and not to the host that refused, \
      those under way count on both hosts. The new plan holds only what is left. Exit code 0 if \
      that fits what is left of the window, 2 if not.

      EXAMPLES
        berth plan resume plan.json --journal journal.jsonl --out rest.json
        berth plan resume plan.json --journal journal.jsonl --snapshot now.json
      """)

  @Argument(help: "The plan that was begun.")
  var plan: String

  @Option(help: ArgumentHelp("What became of its moves, as JSON Lines.", valueName: "file"))
  var journal: String

  @Option(
    help: ArgumentHelp(
      "A cloud file recorded since: where it and the journal differ, it counts.",
      valueName: "file"))
  var snapshot: String?

  @Option(
    help: ArgumentHelp(
      "The cloud file that the plan was made of; default: the one that it names.",
      valueName: "file"))
  var cloud: String?

  @Option(
    help: ArgumentHelp(
      "Another scenario for policies and numbers of the model than the one in the plan.",
      valueName: "file"))
  var scenario: String?

  @Option(
    help: ArgumentHelp(
      "Time there is for the rest; default: what the journal leaves.", valueName: "time"))
  var window: String?

  @Option(help: ArgumentHelp("Overrides a key of the scenario.", valueName: "path.to.key=value"))
  var set: [String] = []

  @Option(
    help: ArgumentHelp("Threads; no result depends on it. Default: the cores.", valueName: "n"))
  var workers: Int?

  @Option(help: ArgumentHelp("Write the new plan to this file.", valueName: "file"))
  var out: String?

  @Flag(help: "May replace an existing file.")
  var force = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func validate() throws {
    guard snapshot == nil || cloud == nil else {
      throw ValidationError("--snapshot and --cloud exclude each other")
    }
    if let workers, !(1...4096).contains(workers) {
      throw ValidationError("--workers must be from 1 to 4096, found \(workers)")
    }
  }

  func run() async throws {
    let record = try PlanFile.read(path: plan)
    let entries = try PlanJournal.read(path: journal, of: record)
    var overrides: [Override] = []
    for text in set { overrides.append(try Override(parsing: text)) }
    if let window { overrides.append(Override(["evacuation", "window"], .text(window))) }
    let place = ScenarioOfPlan(
      plan: record, path: plan, scenario: scenario, cloud: snapshot ?? cloud)
    let loaded = try place.load(overrides)
    let resumption = try PlanResumption(
      of: record, journal: entries, in: loaded, isNewer: snapshot != nil,
      isWindowLeft: window != nil || set.contains { $0.hasPrefix("evacuation.window=") })
    let answer: EvacuationAnswer
    do {
      let count = workers ?? max(1, ProcessInfo.processInfo.activeProcessorCount)
      answer = resumption.completing(
        try await Waiting.tell("planning what is left", messages) {
          () throws(StrategyError) in
          try await EvacuationAnalysis.answer(resumption.question, workers: count)
        })
    } catch {
      throw Failure(error, in: loaded)
    }
    try tell(resumption, answer)
    if answer.plan.verdict != .fits { throw ArgumentParser.ExitCode(Status.negative.rawValue) }
  }

  private func tell(_ resumption: PlanResumption, _ answer: EvacuationAnswer) throws {
    let summary = EvacuationSummary(answer.plan, isColoured: output.isColoured)
    let text = try output.rendered(
      PlanResumptionTables.document(of: resumption, answer),
      text: PlanResumptionTables.text(of: resumption) + "\n" + summary.answer + "\n"
        + summary.moves, rows: PlanTables.moves(of: answer.plan))
    if let out { try messages.write(answer.plan, to: out, replace: force) }
    try Console.write(text)
  }
}

/// Where the scenario of a plan comes from: a file that is named, or the plan itself.
struct ScenarioOfPlan {
  let plan: PlanRecord
  let path: String
  let scenario: String?
  let cloud: String?

  /// Whether what only a scenario states is known.
  var isKnown: Bool { scenario != nil || !plan.scenario.isEmpty }

  /// The scenario on the cloud that is named, else on its own.
  ///
  /// Of a scenario that is not the plan's own, the question is taken from the plan.
  func load(_ overrides: [Override] = []) throws(ScenarioError) -> Scenario {
    if scenario == nil, isKnown || cloud == nil {
      return try Scenario.load(
        answeredBy: plan, path: path, cloud: cloud, overrides: overrides)
    }
    let all = PlanResumption.overrides(of: plan) + overrides
    guard let scenario else { return try Scenario.load(path: cloud ?? "", overrides: all) }
    guard let cloud else { return try Scenario.load(path: scenario, overrides: all) }
    // A scenario's paths start from its own folder, those of the command line from where we are.
    let absolute = URL(filePath: cloud).standardizedFileURL.path
    var loaded = try Scenario.load(
      path: scenario,
      overrides: all + [Override(["cloud"], .text(absolute), option: "the cloud \(cloud)")])
    loaded.record.cloud = cloud
    return loaded
  }
}
