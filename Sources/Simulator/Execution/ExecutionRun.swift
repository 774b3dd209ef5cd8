import CloudModel
import Migration

extension EventKind {
  /// The phase of a step ends; subject: the step.
  static let phaseEnds = EventKind(rawValue: 1)
  /// A slot is free again after the gap; subject: the host.
  static let slotFree = EventKind(rawValue: 2)
  /// The next wave begins.
  static let waveBegins = EventKind(rawValue: 3)
  /// The work on the hosts is over.
  static let workEnds = EventKind(rawValue: 4)
}

/// A plan while it is carried out: queues at the sources, state machines of the migrations, claims
/// on both sides.
///
/// A migration goes through the phases that the model gave it, whatever they are; a richer model
/// brings other phases and changes nothing here.
struct ExecutionRun: EventHandler {
  /// What the run does between events.
  private enum Stage {
    case draining, working, starting, over
  }

  private let execution: Execution
  private let waves: [Int]
  private let isRecording: Bool
  private let gap: SimulatedDuration
  private let slotCount: Int
  private let draws: @Sendable (_ vm: Int, _ attempt: Int) -> SpreadFactors
  /// What each step is doing: its move, then the confirmation or the start that follows it.
  private var timelines: [MigrationTimeline]
  private var phase: [Int]
  private var isFollowUp: [Bool]
  private(set) var steps: [StepTimes]
  private(set) var events: [ExecutionEvent] = []
  private(set) var drained = SimulatedTime.start
  private(set) var end = SimulatedTime.start
  private var state: CloudState
  private var queues: [Int: [Int]] = [:]
  private var busySlots: [Int: Int] = [:]
  private var stage = Stage.draining
  private var wavePlace = -1
  /// Steps that are not over and gaps that still run; the next wave waits for all of them.
  private var outstanding = 0

  /// A run under drawn factors; `attempt` 0 is the move of a VM, 1 what follows it.
  init(
    _ execution: Execution, recording: Bool,
    draws: @escaping @Sendable (_ vm: Int, _ attempt: Int) -> SpreadFactors
  ) {
    self.execution = execution
    self.draws = draws
    isRecording = recording
    waves = Set(execution.steps.map(\.wave)).sorted()
    gap = SimulatedDuration(seconds: execution.model.parameters.gap.value)
    slotCount = Int(execution.model.parameters.slotsPerSource.value)
    timelines = execution.steps.map { step in
      execution.model.timeline(of: step.request, under: draws(step.vm, 0))
    }
    phase = [Int](repeating: -1, count: execution.steps.count)
    isFollowUp = [Bool](repeating: false, count: execution.steps.count)
    steps = execution.steps.map { _ in
      StepTimes(start: nil, end: nil, state: .requested, timeOff: .zero)
    }
    state = execution.initialState
  }

  mutating func handle(_ event: Event, agenda: inout Agenda) -> Bool {
    switch event.kind {
    case .phaseEnds: endPhase(of: Int(event.subject), &agenda)
    case .slotFree: takeBackSlot(of: Int(event.subject), &agenda)
    case .waveBegins: beginWave(&agenda)
    case .workEnds: startStopped(&agenda)
    default: preconditionFailure("An execution schedules only its own kinds of events.")
    }
    if outstanding == 0 { proceed(&agenda) }
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
      return isSuccessor ? max(longest, timelines[step].duration) : longest
    }
  }

  private mutating func beginWave(_ agenda: inout Agenda) {
    wavePlace += 1
    let wave = waves[wavePlace]
    record(agenda, nil, "wave", wave: wave)
    for step in execution.steps.indices where execution.steps[step].wave == wave {
      outstanding += 1
      advance(step, to: .queued, agenda)
      if timelines[step].phases.contains(where: \.holdsSlot) {
        queues[execution.steps[step].source, default: []].append(step)
      } else {
        start(step, &agenda)
      }
    }
    for host in queues.keys.sorted() { startNext(on: host, &agenda) }
  }

  private mutating func startNext(on host: Int, _ agenda: inout Agenda) {
    while busySlots[host, default: 0] < slotCount, let step = queues[host]?.first {
      queues[host]?.removeFirst()
      busySlots[host, default: 0] += 1
      start(step, &agenda)
    }
  }

  /// Claims the target, as Nova does before anything else, or rejects the step.
  private mutating func start(_ step: Int, _ agenda: inout Agenda) {
    let plan = execution.steps[step]
    steps[step].start = agenda.now
    if let target = plan.target {
      guard hasRoom(for: plan.vm, on: target) else {
        advance(step, to: .preparing, agenda)
        if timelines[step].phases.contains(where: \.holdsSlot) { giveSlot(of: step, &agenda) }
        return finish(step, as: .aborted, agenda)
      }
      state.claim(plan.vm, on: target, in: execution.cloud)
    }
    if plan.isRunning { steps[step].timeOff = timelines[step].timeOff }
    if plan.action == .recreate {
      // The host is free as soon as the VM is deleted; its successor comes up elsewhere.
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

  private mutating func nextPhase(of step: Int, _ agenda: inout Agenda) {
    phase[step] += 1
    guard phase[step] < timelines[step].phases.count else { return endTimeline(of: step, &agenda) }
    let next = timelines[step].phases[phase[step]]
    if let state = next.state, state != steps[step].state { advance(step, to: state, agenda) }
    agenda.schedule(after: next.duration, kind: .phaseEnds, subject: Int32(step))
  }

  private mutating func endPhase(of step: Int, _ agenda: inout Agenda) {
    let phases = timelines[step].phases
    let next = phase[step] + 1
    let keepsSlot = next < phases.count && phases[next].holdsSlot
    if phases[phase[step]].holdsSlot, !keepsSlot { giveSlot(of: step, &agenda) }
    nextPhase(of: step, &agenda)
  }

  /// A slot comes back after the gap in which the end of one migration is noticed and the next is
  /// asked for.
  private mutating func giveSlot(of step: Int, _ agenda: inout Agenda) {
    outstanding += 1
    agenda.schedule(
      after: gap, kind: .slotFree, subject: Int32(execution.steps[step].source))
  }

  private mutating func takeBackSlot(of host: Int, _ agenda: inout Agenda) {
    busySlots[host, default: 1] -= 1
    outstanding -= 1
    startNext(on: host, &agenda)
  }

  private mutating func endTimeline(of step: Int, _ agenda: inout Agenda) {
    let plan = execution.steps[step]
    switch timelines[step].outcome {
    case .awaitingConfirmation:
      record(agenda, step, "confirm")
      follow(step, with: .confirm, &agenda)
    case .done:
      if plan.target != nil {
        state.release(plan.vm, on: plan.source, in: execution.cloud)
      }
      finish(step, as: .done, agenda)
    case .aborted:
      if let target = plan.target { state.release(plan.vm, on: target, in: execution.cloud) }
      finish(step, as: .aborted, agenda)
    }
  }

  /// Goes on with the confirmation of a cold migration or the start of a stopped VM.
  private mutating func follow(_ step: Int, with kind: MigrationKind, _ agenda: inout Agenda) {
    var request = execution.steps[step].request
    request.kind = kind
    timelines[step] = execution.model.timeline(
      of: request, under: draws(execution.steps[step].vm, 1))
    phase[step] = -1
    isFollowUp[step] = true
    nextPhase(of: step, &agenda)
  }

  private mutating func finish(_ step: Int, as state: MigrationState, _ agenda: Agenda) {
    outstanding -= 1
    let plan = execution.steps[step]
    if stage == .starting {
      steps[step].timeOff = steps[step].start.map { agenda.now - $0 } ?? .zero
      return record(agenda, step, "started")
    }
    steps[step].end = agenda.now
    if plan.target != nil {
      advance(step, to: state, agenda)
    } else {
      // A stop and a recreation are no moves between hosts: they have no states in between.
      steps[step].state = state
      record(agenda, step, plan.action == .stop ? "stopped" : "ended")
    }
  }

  /// After the work everything that ran before is started again.
  private mutating func startStopped(_ agenda: inout Agenda) {
    stage = .starting
    record(agenda, nil, "work done")
    for step in execution.steps.indices
    where execution.steps[step].action == .stop && execution.steps[step].isRunning {
      outstanding += 1
      follow(step, with: .start, &agenda)
    }
  }

  private mutating func finishRun(_ agenda: Agenda) {
    stage = .over
    end = agenda.now
    record(agenda, nil, "end")
  }

  private mutating func advance(_ step: Int, to next: MigrationState, _ agenda: Agenda) {
    do {
      try steps[step].state.transition(to: next)
    } catch {
      preconditionFailure("A migration model skipped a state: \(error).")
    }
    record(agenda, step, next.rawValue)
  }

  private mutating func record(
    _ agenda: Agenda, _ step: Int?, _ what: String, wave: Int? = nil
  ) {
    guard isRecording else { return }
    events.append(ExecutionEvent(time: agenda.now, step: step, what: what, wave: wave))
  }
}
