import CloudModel
import Scenarios

/// Puts the answers of an OpenStack cloud together into the record of a cloud.
enum CloudAssembly {
  /// The cloud, all lists in a fixed order: hosts, flavors, zones by name, VMs by name, then id.
  ///
  /// **Errors**: `emptyCloud`, `contradiction`, `unexpectedValue`, `notVisible`.
  static func cloud(of answers: OpenStackAnswers) throws(CollectorError) -> CloudRecord {
    let tree = try ProviderTree(answers.providers)
    let directory = try HostDirectory(answers, tree: tree)
    let zones = try ZoneMap(answers, directory: directory)
    var hostAssembly = HostAssembly(answers, tree: tree, directory: directory, zones: zones)
    var hosts = try hostAssembly.records()
    let classes = HostClassAssembly(&hosts, directory: directory, tree: tree)

    let servers = answers.servers.sorted {
      ($0.value.name, $0.value.id) < ($1.value.name, $1.value.id)
    }
    var catalogue = try FlavorCatalogue(answers.flavors)
    var places: [String: AllocationLedger.ServerPlace] = [:]
    var flavorOfServer: [Int] = []
    for server in servers {
      places[server.value.id] = AllocationLedger.ServerPlace(
        name: server.value.name, host: try directory.host(of: server))
      flavorOfServer.append(try catalogue.index(of: server))
    }
    let ledger = try AllocationLedger(
      answers, places: places, directory: directory, tree: tree)
    let users = servers.enumerated().map { index, server in
      DeviceAssembly.User(
        requests: catalogue.entries[flavorOfServer[index]].requests,
        host: places[server.value.id]?.host, taken: ledger.taken[server.value.id] ?? [:])
    }
    let devices = try DeviceAssembly(
      flavors: catalogue.entries, users: users, directory: directory, tree: tree, hosts: &hosts)
    let images = try ImageAssembly(answers.images, servers: servers.map(\.value))
    let groups = try GroupAssembly(answers.groups, servers: servers.map(\.value))
    let projects = ProjectAssembly(answers.projects, servers: servers.map(\.value))
    var vmAssembly = VMAssembly(
      flavors: catalogue.entries, directory: directory, ledger: ledger, groups: groups,
      projects: projects.nameByID)

    var cloud = CloudRecord()
    cloud.name = answers.source
    cloud.source = sourceText(answers)
    cloud.takenAt = takenAt(answers)
    cloud.aggregates = zones.aggregates
    cloud.hostClasses = classes.classes.sorted { $0.name < $1.name }
    cloud.deviceTypes = devices.types
    cloud.flavors = catalogue.entries.map { entry in
      var record = entry.record
      record.devices = devices.requests(of: entry)
      return record
    }.sorted { $0.name < $1.name }
    cloud.images = images.records
    cloud.projects = projects.records
    cloud.groups = groups.records
    cloud.hosts = hosts
    cloud.held = ledger.held
    for (index, server) in servers.enumerated() {
      cloud.vms.append(
        vmAssembly.record(
          server.value, flavor: flavorOfServer[index], host: places[server.value.id]?.host))
    }
    let zoneFindings = fillZones(of: &cloud)
    cloud.findings =
      (answers.findings + directory.findings + hostAssembly.findings + classes.findings
      + catalogue.findings + catalogue.bootedFindings + ledger.findings + devices.findings
      + images.findings + groups.findings + vmAssembly.findings + zoneFindings
      + StateChecks.overFullHosts(in: cloud) + StateChecks.violatedGroups(in: cloud))
      .sorted { ($0.kind, $0.subject, $0.text) < ($1.kind, $1.subject, $1.text) }
    return cloud
  }

  /// Zones of hosts and, so that nothing refers to an unknown one, those that VMs are pinned to.
  private static func fillZones(of cloud: inout CloudRecord) -> [FindingRecord] {
    let inhabited = Set(cloud.hosts.compactMap(\.zone))
    let pinned = Set(cloud.vms.compactMap(\.pinnedZone))
    cloud.zones = inhabited.union(pinned).sorted().map { name in
      var zone = ZoneRecord()
      zone.name = name
      return zone
    }
    return pinned.subtracting(inhabited).sorted().map { zone in
      FindingKind.zoneWithoutHosts.finding(zone, "VMs are pinned to it, but no host is in it.")
    }
  }

  private static func sourceText(_ answers: OpenStackAnswers) -> String {
    let versions = [
      answers.novaVersion.map { "compute \($0)" },
      answers.placementVersion.map { "placement \($0)" },
    ].compactMap { $0 }
    return "OpenStack, \(answers.source)"
      + (versions.isEmpty ? "" : " (\(versions.joined(separator: ", ")))")
  }

  /// The latest heartbeat or change that is told: nothing in the answers says when they were given.
  private static func takenAt(_ answers: OpenStackAnswers) -> Int64? {
    let beats = (answers.services ?? []).compactMap(\.value.updatedAt)
    let changes = answers.servers.compactMap(\.value.updated)
    return (beats + changes).compactMap(Timestamps.microseconds).max()
  }
}
