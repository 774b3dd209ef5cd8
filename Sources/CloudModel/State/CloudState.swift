/// What changes while VMs move: where they are and what is left on each host.
///
/// **Complexity**: copying costs eight bytes a VM and about a hundred bytes a host; every change
/// is O(devices of the flavor).
package struct CloudState: Sendable {
  /// Index of the host of each VM, or -1.
  package private(set) var host: [Int]
  /// What each host has left; negative on a host that is over its capacity.
  package private(set) var free: [Resources]
  /// Free devices, by host and then by device type.
  private var freeDevices: [Int]
  private let typeCount: Int
  /// Members of groups on hosts; a VM that is moving counts on both sides.
  package private(set) var groups: GroupOccupancy

  /// The state as recorded in a cloud.
  package init(of cloud: Cloud) {
    host = cloud.vms.host
    free = cloud.hosts.capacity
    groups = GroupOccupancy(groupCount: cloud.groups.count)
    typeCount = cloud.deviceTypes.count
    freeDevices = [Int](repeating: 0, count: cloud.hosts.count * typeCount)
    for pool in cloud.devicePools { freeDevices[pool.host * typeCount + pool.type] += pool.total }
    for held in cloud.held { free[held.host] -= held.amount }
    for vm in 0..<cloud.vms.count where host[vm] >= 0 { claim(vm, on: host[vm], in: cloud) }
  }

  /// How many devices of a type are free on a host.
  package func freeDevices(ofType type: Int, on host: Int) -> Int {
    freeDevices[host * typeCount + type]
  }

  /// Takes what a VM needs from a host without moving it there.
  package mutating func claim(_ vm: Int, on host: Int, in cloud: Cloud) {
    free[host] -= cloud.vms.demand[vm]
    for request in cloud.flavors[cloud.vms.flavor[vm]].devices {
      freeDevices[host * typeCount + request.type] -= request.count
    }
    if cloud.vms.group[vm] >= 0 { groups.change(cloud.vms.group[vm], on: host, by: 1) }
  }

  /// Gives back what a VM held on a host.
  package mutating func release(_ vm: Int, on host: Int, in cloud: Cloud) {
    free[host] += cloud.vms.demand[vm]
    for request in cloud.flavors[cloud.vms.flavor[vm]].devices {
      freeDevices[host * typeCount + request.type] += request.count
    }
    if cloud.vms.group[vm] >= 0 { groups.change(cloud.vms.group[vm], on: host, by: -1) }
  }

  /// Claims on the new host, releases on the old one, and relocates: a whole move at once.
  package mutating func move(_ vm: Int, to target: Int, in cloud: Cloud) {
    if host[vm] >= 0 { release(vm, on: host[vm], in: cloud) }
    if target >= 0 { claim(vm, on: target, in: cloud) }
    host[vm] = target
  }
}

/// Members of server groups on hosts.
package struct GroupOccupancy: Sendable {
  private var counts: [[Int: Int]]

  init(groupCount: Int) {
    counts = [[Int: Int]](repeating: [:], count: groupCount)
  }

  /// Members of a group on a host.
  package func members(of group: Int, on host: Int) -> Int { counts[group][host] ?? 0 }

  /// The hosts that hold members of a group, ascending.
  package func hosts(of group: Int) -> [Int] { counts[group].keys.sorted() }

  mutating func change(_ group: Int, on host: Int, by change: Int) {
    let members = (counts[group][host] ?? 0) + change
    counts[group][host] = members == 0 ? nil : members
  }
}
