import CloudModel
import Migration
import Policies
import Simulator
import Stochastics

/// A decision carried out without spread, to be compared with others.
///
/// The goals, each only where those before it are equal: fewest VMs left behind, the window held,
/// least time without service, shortest time.
struct PlanTrial {
  private let question: EvacuationQuestion
  /// The decision in the order in which it is carried out.
  private(set) var decision: EvacuationDecision
  private(set) var execution: Execution
  private(set) var outlook: MigrationOutlook
  /// VMs without a step, and those whose step does not end as it should.
  private let left: Int
  /// Time without service of all VMs, summed.
  private let off: SimulatedDuration
  /// Whether it is taken over from another strategy where more than one move at a time leaves a host.
  private let isOtherSetting: Bool
  private var found: [ReplicationOutcome]?

  /// The trial of a decision, which may have been taken over from another strategy.
  init(of choice: EvacuationDecision, from origin: String?, for question: EvacuationQuestion) {
    self.question = question
    isOtherSetting = origin != nil && question.parameters.slotsPerSource.value > 1
    decision = choice
    execution = question.execution(of: decision)
    outlook = MigrationOutlook(of: execution, names: VMNames(question.task.cloud))
    if question.strategy == Planned.name {
      if let origin {
        decision.notes.append("targets and waves as `\(origin)` chooses them")
      } else if outlook.verdicts.contains(.notConvergent) {
        decision.moves = outlook.putEndlessLast(decision.moves)
        execution = question.execution(of: decision)
      }
    }
    let nominal = execution.nominal()
    left = decision.leftBehind.count + nominal.failed.count
    off = nominal.steps.reduce(SimulatedDuration.zero) { $0 + $1.timeOff }
  }

  /// All replications.
  func outcomes(workers: Int) async -> [ReplicationOutcome] {
    if let found { return found }
    return await execution.outcomes(
      seed: question.seed, replications: question.replications, workers: workers)
  }

  /// The index of the best of some trials, of equal ones the first.
  ///
  /// With more than one move at a time from a host, a strategy that starts fewer at once than
  /// permitted answers for another setting than the one that was asked about: it may win only by
  /// VMs that have a step at all.
  ///
  /// Replications are made only where the goals before ask for them, and kept.
  static func best(of trials: inout [PlanTrial], workers: Int) async -> Int {
    guard trials.count > 1 else { return 0 }
    let all = trials
    let contenders = trials.indices.filter { !all[$0].isExcluded(among: all) }
    let least = contenders.map { all[$0].left }.min() ?? 0
    let ranked = contenders.filter { all[$0].left == least }
      .sorted { (trials[$0].off, $0) < (trials[$1].off, $1) }
    var fallback: Int?
    var place = 0
    while place < ranked.count {
      let off = trials[ranked[place]].off
      let equals = Array(ranked[place...].prefix { trials[$0].off == off })
      place += equals.count
      for trial in equals { trials[trial].found = await trials[trial].outcomes(workers: workers) }
      // A window that is held may cost time off, but not a VM.
      let inTime = equals.filter { trials[$0].holdsWindow }
      let best = (inTime.isEmpty ? equals : inTime).min { trials[$0].time < trials[$1].time }
      if let best, !inTime.isEmpty { return best }
      fallback = fallback ?? best
    }
    return fallback ?? 0
  }

  private func isExcluded(among trials: [PlanTrial]) -> Bool {
    guard isOtherSetting else { return false }
    let own = trials.filter { !$0.isOtherSetting }.map(\.decision.leftBehind.count)
    return decision.leftBehind.count >= own.min() ?? 0
  }

  private var holdsWindow: Bool {
    let outcomes = found ?? []
    let inTime = outcomes.count { $0.total <= question.window && $0.failedCount == 0 }
    return Double(inTime) >= EvacuationAnalysis.demandedProbability * Double(outcomes.count)
  }

  /// The median of the whole time, as the plan states it.
  private var time: Double { Quantile.of((found ?? []).map(\.total.seconds), 0.5) ?? 0 }
}
