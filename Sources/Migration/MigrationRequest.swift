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
  /// What the network leaves for this stream; nil: the stream's own rate is the limit.
  package var linkRate: Bandwidth?

  /// A request.
  package init(
    kind: MigrationKind, memory: Bytes, disk: Bytes = Bytes(0), storage: DiskPlace = .shared,
    isContended: Bool = false, linkRate: Bandwidth? = nil
  ) {
    self.kind = kind
    self.memory = memory
    self.disk = disk
    self.storage = storage
    self.isContended = isContended
    self.linkRate = linkRate
  }
}
