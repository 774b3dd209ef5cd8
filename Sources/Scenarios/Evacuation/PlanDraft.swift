import CloudModel
import Migration
import Simulator
import Stochastics

/// Turns a decision and its execution into a plan with names and seconds.
struct PlanDraft {
  let question: EvacuationQuestion
  let decision: EvacuationDecision
  let execution: Execution
  let labels: VMNames
  private let outlook: MigrationOutlook
  private(set) var plan: PlanRecord

  var cloud: Cloud { question.task.cloud }

  init(
    question: EvacuationQuestion, decision: EvacuationDecision, execution: Execution,
    outlook: MigrationOutlook
  ) {
    self.question = question
    self.outlook = outlook
    self.decision = decision
    self.execution = execution
    labels = VMNames(question.task.cloud)
    plan = PlanRecord(question.name, for: question.task.cloud, from: question.origin)
    plan.strategy = question.strategy
    plan.release = String(question.task.rules.release.major)
    plan.seed = Int64(bitPattern: question.seed)
    plan.replications = Int64(question.replications)
    plan.hosts = question.task.out.map { cloud.hosts.names[$0] }
    plan.window = question.window.seconds
    plan.work = question.work.seconds
    plan.notes = decision.notes
    plan.isRepeatable = decision.isRepeatable
    plan.solver.status = decision.solver.status
    plan.solver.objective = decision.solver.objective
    plan.solver.bound = decision.solver.bound
    plan.solver.gap = decision.solver.gap
    plan.classes = decision.classes.map { ClassRecord(labels[$0.vm], $0.resolved) }
    plan.leftBehind = decision.leftBehind.map { LeftBehindRecord($0, in: cloud, labels) }
    plan.parameters = question.parameters.ofMoves.map(ParameterRecord.init)
    plan.advice = outlook.advice
    plan.loads = loadRecords
    noteContradictions()
    noteHeldCapacity()
    noteUnscopedKeys()
  }

  /// Moves, waves and steps with the times of the run without spread.
  mutating func describe(_ nominal: ExecutionResult) {
    for (index, move) in decision.moves.enumerated() {
      plan.moves.append(moveRecord(move, nominal.steps[index], outlook.verdicts[index]))
    }
    let waits = Dictionary(uniqueKeysWithValues: decision.waits.map { ($0.wave, $0.wait) })
    for wave in Set(decision.moves.map(\.wave)).sorted() {
      var record = WaveRecord()
      record.wave = Int64(wave)
      record.start =
        nominal.events.first { $0.what == "wave" && $0.wave == wave }?.time.seconds ?? 0
      record.wait = waits[wave]?.seconds ?? 0
      record.condition =
        wave == decision.moves.map(\.wave).min()
        ? "the window has begun"
        : waits[wave] == nil
          ? "every move of the wave before is over"
          : "the successors of the wave before are ready"
      plan.waves.append(record)
    }
    plan.steps = PlanSteps(plan: plan).all
    describeFailures(nominal)
  }

  /// What does not end, or finds no room, without spread.
  private mutating func describeFailures(_ nominal: ExecutionResult) {
    var others = 0
    for step in nominal.failed {
      let times = nominal.steps[step]
      guard times.ending == .aborted || times.ending == .stalled else {
        others += 1
        continue
      }
      var record = LeftBehindRecord()
      record.vm = plan.moves[step].vm
      record.vmID = plan.moves[step].vmID
      record.host = plan.moves[step].source
      record.reason = LeftReason.notConvergent.word
      let seconds = times.duration.map { String(Int($0.seconds.rounded())) } ?? "?"
      record.advice =
        "its migration is given up after \(seconds) s, in which its slot is taken: see the advice"
      plan.leftBehind.append(record)
    }
    if others > 0 {
      plan.notes.append("\(others) moves failed in the simulation without spread")
    }
    let replaced = nominal.steps.indices.filter { nominal.steps[$0].fallback != nil }
    if !replaced.isEmpty {
      let names = replaced.prefix(5).map { plan.moves[$0].vm }.joined(separator: ", ")
      plan.notes.append(
        "does not converge, given up and then moved or stopped as its fallback says: \(names)")
    }
  }

  /// What the plan would come to if the guests of which nothing is known wrote more: a time that
  /// depends on what is not known is never one number.
  mutating func noteOtherLoads() {
    guard plan.loads.contains(where: { $0.evidence == .assumed }) else { return }
    let texts = [LoadClass.ordinary, .busy].map { load in
      var guests = question.guests
      for index in guests.loads.indices where guests.loads[index].evidence == .assumed {
        let share = guests.loads[index].memoryShare
        guests.loads[index] = load.load(evidence: .assumed)
        guests.loads[index].memoryShare = share
      }
      let result = question.execution(of: decision, guests: guests).nominal()
      let endless = result.failed.count
      let minutes = Int((result.total.seconds / 60).rounded(.up))
      let time = minutes < 180 ? "\(minutes) min" : "\((minutes + 59) / 60) h"
      return "\(load.rawValue) \(time)"
        + (endless > 0 ? ", \(endless) not moved and given up at their timeouts" : "")
    }
    plan.notes.append(
      "guests of which no load is known count as idle; without spread the whole would take with "
        + "their load \(texts.joined(separator: ", "))")
  }

  /// The dates, if there are any.
  mutating func note(_ dates: PlanDatesRecord?) { plan.dates = dates }

  private var loadRecords: [PlanLoadRecord] {
    var records: [PlanLoadRecord] = []
    for step in execution.steps where step.action == .live && step.isRunning {
      let load = step.request.load
      let place = records.firstIndex { $0.load == load.name && $0.evidence == load.evidence }
      if let place {
        records[place].vms += 1
      } else {
        var record = PlanLoadRecord()
        record.load = load.name
        record.evidence = load.evidence
        record.vms = 1
        records.append(record)
      }
    }
    return records
  }

  /// Probability, quantiles, bounds and the verdict.
  mutating func judge(_ outcomes: [ReplicationOutcome]) {
    let inTime = outcomes.filter { $0.total <= question.window && $0.failedCount == 0 }.count
    let share = ConfidenceInterval.wilson(successes: inTime, trials: outcomes.count)
    plan.probability = outcomes.isEmpty ? 0 : Double(inTime) / Double(outcomes.count)
    plan.probabilityLow = share?.low ?? 0
    plan.probabilityHigh = share?.high ?? 1
    for step in plan.moves.indices { judge(step, outcomes) }
    let seconds = outcomes.map(\.total.seconds)
    plan.duration.mean = Self.microseconds(RunningMean(seconds).mean)
    plan.duration.p50 = Self.microseconds(Quantile.of(seconds, 0.5) ?? 0)
    plan.duration.p95 = Self.microseconds(Quantile.of(seconds, 0.95) ?? 0)
    let interval = ConfidenceInterval.quantile(of: seconds, 0.95)
    plan.duration.p95Low = interval?.low
    plan.duration.p95High = interval?.high
    let bounds = PlanBounds(draft: self)
    plan.duration.bound = bounds.leastSeconds
    plan.bounds = bounds.all
    plan.verdict = verdict
  }

  /// The quantiles of one move; one that is not over counts as endless.
  private mutating func judge(_ step: Int, _ outcomes: [ReplicationOutcome]) {
    let seconds = outcomes.map { $0.durations[step]?.seconds ?? .infinity }
    func quantile(_ share: Double) -> Double? {
      Quantile.of(seconds, share).flatMap { $0.isFinite ? Self.microseconds($0) : nil }
    }
    plan.moves[step].durationP50 = quantile(0.5)
    plan.moves[step].durationP95 = quantile(0.95)
  }

  /// Seconds to the microsecond, the grain of simulated time.
  private static func microseconds(_ seconds: Double) -> Double {
    SimulatedDuration(seconds: seconds).seconds
  }

  private var verdict: Verdict {
    if decision.leftBehind.isEmpty {
      // A migration that is given up in the model is left behind by the settings, not by a proof.
      return plan.probability >= EvacuationAnalysis.demandedProbability ? .fits : .doesNotFit
    }
    return decision.leftBehind.contains { $0.isProven } ? .infeasible : .unknown
  }

  private mutating func noteContradictions() {
    let contradicted = decision.classes.filter { $0.resolved.wish.isContradicted }
    if !contradicted.isEmpty {
      let names = contradicted.prefix(5).map { labels[$0.vm] }.joined(separator: ", ")
      plan.notes.append("tag and metadata differ, the lower counts: \(names)")
    }
  }

  /// A host is not empty in the cloud's books while something else holds a place on it.
  private mutating func noteHeldCapacity() {
    let out = Set(question.task.out)
    for held in cloud.held where out.contains(held.host) {
      plan.notes.append(
        "\(cloud.hosts.names[held.host]) also holds a place for: \(held.holder); settle it before"
          + " the work")
    }
  }

  /// Keys without a scope bind a VM to aggregates only if a filter is on that no API tells of.
  private mutating func noteUnscopedKeys() {
    let moved = Set(decision.moves.filter { $0.target != nil }.map { cloud.vms.flavor[$0.vm] })
    for flavor in moved.sorted() {
      let keys = cloud.flavors[flavor].extraSpecs.entries.map(\.key).filter { !$0.contains(":") }
      guard !keys.isEmpty else { continue }
      plan.notes.append(
        "flavor `\(cloud.flavors[flavor].name)` has keys without a scope "
          + "(\(keys.joined(separator: ", "))): they bind its VMs to aggregates if "
          + "AggregateInstanceExtraSpecsFilter is on")
    }
  }

  private func moveRecord(
    _ move: Move, _ times: StepTimes, _ verdict: MigrationVerdict?
  ) -> MoveRecord {
    var record = MoveRecord(move, times, in: cloud, labels)
    record.verdict = verdict
    return record
  }

  /// An event with names.
  func record(_ event: ExecutionEvent) -> EventRecord {
    let move = event.step.map { decision.moves[$0] }
    return EventRecord(
      time: event.time.seconds, what: event.what, vm: move.map { labels[$0.vm] },
      source: move.map { cloud.hosts.names[$0.source] },
      target: move?.target.map { cloud.hosts.names[$0] }, wave: event.wave)
  }
}

/// How VMs are shown to people: by name, and by id where a name occurs twice.
struct VMNames {
  private let cloud: Cloud
  private let twice: Set<String>

  init(_ cloud: Cloud) {
    self.cloud = cloud
    var seen: Set<String> = []
    var twice: Set<String> = []
    for vm in 0..<cloud.vms.count where !seen.insert(cloud.vms.names[vm]).inserted {
      twice.insert(cloud.vms.names[vm])
    }
    self.twice = twice
  }

  subscript(vm: Int) -> String {
    let name = cloud.vms.names[vm]
    return name.isEmpty || twice.contains(name) ? cloud.vms.ids[vm] : name
  }
}
