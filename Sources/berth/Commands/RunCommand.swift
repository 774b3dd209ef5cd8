import ArgumentParser
import CloudModel
import Documents
import Foundation
import Reporting
import Scenarios
import Simulator

/// `berth run`: carries a scenario out and writes a run folder.
struct RunCommand: AsyncParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Carries a scenario out, writes a run folder, prints the answer.",
    discussion: """
      A scenario with a `demand` is about placement: its VMs arrive and are placed under each \
      policy. Any other is about an evacuation. Exit code 0 if the answer is yes, 2 if it is no. \
      The last line names the run folder.

      EXAMPLES
        berth run evacuation.yaml
        berth run week.yaml --policy best-fit,nova --until-ci '0.1 %'
      """)

  @OptionGroup var scenario: ScenarioOptions
  @OptionGroup var evacuation: EvacuationOptions

  @Option(
    help: ArgumentHelp(
      "Strategy of an evacuation, or policies for a demand, separated by commas; all: all of them.",
      valueName: "name"))
  var policy: String?

  @Option(
    help: ArgumentHelp(
      "Adds replications until the 95 % interval of the refused share is at most so wide to each "
        + "side, as in '0.1 %'.", valueName: "width"))
  var untilCi: String?

  @Option(
    help: ArgumentHelp(
      "Run folder; default: a new one in runs/ beside the scenario.",
      valueName: "folder"))
  var out: String?

  @Flag(help: "May replace the folder named by --out.")
  var force = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func validate() throws {
    if let untilCi, halfWidth == nil {
      throw ValidationError("--until-ci must be a share such as 0.001 or '0.1 %', found \(untilCi)")
    }
  }

  /// The wanted half-width as a share.
  private var halfWidth: Double? {
    guard let untilCi else { return nil }
    let isPercent = untilCi.hasSuffix("%")
    let digits = (isPercent ? String(untilCi.dropLast()) : untilCi)
      .trimmingCharacters(in: .whitespaces)
    guard let value = Double(digits), value.isFinite, value > 0 else { return nil }
    return isPercent ? value / 100 : value
  }

  func run() async throws {
    let start = Self.now()
    let loaded = try scenario.load(evacuation.overrides + policyOverrides())
    if loaded.record.demand == nil {
      try await runEvacuation(of: loaded, started: start)
    } else {
      try await runDemand(of: loaded, started: start)
    }
  }

  /// What `--policy` overrides: a strategy, or with a demand the policies that place it.
  private func policyOverrides() throws -> [Override] {
    guard let policy else { return [] }
    let option = "--policy \(policy)"
    guard try Scenario.hasDemand(scenario.scenario) else {
      return [Override(["evacuation", "strategy"], .text(policy), option: option)]
    }
    let names = policy.split(separator: ",").map {
      Document.text($0.trimmingCharacters(in: .whitespaces))
    }
    return [Override(["placement", "policies"], .items(names), option: option)]
  }

  private func runEvacuation(of loaded: Scenario, started: Int64) async throws {
    if untilCi != nil {
      throw Failure(
        .usage, code: "E0002", "--until-ci needs a scenario with a `demand`",
        help: "for an evacuation set the number of --replications")
    }
    messages.warn(of: loaded)
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
    let folder = try write(
      RunContents(files: answer.runFiles, tables: RunTables.all(answer)), of: loaded,
      started: started)
    try Console.write(text)
    messages.explain(answer.plan)
    try tell(folder, next: "berth plan show \(folder)/plan.json")
    if answer.plan.verdict != .fits { throw ArgumentParser.ExitCode(Status.negative.rawValue) }
  }

  private func runDemand(of loaded: Scenario, started: Int64) async throws {
    let question = try loaded.placementQuestion()
    let answer = try await Waiting.tell("placing the demand", messages) {
      () throws(ScenarioError) in
      try await PlacementAnalysis.answer(
        question, halfWidth: halfWidth, workers: scenario.workerCount)
    }
    let document = PlacementTables.document(of: answer)
    let text = try output.rendered(
      document, text: PlacementSummary(answer).text, rows: PlacementTables.policies(of: answer))
    let rate = Double(answer.events) / max(answer.cpuSeconds, 1e-9)
    let folder = try write(
      RunContents(
        files: [("results.json", Array((document.json(.indented) + "\n").utf8))],
        tables: PlacementTables.all(answer), interruption: answer.interruption?.message,
        cost: [
          ("cpu_s", .number(answer.cpuSeconds)), ("events", Document(answer.events)),
          ("events_per_cpu_s", .number(rate)),
        ]), of: loaded, started: started)
    try Console.write(text)
    messages.note(
      "\(answer.events) events in \(Wording.fixed(answer.cpuSeconds, 2)) CPU s, "
        + "\(Int(rate)) events a CPU second, reading and drawing the demand included")
    if let error = answer.interruption {
      messages.note("run folder: \(folder) (incomplete)")
      throw Failure(error.scenarioError(in: question.demand.path ?? loaded.cloudPath))
    }
    try tell(folder, next: "\(folder)/tables/summary.csv")
  }

  private func write(
    _ contents: RunContents, of loaded: Scenario, started: Int64
  ) throws -> String {
    do {
      return try RunFolder.write(
        contents, of: loaded,
        circumstances: RunFolder.Circumstances(
          started: started, ended: Self.now(), arguments: CommandLine.arguments,
          machine: "\(ProcessInfo.processInfo.operatingSystemVersionString), "
            + Wording.count(ProcessInfo.processInfo.processorCount, "core")),
        to: out, replace: force)
    } catch {
      throw Failure(writing: error)
    }
  }

  private func tell(_ folder: String, next: String) throws {
    if output.chosenFormat == .table {
      try Console.write("\nNEXT  \(next)\nrun folder: \(folder)\n")
    } else {
      messages.note("run folder: \(folder)")
    }
  }

  /// Microseconds since 1970; for the manifest only, no result depends on it.
  private static func now() -> Int64 {
    Int64((Date().timeIntervalSince1970 * 1_000_000).rounded())
  }
}
