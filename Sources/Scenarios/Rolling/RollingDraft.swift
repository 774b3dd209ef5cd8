import CloudModel
import Migration
import Policies
import Simulator
import Stochastics

/// Turns waves with their times into a plan with names and seconds.
struct RollingDraft {
  private let question: RollingQuestion
  private let problem: RollingProblem
  private let found: RollingPlan
  private let moves: RollingMoves
  private let names: VMNames
  private(set) var plan: PlanRecord
  private var rolling = RollingPlanRecord()
  private var rooms: WaveRooms

  private var cloud: Cloud { question.cloud }

  init(
    _ question: RollingQuestion, _ problem: RollingProblem, _ found: RollingPlan,
    _ moves: RollingMoves, replications: Int
  ) {
    self.question = question
    self.problem = problem
    self.found = found
    self.moves = moves
    names = VMNames(question.cloud)
    rooms = WaveRooms(question.cloud)
    plan = PlanRecord(question.name, for: question.cloud, from: question.origin)
    plan.strategy = question.policy.rawValue
    plan.release = String(question.rules.release.major)
    plan.seed = Int64(bitPattern: question.seed)
    plan.replications = Int64(replications)
    plan.hosts = question.due.map { question.cloud.hosts.names[$0] }
    plan.window = question.window?.seconds ?? 0
    plan.work = question.work.seconds
    plan.isRepeatable = found.isRepeatable
    plan.classes = moves.classes.map { ClassRecord(names[$0.vm], $0.resolved) }
    plan.parameters = question.parameters.ofMoves.map(ParameterRecord.init)
    rolling.policy = question.policy
    rolling.reserve = question.reserve
    let due = Set(question.due)
    rolling.vms = Int64(question.cloud.vms.host.count { due.contains($0) })
    rolling.wavesBound = Int64(found.wavesBound)
    rolling.movesBound = Int64(found.movesBound)
    rolling.timeBound = RollingTimeBound(moves, question, waves: found.wavesBound).total.seconds
    rolling.arrivalFlavor = rooms.flavor.map { question.cloud.flavors[$0].name }
    rolling.postponed = found.postponed.map { postponed($0) }
    plan.leftBehind = rolling.postponed.compactMap { leftBehind($0) }
  }

  /// Waves, moves and steps with the times without spread, in the order of the timetable.
  mutating func describe(_ timetable: RollingTimetable, _ waves: [WaveTimes]) {
    let first = timetable.entries.first?.start ?? 0
    // Where VMs stay every wave begins where the one before has left them.
    for (place, entry) in timetable.entries.enumerated() {
      let (wave, times) = (moves.waves[entry.wave], waves[entry.wave])
      let start = SimulatedDuration(microseconds: entry.start - first)
      var record = RollingWaveRecord()
      record.wave = Int64(place + 1)
      record.hosts = wave.hosts.map { cloud.hosts.names[$0] }
      record.zones = Set(wave.hosts.map { cloud.hosts.zone[$0] }).sorted()
        .map { cloud.zones[$0].name }
      record.at = isDated ? entry.start : nil
      describe(&record, times, start: start, entry: entry, first: first)
      record.moves = Int64(wave.drain.count { $0.target != nil })
      record.stopped = Int64(wave.drain.count) - record.moves
      let room = rooms.during(wave, returns: question.policy.returns)
      record.freeMemory = room.freeMemory
      record.arrivals = Int64(room.arrivals)
      rolling.waves.append(record)
      plan.waves.append(condition(of: record, place))
      append(wave.drain, times.drain, 0, .drain, record, times)
      if let back = times.back {
        append(wave.back, back, wave.drain.count, .back, record, times)
      }
      rolling.notices += NoticeRecord.list(
        for: wave.drain, question.calendar, cloud, wave: record.wave, at: record.at)
    }
    postpone(timetable)
    plan.rolling = rolling
    plan.steps = RollingSteps(plan: plan).all
  }

  private var isDated: Bool { question.calendar.hasWindows || question.calendar.told != nil }

  private func describe(
    _ record: inout RollingWaveRecord, _ times: WaveTimes, start: SimulatedDuration,
    entry: RollingTimetable.Entry, first: Int64
  ) {
    record.start = start.seconds
    record.drained = (start + times.drain.drained).seconds
    record.worked = (start + times.drain.total).seconds
    record.end = (start + times.drain.total + (times.back?.total ?? .zero)).seconds
    record.durationP50 = times.p50.seconds
    record.durationP95 = times.p95.seconds
    record.durationBound = times.bound.seconds
    // Once the work has begun there is no way but through; before, what was moved goes back.
    record.turnBack = record.drained
    guard let end = entry.end else { return }
    let rest = SimulatedDuration(microseconds: end - first)
    record.latestStart = (rest - times.p95).seconds
    let home = times.outcomes.map { ($0.total - $0.worked).seconds }
    let wayBack = SimulatedDuration(seconds: Quantile.of(home, 0.95) ?? 0)
    record.turnBack = max(record.start, min(record.drained, (rest - wayBack).seconds))
  }

  private func condition(of record: RollingWaveRecord, _ place: Int) -> WaveRecord {
    var wave = WaveRecord()
    wave.wave = record.wave
    wave.start = record.start
    wave.condition =
      place == 0
      ? "its window has begun"
      : "the hosts of wave \(place) are open and healthy"
        + (question.policy.returns ? " and their VMs are back" : "")
    if place > 0, question.pause > .zero {
      wave.wait = question.pause.seconds
    }
    return wave
  }

  private mutating func append(
    _ moves: [Move], _ result: ExecutionResult, _ offset: Int, _ phase: MovePhase,
    _ wave: RollingWaveRecord, _ times: WaveTimes
  ) {
    let start = phase == .drain ? wave.start : wave.worked
    for (index, move) in moves.enumerated() {
      var record = MoveRecord(move, result.steps[index], in: cloud, names)
      record.wave = wave.wave
      record.start = SimulatedDuration(seconds: record.start + start).seconds
      record.phase = phase
      let seconds = times.outcomes.map { $0.durations[offset + index]?.seconds ?? .infinity }
      record.durationP50 = Self.quantile(seconds, 0.5)
      record.durationP95 = Self.quantile(seconds, 0.95)
      plan.moves.append(record)
    }
    for index in result.failed {
      let move = moves[index]
      plan.notes.append(
        "wave \(wave.wave): `\(names[move.vm])` does not end its migration off "
          + "\(cloud.hosts.names[move.source]) without spread: see `berth migration estimate`")
    }
  }

  private static func quantile(_ seconds: [Double], _ share: Double) -> Double? {
    Quantile.of(seconds, share).flatMap {
      $0.isFinite ? SimulatedDuration(seconds: $0).seconds : nil
    }
  }

  /// What has no place in the timetable.
  private mutating func postpone(_ timetable: RollingTimetable) {
    for unplaced in timetable.unplaced {
      for host in moves.waves[unplaced.wave].hosts {
        var record = PostponedRecord()
        record.host = cloud.hosts.names[host]
        record.reason = unplaced.rule.rawValue
        record.isProven = unplaced.rule == .notice || unplaced.longest == .zero
        record.earliest = unplaced.earliest
        record.advice =
          unplaced.rule == .notice
          ? "a later window, or an earlier notice"
          : unplaced.longest == .zero
            ? "a window that means it"
            : "a longer window, or fewer hosts at once: the longest has "
              + "\(Int(unplaced.longest.seconds / 60)) min"
        rolling.postponed.append(record)
      }
    }
  }

  private func postponed(_ host: PostponedHost) -> PostponedRecord {
    var record = PostponedRecord()
    record.host = cloud.hosts.names[host.host]
    record.vm = host.vm.map { names[problem.vmNumbers[$0]] }
    record.isProven = host.isProven
    switch host.reason {
    case .cannotLeave:
      let vm = host.vm.map { problem.vmNumbers[$0] }
      let intent = vm.flatMap { vm in
        moves.classes.first { $0.vm == vm }.map {
          EvacuationDraft.intent(for: vm, resolved: $0.resolved, in: cloud)
        }
      }
      (record.reason, record.advice) = (
        LeftReason.rule(.group).word, "another member of its group has to follow it: ask its owner"
      )
      if case .stay(let reason, let advice) = intent {
        (record.reason, record.advice) = (reason.word, advice)
      }
    case .stoppedTogether(let group):
      record.reason = "stopped_together"
      record.advice =
        "it holds more members of `\(cloud.groups[group].name)` than may be off at once: move one "
        + "away, or ask its owner"
    case .rule(.reserve):
      record.reason = RejectionRule.reserve.rawValue
      record.advice = "add a spare host, free room, or do without the reserve while it is out"
    case .rule(let rule):
      record.reason = rule.rawValue
      record.advice = EvacuationDraft.advice(for: rule)
    case .limit:
      record.reason = "limit"
      record.advice = "give the search more time with `rolling.time_limit`"
    }
    return record
  }

  private func leftBehind(_ postponed: PostponedRecord) -> LeftBehindRecord? {
    guard let vm = postponed.vm,
      let index = moves.classes.first(where: { names[$0.vm] == vm })?.vm
    else { return nil }
    var record = LeftBehindRecord()
    record.vm = vm
    record.vmID = cloud.vms.ids[index]
    record.host = postponed.host
    record.reason = postponed.reason
    record.isProven = postponed.isProven
    record.advice = postponed.advice
    return record
  }

  /// Probability, quantiles, bounds and the verdict.
  mutating func judge(_ timetable: RollingTimetable, _ waves: [WaveTimes]) {
    let runs = RollingRuns(timetable, waves, question)
    let interval = ConfidenceInterval.wilson(
      successes: runs.inTime, trials: Int(plan.replications))
    plan.probability = Double(runs.inTime) / Double(max(1, plan.replications))
    plan.probabilityLow = interval?.low ?? 0
    plan.probabilityHigh = interval?.high ?? 1
    let seconds = runs.totals
    plan.duration.mean = SimulatedDuration(seconds: RunningMean(seconds).mean).seconds
    plan.duration.p50 = Self.quantile(seconds, 0.5) ?? 0
    plan.duration.p95 = Self.quantile(seconds, 0.95) ?? 0
    let quantile = ConfidenceInterval.quantile(of: seconds, 0.95)
    plan.duration.p95Low = quantile?.low
    plan.duration.p95High = quantile?.high
    let pauses = question.pause.microseconds * Int64(max(0, timetable.entries.count - 1))
    plan.duration.bound =
      timetable.entries.reduce(SimulatedDuration(microseconds: pauses)) {
        $0 + waves[$1.wave].bound
      }.seconds
    for place in rolling.waves.indices { rolling.waves[place].inTime = runs.share(ofWave: place) }
    plan.rolling = rolling
    plan.verdict = verdict
    plan.notes += RollingNotes(question, rolling, found).all
  }

  private var verdict: Verdict {
    if rolling.postponed.isEmpty {
      return plan.probability >= EvacuationAnalysis.demandedProbability ? .fits : .doesNotFit
    }
    let isByTime = rolling.postponed.allSatisfy { $0.reason == RejectionRule.time.rawValue }
    if isByTime { return .doesNotFit }
    return rolling.postponed.contains { $0.isProven } ? .infeasible : .unknown
  }
}
