package import Policies

extension PlacementInstance {
  /// The packing that the evacuation asks for.
  ///
  /// Hosts that stay become bins, in their order; hosts alike in zone, class and GPUs form a pool.
  /// VMs to move become items; alike are those of one flavor, CPU need, pinned zone and group.
  package var packingProblem: PackingProblem { packing.problem }

  /// The packing, the host of each bin, and the VMs of each type.
  var packing: (problem: PackingProblem, hosts: [Int], members: [[Int]]) {
    let (pools, poolOfHost) = pools
    var hostOfBin: [Int] = []
    var binOfHost = [Int?](repeating: nil, count: hosts.count)
    var bins: [PackingProblem.Bin] = []
    for (index, host) in hosts.enumerated() {
      guard let pool = poolOfHost[index] else { continue }
      binOfHost[index] = bins.count
      hostOfBin.append(index)
      bins.append(.init(pool: pool, free: host.capacity))
    }
    for vm in vms {
      guard let bin = binOfHost[vm.host] else { continue }
      for resource in 0..<Self.resourceCount {
        bins[bin].free[resource] -= flavors[vm.flavor][resource]
      }
    }
    let (groups, groupOfNumber) = groups(binOfHost)
    let (types, members) = types(pools, groupOfNumber)
    let problem = PackingProblem(
      resourceCount: Self.resourceCount, poolCount: pools.count, bins: bins, types: types,
      groups: groups, reference: Self.reference(pools))
    return (problem, hostOfBin, members)
  }

  /// 8 vCPUs and 32 GiB, on hosts without GPU.
  private static func reference(_ pools: [Pool]) -> PackingProblem.Reference {
    .init(demand: [8, 32, 0, 0], pools: pools.indices.filter { !pools[$0].hasGPU })
  }

  struct Pool: Hashable {
    var zone: Int
    var hostClass: Int
    var hasGPU: Bool
  }

  /// The pools in the order of their first host, and the pool of each host that is not drained.
  var pools: (pools: [Pool], ofHost: [Int?]) {
    var known: [Pool: Int] = [:]
    var pools: [Pool] = []
    let ofHost = hosts.map { host -> Int? in
      guard !host.isDrained else { return nil }
      let pool = Pool(zone: host.zone, hostClass: host.hostClass, hasGPU: host.capacity[3] > 0)
      if let number = known[pool] { return number }
      known[pool] = pools.count
      pools.append(pool)
      return pools.count - 1
    }
    return (pools, ofHost)
  }

  /// Groups with a VM to move, and their numbers by the number in the file.
  private func groups(_ binOfHost: [Int?]) -> ([PackingProblem.Group], [Int: Int]) {
    var numbers: [Int: Int] = [:]
    for vm in vms where vm.mayMove && hosts[vm.host].isDrained {
      guard let group = vm.group, numbers[group] == nil else { continue }
      numbers[group] = numbers.count
    }
    var groups = [PackingProblem.Group](repeating: .init(), count: numbers.count)
    for vm in vms {
      guard let group = vm.group, let number = numbers[group], let bin = binOfHost[vm.host]
      else { continue }
      if let index = groups[number].occupied.firstIndex(where: { $0.bin == bin }) {
        groups[number].occupied[index].members += 1
      } else {
        groups[number].occupied.append(.init(bin: bin, members: 1))
      }
    }
    return (groups, numbers)
  }

  struct TypeKey: Hashable {
    var flavor: Int
    var cpuNeed: CPUNeed?
    var pinnedZone: Int?
    var group: Int?
  }

  func typeKey(of vm: VM) -> TypeKey {
    TypeKey(
      flavor: vm.flavor, cpuNeed: vm.cpuNeed,
      pinnedZone: vm.isPinnedToZone ? hosts[vm.host].zone : nil, group: vm.group)
  }

  private func types(
    _ pools: [Pool], _ groupOfNumber: [Int: Int]
  ) -> (types: [PackingProblem.ItemType], members: [[Int]]) {
    var known: [TypeKey: Int] = [:]
    var types: [PackingProblem.ItemType] = []
    var members: [[Int]] = []
    for (index, vm) in vms.enumerated() where vm.mayMove && hosts[vm.host].isDrained {
      let key = typeKey(of: vm)
      if let number = known[key] {
        types[number].count += 1
        members[number].append(index)
        continue
      }
      known[key] = types.count
      members.append([index])
      let allowed = pools.indices.filter { accepts(pools[$0], key) }
      types.append(
        .init(
          demand: flavors[vm.flavor], count: 1, allowedPools: allowed,
          group: vm.group.flatMap { groupOfNumber[$0] }))
    }
    return (types, members)
  }

  func accepts(_ pool: Pool, _ key: TypeKey) -> Bool {
    if let zone = key.pinnedZone, zone != pool.zone { return false }
    guard let need = key.cpuNeed else { return true }
    let hostClass = hostClasses[pool.hostClass]
    return hostClass.vendor == need.vendor && hostClass.generation >= need.generation
  }
}
