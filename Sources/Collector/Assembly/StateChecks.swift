import CloudModel
import Scenarios

/// Looks for what the cloud's own rules forbid but a real cloud may hold.
enum StateChecks {
  /// Hosts on which VMs and held places take more than is offered.
  static func overFullHosts(in cloud: CloudRecord) -> [FindingRecord] {
    var taken: [String: (vcpus: Int64, memory: Int64, disk: Int64)] = [:]
    func add(_ host: String, _ vcpus: Int64, _ memory: Int64, _ disk: Int64) {
      let sum = taken[host] ?? (0, 0, 0)
      taken[host] = (
        added(sum.vcpus, vcpus), added(sum.memory, memory), added(sum.disk, disk)
      )
    }
    let flavors = Dictionary(
      cloud.flavors.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for vm in cloud.vms {
      guard let host = vm.host, let flavor = flavors[vm.flavor] else { continue }
      add(host, vm.vcpus ?? flavor.vcpus, vm.memory ?? flavor.memory, vm.disk ?? flavor.disk)
    }
    for held in cloud.held { add(held.host, held.vcpus, held.memory, held.disk) }
    return cloud.hosts.compactMap { host in
      guard let sum = taken[host.name] else { return nil }
      let excess = [
        ("vcpus", sum.vcpus, host.vcpus), ("bytes of memory", sum.memory, host.memory),
        ("bytes of disk", sum.disk, host.disk),
      ].filter { $0.1 > $0.2 }
      guard !excess.isEmpty else { return nil }
      return FindingKind.hostOverFull.finding(
        host.name,
        excess.map { "\($0.1) of \($0.2) \($0.0) are taken" }.joined(separator: ", ")
          + ": it takes nothing new.")
    }
  }

  /// A sum that stays at the largest number instead of passing it.
  private static func added(_ left: Int64, _ right: Int64) -> Int64 {
    let (sum, isTooLarge) = left.addingReportingOverflow(right)
    return isTooLarge ? .max : sum
  }

  /// Groups with a hard policy whose members are placed against it.
  static func violatedGroups(in cloud: CloudRecord) -> [FindingRecord] {
    var members: [String: [String: Int64]] = [:]
    for vm in cloud.vms {
      guard let group = vm.group, let host = vm.host else { continue }
      members[group, default: [:]][host, default: 0] += 1
    }
    return cloud.groups.compactMap { group in
      guard group.policy.isHard, let hosts = members[group.id ?? group.name] else { return nil }
      let places = hosts.sorted { $0.key < $1.key }
      let crowded = places.filter { $0.value > group.maxPerHost }
      let isViolated = group.policy == .affinity ? places.count > 1 : !crowded.isEmpty
      guard isViolated else { return nil }
      let shown = group.policy == .affinity ? places : crowded
      return FindingKind.groupViolated.finding(
        group.name,
        "Its policy is \(group.policy.rawValue)"
          + (group.policy == .affinity ? "" : " with at most \(group.maxPerHost) on a host")
          + ", but its members are on "
          + shown.map { "\($0.key) (\($0.value))" }.joined(separator: ", ") + ".")
    }
  }
}
