package import CloudModel

/// A host aggregate with what the scheduler reads of it.
package struct NovaAggregate: Sendable, Equatable {
  /// The name.
  package var name: String
  /// Metadata, such as weight multipliers.
  package var metadata: Properties

  /// An aggregate.
  package init(name: String, metadata: Properties = Properties()) {
    self.name = name
    self.metadata = metadata
  }
}

/// What a host can run, as its hypervisor says it.
package struct NovaPlatform: Sendable, Equatable {
  /// One kind of guest.
  package struct Guest: Sendable, Hashable {
    /// The architecture, as `x86_64`.
    package var architecture: String
    /// The type of hypervisor, as `kvm`.
    package var hypervisor: String
    /// The mode, as `hvm`.
    package var mode: String

    /// A kind of guest.
    package init(_ architecture: String, _ hypervisor: String, _ mode: String) {
      self.architecture = architecture
      self.hypervisor = hypervisor
      self.mode = mode
    }
  }

  /// The kinds of guests.
  package var guests: [Guest]
  /// What `ComputeCapabilitiesFilter` can ask beyond the numbers of the state, by path, as
  /// `hypervisor_type` or `cpu_info:vendor`.
  package var capabilities: Properties

  /// A platform; by default x86-64 on QEMU with KVM.
  package init(
    guests: [Guest] = [Guest("x86_64", "kvm", "hvm"), Guest("x86_64", "qemu", "hvm")],
    capabilities: Properties = Properties([
      ("hypervisor_type", "QEMU"), ("cpu_info:arch", "x86_64"),
    ])
  ) {
    self.guests = guests
    self.capabilities = capabilities
  }
}

/// A host as the scheduler sees it while it decides.
///
/// **Source**: Nova 34.0.0, `nova/scheduler/host_manager.py`, `HostState`.
package struct NovaHostState: Sendable, Equatable {
  /// The name of the host, which is also that of its node.
  package var name: String
  /// Memory left in MiB; may be negative.
  package var freeMemoryMiB = 0
  /// Disk left in MiB.
  package var freeDiskMiB = 0
  /// Physical virtual CPUs.
  package var vcpus = 0
  /// Virtual CPUs of the flavors on the host.
  package var usedVCPUs = 0
  /// Memory in MiB.
  package var totalMemoryMiB = 0
  /// Disk in GiB.
  package var totalDiskGiB = 0
  /// Allocation ratio of virtual CPUs.
  package var cpuRatio = 1.0
  /// Allocation ratio of memory.
  package var memoryRatio = 1.0
  /// Allocation ratio of disk.
  package var diskRatio = 1.0
  /// Servers busy with building, resizing, rebuilding and the like.
  package var ioOperations = 0
  /// Servers.
  package var instances = 0
  /// Failed builds since the last good one.
  package var failedBuilds = 0
  /// Version of the hypervisor as a number.
  package var hypervisorVersion = 0
  /// Whether an administrator disabled the service.
  package var isDisabled = false
  /// Whether the service sends heartbeats.
  package var isUp = true
  /// The aggregates of the host.
  package var aggregates: [NovaAggregate] = []
  /// Members of the request's group on the host.
  package var groupMembers: [String] = []
  /// Free devices.
  package var pools: [NovaDevicePool] = []
  /// What the hypervisor can run.
  package var platform = NovaPlatform()
  /// The ways in which Placement would give the request its resources here.
  package var candidates: [AllocationCandidate] = []

  /// A host with a name.
  package init(name: String) { self.name = name }

  /// Books a server on the host, for the other servers of the same request.
  ///
  /// Swap is not booked, as in Nova.
  package mutating func consume(
    _ request: NovaRequest, server: String, candidate: AllocationCandidate
  ) {
    freeMemoryMiB -= request.flavor.memoryMiB
    freeDiskMiB -= (request.flavor.rootGiB + request.flavor.ephemeralGiB) * 1024
    usedVCPUs += request.flavor.vcpus
    instances += 1
    ioOperations += 1
    if !pools.isEmpty, !request.devices.isEmpty {
      // Nova logs a failure and goes on; the filter has seen to it that there is none.
      _ = pools.take(request.devices, candidate: candidate)
    }
    if let group = request.group, group.members.contains(server), !groupMembers.contains(server) {
      groupMembers.append(server)
    }
  }
}
