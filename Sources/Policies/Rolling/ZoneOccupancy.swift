/// A VM of a zone with the host of the zone it goes to.
struct ZoneMove: Sendable, Equatable {
  var vm: Int32
  var target: Int32
}

/// Where the VMs of a zone are and what they leave free.
struct ZoneOccupancy: Sendable {
  let zone: RollingZone
  /// The present host of each VM.
  private(set) var host: [Int]
  /// Host by host, what is left of each resource; negative on a host over its capacity.
  private(set) var free: [Int]
  /// Group by group, the members on each host.
  private(set) var members: [UInt16]
  /// The VMs on each host that leave it when it goes out.
  private(set) var movable: [[Int]]
  /// The VMs on each host that are started elsewhere if it fails.
  private(set) var restarted: [[Int]]

  /// The zone as it is at the beginning.
  init(_ zone: RollingZone) {
    self.zone = zone
    host = zone.home
    free = zone.capacity
    members = [UInt16](repeating: 0, count: zone.groups.count * zone.hostCount)
    movable = [[Int]](repeating: [], count: zone.hostCount)
    restarted = movable
    for vm in zone.vms.indices {
      let home = zone.home[vm]
      take(vm, on: home, sign: 1)
      if zone.movement[vm] == .moves { movable[home].append(vm) }
      if zone.isRestarted[vm] { restarted[home].append(vm) }
    }
  }

  private mutating func take(_ vm: Int, on host: Int, sign: Int) {
    let resources = zone.resourceCount
    let shape = zone.shape[vm]
    for resource in 0..<resources {
      free[host * resources + resource] -= sign * zone.demand[shape * resources + resource]
    }
    let group = zone.group[vm]
    if group >= 0 {
      let place = group * zone.hostCount + host
      members[place] = UInt16(clamping: Int(members[place]) + sign)
    }
  }

  /// Puts VMs onto other hosts.
  mutating func move(_ moves: [ZoneMove]) {
    for move in moves {
      let (vm, target) = (Int(move.vm), Int(move.target))
      let source = host[vm]
      take(vm, on: source, sign: -1)
      take(vm, on: target, sign: 1)
      movable[source].removeAll { $0 == vm }
      movable[target].append(vm)
      if zone.isRestarted[vm] {
        restarted[source].removeAll { $0 == vm }
        restarted[target].append(vm)
      }
      host[vm] = target
    }
  }
}
