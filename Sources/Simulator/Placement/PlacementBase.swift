import CloudModel

/// A resource whose use is measured.
package enum PlacementResource: Sendable, Hashable {
  /// Virtual CPUs, in thousandths.
  case vcpus
  /// Memory, in MiB.
  case memory
  /// Local disk, in GiB.
  case disk
  /// Devices of a type, by index of `Fleet.deviceTypes`, in thousandths.
  case device(Int)

  /// How much one VM of a request has; devices are counted as they are given.
  func amount(of request: PlacementRequest) -> Int64 {
    switch self {
    case .vcpus: Int64(request.milliCPU)
    case .memory: Int64(request.memoryMiB)
    case .disk: Int64(request.diskGiB)
    case .device: 0
    }
  }
}

/// What a cloud offers and what was in use at the start, by zone.
struct PlacementBase: Sendable, Equatable {
  struct Amounts: Sendable, Equatable {
    var milliCPU: Int64 = 0
    var memoryMiB: Int64 = 0
    var diskGiB: Int64 = 0
    /// By type.
    var devices: [Int64]
  }

  let zoneCount: Int
  private(set) var capacity: [Amounts]
  private(set) var used: [Amounts]
  private(set) var vms: Int64 = 0
  private(set) var activeHosts: Int64 = 0
  let deviceTypes: Range<Int>

  /// Adds up the hosts.
  ///
  /// **Complexity**: O(hosts + devices).
  init(_ fleet: Fleet) {
    deviceTypes = 0..<fleet.deviceTypes.count
    zoneCount = max(fleet.zones.count, Int(fleet.zone.max() ?? 0) + 1)
    let none = Amounts(devices: [Int64](repeating: 0, count: fleet.deviceTypes.count))
    capacity = [Amounts](repeating: none, count: zoneCount)
    used = capacity
    for host in 0..<fleet.count { add(host, of: fleet) }
  }

  private mutating func add(_ host: Int, of fleet: Fleet) {
    let zone = Int(fleet.zone[host])
    let cpu = Int64(fleet.capacityMilliCPU[host])
    let memory = Int64(fleet.capacityMemoryMiB[host])
    let disk = Int64(fleet.capacityDiskGiB[host])
    capacity[zone].milliCPU += cpu
    capacity[zone].memoryMiB += memory
    capacity[zone].diskGiB += disk
    used[zone].milliCPU += cpu - Int64(fleet.freeMilliCPU[host])
    used[zone].memoryMiB += memory - Int64(fleet.freeMemoryMiB[host])
    used[zone].diskGiB += disk - Int64(fleet.freeDiskGiB[host])
    for device in Int(fleet.deviceStart[host])..<Int(fleet.deviceStart[host + 1]) {
      let type = Int(fleet.deviceType[device])
      capacity[zone].devices[type] += 1000
      used[zone].devices[type] += 1000 - Int64(fleet.deviceFree[device])
    }
    vms += Int64(fleet.vmCount[host])
    if fleet.vmCount[host] > 0 { activeHosts += 1 }
  }

  func capacity(_ resource: PlacementResource, zone: Int?) -> Int64 {
    Self.amount(resource, in: zone.map { [capacity[$0]] } ?? capacity)
  }

  func used(_ resource: PlacementResource, zone: Int?) -> Int64 {
    Self.amount(resource, in: zone.map { [used[$0]] } ?? used)
  }

  private static func amount(_ resource: PlacementResource, in zones: [Amounts]) -> Int64 {
    zones.reduce(0) { sum, zone in
      switch resource {
      case .vcpus: sum + zone.milliCPU
      case .memory: sum + zone.memoryMiB
      case .disk: sum + zone.diskGiB
      case .device(let type): sum + zone.devices[type]
      }
    }
  }
}
