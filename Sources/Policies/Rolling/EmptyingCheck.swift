import CloudModel

/// Finds the due hosts of a zone that cannot be out even alone, and why.
struct EmptyingCheck {
  let problem: RollingProblem
  let zone: RollingZone
  let occupancy: ZoneOccupancy
  let rows: VolumeRows

  init(_ problem: RollingProblem, _ zone: RollingZone, _ occupancy: ZoneOccupancy) {
    self.problem = problem
    self.zone = zone
    self.occupancy = occupancy
    rows = VolumeRows(zone, .back)
  }

  /// Why a host cannot be out alone, as far as that is seen without the reserve's packing.
  func obstacle(to host: Int, _ packer: inout WavePacker) -> PostponedHost? {
    let name = zone.hosts[host]
    for vm in zone.vms.indices
    where occupancy.host[vm] == host && zone.movement[vm] == .cannotLeave {
      return PostponedHost(host: name, vm: zone.vms[vm], reason: .cannotLeave, isProven: true)
    }
    for entry in zone.stopped[host] where entry.members > problem.groups.mostStopped[entry.group] {
      return PostponedHost(
        host: name, vm: nil, reason: .stoppedTogether(group: entry.group), isProven: true)
    }
    let outcome = packer.tryEmptying(
      [host], in: occupancy, style: packer.styles[0], checksReserve: false)
    guard case .failed = outcome else { return nil }
    return refusal(of: host, name)
  }

  /// A host that can be emptied but leaves too little for a failure.
  func reserveObstacle(to host: Int) -> PostponedHost {
    let sums = (0..<rows.count).map { rows.weight[host * rows.count + $0] }
    let strain = rows.strain(sums: sums, margin: 0) { $0 == host }
    return PostponedHost(
      host: zone.hosts[host], vm: nil, reason: .rule(.reserve), isProven: strain.excess > 0)
  }

  /// Packs the VMs of a host, each on the first host that takes it, and asks who refuses the first
  /// that finds none.
  private func refusal(of host: Int, _ name: Int) -> PostponedHost {
    var free = occupancy.free
    var members = occupancy.members
    let resources = zone.resourceCount
    let vms = occupancy.movable[host].sorted { left, right in
      let (first, second) = (demand(left), demand(right))
      return first == second ? left < right : second.lexicographicallyPrecedes(first)
    }
    for (number, vm) in vms.enumerated() {
      var rejections = Rejections()
      var target: Int?
      for other in 0..<zone.hostCount where other != host {
        let refusing = refusals(of: other, vm, free, members)
        rejections.note(refusing)
        if refusing.isEmpty, target == nil { target = other }
      }
      guard let target else {
        return PostponedHost(
          host: name, vm: zone.vms[vm], reason: .rule(rejections.decisive ?? .zone),
          isProven: number == 0)
      }
      for resource in 0..<resources {
        free[target * resources + resource] -= demand(vm)[resource]
      }
      if zone.group[vm] >= 0 { members[zone.group[vm] * zone.hostCount + target] += 1 }
    }
    return PostponedHost(host: name, vm: nil, reason: .rule(.memory), isProven: false)
  }

  private func demand(_ vm: Int) -> [Int] {
    let resources = zone.resourceCount
    return Array(zone.demand[zone.shape[vm] * resources..<(zone.shape[vm] + 1) * resources])
  }

  private func refusals(
    of host: Int, _ vm: Int, _ free: [Int], _ members: [UInt16]
  ) -> [RejectionRule] {
    var refusing: [RejectionRule] = []
    if !zone.isOpen[host] { refusing.append(.out) }
    let hostKind = problem.hosts.kind[zone.hosts[host]]
    let vmKind = problem.vms.kind[zone.vms[vm]]
    if let rule = problem.refusals[vmKind * problem.hostKindCount + hostKind] {
      refusing.append(rule)
    }
    for (resource, need) in demand(vm).enumerated()
    where need > 0 && need > free[host * zone.resourceCount + resource] {
      refusing.append(problem.resources[resource])
    }
    let group = zone.group[vm]
    if group >= 0, Int(members[group * zone.hostCount + host]) >= zone.mostOnHost[group] {
      refusing.append(.group)
    }
    return Set(refusing).sorted()
  }
}
