package import Policies

/// A consolidation instance: which hosts to empty with the fewest moves.
package struct ConsolidationInstance: Sendable {
  /// The name in the file.
  package let name: String
  /// How many hosts to empty.
  package let emptyHosts: Int
  private let cloud: PlacementInstance

  /// Parses an instance file.
  ///
  /// **Errors**: `PlacementInstanceError` with the key path of the first value that is not right.
  package init(json: [UInt8]) throws(PlacementInstanceError) {
    let file = try PlacementInstanceFile.parse(json)
    guard file.problem == "consolidate" else { throw .otherProblem(found: file.problem) }
    guard (0...file.hosts.count).contains(file.emptyHosts) else {
      throw .outOfRange(
        keyPath: "empty_hosts", found: "\(file.emptyHosts)", allowed: "0 to \(file.hosts.count)")
    }
    cloud = try PlacementInstance(file)
    name = file.name
    emptyHosts = file.emptyHosts
  }

  /// The problem, the host of each bin, and for each candidate its VMs by type, in the order of its
  /// contents.
  ///
  /// Candidates are hosts without GPU that hold no VM that has to stay.
  package var problem: (problem: ConsolidationProblem, hosts: [Int], members: [[[Int]]]) {
    let (pools, poolOfHost) = cloud.pools
    let hosts = cloud.hosts.indices.filter { poolOfHost[$0] != nil }
    var binOfHost = [Int?](repeating: nil, count: cloud.hosts.count)
    for (bin, host) in hosts.enumerated() { binOfHost[host] = bin }
    let bins = bins(of: hosts, binOfHost, poolOfHost)
    let (types, typeOfVM) = types(pools)
    let (candidates, members) = candidates(hosts, binOfHost, typeOfVM)
    let problem = ConsolidationProblem(
      resourceCount: PlacementInstance.resourceCount, poolCount: pools.count, bins: bins,
      types: types, groups: groups(binOfHost), candidates: candidates, emptied: emptyHosts)
    return (problem, hosts, members)
  }

  private func bins(
    of hosts: [Int], _ binOfHost: [Int?], _ poolOfHost: [Int?]
  ) -> [PackingProblem.Bin] {
    var bins = hosts.map { host in
      PackingProblem.Bin(pool: poolOfHost[host] ?? 0, free: cloud.hosts[host].capacity)
    }
    for vm in cloud.vms {
      guard let bin = binOfHost[vm.host] else { continue }
      for resource in 0..<PlacementInstance.resourceCount {
        bins[bin].free[resource] -= cloud.flavors[vm.flavor][resource]
      }
    }
    return bins
  }

  /// The numbers of the groups in the file, ascending: a group's own number is its place there.
  private var groupNumbers: [Int] { Set(cloud.vms.compactMap(\.group)).sorted() }

  private func groups(_ binOfHost: [Int?]) -> [PackingProblem.Group] {
    let numbers = groupNumbers
    let place = Dictionary(uniqueKeysWithValues: zip(numbers, numbers.indices))
    var groups = [PackingProblem.Group](repeating: .init(), count: numbers.count)
    for vm in cloud.vms {
      guard let group = vm.group.flatMap({ place[$0] }), let bin = binOfHost[vm.host] else {
        continue
      }
      if let index = groups[group].occupied.firstIndex(where: { $0.bin == bin }) {
        groups[group].occupied[index].members += 1
      } else {
        groups[group].occupied.append(.init(bin: bin, members: 1))
      }
    }
    return groups
  }

  private func types(
    _ pools: [PlacementInstance.Pool]
  ) -> (types: [PackingProblem.ItemType], ofVM: [Int]) {
    let numbers = groupNumbers
    let place = Dictionary(uniqueKeysWithValues: zip(numbers, numbers.indices))
    var known: [PlacementInstance.TypeKey: Int] = [:]
    var types: [PackingProblem.ItemType] = []
    let ofVM = cloud.vms.map { vm in
      let key = cloud.typeKey(of: vm)
      if let type = known[key] { return type }
      known[key] = types.count
      types.append(
        .init(
          demand: cloud.flavors[vm.flavor], count: 0,
          allowedPools: pools.indices.filter { cloud.accepts(pools[$0], key) },
          group: vm.group.flatMap { place[$0] }))
      return types.count - 1
    }
    return (types, ofVM)
  }

  private func candidates(
    _ hosts: [Int], _ binOfHost: [Int?], _ typeOfVM: [Int]
  ) -> (candidates: [ConsolidationProblem.Candidate], members: [[[Int]]]) {
    var vmsOfHost = [[Int]](repeating: [], count: cloud.hosts.count)
    for (index, vm) in cloud.vms.enumerated() { vmsOfHost[vm.host].append(index) }
    var candidates: [ConsolidationProblem.Candidate] = []
    var members: [[[Int]]] = []
    for host in hosts where cloud.hosts[host].capacity[3] == 0 {
      guard let bin = binOfHost[host], vmsOfHost[host].allSatisfy({ cloud.vms[$0].mayMove }) else {
        continue
      }
      let types = Set(vmsOfHost[host].map { typeOfVM[$0] }).sorted()
      let ofType = types.map { type in vmsOfHost[host].filter { typeOfVM[$0] == type } }
      candidates.append(
        .init(
          bin: bin,
          contents: zip(types, ofType).map { .init(type: $0, count: $1.count) }))
      members.append(ofType)
    }
    return (candidates, members)
  }
}
