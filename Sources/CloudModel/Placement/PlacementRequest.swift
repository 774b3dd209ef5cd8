/// Devices that a request asks for: a number of whole ones, or a part of one.
package struct DeviceDemand: Sendable, Hashable {
  /// Types that will do, a bit for each index of `Fleet.deviceTypes`.
  package var types: UInt64
  /// How many devices, all on one host; at least one.
  package var count: Int32
  /// How much of each, in thousandths; 1000 is the whole device, which is then nobody else's.
  package var share: Int32

  /// A demand for whole devices, or for a share of each.
  package init(types: UInt64, count: Int32, share: Int32 = 1000) {
    self.types = types
    self.count = count
    self.share = share
  }
}

/// What one VM asks of its host: the type of a request, shared by all VMs that ask for the same.
///
/// A workload has few types and many VMs; what depends on a request is computed once for its type.
package struct PlacementRequest: Sendable, Hashable {
  /// Virtual CPUs in thousandths; zero or more.
  package var milliCPU: Int32
  /// Memory in MiB; zero or more.
  package var memoryMiB: Int32
  /// Local disk in GiB; zero or more.
  package var diskGiB: Int32
  /// Index of the zone that is asked for, or -1 for any.
  package var zone: Int32
  /// Traits that the host must have, as bits of `Fleet.traits`.
  package var requiredTraits: UInt64
  /// Traits that the host must not have.
  package var forbiddenTraits: UInt64
  /// Devices; most requests ask for none.
  package var devices: [DeviceDemand]
  /// Index of the flavor in the workload's table.
  package var flavor: Int32

  /// A request.
  package init(
    milliCPU: Int32, memoryMiB: Int32, diskGiB: Int32 = 0, zone: Int32 = -1,
    requiredTraits: UInt64 = 0, forbiddenTraits: UInt64 = 0, devices: [DeviceDemand] = [],
    flavor: Int32 = 0
  ) {
    self.milliCPU = milliCPU
    self.memoryMiB = memoryMiB
    self.diskGiB = diskGiB
    self.zone = zone
    self.requiredTraits = requiredTraits
    self.forbiddenTraits = forbiddenTraits
    self.devices = devices
    self.flavor = flavor
  }
}

/// When a VM is placed, and how long it is expected to stay.
package struct PlacementMoment: Sendable, Hashable {
  /// The instant, in microseconds since the start.
  package var now: Int64
  /// The instant at which the VM is expected to leave; `Int64.max` if nothing is known.
  package var expectedEnd: Int64
  /// How many requests came before; a counter for the draws of randomised policies.
  package var sequence: UInt64

  /// A moment.
  package init(now: Int64, expectedEnd: Int64 = .max, sequence: UInt64 = 0) {
    self.now = now
    self.expectedEnd = expectedEnd
    self.sequence = sequence
  }
}
