package import CloudModel

/// What happens in a phase.
package enum MigrationActivity: String, Sendable, CaseIterable {
  /// Checks, claims, ports, volumes.
  case prepare
  /// Copy of the allocated part of the disk.
  case copyDisk
  /// Copy of the memory while the guest runs.
  case copyMemory
  /// The pause in which the guest changes hosts.
  case switchOver
  /// The guest runs on its destination and fetches the rest of its memory.
  case fetchMemory
  /// Clean-up of the source.
  case cleanUp
  /// The guest shuts down.
  case shutDown
  /// The guest is defined on a host.
  case define
  /// The guest boots.
  case boot
  /// The application becomes ready.
  case becomeReady
  /// A VM is deleted and its successor scheduled.
  case schedule
  /// A failed host is found to be down.
  case detect
  /// A failed host is kept from ever running its VMs again.
  case fence
  /// A VM is built on another host, with its volumes and ports.
  case rebuild
  /// A cold migration waits to be confirmed.
  case awaitConfirmation
  /// A cold migration is confirmed.
  case confirm
}

/// A part of a step in which its holdings stay the same.
package struct CoursePhase: Sendable, Hashable {
  /// What fills a phase.
  package enum Work: Sendable, Hashable {
    /// A length of time that does not depend on the network.
    case time(SimulatedDuration)
    /// Data that share the network with others; states and pauses of the guest follow from it.
    indirect case transfer(Transfer)
  }

  /// What happens.
  package var activity: MigrationActivity
  /// The state of the migration at its beginning; nil where the step is no move between hosts.
  package var state: MigrationState?
  /// What fills it.
  package var work: Work
  /// Whether the VM takes capacity on the host it comes from, or stays on.
  package var holdsSource: Bool
  /// Whether it takes capacity on the host it goes to.
  package var holdsTarget: Bool
  /// Whether it takes a slot of its source.
  package var holdsSlot: Bool
  /// Whether the guest gives no service throughout.
  package var isGuestOff: Bool
}

/// A step as it will go, whatever the network gives to it.
package struct MigrationCourse: Sendable, Hashable {
  /// The phases in order.
  package var phases: [CoursePhase]
  /// How it ends if no transfer is given up.
  package var outcome: MigrationOutcome
}

/// A stretch of a step in which nothing about its holdings changes.
package struct MigrationPhase: Sendable, Hashable {
  /// What happens.
  package var activity: MigrationActivity
  /// The state of the migration; nil where the step is no move between hosts.
  package var state: MigrationState?
  /// How long it lasts.
  package var duration: SimulatedDuration
  /// What is sent from host to host in it.
  package var sent: Bytes
  /// Whether the VM takes capacity on the host it comes from, or stays on.
  package var holdsSource: Bool
  /// Whether it takes capacity on the host it goes to.
  package var holdsTarget: Bool
  /// Whether it takes a slot of its source.
  package var holdsSlot: Bool
  /// Whether the guest gives no service.
  package var isGuestOff: Bool
}

/// How a step ends.
package enum MigrationOutcome: String, Sendable, CaseIterable {
  /// As asked for; the source is free of the VM, or the VM in the state asked for.
  case done
  /// The VM runs on its target and holds capacity on both hosts until it is confirmed.
  case awaitingConfirmation = "awaiting_confirmation"
  /// Stopped at the completion timeout; the VM runs on its source and what was sent is wasted.
  case aborted
  /// The link failed during post-copy; the guest has to be started anew on its target.
  case lost
}

/// What one step does in time.
package struct MigrationTimeline: Sendable, Hashable {
  /// The phases in order; none lasts a negative time.
  package var phases: [MigrationPhase]
  /// How it ends.
  package var outcome: MigrationOutcome

  /// From start to end.
  package var duration: SimulatedDuration {
    phases.reduce(into: .zero) { $0 += $1.duration }
  }

  /// How long the guest gives no service.
  package var timeOff: SimulatedDuration {
    phases.reduce(into: .zero) { $0 += $1.isGuestOff ? $1.duration : .zero }
  }

  /// What is sent from host to host.
  package var sent: Bytes { Bytes(phases.reduce(0) { $0 + $1.sent.count }) }
}
