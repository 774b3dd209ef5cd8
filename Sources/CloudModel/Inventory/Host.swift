/// Whether a host can take VMs.
package enum HostState: String, Sendable, CaseIterable {
  /// Running and open for new VMs.
  case enabled
  /// Running, but an administrator closed it for new VMs.
  case disabled
  /// Not running; its VMs are down.
  case down
}

/// What hosts of one kind have in common for the rules that choose targets.
package struct HostClass: Sendable, Hashable {
  /// CPU architecture, such as `x86_64`; empty if not known.
  package var architecture: String
  /// Hypervisor, such as `QEMU`; empty if not known.
  package var hypervisor: String
  /// Version of the hypervisor as it counts, such as 8002002; 0 if not known.
  package var hypervisorVersion: Int64
  /// CPU model as the hypervisor names it; empty if not known.
  package var cpuModel: String
  /// CPU vendor, such as `Intel`; empty if not known.
  package var cpuVendor: String
  /// CPU features in ascending order; empty if not known.
  package var cpuFeatures: [String]
  /// Indices into `Cloud.traits` in ascending order.
  package var traits: [Int]

  /// A class of hosts.
  package init(
    architecture: String = "", hypervisor: String = "", hypervisorVersion: Int64 = 0,
    cpuModel: String = "", cpuVendor: String = "", cpuFeatures: [String] = [],
    traits: [Int] = []
  ) {
    self.architecture = architecture
    self.hypervisor = hypervisor
    self.hypervisorVersion = hypervisorVersion
    self.cpuModel = cpuModel
    self.cpuVendor = cpuVendor
    self.cpuFeatures = cpuFeatures
    self.traits = traits
  }

  /// The value of an attribute as Nova's ComputeCapabilitiesFilter names it; nil if not known.
  package func attribute(_ path: String) -> String? {
    let value =
      switch path {
      case "hypervisor_type": hypervisor
      case "hypervisor_version": hypervisorVersion == 0 ? "" : String(hypervisorVersion)
      case "cpu_info:arch": architecture
      case "cpu_info:model": cpuModel
      case "cpu_info:vendor": cpuVendor
      case "cpu_info:features": cpuFeatures.joined(separator: " ")
      default: ""
      }
    return value.isEmpty ? nil : value
  }

  /// Whether a VM that runs on a host of this class can be moved, while running, to one of another.
  ///
  /// A guest was given the features of its host, so the target must have them all. Without known
  /// features equal models are demanded; without known models every target will do. Nova refuses a
  /// target whose hypervisor is older (`DestinationHypervisorTooOld`).
  package func canMoveRunning(to target: HostClass) -> Bool {
    if architecture != target.architecture && !architecture.isEmpty && !target.architecture.isEmpty
    {
      return false
    }
    if target.hypervisorVersion > 0 && target.hypervisorVersion < hypervisorVersion {
      return false
    }
    if cpuFeatures.isEmpty || target.cpuFeatures.isEmpty {
      return cpuModel.isEmpty || target.cpuModel.isEmpty || cpuModel == target.cpuModel
    }
    let offered = Set(target.cpuFeatures)
    return cpuFeatures.allSatisfy(offered.contains)
  }
}

/// All hosts, a column for each attribute; a host is an index.
package struct HostColumns: Sendable {
  /// Names, unique in the cloud.
  package var names = NameTable()
  /// Index of the zone.
  package var zone: [Int] = []
  /// Index of the rack, or -1.
  package var rack: [Int] = []
  /// Index into `Cloud.hostClasses`.
  package var hostClass: [Int] = []
  /// Whether it can take VMs.
  package var state: [HostState] = []
  /// What it offers to VMs: (total - reserved) x ratio.
  package var capacity: [Resources] = []
  /// The most that one VM may take of each resource (Placement's `max_unit`).
  package var largestVM: [Resources] = []
  /// Indices of its aggregates.
  package var aggregates = Adjacency<Int>()

  /// No hosts.
  package init() {}

  /// How many hosts there are.
  package var count: Int { zone.count }
}
