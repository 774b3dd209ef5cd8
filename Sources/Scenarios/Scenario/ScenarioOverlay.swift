import CloudModel
import Documents
import Policies

/// Adds to a cloud what a scenario knows and the cloud does not show.
struct ScenarioOverlay {
  let record: ScenarioRecord

  func apply(to cloud: inout Cloud, _ reading: inout Reading) {
    for (index, flavor) in record.flavors.enumerated() {
      reading.within(.key("flavors")) { (reading: inout Reading) in
        reading.within(.index(index)) { (reading: inout Reading) in
          apply(flavor, to: &cloud, &reading)
        }
      }
    }
    for (index, device) in record.devices.enumerated() {
      reading.within(.key("devices")) { (reading: inout Reading) in
        reading.within(.index(index)) { (reading: inout Reading) in
          apply(device, to: &cloud, &reading)
        }
      }
    }
    // Pools stand in the order of their hosts, whoever added them.
    cloud.devicePools = cloud.devicePools.enumerated()
      .sorted { ($0.element.host, $0.offset) < ($1.element.host, $1.offset) }.map(\.element)
    for (index, group) in record.groups.enumerated() {
      reading.within(.key("groups")) { (reading: inout Reading) in
        reading.within(.index(index)) { (reading: inout Reading) in
          apply(group, to: &cloud, &reading)
        }
      }
    }
    checkStrategy(&reading)
    reading.within(.key("migration")) { reading in
      MigrationCheck(record: record.migration, cloud: cloud).check(&reading)
    }
  }

  private func apply(
    _ flavor: ScenarioFlavorRecord, to cloud: inout Cloud, _ reading: inout Reading
  ) {
    let indices = cloud.flavors.indices.filter { index in
      flavor.names.contains { VMSelector.wildcard($0, matches: cloud.flavors[index].name) }
    }
    if indices.isEmpty {
      reading.report(
        .unknownReference, "no flavor of the cloud matches \(flavor.names.joined(separator: ", "))",
        at: .none, help: "name flavors of the cloud; `*` stands for any letters")
    }
    for index in indices {
      for entry in flavor.extraSpecs.entries {
        cloud.flavors[index].extraSpecs[entry.key] = entry.value
        guard entry.key.hasPrefix("trait:") else { continue }
        let trait = String(entry.key.dropFirst("trait:".count))
        if !cloud.traits.contains(trait) { cloud.traits.append(trait) }
      }
    }
  }

  /// What the scenario states about the devices of a host replaces what was derived.
  private func apply(
    _ device: ScenarioDeviceRecord, to cloud: inout Cloud, _ reading: inout Reading
  ) {
    let hosts = (0..<cloud.hosts.count).filter { host in
      device.hosts.contains { VMSelector.wildcard($0, matches: cloud.hosts.names[host]) }
    }
    if hosts.isEmpty {
      reading.report(
        .unknownReference, "no host of the cloud matches \(device.hosts.joined(separator: ", "))",
        at: .none, help: "name hosts of the cloud; `*` stands for any letters")
    }
    let type: Int
    if let known = cloud.deviceTypes.firstIndex(where: { $0.name == device.type }) {
      type = known
      if device.isLiveMigratable { cloud.deviceTypes[type].isLiveMigratable = true }
    } else {
      type = cloud.deviceTypes.count
      cloud.deviceTypes.append(
        DeviceType(name: device.type, isLiveMigratable: device.isLiveMigratable))
    }
    for host in hosts {
      cloud.devicePools.removeAll { $0.host == host && $0.type == type && $0.evidence != .stated }
      cloud.devicePools.append(
        DevicePool(
          host: host, type: type, numaNode: device.numaNode.map(Int.init),
          total: Int(device.count), evidence: .stated))
    }
  }

  private func apply(
    _ group: ScenarioGroupRecord, to cloud: inout Cloud, _ reading: inout Reading
  ) {
    let indices = cloud.groups.indices.filter {
      cloud.groups[$0].name == group.name || cloud.groups[$0].id == group.name
    }
    if indices.isEmpty {
      let names = cloud.groups.map(\.name)
      let near = NearMiss.nearest(to: group.name, among: names).map { "did you mean `\($0)`? " }
      reading.report(
        .unknownReference, "the cloud has no server group `\(group.name)`", at: .none,
        help: (near ?? "") + "there are: \(names.prefix(8).joined(separator: ", "))")
    }
    for index in indices {
      cloud.groups[index].minimumRunning = group.minimumRunning.map(Int.init)
      cloud.groups[index].readyAfter = SimulatedDuration(microseconds: group.readyAfter)
    }
  }

  private func checkStrategy(_ reading: inout Reading) {
    let name = record.evacuation.strategy
    let known = PolicyCatalog.evacuation.map { $0.name }
    guard !known.contains(name) else { return }
    reading.within(.key("evacuation")) { reading in
      reading.within(.key("strategy")) { reading in
        reading.report(
          .unknownReference, "there is no evacuation strategy `\(name)`", at: .none,
          help: (NearMiss.nearest(to: name, among: known).map { "did you mean `\($0)`? " } ?? "")
            + "there are: \(known.joined(separator: ", "))")
      }
    }
  }
}
