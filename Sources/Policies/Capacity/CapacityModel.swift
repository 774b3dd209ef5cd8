package import CloudModel

/// A cloud as the question of headroom sees it: the room of open hosts, and what VMs of its flavors
/// may use of it.
///
/// Groups and classes of VMs do not count here; zones, aggregates, traits, largest VM and devices
/// do.
package struct CapacityModel: Sendable {
  /// The cloud.
  package let cloud: Cloud
  /// The hosts that take new VMs, ascending; a bin is a position in this list.
  package let hosts: [Int]
  /// Types of devices that count as resources, after vCPUs, memory and disk.
  package let deviceTypes: [Int]
  /// What each bin has left of each resource.
  package let free: [[Int64]]
  /// The pool of each bin.
  let poolOfBin: [Int]
  /// A host of each pool.
  let representatives: [Int]
  /// For each flavor the demand of one VM.
  private let demands: [[Int64]]
  /// For each flavor the pools that may take a new VM of it.
  private let allowed: [[Int]]
  private let rules: TargetRules
  /// VMs that are alike share a kind.
  let recovery: RecoveryKinds

  /// The model of a cloud as it was recorded.
  ///
  /// **Complexity**: O(VMs + hosts + (flavors + kinds of VMs) * pools).
  package init(of cloud: Cloud) {
    self.cloud = cloud
    let (probed, probes) = Self.probed(cloud)
    rules = TargetRules(cloud: probed, out: [])
    let state = CloudState(of: cloud)
    let deviceTypes = Array(cloud.deviceTypes.indices)
    self.deviceTypes = deviceTypes
    let hosts = (0..<cloud.hosts.count).filter { cloud.hosts.state[$0] == .enabled }
    self.hosts = hosts
    free = hosts.map { host in
      let free = state.free[host]
      return [free.vcpus, free.memoryMiB, free.diskGiB].map { max(0, $0) }
        + deviceTypes.map { Int64(max(0, state.freeDevices(ofType: $0, on: host))) }
    }
    (poolOfBin, representatives) = Self.pools(of: hosts, in: cloud)
    demands = cloud.flavors.map { flavor in
      Self.amounts(flavor.demand, flavor.devices, deviceTypes: deviceTypes)
    }
    let (rules, representatives) = (rules, representatives)
    allowed = probes.map { Self.pools(allowing: $0, representatives, rules) }
    recovery = RecoveryKinds(
      cloud, deviceTypes: deviceTypes, representatives: representatives, rules: rules)
  }

  /// Number of resources.
  package var resourceCount: Int { 3 + deviceTypes.count }

  /// The name of a resource.
  package func name(ofResource resource: Int) -> String {
    resource < 3
      ? ["vcpu", "memory", "disk"][resource]
      : "device \(cloud.deviceTypes[deviceTypes[resource - 3]].name)"
  }

  /// Whether an empty host would take a VM of a flavor.
  package func canRun(flavor: Int) -> Bool {
    guard demands[flavor].contains(where: { $0 > 0 }) else { return false }
    var mayUse = [Bool](repeating: false, count: representatives.count)
    for pool in allowed[flavor] { mayUse[pool] = true }
    let totals = deviceTotals
    return hosts.indices.contains { bin in
      mayUse[poolOfBin[bin]]
        && cloud.flavors[flavor].demand.fits(in: cloud.hosts.capacity[hosts[bin]])
        && cloud.flavors[flavor].devices.allSatisfy {
          totals[hosts[bin] * max(1, cloud.deviceTypes.count) + $0.type] >= $0.count
        }
    }
  }

  private var deviceTotals: [Int] {
    let types = max(1, cloud.deviceTypes.count)
    var totals = [Int](repeating: 0, count: cloud.hosts.count * types)
    for pool in cloud.devicePools { totals[pool.host * types + pool.type] += pool.total }
    return totals
  }

  /// How many VMs of a flavor a bin takes that has so much left.
  package func copies(ofFlavor flavor: Int, inBin bin: Int, free: [Int64]) -> Int {
    guard allowed[flavor].contains(poolOfBin[bin]) else { return 0 }
    var copies = Int64.max
    for (need, amount) in zip(demands[flavor], free) where need > 0 {
      copies = min(copies, amount / need)
    }
    return Int(copies)
  }

  /// The headroom of a mix on some bins with so much left, in bins by position in `bins`.
  package func problem(
    _ mix: [(flavor: Int, count: Int)], bins: [Int], free: [[Int64]]
  ) -> HeadroomProblem {
    HeadroomProblem(
      resourceCount: resourceCount, poolCount: representatives.count,
      bins: bins.map { .init(pool: poolOfBin[$0], free: free[$0]) },
      batch: mix.map { flavor, count in
        .init(demand: demands[flavor], count: count, allowedPools: allowed[flavor])
      })
  }

  /// What a VM takes, in the order of the resources.
  static func amounts(
    _ demand: Resources, _ devices: [DeviceRequest], deviceTypes: [Int]
  ) -> [Int64] {
    [demand.vcpus, demand.memoryMiB, demand.diskGiB].map { max(0, $0) }
      + deviceTypes.map { type in
        devices.reduce(Int64(0)) { $0 + ($1.type == type ? Int64($1.count) : 0) }
      }
  }

  /// The pools whose hosts the rules do not refuse to a VM that is started anew.
  static func pools(allowing vm: Int, _ representatives: [Int], _ rules: TargetRules) -> [Int] {
    let requirement = rules.requirement(of: vm)
    return representatives.indices.filter { pool in
      rules.poolRefusals(
        of: representatives[pool], for: vm, requirement: requirement, arriving: .stopped
      ).isEmpty
    }
  }

  /// A copy of the cloud with one VM more for each flavor, on no host and without an image, so that
  /// the rules about VMs say what they would say about a new one; with the indices of these VMs.
  private static func probed(_ cloud: Cloud) -> (cloud: Cloud, probes: [Int]) {
    var probed = cloud
    probed.labels.append(VMLabels())
    let probes = cloud.flavors.indices.map { flavor in
      let vm = probed.vms.count
      probed.vms.ids.append("new \(flavor)")
      probed.vms.names.append("new \(flavor)")
      probed.vms.host.append(-1)
      probed.vms.flavor.append(flavor)
      probed.vms.image.append(-1)
      probed.vms.project.append(-1)
      probed.vms.pinnedZone.append(-1)
      probed.vms.group.append(-1)
      probed.vms.state.append(.active)
      probed.vms.isLocked.append(false)
      probed.vms.demand.append(cloud.flavors[flavor].demand)
      probed.vms.labels.append(probed.labels.count - 1)
      probed.vms.disks.append([])
      return vm
    }
    return (probed, probes)
  }

  private struct PoolKey: Hashable {
    let zone: Int
    let hostClass: Int
    let aggregates: [Int]
    let largestVM: Resources
  }

  /// Hosts that no lasting rule tells apart share a pool.
  private static func pools(
    of hosts: [Int], in cloud: Cloud
  ) -> (poolOfBin: [Int], representatives: [Int]) {
    var known: [PoolKey: Int] = [:]
    var representatives: [Int] = []
    let pools = hosts.map { host in
      let key = PoolKey(
        zone: cloud.hosts.zone[host], hostClass: cloud.hosts.hostClass[host],
        aggregates: cloud.hosts.aggregates[host].sorted(), largestVM: cloud.hosts.largestVM[host])
      if let pool = known[key] { return pool }
      known[key] = representatives.count
      representatives.append(host)
      return representatives.count - 1
    }
    return (pools, representatives)
  }
}
