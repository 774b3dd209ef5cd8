/// A type of passthrough device: what a flavor names by alias and a host offers in pools.
package struct DeviceType: Sendable, Hashable {
  /// The alias in the flavor (`gpu-h100`) or the resource class (`VGPU`).
  package var name: String
  /// Whether device and alias are both marked as movable while the VM runs.
  ///
  /// **Source**: Nova option `pci.alias` with `live_migratable`, from release 31.0.0 on.
  package var isLiveMigratable: Bool

  /// A device type.
  package init(name: String, isLiveMigratable: Bool = false) {
    self.name = name
    self.isLiveMigratable = isLiveMigratable
  }
}

/// Devices of one type behind one NUMA node of one host.
package struct DevicePool: Sendable, Hashable {
  /// Index of the host.
  package var host: Int
  /// Index into `Cloud.deviceTypes`.
  package var type: Int
  /// The NUMA node, or nil if it is not known.
  package var numaNode: Int?
  /// How many devices the pool has, used ones included.
  package var total: Int
  /// Where the total comes from: *stated* by the cloud or its file, or *derived* from what is in
  /// use, which is only a lower bound.
  package var evidence: Evidence

  /// A pool of devices.
  package init(host: Int, type: Int, numaNode: Int?, total: Int, evidence: Evidence) {
    self.host = host
    self.type = type
    self.numaNode = numaNode
    self.total = total
    self.evidence = evidence
  }
}
