/// How one VM is moved.
package enum MigrationMode: String, Sendable, CaseIterable {
  /// While it runs.
  case live
  /// Shut down, and booted at its destination.
  case cold
  /// Paused, and its memory sent.
  case stopCopy = "stop_copy"
}

/// The state of a passed-through device that moves with its VM.
///
/// **Source**: VFIO migration protocol, version 2.
package struct DeviceState: Sendable, Hashable {
  /// The state in MiB; nil: not known, and then the blackout is not known either.
  package var mebibytes: Double?
  /// What the device writes while it is copied in rounds; nil: it cannot be, and all of its state
  /// moves while the guest is paused.
  package var dirty: DirtyCurve?

  /// A device.
  package init(mebibytes: Double?, dirty: DirtyCurve? = nil) {
    self.mebibytes = mebibytes
    self.dirty = dirty
  }
}

/// A copied disk.
package struct MirroredDisk: Sendable, Hashable {
  /// The allocated part, in MiB.
  package var mebibytes: Double
  /// The rate of the disks, in MiB/s; nil: the link is slower.
  package var rate: Double?
  /// What the guest writes to it meanwhile, in MiB/s.
  package var writeRate = 0.0

  /// A disk that nobody writes to.
  package init(mebibytes: Double) { self.mebibytes = mebibytes }

  /// The time of the mirror and what it sends; nil where writes outrun it.
  ///
  /// Writes are sent again: the copy takes 1/(1 - w/B) as long.
  func mirrored(over link: Double) -> (seconds: Double, sent: Double)? {
    let rate = min(self.rate ?? .infinity, link)
    guard writeRate < rate else { return nil }
    let share = 1 / (1 - writeRate / rate)
    return (mebibytes / rate * share, mebibytes * share)
  }

  /// The time of a copy while the guest is off, and what it sends.
  func copied(over link: Double) -> (seconds: Double, sent: Double) {
    (mebibytes / min(rate ?? .infinity, link), mebibytes)
  }
}

/// The move of one VM from its start to its end.
///
/// **Units**: seconds.
package struct SingleMigration: Sendable, Hashable {
  /// How it is moved.
  package var mode: MigrationMode
  /// Its memory; nil where it does not move.
  package var transfer: PreCopyTransfer?
  /// The rate of a copy of disks alone, in MiB/s.
  package var rate = Double.infinity
  /// Its disk; nil where both hosts reach it.
  package var disk: MirroredDisk?
  /// Its device.
  package var device: DeviceState?
  /// Checks, claims, ports and clean-up.
  package var overhead = 0.0
  /// From the request to a guest that is off.
  package var shutdown = 1.5
  /// Definition of the guest before it boots.
  package var define = 1.2
  /// From power on to service.
  package var boot = 12.0
  /// From service to the confirmation that frees the source; nil: nobody has said.
  package var confirm: Double?

  /// A move.
  package init(mode: MigrationMode, transfer: PreCopyTransfer? = nil) {
    precondition(
      mode == .cold || transfer != nil, "Only a cold migration leaves the memory behind.")
    self.mode = mode
    self.transfer = transfer
  }
}
