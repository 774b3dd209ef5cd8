package import CloudModel

/// Berth's own strategy: targets from an integer program that leaves as few VMs behind as can be,
/// helper moves where nothing fits, and a proof where nothing can.
///
/// Who is placed is decided here; where several ways are equal in that, `alternatives` has others,
/// and whoever can carry plans out in time takes the best of them.
package struct Planned: EvacuationStrategy {
  package static let name = "planned"
  package static let summary =
    "targets by integer programming, fewest VMs left behind, helper moves where nothing fits"
  package static let parameters: [(name: String, meaning: String)] = []

  package init() {}

  package func decide(_ task: EvacuationTask) throws(StrategyError) -> EvacuationDecision {
    try solved(task).decision()
  }

  /// A draft in which everything is decided but the order of the moves.
  struct Solved {
    var draft: EvacuationDraft
    let report: SolverReport
    let isRepeatable: Bool

    func decision(order: MoveOrder = .largestFirst) -> EvacuationDecision {
      var draft = draft
      return draft.finish(order: order, solver: report, isRepeatable: isRepeatable)
    }
  }

  func solved(_ task: EvacuationTask) throws(StrategyError) -> Solved {
    var draft = try EvacuationDraft(task)
    let movers = draft.movers
    guard !movers.isEmpty else {
      return Solved(draft: draft, report: .notNeeded, isRepeatable: true)
    }
    let (unplaced, report, isRepeatable) = placeByPacking(movers, in: &draft)
    if !unplaced.isEmpty { try placeWithHelpers(unplaced, in: &draft) }
    return Solved(draft: draft, report: report, isRepeatable: isRepeatable)
  }

  /// Places what the packing places and returns the rest.
  private func placeByPacking(
    _ movers: [Candidate], in draft: inout EvacuationDraft
  ) -> (unplaced: [Candidate], report: SolverReport, isRepeatable: Bool) {
    let task = draft.task
    let weights = PackingWeights(movers, in: draft)
    let packing = TargetPacking(
      movers.map {
        TargetPacking.Item(
          vm: $0.vm, requirement: $0.requirement, arrival: draft.arrival(of: $0),
          weight: weights.weight(of: $0, in: draft))
      }, rules: draft.rules, state: draft.state)
    var options = PackingOptions()
    options.timeLimit = task.search.timeLimitSeconds.map { Duration.seconds($0) }
    let solution = packing.problem.solve(options)
    let candidateOfVM = Dictionary(uniqueKeysWithValues: movers.map { ($0.vm, $0) })
    var placed: Set<Int> = []
    for (type, placements) in solution.placements.enumerated() {
      var waiting = packing.members[type][...]
      for placement in placements {
        for _ in 0..<placement.count {
          guard let vm = waiting.popFirst(), let candidate = candidateOfVM[vm] else { continue }
          draft.place(
            candidate, on: packing.hosts[placement.bin], arriving: draft.arrival(of: candidate))
          placed.insert(vm)
        }
      }
    }
    return (
      movers.filter { !placed.contains($0.vm) }, weights.report(on: solution),
      solution.isRepeatable
    )
  }

  /// Makes room for what is left, the largest first, and settles what no room can be made for.
  private func placeWithHelpers(
    _ unplaced: [Candidate], in draft: inout EvacuationDraft
  ) throws(StrategyError) {
    let cloud = draft.task.cloud
    let movable = try MovableVMs(draft: draft)
    var helpers = HelperMoves(movable: movable, draft: draft)
    var remaining: [Candidate] = []
    let largestFirst = unplaced.sorted {
      (-cloud.vms.demand[$0.vm].memoryMiB, $0.vm) < (-cloud.vms.demand[$1.vm].memoryMiB, $1.vm)
    }
    for candidate in largestFirst {
      guard draft.task.search.allowsHelperMoves,
        let room = helpers.room(for: candidate, in: draft)
      else {
        remaining.append(candidate)
        continue
      }
      for helper in room.helpers {
        draft.placeHelper(helper.vm, from: room.target, to: helper.target)
      }
      draft.placeLater(candidate, on: room.target, arriving: draft.arrival(of: candidate))
    }
    for candidate in remaining { draft.fallBack(candidate) }
    proveLeftBehind(in: &draft, movable: movable)
  }

  private func proveLeftBehind(in draft: inout EvacuationDraft, movable: MovableVMs) {
    guard draft.leftBehind.contains(where: { !$0.isProven }) else { return }
    let proofs = Infeasibility(draft: draft, movable: movable)
    let tooLarge = draft.leftBehind.filter { proofs.isGroupTooLarge(of: $0.vm) }.map(\.vm)
    for vm in tooLarge { draft.prove(vm) }
    guard draft.leftBehind.contains(where: { !$0.isProven }) else { return }
    let without = proofs.leastWithoutPlace()
    guard without > 0 else { return }
    draft.notes.append(
      "even if every VM that may be moved were placed anew, at least \(without)"
        + " of them would have no place")
    for left in draft.leftBehind where !left.isProven { draft.prove(left.vm) }
  }
}
