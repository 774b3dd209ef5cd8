package import CloudModel

extension RollingProblem {
  /// The rolling maintenance of hosts of a cloud.
  ///
  /// Resources are virtual CPUs, MiB of memory, GiB of disk and a column for each type of device.
  /// VMs stay in their zone even where they might cross. VMs of class `live` and `cold` move,
  /// those of class `stop` are stopped in place; `hold` and VMs whose state forbids every step keep
  /// their host. A VM of class `none` is ended and needs no place, so
  /// it counts as one that is stopped. Members of a hard affinity group with company keep their
  /// host, because Nova moves them nowhere else. Soft groups do not bind. VMs with devices are not
  /// started elsewhere when their host fails.
  ///
  /// **Errors**: `ClassError` where a key about migration says something no one can act on.
  package init(
    of cloud: Cloud, due: [Int], rules: ClassRules = ClassRules(), limits: Limits = Limits(),
    reserve: Reserve = .none
  ) throws(ClassError) {
    let columns = try CloudColumns(cloud, due: due, rules: rules)
    self.init(
      resources: [.vcpu, .memory, .disk] + cloud.deviceTypes.map { _ in .device },
      hosts: columns.hosts, vms: columns.vms, groups: columns.groups,
      hostKindCount: columns.hostKindCount, refusals: columns.refusals, limits: limits,
      reserve: reserve)
    vmNumbers = columns.vmNumbers
  }
}

/// The columns of a problem as they are read from a cloud.
private struct CloudColumns {
  private(set) var hosts = RollingProblem.Hosts()
  private(set) var vms = RollingProblem.VMs()
  private(set) var groups = RollingProblem.Groups()
  private(set) var refusals: [RejectionRule?] = []
  private(set) var hostKindCount = 0
  /// The VM of the cloud that each VM is.
  private(set) var vmNumbers: [Int] = []
  private let cloud: Cloud

  init(_ cloud: Cloud, due: [Int], rules: ClassRules) throws(ClassError) {
    self.cloud = cloud
    addHosts(due: Set(due))
    addGroups()
    try addVMs(rules)
  }

  /// Hosts are alike for VMs if they share class, aggregates and the largest VM they admit.
  private struct HostKind: Hashable {
    var hostClass: Int
    var aggregates: [Int]
    var largest: Resources
  }

  private mutating func addHosts(due: Set<Int>) {
    let state = CloudState(of: cloud)
    let types = cloud.deviceTypes.count
    var devices = [Int](repeating: 0, count: cloud.hosts.count * types)
    for pool in cloud.devicePools { devices[pool.host * types + pool.type] += pool.total }
    var held = [Resources](repeating: .zero, count: cloud.hosts.count)
    for entry in cloud.held { held[entry.host] += entry.amount }
    var kinds: [HostKind: Int] = [:]
    for host in 0..<cloud.hosts.count {
      let key = HostKind(
        hostClass: cloud.hosts.hostClass[host], aggregates: Array(cloud.hosts.aggregates[host]),
        largest: cloud.hosts.largestVM[host])
      let kind = kinds[key] ?? kinds.count
      kinds[key] = kind
      hosts.zone.append(cloud.hosts.zone[host])
      hosts.rack.append(cloud.hosts.rack[host])
      hosts.kind.append(kind)
      hosts.isDue.append(due.contains(host))
      hosts.isOpen.append(cloud.hosts.state[host] == .enabled)
      let capacity = cloud.hosts.capacity[host] - held[host]
      // A host over its capacity is full, and what it holds stays legal.
      let lack = state.free[host]
      hosts.capacity += [
        max(0, capacity.vcpus - min(0, lack.vcpus)),
        max(0, capacity.memoryMiB - min(0, lack.memoryMiB)),
        max(0, capacity.diskGiB - min(0, lack.diskGiB)),
      ]
      hosts.capacity += (0..<types).map { Int64(max(0, devices[host * types + $0])) }
    }
    hostKindCount = kinds.count
  }

  private mutating func addGroups() {
    let members = cloud.membersByGroup()
    for (number, group) in cloud.groups.enumerated() {
      groups.mostOnHost.append(
        group.policy == .antiAffinity ? max(1, group.maxPerHost) : Int(UInt16.max))
      let most = group.minimumRunning.map { max(1, members[number].count - $0) }
      groups.mostStopped.append(most ?? 0)
    }
  }

  private mutating func addVMs(_ rules: ClassRules) throws(ClassError) {
    let resolver = ClassResolver(cloud: cloud, rules: rules)
    let targets = TargetRules(cloud: cloud, out: [])
    let members = cloud.membersByGroup()
    var kinds: [[RejectionRule?]: Int] = [:]
    let examples = (0..<hostKindCount).map { kind in hosts.kind.firstIndex(of: kind) ?? 0 }
    for vm in 0..<cloud.vms.count where cloud.vms.host[vm] >= 0 {
      let resolved = try resolver.resolve(vm)
      let movement = movement(of: vm, resolved, members)
      let requirement = targets.requirement(of: vm)
      let arrival: Arrival = resolved.effective == .live ? .running : .stopped
      // The zone is not asked: no VM leaves its own here.
      let row = examples.map { host in
        targets.poolRefusals(of: host, for: vm, requirement: requirement, arriving: arrival)
          .first { $0 != .zone }
      }
      if kinds[row] == nil {
        kinds[row] = kinds.count
        refusals += row
      }
      let devices = cloud.flavors[cloud.vms.flavor[vm]].devices
      vms.host.append(cloud.vms.host[vm])
      vms.kind.append(kinds[row] ?? 0)
      vms.movement.append(movement)
      vms.isRestarted.append(movement != .stopsInPlace && devices.isEmpty)
      vms.group.append(cloud.vms.group[vm])
      let demand = cloud.vms.demand[vm]
      vms.demand += [demand.vcpus, demand.memoryMiB, demand.diskGiB]
      vms.demand += cloud.deviceTypes.indices.map { type in
        Int64(devices.reduce(0) { $0 + ($1.type == type ? $1.count : 0) })
      }
      vmNumbers.append(vm)
    }
  }

  private func movement(
    of vm: Int, _ resolved: ResolvedClass, _ members: [[Int]]
  ) -> RollingProblem.Movement {
    switch EvacuationDraft.intent(for: vm, resolved: resolved, in: cloud) {
    case .stay: return .cannotLeave
    case .stop, .recreate: return .stopsInPlace
    case .move:
      let group = cloud.vms.group[vm]
      let isBound =
        group >= 0 && cloud.groups[group].policy == .affinity
        && members[group].count { cloud.vms.host[$0] >= 0 } > 1
      return isBound ? .cannotLeave : .moves
    }
  }
}
