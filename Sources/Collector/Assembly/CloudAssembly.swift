import CloudModel
import Scenarios

/// Puts the answers of an OpenStack cloud together into the record of a cloud.
struct CloudAssembly {
  private let answers: OpenStackAnswers
  private let tree: ProviderTree
  private let directory: HostDirectory
  /// By name, then id.
  private let servers: [Recorded<OpenStackServer>]
  private var cloud = CloudRecord()

  /// The cloud, all lists in a fixed order: hosts, flavors, zones by name, VMs by name, then id.
  ///
  /// **Errors**: `emptyCloud`, `contradiction`, `unexpectedValue`, `notVisible`.
  static func cloud(of answers: OpenStackAnswers) throws(CollectorError) -> CloudRecord {
    var assembly = try CloudAssembly(answers)
    try assembly.addHosts()
    try assembly.addVMs()
    assembly.addZones()
    assembly.note(StateChecks.overFullHosts(in: assembly.cloud))
    assembly.note(StateChecks.violatedGroups(in: assembly.cloud))
    assembly.cloud.findings.sort {
      ($0.kind, $0.subject, $0.text) < ($1.kind, $1.subject, $1.text)
    }
    return assembly.cloud
  }

  private init(_ answers: OpenStackAnswers) throws(CollectorError) {
    self.answers = answers
    tree = try ProviderTree(answers.providers)
    directory = try HostDirectory(answers, tree: tree)
    servers = answers.servers.sorted {
      ($0.value.name, $0.value.id) < ($1.value.name, $1.value.id)
    }
    cloud.name = answers.source
    cloud.source = Self.sourceText(answers)
    cloud.takenAt = Self.takenAt(answers)
    note(answers.findings)
    note(directory.findings)
  }

  private mutating func note(_ findings: [FindingRecord]) { cloud.findings += findings }

  private mutating func addHosts() throws(CollectorError) {
    let zones = try ZoneMap(answers, directory: directory)
    var assembly = HostAssembly(answers, tree: tree, directory: directory, zones: zones)
    cloud.hosts = try assembly.records()
    let classes = HostClassAssembly(&cloud.hosts, directory: directory, tree: tree)
    cloud.hostClasses = classes.classes.sorted { $0.name < $1.name }
    cloud.aggregates = zones.aggregates
    note(assembly.findings)
    note(classes.findings)
  }

  private mutating func addVMs() throws(CollectorError) {
    var catalogue = try FlavorCatalogue(answers.flavors)
    var places: [String: AllocationLedger.ServerPlace] = [:]
    var flavors: [Int] = []
    for server in servers {
      places[server.value.id] = AllocationLedger.ServerPlace(
        name: server.value.name, host: try directory.host(of: server))
      flavors.append(try catalogue.index(of: server))
    }
    let ledger = try AllocationLedger(
      answers, places: places, directory: directory, tree: tree)
    cloud.held = ledger.held
    note(catalogue.findings + catalogue.bootedFindings + ledger.findings)

    let users = zip(servers, flavors).map { server, flavor in
      DeviceAssembly.User(
        requests: catalogue.entries[flavor].requests, host: places[server.value.id]?.host,
        taken: ledger.taken[server.value.id] ?? [:])
    }
    try addFlavors(catalogue.entries, users: users)
    let surroundings = try addSurroundings()
    var assembly = VMAssembly(
      flavors: catalogue.entries, directory: directory, ledger: ledger,
      groups: surroundings.groups, projects: surroundings.projects.nameByID)
    cloud.vms = zip(servers, flavors).map { server, flavor in
      assembly.record(server.value, flavor: flavor, host: places[server.value.id]?.host)
    }
    assembly.noteUnknowns(of: servers.map(\.value))
    note(assembly.findings)
  }

  /// Flavors with the devices that they ask for, and the devices of hosts.
  private mutating func addFlavors(
    _ entries: [FlavorCatalogue.Entry], users: [DeviceAssembly.User]
  ) throws(CollectorError) {
    let devices = try DeviceAssembly(
      flavors: entries, users: users, directory: directory, tree: tree, hosts: &cloud.hosts)
    cloud.deviceTypes = devices.types
    cloud.flavors = entries.map { entry in
      var record = entry.record
      record.devices = devices.requests(of: entry)
      return record
    }
    cloud.flavors.sort { $0.name < $1.name }
    note(devices.findings)
  }

  /// Images, projects and groups: what VMs refer to besides flavors and hosts.
  private mutating func addSurroundings() throws(CollectorError) -> (
    groups: GroupAssembly, projects: ProjectAssembly
  ) {
    let values = servers.map(\.value)
    let images = try ImageAssembly(answers.images, servers: values)
    let groups = try GroupAssembly(answers.groups, servers: values)
    let projects = ProjectAssembly(answers.projects, servers: values)
    cloud.images = images.records
    cloud.groups = groups.records
    cloud.projects = projects.records
    note(images.findings + groups.findings)
    return (groups, projects)
  }

  /// Zones of hosts and, so that nothing refers to an unknown one, those that VMs are pinned to.
  private mutating func addZones() {
    let inhabited = Set(cloud.hosts.compactMap(\.zone))
    let pinned = Set(cloud.vms.compactMap(\.pinnedZone))
    cloud.zones = inhabited.union(pinned).sorted().map { name in
      var zone = ZoneRecord()
      zone.name = name
      return zone
    }
    let empty = pinned.subtracting(inhabited).sorted()
    note(
      empty.map { zone in
        FindingKind.zoneWithoutHosts.finding(zone, "VMs are pinned to it, but no host is in it.")
      })
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
