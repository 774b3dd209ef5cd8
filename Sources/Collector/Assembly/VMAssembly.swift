import CloudModel
import Scenarios

/// Makes VM records of servers.
struct VMAssembly {
  let flavors: [FlavorCatalogue.Entry]
  let directory: HostDirectory
  let ledger: AllocationLedger
  let groups: GroupAssembly
  /// Names of projects by their ids.
  let projects: [String: String]
  private(set) var findings: [FindingRecord] = []

  init(
    flavors: [FlavorCatalogue.Entry], directory: HostDirectory, ledger: AllocationLedger,
    groups: GroupAssembly, projects: [String: String]
  ) {
    self.flavors = flavors
    self.directory = directory
    self.ledger = ledger
    self.groups = groups
    self.projects = projects
  }

  /// What answers about servers as a whole do not tell.
  mutating func noteUnknowns(of servers: [OpenStackServer]) {
    if !servers.isEmpty, !servers.contains(where: \.isPinnedZoneKnown) {
      findings.append(
        FindingKind.pinnedZonesUnknown.finding(
          "servers",
          "Which zone was asked for is told from version 2.96 on; every VM is taken as free to cross "
            + "zones."))
    }
    let count = servers.reduce(0) { $0 + $1.volumes.count }
    if count > 0 {
      findings.append(
        FindingKind.volumesUnknown.finding(
          "volumes",
          "Sizes and zones of \(count) attached volume(s) are not told without the block storage "
            + "service; they are taken as reachable everywhere."))
    }
  }

  /// The record of a server with the indices of its flavor and its host.
  mutating func record(_ server: OpenStackServer, flavor: Int, host: Int?) -> VMRecord {
    var record = VMRecord()
    record.id = server.id
    record.name = server.name
    record.flavor = flavors[flavor].record.name
    record.host = host.map { directory.entries[$0].name }
    record.image = server.image?.id
    record.project = server.project.map { projects[$0] ?? $0 }
    record.pinnedZone = server.pinnedZone.flatMap { $0.isEmpty ? nil : $0 }
    record.group = groups.groupOfServer[server.id]
    record.isLocked = server.isLocked
    record.tags = server.tags
    for (key, value) in server.metadata { record.metadata[key] = value }
    record.disks = server.volumes.map { _ in
      var disk = DiskRecord()
      disk.kind = .volume
      return disk
    }
    setState(of: &record, server)
    setDemand(of: &record, server, flavor: flavors[flavor], host: host)
    return record
  }

  private mutating func setState(of record: inout VMRecord, _ server: OpenStackServer) {
    let state = ServerStates.state(status: server.status, task: server.taskState)
    record.state = state ?? .unknown
    switch record.state {
    case .unknown:
      findings.append(
        FindingKind.unknownState.finding(
          server.name, "Its status is \"\(server.status)\", which is not known."))
    case .error:
      let place = record.host.map { "on \($0)" } ?? "on no host"
      findings.append(
        FindingKind.vmInError.finding(
          server.name,
          "It is \(place). " + (server.fault.map { "Nova says: \($0)" } ?? "No fault is told.")))
    case .resized:
      let place = record.host.map { "on \($0)" } ?? "on no host"
      findings.append(
        FindingKind.resizeWaiting.finding(
          server.name,
          "It is \(place) and waits for its move or resize to be confirmed or reverted; until then "
            + "it also holds its earlier place."))
    case .active, .paused, .stopped, .suspended, .shelved, .busy: break
    }
    // Shelved VMs and those in error are told by their states.
    if record.host == nil && record.state != .shelved && record.state != .error {
      findings.append(
        FindingKind.vmHostUnknown.finding(
          server.name, "It is \(server.status) but no host is told for it."))
    }
  }

  private mutating func setDemand(
    of record: inout VMRecord, _ server: OpenStackServer, flavor: FlavorCatalogue.Entry, host: Int?
  ) {
    let own = flavor.record
    if let taken = ledger.taken[server.id] {
      let amounts = AllocationLedger.amounts(taken)
      record.vcpus = amounts.vcpus == own.vcpus ? nil : amounts.vcpus
      record.memory = amounts.memory == own.memory ? nil : amounts.memory
      record.disk = amounts.disk == own.disk ? nil : amounts.disk
      return
    }
    if server.image == nil, flavor.requests.overrides[ResourceAmounts.diskClass] == nil {
      // Booted from a volume: the flavor's root disk is not on the host.
      let disk = own.disk - ResourceAmounts.bytes(gibibytes: flavor.sizes.root)
      record.disk = disk == own.disk ? nil : disk
    }
    guard let host, ledger.isReadable[host] else { return }
    findings.append(
      FindingKind.vmWithoutAllocation.finding(
        server.name,
        "It is on \(directory.entries[host].name), but Placement has no allocation for it there; it "
          + "is counted by its flavor."))
  }
}
