import CloudModel

/// The choice of targets as a packing problem whose size grows with kinds of VMs and hosts, not with
/// VMs times hosts: VMs that are alike in everything that a rule asks for are one type, hosts that
/// are alike for every rule one pool.
struct TargetPacking {
  /// The problem.
  let problem: PackingProblem
  /// The VMs of each type, in the order in which they are handed out.
  let members: [[Int]]
  /// The host behind each bin.
  let hosts: [Int]

  /// A VM that needs a place and how it would arrive.
  struct Item {
    let vm: Int
    let requirement: Requirement
    let arrival: Arrival
    /// What it costs to leave it out.
    var weight = 1
  }

  /// What makes two VMs alike.
  private struct Kind: Hashable {
    let flavor: Int
    let image: Int
    let zones: [Int]
    let arrival: Arrival
    let hostClass: Int
    let group: Int
    let demand: Resources
    /// The pool a VM is in now, where staying is allowed whatever the rules say.
    let homePool: Int
    /// The hosts that refused it already.
    let refusedTargets: Set<Int>
    let weight: Int
  }

  /// What makes two hosts alike.
  private struct PoolKey: Hashable {
    let zone: Int
    let hostClass: Int
    let aggregates: [Int]
    let largestVM: Resources
    /// The VMs that it refused already.
    let refusedVMs: [Int]
  }

  /// The problem of placing items on the open hosts, with the room that a state leaves.
  ///
  /// With `mayStay` each item is also allowed in the pool of its present host.
  ///
  /// **Complexity**: O(items + hosts + types x pools).
  init(_ items: [Item], rules: TargetRules, state: CloudState, mayStay: Bool = false) {
    let cloud = rules.cloud
    hosts = (0..<cloud.hosts.count).filter(rules.isOpen)
    let (poolOfHost, representatives) = Self.pools(of: hosts, rules: rules)
    let deviceTypes = Self.deviceTypes(of: items, in: cloud)
    var typeOfKind: [Kind: Int] = [:]
    var members: [[Int]] = []
    var types: [PackingProblem.ItemType] = []
    var groupOfGroup: [Int: Int] = [:]
    var groups: [PackingProblem.Group] = []
    for item in items {
      let home = mayStay ? poolOfHost[cloud.vms.host[item.vm]] ?? -1 : -1
      let kind = Self.kind(of: item, homePool: home, rules: rules)
      if let type = typeOfKind[kind] {
        members[type].append(item.vm)
        types[type].count += 1
        continue
      }
      typeOfKind[kind] = members.count
      members.append([item.vm])
      let group = Self.group(
        of: item.vm, hosts: hosts, state: state, cloud: cloud, known: &groupOfGroup, &groups)
      types.append(
        PackingProblem.ItemType(
          demand: Self.demand(of: item.vm, deviceTypes: deviceTypes, in: cloud), count: 1,
          allowedPools: representatives.indices.filter { pool in
            pool == home
              || rules.poolRefusals(
                of: representatives[pool], for: item.vm, requirement: item.requirement,
                arriving: item.arrival
              ).isEmpty
          },
          group: group, weight: item.weight))
    }
    self.members = members
    let bins = hosts.map { host in
      PackingProblem.Bin(
        pool: poolOfHost[host] ?? 0,
        free: Self.free(on: host, deviceTypes: deviceTypes, state: state))
    }
    problem = PackingProblem(
      resourceCount: 3 + deviceTypes.count, poolCount: representatives.count, bins: bins,
      types: types, groups: groups)
  }

  private static func pools(
    of hosts: [Int], rules: TargetRules
  ) -> (poolOfHost: [Int: Int], representatives: [Int]) {
    let cloud = rules.cloud
    var refusedVMs: [Int: [Int]] = [:]
    for (vm, refusing) in rules.refusedTargets.sorted(by: { $0.key < $1.key }) {
      for host in refusing.sorted() { refusedVMs[host, default: []].append(vm) }
    }
    var poolOfKey: [PoolKey: Int] = [:]
    var poolOfHost: [Int: Int] = [:]
    var representatives: [Int] = []
    for host in hosts {
      let key = PoolKey(
        zone: cloud.hosts.zone[host], hostClass: cloud.hosts.hostClass[host],
        aggregates: cloud.hosts.aggregates[host].sorted(), largestVM: cloud.hosts.largestVM[host],
        refusedVMs: refusedVMs[host] ?? [])
      if let pool = poolOfKey[key] {
        poolOfHost[host] = pool
      } else {
        poolOfKey[key] = representatives.count
        poolOfHost[host] = representatives.count
        representatives.append(host)
      }
    }
    return (poolOfHost, representatives)
  }

  private static func kind(of item: Item, homePool: Int, rules: TargetRules) -> Kind {
    let cloud = rules.cloud
    let host = cloud.vms.host[item.vm]
    return Kind(
      flavor: cloud.vms.flavor[item.vm], image: cloud.vms.image[item.vm],
      zones: rules.zonesBinding(item.vm), arrival: item.arrival,
      hostClass: item.arrival == .running && host >= 0 ? cloud.hosts.hostClass[host] : -1,
      group: cloud.vms.group[item.vm], demand: cloud.vms.demand[item.vm], homePool: homePool,
      refusedTargets: rules.refusedTargets[item.vm] ?? [], weight: item.weight)
  }

  private static func deviceTypes(of items: [Item], in cloud: Cloud) -> [Int] {
    var types: Set<Int> = []
    for item in items {
      for request in cloud.flavors[cloud.vms.flavor[item.vm]].devices { types.insert(request.type) }
    }
    return types.sorted()
  }

  private static func demand(of vm: Int, deviceTypes: [Int], in cloud: Cloud) -> [Int64] {
    let demand = cloud.vms.demand[vm]
    return [demand.vcpus, demand.memoryMiB, demand.diskGiB]
      + deviceTypes.map { Int64(cloud.devicesUsed(by: vm, ofType: $0)) }
  }

  private static func free(on host: Int, deviceTypes: [Int], state: CloudState) -> [Int64] {
    let free = state.free[host]
    let amounts =
      [free.vcpus, free.memoryMiB, free.diskGiB]
      + deviceTypes.map { Int64(state.freeDevices(ofType: $0, on: host)) }
    return amounts.map { max(0, $0) }
  }

  /// The packing group of a VM's hard anti-affinity group; nil where it demands nothing here.
  private static func group(
    of vm: Int, hosts: [Int], state: CloudState, cloud: Cloud, known: inout [Int: Int],
    _ groups: inout [PackingProblem.Group]
  ) -> Int? {
    let group = cloud.vms.group[vm]
    guard group >= 0, cloud.groups[group].policy == .antiAffinity else { return nil }
    if let index = known[group] { return index }
    known[group] = groups.count
    groups.append(
      PackingProblem.Group(
        limitPerBin: cloud.groups[group].maxPerHost,
        occupied: hosts.enumerated().compactMap { bin, host in
          let members = state.groups.members(of: group, on: host)
          return members > 0 ? PackingProblem.Occupancy(bin: bin, members: members) : nil
        }))
    return groups.count - 1
  }
}
