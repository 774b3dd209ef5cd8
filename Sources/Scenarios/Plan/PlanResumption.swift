import CloudModel
import Documents
import Migration

/// What is left of a plan that was begun: the question to plan anew, and what was reached.
package struct PlanResumption: Sendable {
  /// What is left to do, as a question.
  package private(set) var question: EvacuationQuestion
  /// How far the plan came.
  package let progress: PlanProgress
  /// The plan that was begun.
  package let plan: PlanRecord
  /// What the journal says besides moves.
  package let remarks: [String]
  /// What a reader of the new plan should know.
  package private(set) var notes: [String] = []

  /// What a plan says about the scenario, to be applied before what the user sets.
  ///
  /// The hosts are set by the resumption itself, which leaves out those that are gone.
  package static func overrides(of plan: PlanRecord) -> [Override] {
    let option = "the plan"
    func duration(_ seconds: Double) -> Document {
      .text("\(SimulatedDuration(seconds: seconds).microseconds) us")
    }
    return [
      Override(["evacuation", "window"], duration(max(1, plan.window)), option: option),
      Override(["evacuation", "work"], duration(plan.work), option: option),
      Override(["evacuation", "strategy"], .text(plan.strategy), option: option),
      Override(["release"], .text(plan.release), option: option),
      Override(["seed"], .integer(plan.seed), option: option),
      Override(["replications"], .integer(max(1, plan.replications)), option: option),
    ]
  }

  /// What is left of a plan after what its journal says.
  ///
  /// `isNewer`: the scenario's cloud was recorded after the plan was begun. `isWindowLeft`: the
  /// scenario's window is what is left; else the time that the journal shows is taken from it.
  ///
  /// **Errors**: those of `PlanProgress` and of the scenario's question, `option` if no host to
  /// empty is in the cloud any more.
  package init(
    of plan: PlanRecord, journal: PlanJournal, in scenario: Scenario, isNewer: Bool,
    isWindowLeft: Bool = false
  ) throws(ScenarioError) {
    self.plan = plan
    remarks = journal.remarks
    if !isNewer { try Self.requireWhole(plan, in: scenario) }
    progress = try PlanProgress(of: plan, journal: journal, in: scenario.cloud, isNewer: isNewer)
    var scenario = scenario
    let known = scenario.cloud.hosts.names.indexByName()
    let hosts = plan.hosts.filter { known[$0] != nil }
    guard !hosts.isEmpty else {
      throw .option(
        name: "the cloud", value: scenario.cloudPath,
        allowed: "one with a host that the plan empties: " + plan.hosts.joined(separator: ", "),
        help: "name the cloud of the plan, or a newer record of it")
    }
    scenario.cloud = progress.cloud
    scenario.record.evacuation.hosts = hosts
    let whole = scenario.record.evacuation.window
    let spent = isWindowLeft ? nil : journal.spent
    let used = SimulatedDuration(seconds: spent ?? 0).microseconds
    scenario.record.evacuation.window = max(1_000_000, whole - used)
    question = try scenario.evacuationQuestion()
    question.task.refusedTargets = progress.refusedTargets
    noteProgress(hosts)
    if let spent { noteWindow(spent, of: SimulatedDuration(microseconds: whole).seconds) }
    noteParameters()
    noteClasses()
    if !isNewer, scenario.cloudSHA256 != plan.cloudSHA256 {
      notes.append("the cloud file is not the one that the plan was made of")
    }
  }

  /// A plan that goes on with an earlier one says nothing of what that one moved; only a newer cloud
  /// shows where those VMs are.
  private static func requireWhole(
    _ plan: PlanRecord, in scenario: Scenario
  ) throws(ScenarioError) {
    let known = Set(plan.moves.map(\.vmID) + plan.leftBehind.map(\.vmID))
    let cloud = scenario.cloud
    let stranger = (0..<cloud.vms.count).first { vm in
      let host = cloud.vms.host[vm]
      return host >= 0 && plan.hosts.contains(cloud.hosts.names[host])
        && !known.contains(cloud.vms.ids[vm])
    }
    guard let stranger else { return }
    throw .option(
      name: "the cloud", value: scenario.cloudPath, allowed: "as the plan found it",
      help:
        "the plan says nothing of `\(VMNames(cloud)[stranger])` on a host to empty: it was made "
        + "from a later state; record the cloud and name it with --snapshot")
  }

  /// The moves with a standing, in the order of the plan.
  package func moves(_ standing: MoveStanding) -> [MoveRecord] {
    plan.moves.indices.filter { progress.standing[$0] == standing }.map { plan.moves[$0] }
  }

  /// An answer to the question with notes of what was done before.
  package func completing(_ answer: EvacuationAnswer) -> EvacuationAnswer {
    var answer = answer
    answer.plan.notes = notes + answer.plan.notes
    return answer
  }

  private mutating func noteProgress(_ hosts: [String]) {
    let counts = MoveStanding.allCases.map { standing in
      "\(moves(standing).count) \(standing.rawValue)"
    }
    notes.append(
      "goes on with a plan of \(plan.moves.count) moves: " + counts.joined(separator: ", "))
    for host in plan.hosts where !hosts.contains(host) {
      notes.append("\(host) was to be emptied and is not in the cloud any more")
    }
    let running = moves(.running)
    if !running.isEmpty {
      notes.append(
        "under way, counted on both hosts, not planned again; if one fails, resume once more: "
          + Self.names(running))
    }
    let failed = moves(.failed)
    if !failed.isEmpty {
      notes.append("tried in vain and planned anew: " + Self.names(failed))
    }
    let stopped = moves(.done).filter { $0.action == .stop && $0.isRunning }
    if !stopped.isEmpty {
      notes.append(
        "shut down already, to be started after the work: "
          + stopped.map(\.vm).joined(separator: ", "))
    }
  }

  private static func names(_ moves: [MoveRecord]) -> String {
    let shown = moves.prefix(10).map { move in
      move.vm + (move.target.map { " (to \($0))" } ?? "")
    }
    return shown.joined(separator: ", ")
      + (moves.count > 10 ? " and \(moves.count - 10) more" : "")
  }

  private mutating func noteWindow(_ spent: Double, of window: Double) {
    let (used, whole) = (Int(spent.rounded()), Int(window.rounded()))
    notes.append(
      spent < window
        ? "of the window of \(whole) s the journal has used \(used) s"
        : "the window of \(whole) s is over: the journal has used \(used) s")
  }

  /// The numbers of the model are those of the scenario now, which may be another one.
  private mutating func noteParameters() {
    let before = Dictionary(
      plan.parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    let changed = question.parameters.all.filter { parameter in
      before[parameter.name].map { $0 != parameter.value } ?? false
    }
    guard !changed.isEmpty else { return }
    notes.append(
      "numbers of the model that are not those of the plan before: "
        + changed.map { parameter in
          "\(parameter.name) \(parameter.value)"
            + (parameter.unit.isEmpty ? "" : " \(parameter.unit)")
        }.joined(separator: ", "))
  }

  /// Wishes that only the plan's scenario states are lost without it: what is done with a VM then
  /// is not what was agreed.
  private mutating func noteClasses() {
    let cloud = question.task.cloud
    let classes = PlanClasses(
      plan, cloud: cloud, rules: question.task.rules, out: question.task.out, knowsWishes: true)
    let vmOfID = cloud.vms.ids.indexByName()
    let changed = (moves(.open) + moves(.failed)).compactMap { move in
      vmOfID[move.vmID].flatMap { classes.finding(about: move, $0) }
    }
    guard !changed.isEmpty else { return }
    let shown = changed.prefix(5).map { finding in
      "\(finding.vm ?? "") was \(finding.planned ?? ""), is \(finding.now ?? "")"
    }
    let more = changed.count > 5 ? " and \(changed.count - 5) more" : ""
    notes.append(
      "policy classes that are not those of the plan before: " + shown.joined(separator: ", ")
        + more + "; wishes of its scenario count only if it is named")
  }
}
