import CloudModel
import Foundation
package import Policies

/// An instance of rolling maintenance as its file states it.
package struct RollingInstance: Sendable {
  /// The name in the file.
  package let name: String
  /// What the file asks.
  package let problem: RollingProblem
  /// The best known values by path, such as `back.waves`; empty where the file has none.
  package let bestKnown: [String: Int]

  /// Parses an instance file.
  ///
  /// **Errors**: `PlacementInstanceError` with the key path of the first value that is not right.
  package init(json: [UInt8]) throws(PlacementInstanceError) {
    let file: RollingInstanceFile
    do {
      file = try JSONDecoder().decode(RollingInstanceFile.self, from: Data(json))
    } catch let error as DecodingError {
      throw Self.refusal(error)
    } catch {
      throw .notJSON(reason: "\(error)")
    }
    guard file.problem == "rolling" else { throw .otherProblem(found: file.problem) }
    name = file.name
    bestKnown = file.bestKnown
    var groupNumbers: [Int: Int] = [:]
    for (index, group) in file.groups.enumerated() { groupNumbers[group[0]] = index }
    let hosts = try Self.hosts(file)
    var groups = RollingProblem.Groups()
    for (index, group) in file.groups.enumerated() {
      try PlacementInstance.check(group[1], in: 0...1_000_000, "groups", index, "max_off")
      groups.mostOnHost.append(1)
      groups.mostStopped.append(group[1])
    }
    var problem = RollingProblem(
      resources: [.vcpu, .memory, .device], hosts: hosts, vms: try Self.vms(file, groupNumbers),
      groups: groups, limits: try Self.limits(file))
    guard let reserve = RollingProblem.Reserve(rawValue: file.reserve) else {
      throw .outOfRange(
        keyPath: "reserve", found: file.reserve, allowed: "none, host or rack")
    }
    problem.reserve = reserve
    self.problem = problem
  }

  private static func limits(
    _ file: RollingInstanceFile
  ) throws(PlacementInstanceError) -> RollingProblem.Limits {
    var limits = RollingProblem.Limits()
    guard let stated = file.limits else { return limits }
    let cells = [
      ("max_out_per_rack", stated.hostsPerRack), ("max_out_per_zone", stated.hostsPerZone),
      ("max_zones_per_wave", stated.zones),
    ]
    for (name, cell) in cells where !(0...1_000_000).contains(cell.value) {
      throw .outOfRange(
        keyPath: "limits.\(name)", found: "\(cell.value)", allowed: "0 to 1000000")
    }
    limits.hostsPerRack = stated.hostsPerRack.value
    limits.hostsPerZone = stated.hostsPerZone.value
    limits.zones = stated.zones.value
    return limits
  }

  private static func hosts(
    _ file: RollingInstanceFile
  ) throws(PlacementInstanceError) -> RollingProblem.Hosts {
    let ranges = [
      0...1_000_000, 0...1_000_000, 0...2, PlacementInstance.amounts, PlacementInstance.amounts,
      PlacementInstance.amounts, 0...1,
    ]
    var hosts = RollingProblem.Hosts()
    for (index, row) in file.hosts.enumerated() {
      for (column, range) in ranges.enumerated() {
        try PlacementInstance.check(
          row[column], in: range, "hosts", index, RollingInstanceFile.hostColumns[column])
      }
      hosts.zone.append(row[0])
      hosts.rack.append(row[1])
      hosts.kind.append(0)
      hosts.capacity += row[3...5].map(Int64.init)
      hosts.isDue.append(row[6] == 1)
      hosts.isOpen.append(true)
    }
    return hosts
  }

  private static func vms(
    _ file: RollingInstanceFile, _ groups: [Int: Int]
  ) throws(PlacementInstanceError) -> RollingProblem.VMs {
    var demands: [[Int64]] = []
    for (index, flavor) in file.flavors.enumerated() {
      let cells = [("vcpu", flavor.vcpu), ("ram_gib", flavor.ramGiB), ("gpu", flavor.gpu)]
      for (column, cell) in cells {
        try PlacementInstance.check(
          cell.value, in: PlacementInstance.amounts, "flavors", index, column)
      }
      demands.append(cells.map { Int64($0.1.value) })
    }
    var vms = RollingProblem.VMs()
    for (index, row) in file.vms.enumerated() {
      guard demands.indices.contains(row.flavor), file.hosts.indices.contains(row.host) else {
        let isFlavor = !demands.indices.contains(row.flavor)
        throw .outOfRange(
          keyPath: "vms[\(index)].\(isFlavor ? "flavor" : "host")",
          found: "\(isFlavor ? row.flavor : row.host)", allowed: "a position in its list")
      }
      guard ["live", "stop"].contains(row.policy) else {
        throw .outOfRange(
          keyPath: "vms[\(index)].policy", found: row.policy, allowed: "live or stop")
      }
      guard row.group == -1 || groups[row.group] != nil else {
        throw .outOfRange(
          keyPath: "vms[\(index)].group", found: "\(row.group)", allowed: "-1 or the id of a group")
      }
      let demand = demands[row.flavor]
      vms.host.append(row.host)
      vms.kind.append(0)
      vms.movement.append(row.policy == "live" ? .moves : .stopsInPlace)
      vms.isRestarted.append(row.policy == "live" && demand[2] == 0)
      vms.group.append(groups[row.group] ?? -1)
      vms.demand += demand
    }
    return vms
  }

  private static func refusal(_ error: DecodingError) -> PlacementInstanceError {
    let (path, reason): ([any CodingKey], String) =
      switch error {
      case .keyNotFound(let key, let context): (context.codingPath + [key], "missing")
      case .typeMismatch(let type, let context):
        (
          context.codingPath,
          type == Double.self ? "must be a whole number" : "must be a text, a list or an object"
        )
      case .valueNotFound(_, let context): (context.codingPath, "must not be empty")
      case .dataCorrupted(let context): (context.codingPath, context.debugDescription)
      @unknown default: ([], "\(error)")
      }
    if path.isEmpty { return .notJSON(reason: reason) }
    let text = path.reduce(into: "") { text, key in
      if let index = key.intValue {
        text += "[\(index)]"
      } else {
        text += text.isEmpty ? key.stringValue : "." + key.stringValue
      }
    }
    return .malformed(keyPath: text, reason: reason)
  }
}
