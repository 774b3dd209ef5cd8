/// What a VM is doing, as far as moving it is concerned.
package enum VMState: String, Sendable, CaseIterable {
  /// Running.
  case active
  /// Stopped by its hypervisor, memory kept; can be moved live.
  case paused
  /// Shut down; its host keeps its place.
  case stopped
  /// Memory saved to disk.
  case suspended
  /// Taken off its host, kept as an image.
  case shelved
  /// Moved or resized, waiting for confirmation (Nova's VERIFY_RESIZE).
  case resized
  /// Broken.
  case error
  /// A task such as building or moving is under way.
  case busy
  /// A state that is not known to this program.
  case unknown
}

/// Where the bytes of a disk are.
package enum DiskKind: String, Sendable, CaseIterable {
  /// On the host itself: moving the VM means copying it.
  case local
  /// On storage that all hosts reach: nothing to copy.
  case network
  /// A volume of the block storage service, which may be tied to a zone.
  case volume
}

/// One disk of a VM.
package struct Disk: Sendable, Hashable {
  /// Where its bytes are.
  package var kind: DiskKind
  /// Its size.
  package var size: Bytes
  /// The zone it cannot leave, or nil.
  package var zone: Int?

  /// A disk.
  package init(kind: DiskKind, size: Bytes, zone: Int? = nil) {
    self.kind = kind
    self.size = size
    self.zone = zone
  }
}

/// What a tenant wrote on a VM; equal sets are held once.
package struct VMLabels: Sendable, Hashable {
  /// Tags in the cloud's order.
  package var tags: [String]
  /// Metadata.
  package var metadata: Properties

  /// Labels of a VM.
  package init(tags: [String] = [], metadata: Properties = Properties()) {
    self.tags = tags
    self.metadata = metadata
  }
}

/// All VMs, a column for each attribute; a VM is an index. -1 stands for "none" in index columns.
package struct VMColumns: Sendable {
  /// Identifiers, unique in the cloud.
  package var ids = NameTable()
  /// Names; tenants may use one twice.
  package var names = NameTable()
  /// Index of the host, or -1 for a VM that is on none.
  package var host: [Int] = []
  /// Index of the flavor.
  package var flavor: [Int] = []
  /// Index of the image, or -1.
  package var image: [Int] = []
  /// Index of the project, or -1.
  package var project: [Int] = []
  /// Index of the zone the tenant asked for, or -1 if the VM may cross zones.
  package var pinnedZone: [Int] = []
  /// Index of the server group, or -1.
  package var group: [Int] = []
  /// What it is doing.
  package var state: [VMState] = []
  /// Whether only administrators may act on it.
  package var isLocked: [Bool] = []
  /// What it takes from its host.
  package var demand: [Resources] = []
  /// Index into `Cloud.labels`.
  package var labels: [Int] = []
  /// Its disks, the root disk first.
  package var disks = Adjacency<Disk>()

  /// No VMs.
  package init() {}

  /// How many VMs there are.
  package var count: Int { host.count }
}
