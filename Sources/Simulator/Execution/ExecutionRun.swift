import CloudModel
import Migration

extension EventKind {
  /// The phase of a step ends; subject: the step.
  static let phaseEnds = EventKind(rawValue: 1)
  /// A slot is free again after the gap; subject: the step that had it.
  static let slotFree = EventKind(rawValue: 2)
  /// The next wave begins.
  static let waveBegins = EventKind(rawValue: 3)
  /// The work on the hosts is over.
  static let workEnds = EventKind(rawValue: 4)
}

/// A plan while it is carried out: queues at the sources, state machines of the migrations, claims
/// on both sides, and the links that their data share.
///
/// A migration goes through the phases that the model gave it, whatever they are; a richer model
/// brings other phases and changes nothing here.
struct ExecutionRun: EventHandler {
  /// What the run does between events.
  private enum Stage {
    case draining, working, starting, over
  }

  let execution: Execution
  private let waves: [Int]
  private let isRecording: Bool
  private let gap: SimulatedDuration
  private let draws: @Sendable (_ vm: Int, _ attempt: Int) -> SpreadFactors
  /// What each step is doing: its move, then what follows it.
  var courses: [MigrationCourse]
  var phase: [Int]
  var steps: [StepTimes]
  private(set) var events: [ExecutionEvent] = []
  private(set) var drained = SimulatedTime.start
  private(set) var end = SimulatedTime.start
  var state: CloudState
  var traffic: TransferTraffic
  private var slots: MigrationSlots
  private var holdsSlot: [Bool]
  private var offSince: [SimulatedTime?]
  private var queues: [Int: [Int]] = [:]
  private var stage = Stage.draining
  private var wavePlace = -1
  /// Steps that are not over and gaps that still run; the next wave waits for all of them.
  private var outstanding = 0

  /// A run under drawn factors; `attempt` 0 is the move of a VM, 1 what follows it. Rates of links
  /// are divided by the factor that all migrations share.
  init(
    _ execution: Execution, recording: Bool, common: Double,
    draws: @escaping @Sendable (_ vm: Int, _ attempt: Int) -> SpreadFactors
  ) {
    self.execution = execution
    self.draws = draws
    isRecording = recording
    let count = execution.steps.count
    waves = Set(execution.steps.map(\.wave)).sorted()
    gap = SimulatedDuration(seconds: execution.model.parameters.gap.value)
    courses = execution.steps.map { step in
      execution.model.course(of: step.request, under: draws(step.vm, 0))
    }
    phase = [Int](repeating: -1, count: count)
    holdsSlot = [Bool](repeating: false, count: count)
    offSince = [SimulatedTime?](repeating: nil, count: count)
    steps = [StepTimes](repeating: StepTimes(), count: count)
    state = execution.initialState
    let topology = execution.network.topology(of: execution.cloud, times: 1 / common)
    traffic = TransferTraffic(topology, steps: count)
    slots = MigrationSlots(
      execution.limits, hosts: topology.hostCount, racks: topology.racks)
  }

  /// Whether the plan is over.
  var isOver: Bool { stage == .over }

  mutating func handle(_ event: Event, agenda: inout Agenda) -> Bool {
    let subject = Int(event.subject)
    switch event.kind {
    case .transferChanges: changeTransfer(of: subject, &agenda)
    case .phaseEnds: nextPhase(of: subject, &agenda)
    case .slotFree: takeBackSlot(of: subject, &agenda)
    case .waveBegins: beginWave(&agenda)
    case .workEnds: startStopped(&agenda)
    default: preconditionFailure("An execution schedules only its own kinds of events.")
    }
    if outstanding == 0 { proceed(&agenda) }
    traffic.settle(&agenda)
    return stage != .over
  }

  /// Everything asked for is over: what comes next.
  private mutating func proceed(_ agenda: inout Agenda) {
    switch stage {
    case .draining where wavePlace + 1 < waves.count:
      let wait = waitBeforeNextWave()
      if wait > .zero {
        agenda.schedule(after: wait, kind: .waveBegins, subject: 0)
      } else {
        beginWave(&agenda)
        if outstanding == 0 { proceed(&agenda) }
      }
    case .draining:
      drained = agenda.now
      record(agenda, nil, "drained")
      if execution.work > .zero {
        stage = .working
        agenda.schedule(after: execution.work, kind: .workEnds, subject: 0)
      } else {
        finishRun(agenda)
      }
    case .working: break
    case .starting: finishRun(agenda)
    case .over: break
    }
  }

  /// Between two waves of recreations the successors become ready.
  private func waitBeforeNextWave() -> SimulatedDuration {
    guard let wait = execution.waits[waves[wavePlace + 1]], wavePlace >= 0 else { return .zero }
    let wave = waves[wavePlace]
    return execution.steps.indices.reduce(wait) { longest, step in
      let isSuccessor =
        execution.steps[step].wave == wave && execution.steps[step].action == .recreate
      return isSuccessor ? max(longest, courses[step].fixedTime) : longest
    }
  }

  private mutating func beginWave(_ agenda: inout Agenda) {
    wavePlace += 1
    let wave = waves[wavePlace]
    record(agenda, nil, "wave", wave: wave)
    for step in execution.steps.indices where execution.steps[step].wave == wave {
      outstanding += 1
      advance(step, to: .queued, agenda)
      if courses[step].holdsSlot {
        queues[execution.steps[step].source, default: []].append(step)
      } else {
        start(step, &agenda)
      }
    }
    for host in queues.keys.sorted() { startNext(on: host, &agenda) }
  }

  /// Starts what waits at a host, as long as each next one gets its slots.
  private mutating func startNext(on host: Int, _ agenda: inout Agenda) {
    while let step = queues[host]?.first {
      guard takeSlot(step) else { return }
      queues[host]?.removeFirst()
      start(step, &agenda)
    }
  }

  private mutating func takeSlot(_ step: Int) -> Bool {
    let plan = execution.routes[step]
    holdsSlot[step] = slots.take(
      from: Int32(plan.source), to: Int32(plan.target ?? plan.source))
    return holdsSlot[step]
  }

  /// A slot comes back after the gap in which the end of one migration is noticed and the next is
  /// asked for.
  mutating func giveSlot(of step: Int, _ agenda: inout Agenda) {
    guard holdsSlot[step] else { return }
    holdsSlot[step] = false
    outstanding += 1
    agenda.schedule(after: gap, kind: .slotFree, subject: Int32(step))
  }

  private mutating func takeBackSlot(of step: Int, _ agenda: inout Agenda) {
    let plan = execution.routes[step]
    let (source, target) = (Int32(plan.source), Int32(plan.target ?? plan.source))
    slots.giveBack(from: source, to: target)
    outstanding -= 1
    while let host = slots.nextWaiting(from: source, to: target) {
      startNext(on: Int(host), &agenda)
    }
  }

  /// Claims the target, as Nova does before anything else, or rejects the step.
  private mutating func start(_ step: Int, _ agenda: inout Agenda) {
    let plan = execution.routes[step]
    steps[step].start = agenda.now
    if let target = plan.target {
      guard hasRoom(for: plan.vm, on: target) else {
        advance(step, to: .preparing, agenda)
        giveSlot(of: step, &agenda)
        return finish(step, as: .aborted, agenda)
      }
      state.claim(plan.vm, on: target, in: execution.cloud)
    }
    if plan.action == .recreate {
      // The host is free as soon as the VM is deleted; its successor comes up elsewhere.
      if plan.isRunning { steps[step].timeOff = courses[step].fixedTime }
      state.release(plan.vm, on: plan.source, in: execution.cloud)
      return finish(step, as: .done, agenda)
    }
    nextPhase(of: step, &agenda)
  }

  private func hasRoom(for vm: Int, on host: Int) -> Bool {
    let demand = execution.cloud.vms.demand[vm]
    let free = state.free[host]
    return demand.memoryMiB <= max(0, free.memoryMiB) && demand.vcpus <= max(0, free.vcpus)
      && demand.diskGiB <= max(0, free.diskGiB)
  }

  /// Goes on with what follows a course: the confirmation of a cold migration, the start of a
  /// stopped VM, or what takes the place of a live migration that was given up.
  mutating func follow(_ step: Int, with kind: MigrationKind, _ agenda: inout Agenda) {
    var request = execution.steps[step].request
    request.kind = kind
    courses[step] = execution.model.course(
      of: request, under: draws(execution.steps[step].vm, 1))
    phase[step] = -1
    nextPhase(of: step, &agenda)
  }

  mutating func finish(_ step: Int, as end: MigrationState, _ agenda: Agenda) {
    outstanding -= 1
    let plan = execution.routes[step]
    if stage == .starting {
      setOff(step, false, agenda)
      return record(agenda, step, "started")
    }
    steps[step].end = agenda.now
    if plan.target != nil, steps[step].fallback != .stop {
      setOff(step, false, agenda)
      advance(step, to: end, agenda)
      return
    }
    // A stop and a recreation are no moves between hosts: they have no states in between.
    steps[step].state = end
    if execution.work == .zero { setOff(step, false, agenda) }
    record(agenda, step, plan.action == .recreate ? "ended" : "stopped")
  }

  /// After the work everything that ran before is started again.
  private mutating func startStopped(_ agenda: inout Agenda) {
    stage = .starting
    record(agenda, nil, "work done")
    for step in execution.steps.indices where offSince[step] != nil {
      outstanding += 1
      follow(step, with: .start, &agenda)
    }
  }

  private mutating func finishRun(_ agenda: Agenda) {
    stage = .over
    end = agenda.now
    record(agenda, nil, "end")
  }

  /// Notes that the guest of a step gives service no more, or again.
  mutating func setOff(_ step: Int, _ isOff: Bool, _ agenda: Agenda) {
    guard execution.routes[step].isRunning, isOff != (offSince[step] != nil) else { return }
    if let since = offSince[step] {
      steps[step].timeOff += agenda.now - since
      offSince[step] = nil
    } else {
      offSince[step] = agenda.now
    }
  }

  /// A live migration was given up and something else is done instead.
  mutating func replace(_ step: Int, by fallback: Fallback, _ agenda: Agenda) {
    advance(step, to: .aborted, agenda)
    steps[step].fallback = fallback
    steps[step].state = .requested
    if fallback == .cold { advance(step, to: .queued, agenda) }
  }

  mutating func advance(_ step: Int, to next: MigrationState, _ agenda: Agenda) {
    do {
      try steps[step].state.transition(to: next)
    } catch {
      preconditionFailure("A migration model skipped a state: \(error).")
    }
    record(agenda, step, next.rawValue)
  }

  mutating func record(_ agenda: Agenda, _ step: Int?, _ what: String, wave: Int? = nil) {
    guard isRecording else { return }
    events.append(ExecutionEvent(time: agenda.now, step: step, what: what, wave: wave))
  }
}
