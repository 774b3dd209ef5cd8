import CloudModel
import Stochastics

extension RecoveryRegion {
  /// Throws the first thing that is wrong with the region.
  ///
  /// **Errors**: every case of `RegionError`.
  ///
  /// **Complexity**: O(parts).
  package func check() throws(RegionError) {
    try checkNames()
    for host in hosts {
      try refer(host.name, "zone", host.zone, zones.count)
      try refer(host.name, "rack", host.rack, racks.count)
      try require(host.milliCPU >= 0 && host.memoryMiB >= 0, host.name, "size")
    }
    try checkVMs()
    for outage in outages { try check(outage) }
    for work in planned { try check(work) }
    try checkRules()
  }

  private func checkNames() throws(RegionError) {
    try unique(hosts.map(\.name))
    try unique(vms.map(\.name))
    try unique(services.map(\.name))
    try unique(outages.map(\.name) + planned.map(\.name))
  }

  private func unique(_ names: [String]) throws(RegionError) {
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted { throw .duplicateName(name) }
  }

  private func refer(
    _ part: String, _ field: String, _ index: Int, _ count: Int
  ) throws(RegionError) {
    if !(0..<count).contains(index) { throw .badReference(part: part, field: field) }
  }

  private func require(_ holds: Bool, _ part: String, _ field: String) throws(RegionError) {
    if !holds { throw .badValue(part: part, field: field) }
  }

  private func checkVMs() throws(RegionError) {
    var used = [(milliCPU: Int64, memoryMiB: Int64)](repeating: (0, 0), count: hosts.count)
    var replicas = [Int](repeating: 0, count: services.count)
    for vm in vms {
      try refer(vm.name, "host", vm.host, hosts.count)
      if let zone = vm.zone { try refer(vm.name, "zone", zone, zones.count) }
      if let service = vm.service {
        try refer(vm.name, "service", service, services.count)
        replicas[service] += 1
      }
      try require(vm.milliCPU >= 0 && vm.memoryMiB >= 0, vm.name, "size")
      try require(vm.copied.count >= 0, vm.name, "copied")
      used[vm.host].milliCPU += Int64(vm.milliCPU)
      used[vm.host].memoryMiB += Int64(vm.memoryMiB)
    }
    for (host, used) in zip(hosts, used) {
      if used.milliCPU > Int64(host.milliCPU) || used.memoryMiB > Int64(host.memoryMiB) {
        throw .overfull(host: host.name)
      }
    }
    for (service, count) in zip(services, replicas) {
      try require((1...max(1, count)).contains(service.needed), service.name, "needed")
      try require(count > 0, service.name, "replicas")
    }
  }

  private func check(_ outage: OutageSource) throws(RegionError) {
    try check(outage.scope, of: outage.name)
    try require(outage.up.mean > 0 && outage.up.mean.isFinite, outage.name, "up")
    try require(outage.down.mean > 0 && outage.down.mean.isFinite, outage.name, "down")
    try require(outage.share > 0 && outage.share <= 1, outage.name, "share")
  }

  private func check(_ work: PlannedWork) throws(RegionError) {
    try check(work.scope, of: work.name)
    try require(work.firstHour >= 0 && work.firstHour.isFinite, work.name, "firstHour")
    try require(work.everyHours > 0 && work.everyHours.isFinite, work.name, "everyHours")
    try require(work.hours > 0 && work.hours.isFinite, work.name, "hours")
    try require(work.toleratedHosts >= 0, work.name, "toleratedHosts")
  }

  private func check(_ scope: OutageScope, of part: String) throws(RegionError) {
    switch scope {
    case .none, .region: return
    case .host(let host): try refer(part, "scope", host, hosts.count)
    case .rack(let rack): try refer(part, "scope", rack, racks.count)
    case .zone(let zone): try refer(part, "scope", zone, zones.count)
    case .hosts(let list):
      for host in list { try refer(part, "scope", host, hosts.count) }
      try require(Set(list).count == list.count, part, "scope")
    }
  }

  private func checkRules() throws(RegionError) {
    try require(rules.detection >= .zero, "rules", "detection")
    try require(rules.boot >= .zero, "rules", "boot")
    try require(rules.parallel > 0 && rules.parallel < 1 << 24, "rules", "parallel")
    try require((rules.perHost ?? 1) > 0, "rules", "perHost")
    try require((rules.bandwidth?.bytesPerSecond ?? 1) > 0, "rules", "bandwidth")
    switch rules.service {
    case .fixed(let length): try require(length >= .zero, "rules", "service")
    case .drawn(let model): try require(model.mean > 0, "rules", "service")
    }
  }
}
