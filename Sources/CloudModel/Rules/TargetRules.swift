/// How a VM would arrive at a target.
package enum Arrival: Sendable, Hashable {
  /// While it runs: the target's CPU must have its features.
  case running
  /// Shut down.
  case stopped
}

/// Asks which hosts may take which VMs.
package struct TargetRules: Sendable {
  /// The cloud whose hosts and VMs are meant.
  package let cloud: Cloud
  /// Whether each host is taken out for the work.
  package let isOut: [Bool]
  /// Hosts that refused a VM when it was tried, by VM.
  package let refusedTargets: [Int: Set<Int>]
  private let traitIndex: [String: Int]
  private let aggregateHits: AggregateHits

  /// Rules for a cloud with some hosts taken out, and some that refused a VM already.
  package init(
    cloud: Cloud, out: some Sequence<Int>, refusedTargets: [Int: Set<Int>] = [:]
  ) {
    self.cloud = cloud
    self.refusedTargets = refusedTargets
    var isOut = [Bool](repeating: false, count: cloud.hosts.count)
    for host in out { isOut[host] = true }
    self.isOut = isOut
    traitIndex = Dictionary(
      cloud.traits.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    aggregateHits = AggregateHits(cloud: cloud)
  }

  /// Whether a host may be a target of anything at all.
  package func isOpen(_ host: Int) -> Bool {
    !isOut[host] && cloud.hosts.state[host] == .enabled
  }

  /// What a VM demands of its host.
  package func requirement(of vm: Int) -> Requirement {
    Requirement(ofVM: vm, in: cloud, traitIndex: traitIndex)
  }

  /// The zones that a VM cannot leave: the pinned one and those of its volumes.
  package func zonesBinding(_ vm: Int) -> [Int] {
    var zones = cloud.vms.disks[vm].compactMap(\.zone)
    if cloud.vms.pinnedZone[vm] >= 0 { zones.append(cloud.vms.pinnedZone[vm]) }
    return Array(Set(zones)).sorted()
  }

  /// The rules that refuse a host for good by what it shares with the hosts of its pool: that it
  /// refused the VM already, zone, aggregates, class and the largest VM it admits. In the order of
  /// asking.
  package func poolRefusals(
    of host: Int, for vm: Int, requirement: Requirement, arriving arrival: Arrival
  ) -> [RejectionRule] {
    var refusing: [RejectionRule] = []
    if refusedTargets[vm]?.contains(host) == true { refusing.append(.out) }
    if zonesBinding(vm).contains(where: { $0 != cloud.hosts.zone[host] }) {
      refusing.append(.zone)
    }
    if !aggregateHits.satisfies(requirement.aggregateSpecs, host: host) {
      refusing.append(.aggregate)
    }
    let kind = cloud.hostClasses[cloud.hosts.hostClass[host]]
    if !hasTraits(kind, requirement) { refusing.append(.trait) }
    if !hasPlatform(kind, requirement) || !canRun(vm, on: kind, arriving: arrival)
      || !hasCapabilities(kind, requirement, of: vm)
    {
      refusing.append(.cpuModel)
    }
    let largest = cloud.hosts.largestVM[host]
    let demand = cloud.vms.demand[vm]
    if demand.memoryMiB > largest.memoryMiB { refusing.append(.memory) }
    if demand.vcpus > largest.vcpus { refusing.append(.vcpu) }
    if demand.diskGiB > largest.diskGiB { refusing.append(.disk) }
    return refusing
  }

  /// The rules that refuse a host for good, whatever else moves: those that do not depend on what
  /// runs where. In the order of asking.
  package func lastingRefusals(
    of host: Int, for vm: Int, requirement: Requirement, arriving arrival: Arrival
  ) -> [RejectionRule] {
    var refusing = Set(
      poolRefusals(of: host, for: vm, requirement: requirement, arriving: arrival))
    if !isOpen(host) { refusing.insert(.out) }
    if lacksDevicesForGood(host, for: vm) { refusing.insert(.device) }
    let capacity = cloud.hosts.capacity[host]
    let demand = cloud.vms.demand[vm]
    if demand.memoryMiB > capacity.memoryMiB { refusing.insert(.memory) }
    if demand.vcpus > capacity.vcpus { refusing.insert(.vcpu) }
    if demand.diskGiB > capacity.diskGiB { refusing.insert(.disk) }
    return refusing.sorted()
  }

  /// All rules that refuse a host in a state of the cloud, in the order of asking.
  package func refusals(
    of host: Int, for vm: Int, requirement: Requirement, arriving arrival: Arrival,
    state: CloudState
  ) -> [RejectionRule] {
    var refusing = Set(
      lastingRefusals(of: host, for: vm, requirement: requirement, arriving: arrival))
    let free = state.free[host]
    let demand = cloud.vms.demand[vm]
    if !hasFreeDevices(host, for: vm, state: state) { refusing.insert(.device) }
    if demand.memoryMiB > 0 && demand.memoryMiB > free.memoryMiB { refusing.insert(.memory) }
    if demand.vcpus > 0 && demand.vcpus > free.vcpus { refusing.insert(.vcpu) }
    if demand.diskGiB > 0 && demand.diskGiB > free.diskGiB { refusing.insert(.disk) }
    if !admits(host, moving: vm, state: state) { refusing.insert(.group) }
    return refusing.sorted()
  }

  private func hasTraits(_ kind: HostClass, _ requirement: Requirement) -> Bool {
    requirement.required.allSatisfy { contains(kind.traits, $0) }
      && !requirement.forbidden.contains { contains(kind.traits, $0) }
  }

  private func contains(_ sorted: [Int], _ value: Int) -> Bool {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low < sorted.count && sorted[low] == value
  }

  private func hasPlatform(_ kind: HostClass, _ requirement: Requirement) -> Bool {
    if !requirement.architecture.isEmpty && !kind.architecture.isEmpty
      && requirement.architecture != kind.architecture
    {
      return false
    }
    guard !requirement.hypervisor.isEmpty, !kind.hypervisor.isEmpty else { return true }
    let offered = kind.hypervisor.lowercased()
    let emulators: Set<String> = ["kvm", "qemu"]
    return requirement.hypervisor == offered
      || (emulators.contains(requirement.hypervisor) && emulators.contains(offered))
  }

  /// Whether a host has the attributes that the flavor asks for. An attribute that is not known of
  /// hosts is believed of those of the class on which the VM runs now, and of no others.
  private func hasCapabilities(
    _ kind: HostClass, _ requirement: Requirement, of vm: Int
  ) -> Bool {
    requirement.capabilities.entries.allSatisfy { entry in
      guard let value = kind.attribute(entry.key) else {
        let host = cloud.vms.host[vm]
        return host < 0 || cloud.hostClasses[cloud.hosts.hostClass[host]] == kind
      }
      return SpecOperator.isMet(entry.value, by: value)
    }
  }

  private func canRun(_ vm: Int, on kind: HostClass, arriving arrival: Arrival) -> Bool {
    guard arrival == .running, cloud.vms.host[vm] >= 0 else { return true }
    let present = cloud.hosts.hostClass[cloud.vms.host[vm]]
    return cloud.hostClasses[present].canMoveRunning(to: kind)
  }

  private func lacksDevicesForGood(_ host: Int, for vm: Int) -> Bool {
    cloud.flavors[cloud.vms.flavor[vm]].devices.contains { request in
      let total = cloud.devicePools.lazy
        .filter { $0.host == host && $0.type == request.type }.reduce(0) { $0 + $1.total }
      return total < request.count
    }
  }

  private func hasFreeDevices(_ host: Int, for vm: Int, state: CloudState) -> Bool {
    cloud.flavors[cloud.vms.flavor[vm]].devices.allSatisfy {
      state.freeDevices(ofType: $0.type, on: host) >= $0.count
    }
  }

  /// Whether the VM's hard group lets it onto a host.
  ///
  /// Under anti-affinity the VM itself does not count; under affinity its present host does, as in
  /// Nova's filter, so that a member can go nowhere but to hosts of its group.
  package func admits(_ host: Int, moving vm: Int, state: CloudState) -> Bool {
    let group = cloud.vms.group[vm]
    guard group >= 0 else { return true }
    let groups = state.groups
    let itself = state.host[vm] == host ? 1 : 0
    switch cloud.groups[group].policy {
    case .softAffinity, .softAntiAffinity:
      return true
    case .antiAffinity:
      return groups.members(of: group, on: host) - itself < cloud.groups[group].maxPerHost
    case .affinity:
      let hosts = groups.hosts(of: group)
      return hosts.isEmpty || hosts.contains(host)
    }
  }
}

/// Which hosts are in an aggregate with which metadata, found once.
struct AggregateHits: Sendable {
  private let metadata: [Properties]
  private let aggregates: Adjacency<Int>

  init(cloud: Cloud) {
    metadata = cloud.aggregates.map(\.metadata)
    aggregates = cloud.hosts.aggregates
  }

  /// Whether each demanded pair stands in the metadata of one of the host's aggregates.
  func satisfies(_ specs: Properties, host: Int) -> Bool {
    specs.entries.allSatisfy { entry in
      aggregates[host].contains { aggregate in
        // Nova splits the values of aggregates at commas.
        let values = metadata[aggregate][entry.key]?.split(separator: ",") ?? []
        return values.contains {
          SpecOperator.isMet(entry.value, by: String($0.drop(while: { $0 == " " })))
        }
      }
    }
  }
}
