package import CloudModel
package import Migration

/// When a step began and ended, and how.
package struct StepTimes: Sendable, Hashable {
  /// When it left its queue; nil if it never did.
  package var start: SimulatedTime?
  /// When it was over.
  package var end: SimulatedTime?
  /// Where it stands at the end.
  package var state = MigrationState.requested
  /// How long the guest gives no service because of it.
  package var timeOff = SimulatedDuration.zero
  /// What it sent from host to host, in MiB.
  package var sent = 0.0
  /// The rounds of memory.
  package var rounds = 0
  /// How much the guest was throttled at most when a stage began, in percent.
  package var throttle = 0.0
  /// How its transfer ended; nil if it sent nothing.
  package var ending: TransferEnding?
  /// What took the place of a live migration that was given up.
  package var fallback: Fallback?

  /// A step that has not begun.
  package init() {}

  /// From start to end; nil if it has none.
  package var duration: SimulatedDuration? {
    if let start, let end { end - start } else { nil }
  }
}

/// Something that happened, for the event log.
package struct ExecutionEvent: Sendable, Hashable {
  /// When.
  package var time: SimulatedTime
  /// Index of the step, or nil for what concerns no VM.
  package var step: Int?
  /// What: the state a step went to, or `wave`, `work`, `end`.
  package var what: String
  /// The wave, where `what` is `wave`.
  package var wave: Int?
}

/// One carrying-out of a plan.
package struct ExecutionResult: Sendable {
  /// From the start to the last end: the hosts are empty, the work is done, what was stopped for it
  /// runs again.
  package var total: SimulatedDuration
  /// When the hosts were empty.
  package var drained: SimulatedDuration
  /// Times of each step, in the order of the steps.
  package var steps: [StepTimes]
  /// Steps that did not end as they should, by index.
  package var failed: [Int]
  /// What happened, if it was recorded.
  package var events: [ExecutionEvent]
}

/// What is kept of one replication.
package struct ReplicationOutcome: Sendable, Hashable {
  /// From the start to the last end.
  package var total: SimulatedDuration
  /// When the hosts were empty.
  package var drained: SimulatedDuration
  /// How many steps did not end as they should.
  package var failedCount: Int
  /// How many VMs of the hosts to empty are still there: without a step, or given up.
  package var leftBehind: Int
  /// The time without service of all VMs that were shut down, made anew or lost, summed.
  package var timeOff: SimulatedDuration
  /// The longest pause of a live migration.
  package var blackout: SimulatedDuration
  /// What was sent from host to host.
  package var sent: Bytes
  /// How long each step took, in the order of the steps; nil for one that did not end.
  package var durations: [SimulatedDuration?]
}

extension ReplicationOutcome {
  init(_ result: ExecutionResult, of execution: Execution) {
    total = result.total
    drained = result.drained
    failedCount = result.failed.count
    leftBehind =
      execution.leftBehind + result.failed.count { result.steps[$0].state != .lost }
    (timeOff, blackout) = (.zero, .zero)
    var mebibytes = 0.0
    for (step, times) in result.steps.enumerated() {
      let isLive = execution.steps[step].action == .live && times.fallback == nil
      if isLive, times.state != .lost {
        blackout = max(blackout, times.timeOff)
      } else {
        timeOff += times.timeOff
      }
      mebibytes += times.sent
    }
    sent = Bytes(Int64((mebibytes * 1_048_576).rounded()))
    durations = result.steps.map(\.duration)
  }
}
