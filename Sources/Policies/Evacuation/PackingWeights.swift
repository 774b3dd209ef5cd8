import CloudModel

/// What it costs to leave a mover without a target: one that would hold its host counts more than
/// all those together that would be stopped instead.
struct PackingWeights {
  /// The weight of a mover that would be left behind, where others would be stopped; else 1.
  private let heavy: Int

  init(_ movers: [Candidate], in draft: EvacuationDraft) {
    let stoppable = movers.count { draft.isStoppedWithoutTarget($0) }
    heavy = stoppable == 0 || stoppable == movers.count ? 1 : stoppable + 1
  }

  func weight(of candidate: Candidate, in draft: EvacuationDraft) -> Int {
    draft.isStoppedWithoutTarget(candidate) ? 1 : heavy
  }

  /// What a solution says in VMs.
  ///
  /// A weight of h heavy items and a rest bounds the number: either h of them and each of the rest,
  /// or at least one more.
  func report(on solution: PackingResult) -> SolverReport {
    let (whole, rest) = solution.bound.quotientAndRemainder(dividingBy: heavy)
    let bound = whole + min(rest, 1)
    let objective = solution.unplacedCount
    let isProven = solution.ending == .proven
    return SolverReport(
      status: Self.status(of: solution), objective: Double(objective), bound: Double(bound),
      gap: heavy == 1 || !isProven ? Double(objective - bound) / Double(max(1, bound)) : 0)
  }

  private static func status(of solution: PackingResult) -> String {
    switch solution.ending {
    case .proven: "optimal"
    case .stalled, .withinGap: "feasible"
    case .workLimit, .timeLimit: "limit"
    }
  }
}

extension EvacuationDraft {
  /// Whether a mover that gets no target is stopped in place by its fallback.
  func isStoppedWithoutTarget(_ candidate: Candidate) -> Bool {
    candidate.resolved.fallback == .stop && task.cloud.vms.state[candidate.vm] != .paused
  }
}
