extension Fleet {
  /// The most device types and traits that fit into the bits of a request.
  package static let bitLimit = 64

  /// The hosts of a cloud with what its VMs and what is held leave free.
  ///
  /// The VMs of the cloud stay where they are. Hosts that are closed or down take nothing.
  ///
  /// **Shape**: `traits` are the names that requests ask for or forbid, at most 64; the cloud has
  /// at most 64 types of devices.
  package init(of cloud: Cloud, traits: [String]) {
    precondition(
      traits.count <= Self.bitLimit && cloud.deviceTypes.count <= Self.bitLimit,
      "Requests name at most 64 traits and 64 types of devices.")
    self.init()
    zones = cloud.zones.map(\.name)
    deviceTypes = cloud.deviceTypes.map(\.name)
    self.traits = traits
    let bitsByClass = cloud.hostClasses.map { Self.bits(of: $0, in: cloud, among: traits) }
    var kinds: [HostKind: Int32] = [:]
    let pools = Self.poolsByHost(cloud)
    for host in 0..<cloud.hosts.count {
      let bits = bitsByClass[cloud.hosts.hostClass[host]]
      append(host, of: cloud, traits: bits)
      for pool in pools[host] {
        deviceType += repeatElement(UInt8(pool.type), count: pool.total)
        deviceFree += repeatElement(1000, count: pool.total)
      }
      deviceStart.append(Int32(deviceType.count))
      let key = HostKind(
        capacity: cloud.hosts.capacity[host], largest: cloud.hosts.largestVM[host],
        traits: bits, devices: pools[host].map { [$0.type, $0.total] })
      kind.append(kinds[key, default: Int32(kinds.count)])
      kinds[key] = kind[host]
    }
    for held in cloud.held { take(held.amount, on: held.host) }
    for vm in 0..<cloud.vms.count where cloud.vms.host[vm] >= 0 { settle(vm, of: cloud) }
  }

  private struct HostKind: Hashable {
    let capacity: Resources
    let largest: Resources
    let traits: UInt64
    let devices: [[Int]]
  }

  private static func bits(
    of kind: HostClass, in cloud: Cloud, among traits: [String]
  ) -> UInt64 {
    let names = Set(kind.traits.map { cloud.traits[$0] })
    return traits.enumerated().reduce(0) { $0 | (names.contains($1.element) ? 1 << $1.offset : 0) }
  }

  private static func poolsByHost(_ cloud: Cloud) -> [[DevicePool]] {
    var pools = [[DevicePool]](repeating: [], count: cloud.hosts.count)
    for pool in cloud.devicePools { pools[pool.host].append(pool) }
    return pools
  }

  private mutating func append(_ host: Int, of cloud: Cloud, traits bits: UInt64) {
    let capacity = cloud.hosts.capacity[host]
    let largest = cloud.hosts.largestVM[host]
    capacityMilliCPU.append(Self.milli(capacity.vcpus))
    capacityMemoryMiB.append(Int32(clamping: capacity.memoryMiB))
    capacityDiskGiB.append(Int32(clamping: capacity.diskGiB))
    freeMilliCPU.append(Self.milli(capacity.vcpus))
    freeMemoryMiB.append(Int32(clamping: capacity.memoryMiB))
    freeDiskGiB.append(Int32(clamping: capacity.diskGiB))
    largestMilliCPU.append(Self.milli(largest.vcpus))
    largestMemoryMiB.append(Int32(clamping: largest.memoryMiB))
    zone.append(Int32(cloud.hosts.zone[host]))
    traitBits.append(bits)
    isOpen.append(cloud.hosts.state[host] == .enabled)
    vmCount.append(0)
    latestEnd.append(.min)
  }

  /// Takes away what a VM of the cloud uses; it stays for good.
  private mutating func settle(_ vm: Int, of cloud: Cloud) {
    let host = cloud.vms.host[vm]
    take(cloud.vms.demand[vm], on: host)
    vmCount[host] += 1
    latestEnd[host] = .max
    for request in cloud.flavors[cloud.vms.flavor[vm]].devices {
      var left = request.count
      for device in Int(deviceStart[host])..<Int(deviceStart[host + 1])
      where left > 0 && Int(deviceType[device]) == request.type && deviceFree[device] == 1000 {
        deviceFree[device] = 0
        left -= 1
      }
    }
  }

  private mutating func take(_ amount: Resources, on host: Int) {
    freeMilliCPU[host] -= Self.milli(amount.vcpus)
    freeMemoryMiB[host] -= Int32(clamping: amount.memoryMiB)
    freeDiskGiB[host] -= Int32(clamping: amount.diskGiB)
  }

  /// Thousandths of a virtual CPU, at most what 32 bits hold: two million CPUs.
  package static func milli(_ vcpus: Int64) -> Int32 {
    let (product, overflow) = vcpus.multipliedReportingOverflow(by: 1000)
    return overflow ? (vcpus < 0 ? .min : .max) : Int32(clamping: product)
  }
}
