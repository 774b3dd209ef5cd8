import CloudModel

/// VMs that are alike for being started anew elsewhere: same demand, same pools.
struct RecoveryKinds: Sendable {
  private struct Key: Hashable {
    let flavor: Int
    let image: Int
    let zones: [Int]
    let demand: Resources
    /// Attributes that are not known of hosts are believed of those like the present one.
    let hostClass: Int
  }

  /// The kind of each VM; -1 for one on no host.
  private(set) var kindOfVM: [Int]
  /// For each kind the demand of one VM.
  private(set) var demands: [[Int64]] = []
  /// For each kind the pools that may take it.
  private(set) var allowed: [[Int]] = []
  /// The VMs of each host.
  let vmsByHost: [[Int]]

  init(_ cloud: Cloud, deviceTypes: [Int], representatives: [Int], rules: TargetRules) {
    kindOfVM = [Int](repeating: -1, count: cloud.vms.count)
    vmsByHost = cloud.vmsByHost()
    var known: [Key: Int] = [:]
    for vm in 0..<cloud.vms.count where cloud.vms.host[vm] >= 0 {
      let flavor = cloud.flavors[cloud.vms.flavor[vm]]
      let host = cloud.vms.host[vm]
      let key = Key(
        flavor: cloud.vms.flavor[vm], image: cloud.vms.image[vm], zones: rules.zonesBinding(vm),
        demand: cloud.vms.demand[vm], hostClass: cloud.hosts.hostClass[host])
      if let kind = known[key] {
        kindOfVM[vm] = kind
        continue
      }
      known[key] = demands.count
      kindOfVM[vm] = demands.count
      demands.append(
        CapacityModel.amounts(cloud.vms.demand[vm], flavor.devices, deviceTypes: deviceTypes))
      allowed.append(CapacityModel.pools(allowing: vm, representatives, rules))
    }
  }
}

/// What is left of a cloud after hosts were lost and their VMs started anew on the others.
package struct Recovery: Sendable {
  /// What each bin has left; nothing in a lost one.
  package var free: [[Int64]]
  /// Bins whose room changed, lost ones included, ascending.
  package var changed: [Int]
  /// VMs of the lost hosts for which no place was found.
  package var unplaced: Int
}

extension CapacityModel {
  /// Loses hosts and packs their VMs, whatever their class or group, on the open ones that are
  /// left: the largest first, and by search where that leaves some out.
  ///
  /// **Complexity**: about O(hosts + VMs of the lost hosts * log hosts) where the first way does.
  package func recovery(losing lost: [Int]) -> Recovery {
    var isLost = [Bool](repeating: false, count: cloud.hosts.count)
    for host in lost { isLost[host] = true }
    var free = free
    var changed: Set<Int> = []
    for bin in hosts.indices where isLost[hosts[bin]] {
      free[bin] = [Int64](repeating: 0, count: resourceCount)
      changed.insert(bin)
    }
    let types = displaced(by: lost)
    let bins = hosts.indices.filter { !isLost[hosts[$0]] }
    let problem = PackingProblem(
      resourceCount: resourceCount, poolCount: representatives.count,
      bins: bins.map { .init(pool: poolOfBin[$0], free: free[$0]) }, types: types)
    var result = problem.bestFitDecreasing()
    if result.unplacedWeight > 0 {
      var options = PackingOptions()
      options.workLimit = 3_000_000
      options.largestProof = 1_000
      result = problem.solve(options)
    }
    for (type, placements) in zip(types, result.placements) {
      for placement in placements {
        let bin = bins[placement.bin]
        changed.insert(bin)
        for resource in 0..<resourceCount {
          free[bin][resource] -= type.demand[resource] * Int64(placement.count)
        }
      }
    }
    return Recovery(free: free, changed: changed.sorted(), unplaced: result.unplacedCount)
  }

  /// The VMs of lost hosts as types of items, in the order of their kinds.
  private func displaced(by lost: [Int]) -> [PackingProblem.ItemType] {
    var counts: [Int: Int] = [:]
    for vm in lost.lazy.flatMap({ recovery.vmsByHost[$0] }) {
      counts[recovery.kindOfVM[vm], default: 0] += 1
    }
    return counts.keys.sorted().map { kind in
      .init(
        demand: recovery.demands[kind], count: counts[kind] ?? 0,
        allowedPools: recovery.allowed[kind])
    }
  }

  /// What tells lost hosts apart: bins that are equal in pool, room and VMs are one case.
  package func lossKey(of host: Int) -> [Int64] {
    guard let bin = hosts.firstIndex(of: host) else { return [-1, Int64(host)] }
    let kinds = recovery.vmsByHost[host].map { Int64(recovery.kindOfVM[$0]) }.sorted()
    return [Int64(poolOfBin[bin])] + free[bin] + kinds
  }
}
