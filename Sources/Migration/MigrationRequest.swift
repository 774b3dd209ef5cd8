package import CloudModel

/// What is done with one VM.
package enum MigrationKind: String, Sendable, CaseIterable {
  /// Moved while running.
  case live
  /// Shut down, moved, started on the other host; waits for its confirmation then.
  case cold
  /// Shut down in place.
  case stop
  /// Started again after `stop`.
  case start
  /// Ended here and made anew elsewhere by its orchestrator.
  case recreate
  /// Made anew on another host after its own has failed.
  case rebuild
  /// Confirmation of a cold migration.
  case confirm
}

/// Where the disks of a VM lie.
package enum DiskPlace: String, Sendable, CaseIterable {
  /// Reached from both hosts; nothing is copied.
  case shared
  /// On the host; the allocated part is copied.
  case block
}

/// What a model needs to know to say what a step costs.
package struct MigrationRequest: Sendable, Hashable {
  /// What is done.
  package var kind: MigrationKind
  /// The memory of the flavor; the model applies the share in use.
  package var memory: Bytes
  /// The size of the disks to copy; the model applies the allocated share. Ignored if shared.
  package var disk: Bytes
  /// Where the disks lie.
  package var storage: DiskPlace
  /// Whether more migrations are requested at the source than it has slots.
  package var isContended: Bool
  /// What the network leaves for this stream where it is alone; nil: the stream's own rate is the
  /// limit.
  package var linkRate: Bandwidth?
  /// What the guest writes.
  package var load: GuestLoad
  /// Its virtual CPUs, by which a load is scaled.
  package var vcpus: Int64
  /// Whether the guest is paused, so that it writes nothing.
  package var isPaused = false
  /// Whether a passed-through device moves along.
  package var hasDevices = false
  /// The state of those devices in MiB, as far as it is known.
  package var deviceState = 0.0
  /// What is permitted and done for this VM; nil: as for all.
  package var handling: LiveHandling?

  /// A request.
  package init(
    kind: MigrationKind, memory: Bytes, disk: Bytes = Bytes(0), storage: DiskPlace = .shared,
    isContended: Bool = false, linkRate: Bandwidth? = nil, load: GuestLoad = .none,
    vcpus: Int64 = 4
  ) {
    self.kind = kind
    self.memory = memory
    self.disk = disk
    self.storage = storage
    self.isContended = isContended
    self.linkRate = linkRate
    self.load = load
    self.vcpus = vcpus
  }
}
