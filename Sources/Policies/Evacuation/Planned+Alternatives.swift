package import CloudModel

/// A decision and where it comes from.
package struct DecisionChoice: Sendable {
  /// The decision.
  package var decision: EvacuationDecision
  /// The strategy whose targets and waves it has, if it is not the one that offers it.
  package var origin: String?
}

extension Planned {
  /// What may be done, the decision of `decide` first: the same VMs moved in another order or spread
  /// over more targets, which share links better, and what the strategies of the peers decide.
  ///
  /// A strategy knows no clock; whoever has one compares the choices by time and time off.
  ///
  /// **Complexity**: one packing, and one decision of each other strategy.
  package func choices(_ task: EvacuationTask) throws(StrategyError) -> [DecisionChoice] {
    let solved = try solved(task)
    var choices = [DecisionChoice(decision: solved.decision())]
    choices.append(DecisionChoice(decision: solved.decision(order: .asPlaced)))
    if let spread = try spread(solved) {
      choices.append(DecisionChoice(decision: spread.decision()))
      choices.append(DecisionChoice(decision: spread.decision(order: .asPlaced)))
    }
    let proven = Set(choices[0].decision.leftBehind.filter(\.isProven).map(\.vm))
    var task = task
    // Stopping what nobody agreed to is what one peer may be told to do, not what is planned.
    task.options = Properties(
      task.options.entries.filter { $0.key != "cannot_move" }.map { ($0.key, $0.value) })
    for strategy in PolicyCatalog.evacuation where strategy.name != Self.name {
      var decision = try strategy.init().decide(task)
      // As many at once as the scenario permits, as Nova does: fewer is another setting.
      decision.concurrency = MoveConcurrency()
      decision.solver = solved.report
      decision.isRepeatable = solved.isRepeatable
      for index in decision.leftBehind.indices
      where proven.contains(decision.leftBehind[index].vm) {
        decision.leftBehind[index].isProven = true
      }
      choices.append(DecisionChoice(decision: decision, origin: strategy.name))
    }
    return choices
  }

  /// The same VMs on the targets that the scheduler likes best, the largest VMs first; nil where they
  /// do not all find one that way, or where helper moves make room on certain hosts.
  private func spread(_ solved: Solved) throws(StrategyError) -> Solved? {
    let moves = solved.draft.moves
    guard !moves.isEmpty, !moves.contains(where: \.isHelper) else { return nil }
    var draft = try EvacuationDraft(solved.draft.task)
    let moveOfVM = Dictionary(uniqueKeysWithValues: moves.map { ($0.vm, $0) })
    let demand = draft.task.cloud.vms.demand
    let largestFirst = draft.movers.sorted {
      (-demand[$0.vm].memoryMiB, $0.vm) < (-demand[$1.vm].memoryMiB, $1.vm)
    }
    for candidate in largestFirst {
      guard let move = moveOfVM[candidate.vm] else { continue }
      let arrival: Arrival = move.action == .live ? .running : .stopped
      guard let target = SpreadScheduler.target(for: candidate, arriving: arrival, in: draft)
      else { return nil }
      draft.place(
        candidate, on: target, arriving: arrival, isFallback: move.reason == .fallback)
    }
    draft.adoptRest(of: solved.draft)
    return Solved(draft: draft, report: solved.report, isRepeatable: solved.isRepeatable)
  }
}
