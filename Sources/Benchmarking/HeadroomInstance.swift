package import Policies

/// A headroom instance: how many batches of a mix fit into each zone on top of what runs, on hosts
/// without GPU.
package struct HeadroomInstance: Sendable {
  /// The name in the file.
  package let name: String
  /// One batch: flavors by index, with how many VMs of each.
  package let mix: [(flavor: Int, count: Int)]
  /// The names of the flavors by index.
  package let flavorNames: [String]
  private let cloud: PlacementInstance

  /// Parses an instance file.
  ///
  /// **Errors**: `PlacementInstanceError` with the key path of the first value that is not right.
  package init(json: [UInt8]) throws(PlacementInstanceError) {
    let file = try PlacementInstanceFile.parse(json)
    guard file.problem == "headroom" else { throw .otherProblem(found: file.problem) }
    cloud = try PlacementInstance(file)
    name = file.name
    var names: [String] = []
    for (index, flavor) in file.flavors.enumerated() {
      guard let name = flavor.name else {
        throw .malformed(keyPath: "flavors[\(index)].name", reason: "missing")
      }
      names.append(name)
    }
    flavorNames = names
    mix = try Self.mix(file, names, demands: cloud.flavors)
  }

  private static func mix(
    _ file: PlacementInstanceFile, _ names: [String], demands: [PlacementInstance.Amounts]
  ) throws(PlacementInstanceError) -> [(flavor: Int, count: Int)] {
    var mix: [(flavor: Int, count: Int)] = []
    for (index, share) in file.mix.enumerated() {
      guard let flavor = names.firstIndex(of: share.flavor) else {
        throw .outOfRange(
          keyPath: "mix[\(index)].flavor", found: share.flavor, allowed: "the name of a flavor")
      }
      try PlacementInstance.check(share.count.value, in: 0...1_000_000, "mix", index, "count")
      guard demands[flavor].contains(where: { $0 > 0 }) else {
        throw .outOfRange(
          keyPath: "mix[\(index)].flavor", found: share.flavor, allowed: "one that needs something")
      }
      guard share.count.value > 0 else { continue }
      if let known = mix.firstIndex(where: { $0.flavor == flavor }) {
        mix[known].count += share.count.value
      } else {
        mix.append((flavor, share.count.value))
      }
    }
    guard !mix.isEmpty else {
      throw .malformed(keyPath: "mix", reason: "a batch needs at least one VM")
    }
    return mix
  }

  /// The zones, ascending.
  package var zones: [Int] { Set(cloud.hosts.map(\.zone)).sorted() }

  /// The problem of a zone, and the host of each of its bins.
  ///
  /// A VM keeps its host whatever its policy says; hosts to be emptied take nothing.
  package func problem(ofZone zone: Int) -> (problem: HeadroomProblem, hosts: [Int]) {
    let hosts = cloud.hosts.indices.filter {
      cloud.hosts[$0].zone == zone && cloud.hosts[$0].capacity[3] == 0
        && !cloud.hosts[$0].isDrained
    }
    var free = cloud.hosts.map(\.capacity)
    for vm in cloud.vms {
      for resource in 0..<PlacementInstance.resourceCount {
        free[vm.host][resource] -= cloud.flavors[vm.flavor][resource]
      }
    }
    let problem = HeadroomProblem(
      resourceCount: PlacementInstance.resourceCount, poolCount: 1,
      bins: hosts.map { .init(pool: 0, free: free[$0]) },
      batch: mix.map { flavor, count in
        .init(demand: cloud.flavors[flavor], count: count, allowedPools: [0])
      })
    return (problem, hosts)
  }
}
