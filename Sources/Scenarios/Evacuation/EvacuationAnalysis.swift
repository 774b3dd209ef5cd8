package import CloudModel
import Migration
import Policies
import Simulator
import Stochastics

/// Answers whether an evacuation fits its window: decide, carry out many times, bound, explain.
package enum EvacuationAnalysis {
  /// The probability from which a window counts as held.
  package static let demandedProbability = 0.95

  /// The answer to a question.
  ///
  /// The answer does not depend on the number of workers.
  ///
  /// **Errors**: `StrategyError`, and `option` if the strategy is not in the catalogue.
  package static func answer(
    _ question: EvacuationQuestion, workers: Int
  ) async throws(StrategyError) -> EvacuationAnswer {
    guard let strategy = PolicyCatalog.evacuation(named: question.strategy) else {
      throw .option(
        name: "strategy", value: question.strategy,
        allowed: PolicyCatalog.evacuation.map { $0.name }.joined(separator: ", "))
    }
    let start = ProcessClock.cpuSeconds
    var choices: [(decision: EvacuationDecision, origin: String?)] =
      strategy == Planned.self
      ? try Planned().choices(question.task).map { ($0.decision, $0.origin) }
      : [(try strategy.init().decide(question.task), nil)]
    let seconds = ProcessClock.cpuSeconds - start
    var question = question
    let dates = question.calendar.map {
      EvacuationDates($0, hosts: question.task.out, decision: choices[0].decision)
    }
    if let window = dates?.window {
      question.window = SimulatedDuration(microseconds: window.end - window.start)
      for index in choices.indices { dates?.apply(to: &choices[index].decision) }
    }
    var trials = choices.map { PlanTrial(of: $0.decision, from: $0.origin, for: question) }
    let best = await PlanTrial.best(of: &trials, workers: workers)
    let trial = trials[best]
    let outcomes = await trial.outcomes(workers: workers)
    let nominal = trial.execution.nominal(recording: true)
    var draft = PlanDraft(
      question: question, decision: trial.decision, execution: trial.execution,
      outlook: trial.outlook)
    draft.describe(nominal)
    draft.noteOtherLoads()
    draft.note(dates?.record(trial.decision.moves, question.task.cloud))
    draft.judge(outcomes)
    return EvacuationAnswer(
      plan: draft.plan,
      outcomes: outcomes.enumerated().map { replication, outcome in
        ReplicationOutcomeRecord(
          replication: replication, duration: outcome.total.seconds,
          drained: outcome.drained.seconds, failed: outcome.failedCount,
          leftBehind: outcome.leftBehind, off: outcome.timeOff.seconds,
          blackout: outcome.blackout.seconds, sent: outcome.sent.count)
      },
      events: nominal.events.map { draft.record($0) }, solverSeconds: seconds)
  }
}
