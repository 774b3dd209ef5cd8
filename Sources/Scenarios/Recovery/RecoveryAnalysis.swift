import CloudModel
import Migration
package import Policies
import Simulator
import Stochastics

/// Answers how what failed hosts held comes back: decide, time, bound, explain.
package enum RecoveryAnalysis {
  /// Shares of the VMs that ran whose return is told.
  static let shares = [0.5, 0.95, 1]

  /// The answer to a question.
  ///
  /// **Errors**: `RecoveryError`.
  package static func answer(
    _ question: RecoveryQuestion
  ) throws(RecoveryError) -> PlanRecord {
    let decision = try RecoveryPlanner.decide(question.task)
    let schedule = RecoverySchedule(
      of: decision.moves, in: question.task.cloud, model: MigrationModel(question.parameters))
    let outcomes = (0..<question.replications).map { replication in
      let spread = MigrationSpread(
        question.parameters, seed: question.seed, replication: UInt64(replication))
      return schedule.times { spread.factors(vm: $0) }
    }
    var draft = RecoveryDraft(question: question, decision: decision, schedule: schedule)
    draft.describe(schedule.nominal)
    draft.judge(outcomes)
    return draft.plan
  }
}
