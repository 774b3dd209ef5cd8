/// Where the migration of one VM stands.
///
/// **Source**: the states of Nova's migration and of QEMU's `query-migrate`, joined.
package enum MigrationState: String, Sendable, CaseIterable {
  /// Asked for, not checked yet.
  case requested
  /// A pre-check failed.
  case rejected
  /// Waits for a slot of its source; can be cancelled at no cost.
  case queued
  /// Destination claimed, ports bound, volumes connected; capacity is taken on both hosts.
  case preparing
  /// The disk is copied, before the memory.
  case diskMirror
  /// Rounds of memory are copied while the guest runs.
  case preCopy
  /// The guest is paused, or off, while the last of it moves.
  case switchOver
  /// The guest runs on the destination and fetches its memory; cannot be aborted.
  case postCopy
  /// The source is cleaned up.
  case postMigration
  /// Over; slot and source are free.
  case done
  /// Given up; the VM runs on its source.
  case aborted
  /// The link failed during post-copy; the memory is gone.
  case lost

  /// The states that may follow: the one table of the state machine.
  ///
  /// A guest that is off has no memory to copy in rounds: its move goes from `preparing` or
  /// `diskMirror` straight to `switchOver`.
  package var successors: [MigrationState] {
    switch self {
    case .requested: [.rejected, .queued]
    case .queued: [.preparing, .aborted]
    case .preparing: [.diskMirror, .preCopy, .switchOver, .aborted]
    case .diskMirror: [.preCopy, .switchOver, .aborted]
    case .preCopy: [.switchOver, .postCopy, .aborted]
    case .switchOver: [.postMigration]
    case .postCopy: [.postMigration, .lost]
    case .postMigration: [.done]
    case .rejected, .done, .aborted, .lost: []
    }
  }

  /// Whether nothing follows.
  package var isTerminal: Bool { successors.isEmpty }

  /// Whether the VM takes capacity on its source and on its destination.
  package var holdsBothHosts: Bool {
    switch self {
    case .preparing, .diskMirror, .preCopy, .switchOver, .postCopy, .postMigration: true
    case .requested, .rejected, .queued, .done, .aborted, .lost: false
    }
  }

  /// Goes to a state that may follow.
  ///
  /// **Errors**: `MigrationError.forbiddenTransition` for any other; the state stays as it was.
  package mutating func transition(to next: MigrationState) throws(MigrationError) {
    guard successors.contains(next) else { throw .forbiddenTransition(from: self, to: next) }
    self = next
  }
}

/// What can be wrong with the use of the migration model.
package enum MigrationError: Error, Sendable, Equatable {
  /// The state machine has no such step.
  case forbiddenTransition(from: MigrationState, to: MigrationState)
  /// A parameter out of its range; the unit is that of the parameter.
  case badParameter(name: String, value: Double)
}
