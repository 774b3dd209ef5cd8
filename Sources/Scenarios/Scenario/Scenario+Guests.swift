import CloudModel
package import Migration
import Simulator

extension Scenario {
  /// The load of guests about which nobody says anything: background services, assumed.
  package static let assumedLoad = LoadClass.idle

  /// What is known of the guests of the cloud: what they write, and how they are handled.
  ///
  /// **Errors**: `ClassError` as an option error where a handling asks for policy classes and one
  /// cannot be resolved.
  func guests() throws(ScenarioError) -> GuestTable {
    let migration = record.migration
    let general =
      migration.load.map { $0.load(evidence: .stated) }
      ?? Self.assumedLoad.load(evidence: .assumed)
    var table = GuestTable(all: general, count: cloud.vms.count)
    table.loads += migration.loads.map { $0.load(else: general) }
    for vm in 0..<cloud.vms.count {
      if let rule = migration.loads.firstIndex(where: { $0.selector.matches(vm, in: cloud) }) {
        table.load[vm] = Int32(rule + 1)
      }
    }
    guard !migration.handling.isEmpty else { return table }
    let classes = ClassResolver(cloud: cloud, rules: classRules)
    for vm in 0..<cloud.vms.count {
      let load = table[vm].name
      let rule = migration.handling.first { rule in
        rule.selector.matches(vm, in: cloud)
          && (rule.states.isEmpty || rule.states.contains(cloud.vms.state[vm]))
          && (rule.loads.isEmpty || rule.loads.contains { $0.rawValue == load })
          && (rule.classes.isEmpty || rule.classes.contains { $0 == effective(vm, classes) })
      }
      if let rule { table.handling[vm] = rule.handling(else: migration.parameters.handling) }
    }
    return table
  }

  /// The class of a VM; nil where a key about migration makes no sense, which the plan reports.
  private func effective(_ vm: Int, _ classes: ClassResolver) -> PolicyClass? {
    try? classes.resolve(vm).effective
  }
}

extension LoadRecord {
  /// The load that the record states; what it leaves open is taken from another one.
  func load(else general: GuestLoad) -> GuestLoad {
    var result = general
    if let load {
      result = load.load(evidence: .stated)
    } else if let points {
      result = GuestLoad(
        name: "measured",
        dirty: .points(points.map { .init(seconds: $0[0], mebibytes: $0[1]) }),
        perVCPUs: perVCPUs, evidence: .stated)
    } else if let dirty {
      result = GuestLoad(
        name: "measured", dirty: dirty.curve, perVCPUs: perVCPUs, evidence: .stated)
    }
    result.memoryShare = memoryShare
    if let loadEnd { result.loadEnd = Double(loadEnd) / 1_000_000 }
    return result
  }
}

extension HandlingRecord {
  /// What is permitted and done; what the record leaves open is as for all.
  func handling(else general: LiveHandling) -> LiveHandling {
    var result = general
    result.allowsPostCopy = postCopy ?? general.allowsPostCopy
    result.allowsAutoConverge = autoConverge ?? general.allowsAutoConverge
    result.timeoutAction = timeoutAction ?? general.timeoutAction
    if let forceAfter {
      result.forceAfter = forceAfter > 0 ? Double(forceAfter) / 1_000_000 : nil
    }
    return result
  }
}

extension MigrationRecord {
  /// The links of a cloud as the record states them.
  func network(of cloud: Cloud) -> ExecutionNetwork {
    var network = ExecutionNetwork()
    network.card = networkCard.map { Bandwidth(bytesPerSecond: $0) }
    network.uplink = rackUplink.map { Bandwidth(bytesPerSecond: $0) }
    network.zoneLink = zoneLink.map { Bandwidth(bytesPerSecond: $0) }
    for host in 0..<cloud.hosts.count {
      network.cards[host] = Self.rate(of: host, in: networkCards, cloud)
      network.background[host] = Self.rate(of: host, in: background, cloud)
    }
    return network
  }

  private static func rate(
    of host: Int, in records: [HostRateRecord], _ cloud: Cloud
  ) -> Bandwidth? {
    let name = cloud.hosts.names[host]
    let record = records.first { record in
      record.hosts.contains { VMSelector.wildcard($0, matches: name) }
    }
    return record.map { Bandwidth(bytesPerSecond: $0.rate) }
  }
}
