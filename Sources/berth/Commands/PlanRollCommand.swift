import ArgumentParser
import CloudModel
import Documents
import Foundation
import Reporting
import Scenarios

/// `berth plan roll`: takes a whole zone or cluster out in waves.
struct PlanRollCommand: AsyncParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "roll", abstract: "Takes hosts out for work in waves, with a timetable.",
    discussion: """
      Without --hosts and --zone all hosts are due that the scenario names, or all of the cloud. \
      Windows, days without work and notices stand in the scenario's `calendar`. Exit code 0 if \
      every host is done in time, 2 if not; the verdict says why.

      EXAMPLES
        berth plan roll cloud.json --zone az1 --work 30min --out rolling.json
        berth plan roll rolling.yaml --policy back,stay --reserve rack
      """)

  @OptionGroup var scenario: ScenarioOptions

  @Option(help: ArgumentHelp("Hosts that are due, separated by commas.", valueName: "a,b"))
  var hosts: String?

  @Option(help: ArgumentHelp("Zones whose hosts are due, separated by commas.", valueName: "a,b"))
  var zone: String?

  @Option(help: ArgumentHelp("Time for the whole; default: no limit.", valueName: "time"))
  var window: String?

  @Option(
    help: ArgumentHelp("Work on the hosts of a wave; default 30 min.", valueName: "time"))
  var work: String?

  @Option(
    help: ArgumentHelp(
      "back, stay or one-by-one; several separated by commas, or all, give a table.",
      valueName: "name"))
  var policy: String?

  @Option(
    help: ArgumentHelp(
      "What else may fail meanwhile: none, host, rack, rack_once.", valueName: "what"))
  var reserve: String?

  @Option(help: ArgumentHelp("Time for the search instead of a limit of work.", valueName: "time"))
  var timeLimit: String?

  @Option(help: ArgumentHelp("Write the plan to this file.", valueName: "file"))
  var out: String?

  @Flag(help: "May replace an existing file.")
  var force = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() async throws {
    var plans: [PlanRecord] = []
    for policy in try policies.parse(policy, out: out) {
      let loaded = try scenario.load(overrides(policy))
      if plans.isEmpty { messages.warn(of: loaded) }
      plans.append(try await plan(of: loaded))
    }
    guard plans.count == 1, let plan = plans.first else {
      try output.print(RollingTables.comparison(of: plans))
      if plans.contains(where: { $0.verdict == .fits }) { return }
      throw ArgumentParser.ExitCode(Status.negative.rawValue)
    }
    let text = try rendered(plan)
    if let out { try messages.write(plan, to: out, replace: force) }
    try Console.write(text)
    messages.explain(plan)
    if plan.verdict != .fits { throw ArgumentParser.ExitCode(Status.negative.rawValue) }
  }

  private func plan(of loaded: Scenario) async throws -> PlanRecord {
    let question = try loaded.rollingQuestion()
    do {
      return try await Waiting.tell("planning waves with \(question.policy.rawValue)", messages) {
        () throws(ClassError) in
        try await RollingAnalysis.answer(question, workers: scenario.workerCount)
      }
    } catch {
      throw Failure(error, file: loaded.cloudPath)
    }
  }

  private var policies: PolicyNames {
    let all = RollingPolicy.allCases.map(\.rawValue)
    return PolicyNames(
      noun: ("policy", "policies"), all: all, help: "there are: \(all.joined(separator: ", "))")
  }

  private func overrides(_ policy: String?) -> [Override] {
    var overrides: [Override] = []
    func list(_ text: String?, _ key: String, _ option: String) {
      guard let text else { return }
      let names = text.split(separator: ",").map {
        Document.text($0.trimmingCharacters(in: .whitespaces))
      }
      overrides.append(Override(["rolling", key], .items(names), option: "\(option) \(text)"))
    }
    list(hosts, "hosts", "--hosts")
    list(zone, "zones", "--zone")
    let texts = [
      ("window", "--window", window), ("work", "--work", work), ("policy", "--policy", policy),
      ("reserve", "--reserve", reserve), ("time_limit", "--time-limit", timeLimit),
    ]
    for case (let key, let option, let value?) in texts {
      overrides.append(Override(["rolling", key], .text(value), option: "\(option) \(value)"))
    }
    return overrides
  }

  private func rendered(_ plan: PlanRecord) throws -> String {
    let next = out.map {
      "\nNEXT  berth plan show \($0)   berth plan export \($0) --format openstack-cli\n"
    }
    let summary = RollingSummary(plan, isColoured: output.isColoured)
    return try output.rendered(
      PlanFile.document(of: plan), text: (summary?.answer ?? "") + (next ?? ""),
      rows: RollingTables.waves(of: plan))
  }
}
