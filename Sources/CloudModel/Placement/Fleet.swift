/// The hosts as placement sees them: what each offers and what it has left, in columns.
///
/// A host is an index. Policies read the columns; only the engine writes them. Amounts are 32-bit
/// integers, so that a scan of one column of 100,000 hosts stays in a processor's cache.
///
/// **Complexity**: about 80 bytes a host and 8 a device; a copy costs that much on the first write
/// after it.
package struct Fleet: Sendable {
  /// Names of the zones.
  package var zones: [String] = []
  /// Names of the traits that some request asks for or forbids; bit i of `traitBits` is trait i.
  package var traits: [String] = []
  /// Names of the device types; bit i of `DeviceDemand.types` is type i.
  package var deviceTypes: [String] = []

  /// Virtual CPUs offered, in thousandths.
  package var capacityMilliCPU: [Int32] = []
  /// Memory offered, in MiB.
  package var capacityMemoryMiB: [Int32] = []
  /// Local disk offered, in GiB.
  package var capacityDiskGiB: [Int32] = []
  /// Virtual CPUs left, in thousandths; negative on a host over its capacity.
  package var freeMilliCPU: [Int32] = []
  /// Memory left, in MiB.
  package var freeMemoryMiB: [Int32] = []
  /// Local disk left, in GiB.
  package var freeDiskGiB: [Int32] = []
  /// The most virtual CPUs of one VM, in thousandths (Placement's `max_unit`).
  package var largestMilliCPU: [Int32] = []
  /// The most memory of one VM, in MiB.
  package var largestMemoryMiB: [Int32] = []
  /// Index of the zone.
  package var zone: [Int32] = []
  /// Index of the kind of host: hosts of one kind offer the same and have the same traits.
  package var kind: [Int32] = []
  /// Traits as bits.
  package var traitBits: [UInt64] = []
  /// Whether it takes new VMs.
  package var isOpen: [Bool] = []
  /// VMs on the host.
  package var vmCount: [Int32] = []
  /// The latest expected end of a VM that was placed on the host since it was last empty, in
  /// microseconds; `Int64.min` on an empty host.
  package var latestEnd: [Int64] = []

  /// Where the devices of each host begin in the columns of devices; one entry more than hosts.
  package var deviceStart: [Int32] = [0]
  /// Index of the type of each device.
  package var deviceType: [UInt8] = []
  /// What is left of each device, in thousandths.
  package var deviceFree: [Int32] = []

  /// No hosts.
  package init() {}

  /// How many hosts there are.
  package var count: Int { freeMilliCPU.count }

  /// Whether a host has room for a request and meets what it demands, devices included.
  ///
  /// **Complexity**: O(devices of the host) if the request asks for some, else O(1).
  package func fits(_ request: PlacementRequest, on host: Int) -> Bool {
    isOpen[host] && freeMilliCPU[host] >= request.milliCPU
      && freeMemoryMiB[host] >= request.memoryMiB && freeDiskGiB[host] >= request.diskGiB
      && largestMilliCPU[host] >= request.milliCPU && largestMemoryMiB[host] >= request.memoryMiB
      && (request.zone < 0 || zone[host] == request.zone)
      && traitBits[host] & request.requiredTraits == request.requiredTraits
      && traitBits[host] & request.forbiddenTraits == 0
      && (request.devices.isEmpty || hasDevices(request, on: host))
  }

  /// Whether the devices that a request asks for are free on a host.
  ///
  /// Demands of one request are looked at one by one; two demands for the same type are not added.
  package func hasDevices(_ request: PlacementRequest, on host: Int) -> Bool {
    let range = Int(deviceStart[host])..<Int(deviceStart[host + 1])
    return request.devices.allSatisfy { demand in
      var found: Int32 = 0
      for device in range
      where demand.types >> UInt64(deviceType[device]) & 1 == 1
        && deviceFree[device] >= demand.share
      { found += 1 }
      return found >= demand.count
    }
  }
}
