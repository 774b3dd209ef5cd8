import CloudModel
import Migration

/// The phases of one step.
extension ExecutionRun {
  /// Ends the phase in hand and begins the next one.
  mutating func nextPhase(of step: Int, _ agenda: inout Agenda) {
    phase[step] += 1
    guard phase[step] < courses[step].phases.count else {
      giveSlot(of: step, &agenda)
      return endCourse(of: step, &agenda)
    }
    let next = courses[step].phases[phase[step]]
    if !next.holdsSlot { giveSlot(of: step, &agenda) }
    setOff(step, next.isGuestOff, agenda)
    switch next.work {
    case .time(let duration):
      if let state = next.state, state != steps[step].state { advance(step, to: state, agenda) }
      agenda.schedule(after: duration, kind: .phaseEnds, subject: Int32(step))
    case .transfer(let transfer):
      traffic.begin(transfer, of: step, at: agenda.now)
      enterStage(of: step, &agenda)
    }
  }

  /// A stage of a transfer ends, or a round within one.
  mutating func changeTransfer(of step: Int, _ agenda: inout Agenda) {
    let before = traffic.stage(of: step)
    if traffic.change(step, &agenda) != before { enterStage(of: step, &agenda) }
  }

  private mutating func enterStage(of step: Int, _ agenda: inout Agenda) {
    guard let stage = traffic.stage(of: step) else { return }
    guard stage != .over else { return endTransfer(of: step, &agenda) }
    guard let target = execution.routes[step].target else {
      preconditionFailure("Data go from a source to a target.")
    }
    if stage.state != steps[step].state { advance(step, to: stage.state, agenda) }
    let isOff = courses[step].phases[phase[step]].isGuestOff
    setOff(step, isOff || stage.isPause, agenda)
    steps[step].throttle = max(steps[step].throttle, traffic.throttle(of: step))
    traffic.enterStage(of: step, from: execution.routes[step].source, to: target, &agenda)
  }

  private mutating func endTransfer(of step: Int, _ agenda: inout Agenda) {
    let end = traffic.end(step, &agenda)
    steps[step].rounds += end.rounds
    steps[step].ending = end.ending
    steps[step].sent += end.sent
    switch end.ending {
    case .aborted, .stalled: giveUp(step, &agenda)
    case .lost: lose(step, &agenda)
    default: nextPhase(of: step, &agenda)
    }
  }

  /// A transfer was given up: the VM runs on at its source, or its owner permits something else.
  private mutating func giveUp(_ step: Int, _ agenda: inout Agenda) {
    let plan = execution.routes[step]
    setOff(step, false, agenda)
    switch plan.fallback {
    case .cold where plan.action == .live:
      replace(step, by: .cold, agenda)
      follow(step, with: .cold, &agenda)
    case .stop where plan.action == .live:
      replace(step, by: .stop, agenda)
      if let target = plan.target { state.release(plan.vm, on: target, in: execution.cloud) }
      follow(step, with: .stop, &agenda)
    default:
      giveSlot(of: step, &agenda)
      if let target = plan.target { state.release(plan.vm, on: target, in: execution.cloud) }
      finish(step, as: .aborted, agenda)
    }
  }

  /// The link failed while the guest fetched its memory: it boots anew on its target.
  private mutating func lose(_ step: Int, _ agenda: inout Agenda) {
    let plan = execution.routes[step]
    giveSlot(of: step, &agenda)
    state.release(plan.vm, on: plan.source, in: execution.cloud)
    finish(step, as: .lost, agenda)
    if plan.isRunning {
      steps[step].timeOff += SimulatedDuration(seconds: execution.model.parameters.boot.value)
    }
  }

  private mutating func endCourse(of step: Int, _ agenda: inout Agenda) {
    let plan = execution.routes[step]
    if courses[step].outcome == .awaitingConfirmation {
      record(agenda, step, "confirm")
      return follow(step, with: .confirm, &agenda)
    }
    if plan.target != nil, steps[step].fallback != .stop {
      state.release(plan.vm, on: plan.source, in: execution.cloud)
    }
    finish(step, as: .done, agenda)
  }
}

extension MigrationCourse {
  /// Whether any of it takes a slot of its source.
  var holdsSlot: Bool { phases.contains(where: \.holdsSlot) }

  /// The time of its phases that do not depend on the network.
  var fixedTime: SimulatedDuration {
    phases.reduce(into: .zero) { sum, phase in
      if case .time(let duration) = phase.work { sum += duration }
    }
  }
}
