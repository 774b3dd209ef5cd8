import CloudModel
import Policies
import Simulator

/// Hosts and VMs of a cloud while they become those of a region.
struct RegionAssembly {
  private let cloud: Cloud
  private let intents: RecoveryIntents
  private let holdsVolumesInZone: Bool
  /// The VMs that run, by index.
  private var running: [Int]
  /// What is simpler here than in the cloud, in words.
  private(set) var notes: [String] = []

  /// Takes the VMs that run on hosts that are up.
  init(_ scenario: Scenario, _ intents: RecoveryIntents) {
    let cloud = scenario.cloud
    self.cloud = cloud
    self.intents = intents
    holdsVolumesInZone = scenario.record.availability.holdsVolumesInZone
    running = (0..<cloud.vms.count).filter { vm in
      let host = cloud.vms.host[vm]
      return host >= 0 && cloud.hosts.state[host] != .down
        && [.active, .paused].contains(cloud.vms.state[vm])
    }
    noteSimplifications()
  }

  private mutating func noteSimplifications() {
    let devices = running.count { cloud.hasDevices($0) }
    if devices > 0 {
      notes.append(
        "\(devices) VMs with devices wait for their host: devices elsewhere are not counted")
    }
    if cloud.traits.count > 0 {
      notes.append(
        "traits, aggregates and CPU models do not restrict where VMs come back; "
          + "`berth plan recover` counts them")
    }
  }

  /// The share of the memory of all hosts that are up which running VMs use.
  var load: Double { Double(memory(of: running)) / Double(max(1, offered)) }

  private var offered: Int64 {
    (0..<cloud.hosts.count).reduce(0) {
      $0 + (cloud.hosts.state[$1] == .down ? 0 : cloud.hosts.capacity[$1].memoryMiB)
    }
  }

  private func memory(of vms: [Int]) -> Int64 {
    vms.reduce(0) { $0 + cloud.vms.demand[$1].memoryMiB }
  }

  /// Leaves VMs out, evenly over the list, until no more than a share of the memory is in use.
  ///
  /// **Errors**: `option` for a load above that of the cloud.
  mutating func keepLoad(_ wanted: Double?) throws(ScenarioError) {
    guard let wanted else { return }
    guard wanted <= load else {
      throw .option(
        name: "load", value: "\(wanted)",
        allowed: "at most the share of memory in use, \((load * 1000).rounded() / 1000)",
        help: "VMs can be left out, not invented: put more of them in the cloud file")
    }
    let limit = wanted * Double(offered)
    let all = running
    let total = Double(memory(of: all))
    var (passed, kept): (Double, Double) = (0, 0)
    running = all.filter { vm in
      let size = Double(cloud.vms.demand[vm].memoryMiB)
      passed += size
      guard kept + size <= limit * passed / total + size / 2, kept + size <= limit else {
        return false
      }
      kept += size
      return true
    }
  }

  /// The region.
  func region(outages: [OutageSource], rules: RecoveryRules) -> RecoveryRegion {
    // Hosts without a rack share one that nothing takes away.
    let racks = cloud.racks.map(\.name) + ["(no rack)"]
    let vms = vms
    return RecoveryRegion(
      zones: cloud.zones.map(\.name), racks: racks, hosts: hosts(under: vms), vms: vms,
      services: services, outages: outages, rules: rules)
  }

  private func hosts(under vms: [RegionVM]) -> [RegionHost] {
    var used = [(milliCPU: Int64, memoryMiB: Int64)](repeating: (0, 0), count: cloud.hosts.count)
    for vm in vms {
      used[vm.host].milliCPU += Int64(vm.milliCPU)
      used[vm.host].memoryMiB += Int64(vm.memoryMiB)
    }
    return (0..<cloud.hosts.count).map { host in
      let capacity = cloud.hosts.capacity[host]
      // A closed host keeps what it has and takes nothing; one over its capacity likewise.
      let isOpen = cloud.hosts.state[host] == .enabled
      let rack = cloud.hosts.rack[host]
      return RegionHost(
        name: cloud.hosts.names[host], zone: cloud.hosts.zone[host],
        rack: rack >= 0 ? rack : cloud.racks.count,
        milliCPU: Int32(
          clamping: max(used[host].milliCPU, isOpen ? capacity.vcpus * 1000 : 0)),
        memoryMiB: Int32(
          clamping: max(used[host].memoryMiB, isOpen ? capacity.memoryMiB : 0)))
    }
  }

  private var vms: [RegionVM] {
    var services = [Int?](repeating: nil, count: cloud.groups.count)
    for (place, group) in servedGroups.enumerated() { services[group] = place }
    return running.map { vm in
      let demand = cloud.vms.demand[vm]
      let group = cloud.vms.group[vm]
      return RegionVM(
        name: cloud.vms.ids[vm], host: cloud.vms.host[vm],
        milliCPU: Int32(clamping: demand.vcpus * 1000),
        memoryMiB: Int32(clamping: demand.memoryMiB), recovery: recovery(of: vm),
        priority: intents.priorities[vm], zone: zone(of: vm),
        service: group >= 0 ? services[group] : nil)
    }
  }

  private func recovery(of vm: Int) -> RecoveryClass {
    if cloud.hasDevices(vm) { return .wait }
    return switch intents.ways[vm] {
    case .rebuild: .rebuild
    case .recreate: .orchestrated
    case .wait: .wait
    }
  }

  /// The zone that a VM cannot leave: that of its request or its volumes.
  private func zone(of vm: Int) -> Int? {
    let asked = cloud.vms.pinnedZone[vm]
    if asked >= 0 { return asked }
    let disks = cloud.vms.disks[vm]
    if let zone = disks.lazy.compactMap(\.zone).first { return zone }
    let hasVolume = disks.contains { $0.kind == .volume }
    return holdsVolumesInZone && hasVolume ? cloud.hosts.zone[cloud.vms.host[vm]] : nil
  }

  /// Members of each server group that run.
  private var members: [Int] {
    var members = [Int](repeating: 0, count: cloud.groups.count)
    for vm in running where cloud.vms.group[vm] >= 0 { members[cloud.vms.group[vm]] += 1 }
    return members
  }

  /// Groups with members, in their order: the services of the region.
  private var servedGroups: [Int] {
    members.enumerated().filter { $0.element > 0 }.map(\.offset)
  }

  /// Server groups: as many members needed as their minimum says, one if it says nothing, and no more
  /// than run.
  private var services: [RegionService] {
    let members = members
    return servedGroups.map { group in
      let record = cloud.groups[group]
      return RegionService(
        name: record.name, needed: min(max(1, record.minimumRunning ?? 1), members[group]),
        isApart: record.policy == .antiAffinity)
    }
  }
}
