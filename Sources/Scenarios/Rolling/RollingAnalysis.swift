package import CloudModel
import Policies
import Simulator
import Stochastics

/// Answers in which waves hosts are taken out, when, and what stays free meanwhile.
package enum RollingAnalysis {
  /// The answer to a question.
  ///
  /// The answer does not depend on the number of workers.
  ///
  /// **Errors**: `ClassError` where a key about migration says something no one can act on.
  package static func answer(
    _ question: RollingQuestion, workers: Int
  ) async throws(ClassError) -> PlanRecord {
    let problem = try RollingProblem(
      of: question.cloud, due: question.due, rules: question.rules, limits: question.limits,
      reserve: question.reserve)
    let plan =
      question.policy.returns
      ? problem.planBack(question.options) : problem.planStay(question.options)
    let moves = try RollingMoves(plan, of: problem, question)
    let course = RollingCourse(moves, question)
    var draft = RollingDraft(question, problem, plan, moves, replications: course.replicationCount)
    let waves = await WaveTimes.all(of: moves, course, question, workers: workers)
    let timetable = RollingTimetable(
      moves, lengths: waves.map(\.p95), readiness: waves.map(\.readiness),
      earliest: moves.waves.map { question.calendar.earliest(for: $0.drain.map(\.policyClass)) },
      question)
    draft.describe(timetable, waves)
    draft.judge(timetable, waves)
    return draft.plan
  }
}

/// What is known of the time that one wave takes.
struct WaveTimes {
  /// The steps without spread.
  var drain: ExecutionResult
  /// The way home without spread.
  var back: ExecutionResult?
  /// Every carrying-out.
  var outcomes: [RollingCourse.Outcome]
  /// What no order of its moves can undercut.
  var bound: SimulatedDuration
  /// How long after its start the next may begin, so that members of groups that were ended have
  /// successors that are ready.
  var readiness = SimulatedDuration.zero

  /// Quantiles of its length.
  var p50: SimulatedDuration { quantile(0.5) }
  var p95: SimulatedDuration { quantile(0.95) }

  private func quantile(_ share: Double) -> SimulatedDuration {
    SimulatedDuration(seconds: Quantile.of(outcomes.map(\.total.seconds), share) ?? 0)
  }

  /// The times of all waves.
  static func all(
    of moves: RollingMoves, _ course: RollingCourse, _ question: RollingQuestion, workers: Int
  ) async -> [WaveTimes] {
    var all: [WaveTimes] = []
    for (wave, moved) in moves.waves.enumerated() {
      let (drain, back) = course.nominal(wave)
      var times = WaveTimes(
        drain: drain, back: back,
        outcomes: await course.outcomes(wave, seed: question.seed, workers: workers),
        bound: course.bound(wave))
      let drained = times.outcomes.map(\.drained.seconds)
      let ready = readyAfter(moved, question.cloud)
      if ready > .zero {
        times.readiness =
          SimulatedDuration(seconds: Quantile.of(drained, 0.95) ?? 0) + ready
      }
      all.append(times)
    }
    return all
  }

  /// The longest time that successors of ended members of groups need.
  private static func readyAfter(_ wave: RollingMoves.Wave, _ cloud: Cloud) -> SimulatedDuration {
    let groups = wave.drain.filter { $0.action == .recreate }.map { cloud.vms.group[$0.vm] }
    return groups.filter { $0 >= 0 }.map { cloud.groups[$0].readyAfter }.max() ?? .zero
  }
}
