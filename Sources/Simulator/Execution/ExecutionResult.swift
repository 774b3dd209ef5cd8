package import CloudModel
package import Migration

/// When a step began and ended, and how.
package struct StepTimes: Sendable, Hashable {
  /// When it left its queue; nil if it never did.
  package var start: SimulatedTime?
  /// When it was over.
  package var end: SimulatedTime?
  /// Where it stands at the end.
  package var state: MigrationState
  /// How long the guest gives no service because of it.
  package var timeOff: SimulatedDuration
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
}
