package import CloudModel

/// A step alone on its link.
extension MigrationModel {
  /// What a step does in time when nothing else hinders it and it has its link for itself.
  package func timeline(
    of request: MigrationRequest, under factors: SpreadFactors
  ) -> MigrationTimeline {
    let course = course(of: request, under: factors)
    var timeline = MigrationTimeline(phases: [], outcome: course.outcome)
    for phase in course.phases {
      switch phase.work {
      case .time(let duration): timeline.phases.append(MigrationPhase(phase, lasting: duration))
      case .transfer(let transfer):
        let link = request.linkRate.map { $0.mebibytesPerSecond / factors.common } ?? .infinity
        guard timeline.append(transfer, in: phase, over: link) else { return timeline }
      }
    }
    return timeline
  }

  /// What a step does in time without spread.
  package func nominalTimeline(of request: MigrationRequest) -> MigrationTimeline {
    timeline(of: request, under: .nominal)
  }

  /// How long a step takes without spread.
  package func nominalDuration(of request: MigrationRequest) -> SimulatedDuration {
    nominalTimeline(of: request).duration
  }
}

extension MigrationTimeline {
  /// Adds the stages of a transfer over a link in MiB/s; false if it is given up, and then the
  /// timeline ends with it.
  ///
  /// **Complexity**: linear in the rounds.
  fileprivate mutating func append(
    _ transfer: Transfer, in phase: CoursePhase, over link: Double
  ) -> Bool {
    var run = TransferRun(transfer)
    var (begin, sentBefore, stage) = (0.0, 0.0, run.stage)
    while true {
      run.setRate(min(link, run.limit ?? 0))
      let moment = run.nextChange
      guard moment.isFinite else {
        // Over a link that carries nothing, without a timeout: it never ends.
        phases.append(MigrationPhase(phase, stage, lasting: .init(seconds: .infinity)))
        outcome = .aborted
        return false
      }
      run.change()
      guard run.stage != stage else { continue }
      append(
        MigrationPhase(phase, stage, lasting: SimulatedDuration(seconds: moment - begin)),
        sent: run.sent - sentBefore)
      (begin, sentBefore, stage) = (moment, run.sent, run.stage)
      guard stage != .over else { break }
    }
    switch run.ending {
    case .aborted, .stalled: outcome = .aborted
    case .lost: outcome = .lost
    default: return true
    }
    return false
  }

  /// Adds a phase, or lengthens the last one where both are the same to all others; one of no length
  /// that nobody sees is left out.
  private mutating func append(_ phase: MigrationPhase, sent: Double) {
    var phase = phase
    phase.sent = Bytes(Int64((sent * 1_048_576).rounded()))
    if let last = phases.indices.last, phases[last].activity == phase.activity,
      phases[last].isGuestOff == phase.isGuestOff
    {
      phases[last].duration += phase.duration
      phases[last].sent = Bytes(phases[last].sent.count + phase.sent.count)
    } else {
      phases.append(phase)
    }
  }
}

extension MigrationPhase {
  fileprivate init(_ phase: CoursePhase, lasting duration: SimulatedDuration) {
    self.init(
      activity: phase.activity, state: phase.state, duration: duration, sent: Bytes(0),
      holdsSource: phase.holdsSource, holdsTarget: phase.holdsTarget, holdsSlot: phase.holdsSlot,
      isGuestOff: phase.isGuestOff)
  }

  fileprivate init(
    _ phase: CoursePhase, _ stage: TransferStage, lasting duration: SimulatedDuration
  ) {
    self.init(phase, lasting: duration)
    activity = stage.activity
    state = stage.state
    isGuestOff = phase.isGuestOff || stage.isPause
  }
}

extension TransferStage {
  /// What happens in it.
  package var activity: MigrationActivity {
    switch self {
    case .disk: .copyDisk
    case .scan, .rounds: .copyMemory
    case .lastPart, .forcedPause, .stop, .switchToPostCopy: .switchOver
    case .postCopyDelay, .postCopy, .postCopyScan: .fetchMemory
    case .over: .cleanUp
    }
  }

  /// The state of the migration in it.
  ///
  /// The pause before a post-copy belongs to it: from there on nothing can be taken back.
  package var state: MigrationState {
    switch self {
    case .disk: .diskMirror
    case .scan, .rounds: .preCopy
    case .switchToPostCopy, .postCopyDelay, .postCopy, .postCopyScan: .postCopy
    case .lastPart, .forcedPause, .stop: .switchOver
    case .over: .postMigration
    }
  }
}
