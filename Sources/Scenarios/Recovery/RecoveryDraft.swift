import CloudModel
import Migration
import Policies
import Simulator
import Stochastics

/// Turns a decision about a recovery and its times into a plan with names and seconds.
struct RecoveryDraft {
  private let question: RecoveryQuestion
  private let decision: RecoveryDecision
  private let schedule: RecoverySchedule
  private let names: VMNames
  private(set) var plan: PlanRecord
  private var recovery = RecoveryRecord()

  private var cloud: Cloud { question.task.cloud }

  init(question: RecoveryQuestion, decision: RecoveryDecision, schedule: RecoverySchedule) {
    self.question = question
    self.decision = decision
    self.schedule = schedule
    names = VMNames(question.task.cloud)
    plan = PlanRecord(question.name, for: question.task.cloud, from: question.origin)
    plan.strategy = "recover"
    plan.release = String(question.task.rules.release.major)
    plan.seed = Int64(bitPattern: question.seed)
    plan.replications = Int64(question.replications)
    plan.hosts = question.task.failed.map { cloud.hosts.names[$0] }
    plan.window = question.window.seconds
    plan.isRepeatable = decision.isRepeatable
    plan.solver.status = decision.solver.status
    plan.solver.objective = decision.solver.objective
    plan.solver.bound = decision.solver.bound
    plan.solver.gap = decision.solver.gap
    plan.classes = decision.classes.map { ClassRecord(names[$0.vm], $0.resolved) }
    plan.leftBehind = decision.leftBehind.map { LeftBehindRecord($0, in: cloud, names) }
    plan.parameters = question.parameters.ofRebuilds.map(ParameterRecord.init)
    recovery.zone = question.zone
    recovery.vms = Int64(decision.classes.count)
    recovery.ran = Int64(decision.classes.filter { ran($0.vm) }.count)
    recovery.dataLost = decision.dataLost.map { names[$0] }
    plan.notes = RecoveryNotes(decision: decision, cloud: cloud, names: names).all
  }

  private func ran(_ vm: Int) -> Bool { cloud.vms.state[vm] == .active }

  /// Moves, waves and steps with the times without spread.
  mutating func describe(_ times: [RecoverySchedule.Times]) {
    for (index, move) in decision.moves.enumerated() {
      plan.moves.append(record(move, times[index]))
    }
    for wave in Set(decision.moves.map(\.wave)).sorted() {
      var record = WaveRecord()
      record.wave = Int64(wave)
      let own = decision.moves.indices.filter { decision.moves[$0].wave == wave }
      record.start = own.map { times[$0].start.seconds }.min() ?? 0
      record.condition =
        wave == 1
        ? "the failed hosts are known to be down and cannot run their VMs again"
        : "every VM of the wave before is built"
      plan.waves.append(record)
    }
    plan.steps = RecoverySteps(plan: plan).all
    recovery.back = RecoveryAnalysis.shares.map { share in
      var record = BackRecord()
      record.share = share
      record.nominal = back(share, times)?.seconds
      return record
    }
  }

  private func record(_ move: Move, _ times: RecoverySchedule.Times) -> MoveRecord {
    var record = MoveRecord()
    record.vm = names[move.vm]
    record.vmID = cloud.vms.ids[move.vm]
    let project = cloud.vms.project[move.vm]
    record.project = project < 0 ? nil : cloud.projects[project].name
    record.policyClass = move.policyClass
    record.action = move.action
    record.source = cloud.hosts.names[move.source]
    record.target = move.target.map { cloud.hosts.names[$0] }
    record.wave = Int64(move.wave)
    record.start = times.start.seconds
    record.duration = (times.end - times.start).seconds
    record.isRunning = ran(move.vm)
    record.off = record.isRunning ? times.end.seconds : 0
    record.reason = move.reason?.word
    return record
  }

  /// When a share of the VMs that ran gives service again; nil: never.
  private func back(_ share: Double, _ times: [RecoverySchedule.Times]) -> SimulatedDuration? {
    let ends = decision.moves.indices.filter { ran(decision.moves[$0].vm) }
      .map { times[$0].end }.sorted()
    let needed = Int((share * Double(recovery.ran) - 1e-9).rounded(.up))
    guard needed > 0 else { return recovery.ran == 0 ? .zero : ends.first }
    return needed <= ends.count ? ends[needed - 1] : nil
  }

  /// Probability, quantiles, bounds and the verdict.
  mutating func judge(_ outcomes: [[RecoverySchedule.Times]]) {
    let totals = outcomes.map { $0.map(\.end).max() ?? .zero }
    let inTime = totals.filter { $0 <= question.window }.count
    let share = ConfidenceInterval.wilson(successes: inTime, trials: totals.count)
    plan.probability = totals.isEmpty ? 0 : Double(inTime) / Double(totals.count)
    plan.probabilityLow = share?.low ?? 0
    plan.probabilityHigh = share?.high ?? 1
    let seconds = totals.map(\.seconds)
    plan.duration.mean = Self.microseconds(RunningMean(seconds).mean)
    plan.duration.p50 = Self.quantile(seconds, 0.5) ?? 0
    plan.duration.p95 = Self.quantile(seconds, 0.95) ?? 0
    let interval = ConfidenceInterval.quantile(of: seconds, 0.95)
    plan.duration.p95Low = interval?.low
    plan.duration.p95High = interval?.high
    plan.duration.bound = schedule.bound.seconds
    for move in plan.moves.indices {
      let own = outcomes.map { ($0[move].end - $0[move].start).seconds }
      plan.moves[move].durationP50 = Self.quantile(own, 0.5)
      plan.moves[move].durationP95 = Self.quantile(own, 0.95)
    }
    for place in recovery.back.indices {
      let own = outcomes.map { back(recovery.back[place].share, $0)?.seconds ?? .infinity }
      recovery.back[place].p50 = Self.quantile(own, 0.5)
      recovery.back[place].p95 = Self.quantile(own, 0.95)
    }
    plan.bounds = bounds
    plan.verdict = verdict
    plan.recovery = recovery
  }

  /// Seconds to the microsecond, the grain of simulated time; nil where there is none or no end.
  private static func quantile(_ seconds: [Double], _ share: Double) -> Double? {
    Quantile.of(seconds, share).flatMap { $0.isFinite ? microseconds($0) : nil }
  }

  private static func microseconds(_ seconds: Double) -> Double {
    SimulatedDuration(seconds: seconds).seconds
  }

  /// What waits by its owner's word, or to keep its data, is no failure of the plan.
  private var verdict: Verdict {
    let missing = decision.leftBehind.filter { $0.reason != .waits }
    if missing.isEmpty {
      return plan.probability >= EvacuationAnalysis.demandedProbability ? .fits : .doesNotFit
    }
    return missing.contains { $0.isProven } ? .infeasible : .unknown
  }

  private var bounds: [BoundRecord] {
    let rules = TargetRules(cloud: cloud, out: question.task.failed)
    let builds = schedule.bounds.filter { $0.target >= 0 }.map { target, least in
      PlanBounds.bound(
        "builds", cloud.hosts.names[target], least.seconds, question.window.seconds, "s")
    }
    let all = builds + PlanBounds.rooms(decision.moves, rules, CloudState(of: cloud))
    return all.enumerated().sorted {
      ($1.element.share, $0.offset) < ($0.element.share, $1.offset)
    }
    .map(\.element)
  }
}
