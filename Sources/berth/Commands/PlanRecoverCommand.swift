import ArgumentParser
import CloudModel
import Documents
import Foundation
import Policies
import Reporting
import Scenarios

/// `berth plan recover`: gives service again to what failed hosts held.
struct PlanRecoverCommand: AsyncParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "recover", abstract: "Rebuilds what failed hosts or a zone held, by priority.",
    discussion: """
      Without --failed and --zone the hosts are meant that the cloud records as down. VMs with a \
      local disk wait for their host unless their tag says scs:evacuate=rebuild. Exit code 0 if \
      everything that does not wait is rebuilt in time, 2 if not; the verdict says why.

      EXAMPLES
        berth plan recover cloud.json --failed node-1,node-2 --out recovery.json
        berth plan recover cloud.json --zone az2 --window 30min
      """)

  @OptionGroup var scenario: ScenarioOptions

  @Option(help: ArgumentHelp("Failed hosts, separated by commas.", valueName: "a,b"))
  var failed: String?

  @Option(help: ArgumentHelp("A zone whose hosts have all failed.", valueName: "name"))
  var zone: String?

  @Option(
    help: ArgumentHelp("Time within which service should be back; default 4 h.", valueName: "time"))
  var window: String?

  @Option(help: ArgumentHelp("Time for the search instead of a limit of work.", valueName: "time"))
  var timeLimit: String?

  @Flag(help: "VMs with a local disk are rebuilt too, without its data.")
  var loseLocalDisks = false

  @Option(help: ArgumentHelp("Write the plan to this file.", valueName: "file"))
  var out: String?

  @Flag(help: "May replace an existing file.")
  var force = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() async throws {
    let loaded = try scenario.load(overrides)
    let names = (failed ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    let question = try loaded.recoveryQuestion(
      failed: names, zone: zone, losesLocalDisks: loseLocalDisks)
    let plan: PlanRecord
    do {
      plan = try await Waiting.tell("planning the recovery", messages) {
        () throws(RecoveryError) in
        try RecoveryAnalysis.answer(question)
      }
    } catch {
      throw Failure(error, in: loaded)
    }
    let text = try rendered(plan)
    if let out { try messages.write(plan, to: out, replace: force) }
    try Console.write(text)
    messages.explain(plan)
    if plan.verdict != .fits { throw ArgumentParser.ExitCode(Status.negative.rawValue) }
  }

  private var overrides: [Override] {
    [("window", window), ("time_limit", timeLimit)].compactMap { key, value in
      value.map { Override(["evacuation", key], .text($0)) }
    }
  }

  private func rendered(_ plan: PlanRecord) throws -> String {
    let next = out.map {
      "\nNEXT  berth plan show \($0)   berth plan export \($0) --format openstack-cli\n"
    }
    let summary = RecoverySummary(plan, isColoured: output.isColoured)
    return try output.rendered(
      PlanFile.document(of: plan),
      text: (summary.map { $0.answer + "\n" + $0.moves } ?? "") + (next ?? ""),
      rows: PlanTables.moves(of: plan))
  }
}

extension Failure {
  /// What stops a recovery with a scenario: something in its cloud.
  init(_ error: RecoveryError, in scenario: Scenario) {
    switch error {
    case .policyClass(let error): self.init(error, file: scenario.cloudPath)
    case .unknownWish(let vm, let value):
      let words = EvacuateWish.allCases.map(\.rawValue).joined(separator: ", ")
      self.init(
        .invalid, code: "E0150",
        "VM `\(vm)`: `scs:evacuate` must be one of \(words), found \"\(value)\"",
        file: scenario.cloudPath, path: "scs:evacuate",
        help: "correct it in the cloud and record it again, or in the cloud file")
    }
  }
}
