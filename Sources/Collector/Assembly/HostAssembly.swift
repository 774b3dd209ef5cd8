import CloudModel
import Scenarios

/// Makes host records: capacity from Placement, state from the services.
struct HostAssembly {
  let answers: OpenStackAnswers
  let tree: ProviderTree
  let directory: HostDirectory
  let zones: ZoneMap
  private(set) var findings: [FindingRecord] = []

  init(
    _ answers: OpenStackAnswers, tree: ProviderTree, directory: HostDirectory, zones: ZoneMap
  ) {
    self.answers = answers
    self.tree = tree
    self.directory = directory
    self.zones = zones
  }

  /// The records in the directory's order, without classes and devices.
  ///
  /// **Errors**: `contradiction` for amounts that cannot be.
  mutating func records() throws(CollectorError) -> [HostRecord] {
    var records: [HostRecord] = []
    var dedicated: [String] = []
    for (host, entry) in directory.entries.enumerated() {
      var record = HostRecord()
      record.name = entry.name
      record.zone = zones.zoneOfHost[host]
      record.aggregates = zones.aggregatesOfHost[host]
      try fillCapacity(of: &record, entry)
      fillState(of: &record, entry)
      let hasDedicated = entry.providers.contains { tree.providers[$0].inventories["PCPU"] != nil }
      if hasDedicated { dedicated.append(entry.name) }
      records.append(record)
    }
    if !dedicated.isEmpty {
      findings.append(
        FindingKind.dedicatedCPUs.finding(
          dedicated.joined(separator: ", "),
          "Dedicated CPUs (PCPU) are added to the shared ones: how many of each are left is lost."))
    }
    return records
  }

  private mutating func fillCapacity(
    of record: inout HostRecord, _ entry: HostEntry
  ) throws(CollectorError) {
    var offers: [String: OfferedAmount] = [:]
    for index in entry.providers {
      let provider = tree.providers[index]
      for name in ResourceAmounts.processorClasses
        + [ResourceAmounts.memoryClass, ResourceAmounts.diskClass]
      {
        guard let inventory = provider.inventories[name] else { continue }
        let offer = try OfferedAmount(inventory, class: name, file: provider.inventoriesFile)
        let earlier = offers[name]
        offers[name] = offer
        offers[name]?.capacity = try ResourceAmounts.checked(
          offer.capacity + (earlier?.capacity ?? 0), upTo: ResourceAmounts.limit(of: name),
          file: provider.inventoriesFile, path: "inventories.\(name)")
        offers[name]?.largest = max(offer.largest, earlier?.largest ?? 0)
      }
    }
    if offers[ResourceAmounts.diskClass] == nil {
      offers[ResourceAmounts.diskClass] = try sharedDisk(of: entry)
    }
    if entry.providers.isEmpty {
      try fillPhysical(of: &record, entry)
      return
    }
    let processors = ResourceAmounts.processorClasses.compactMap { offers[$0] }
    record.vcpus = processors.reduce(0) { $0 + $1.capacity }
    let largest = processors.map(\.largest).max() ?? 0
    record.largestVCPUs = largest < record.vcpus ? largest : nil
    if let memory = offers[ResourceAmounts.memoryClass] {
      record.memory = ResourceAmounts.bytes(mebibytes: memory.capacity)
      record.largestMemory =
        memory.largest < memory.capacity ? ResourceAmounts.bytes(mebibytes: memory.largest) : nil
    }
    if let disk = offers[ResourceAmounts.diskClass] {
      record.disk = ResourceAmounts.bytes(gibibytes: disk.capacity)
      record.largestDisk =
        disk.largest < disk.capacity ? ResourceAmounts.bytes(gibibytes: disk.largest) : nil
    }
  }

  /// What the hypervisor told of itself, for a host that Placement does not know.
  private func fillPhysical(
    of record: inout HostRecord, _ entry: HostEntry
  ) throws(CollectorError) {
    guard let details = entry.details else { return }
    func amount(
      _ amount: Int64?, of name: String, _ field: String
    ) throws(CollectorError) -> Int64 {
      try ResourceAmounts.checked(
        amount ?? 0, upTo: ResourceAmounts.limit(of: name), file: details.file,
        path: "\(details.path).\(field)")
    }
    record.vcpus = try amount(details.value.vcpus, of: "VCPU", "vcpus")
    record.memory = ResourceAmounts.bytes(
      mebibytes: try amount(
        details.value.memoryMb, of: ResourceAmounts.memoryClass, "memory_mb"))
    record.disk = ResourceAmounts.bytes(
      gibibytes: try amount(details.value.localGb, of: ResourceAmounts.diskClass, "local_gb"))
  }

  /// The disk of a provider that shares with all hosts of its aggregates.
  private mutating func sharedDisk(of entry: HostEntry) throws(CollectorError) -> OfferedAmount? {
    guard let root = entry.providers.first else { return nil }
    let mine = Set(tree.providers[root].aggregates)
    for index in tree.providers.indices where tree.isSharing(index) {
      let provider = tree.providers[index]
      guard !mine.isDisjoint(with: provider.aggregates),
        let inventory = provider.inventories[ResourceAmounts.diskClass]
      else { continue }
      findings.append(
        FindingKind.sharedStorage.finding(
          entry.name,
          "Its disk is that of \(provider.provider.value.name), which other hosts use as well: the "
            + "sum over hosts counts it more than once."))
      return try OfferedAmount(
        inventory, class: ResourceAmounts.diskClass, file: provider.inventoriesFile)
    }
    return nil
  }

  private mutating func fillState(of record: inout HostRecord, _ entry: HostEntry) {
    let service = answers.services?.first { $0.value.host == entry.serviceHost }?.value
    let isDown =
      service.map { $0.forcedDown == true || $0.state == "down" }
      ?? (entry.hypervisor.map { $0.state == "down" } ?? true)
    let isDisabled = (service?.status ?? entry.hypervisor?.status) == "disabled"
    record.note = service?.disabledReason ?? entry.hypervisor?.service?.disabledReason ?? ""
    let reason = record.note.isEmpty ? "no reason is given" : "reason: \(record.note)"
    if isDown {
      record.state = .down
      let how = service?.forcedDown == true ? "declared down" : "not answering"
      findings.append(
        FindingKind.hostDown.finding(
          entry.name, "It is \(how)\(isDisabled ? " and disabled" : ""); \(reason)."))
    } else if isDisabled {
      record.state = .disabled
      findings.append(
        FindingKind.hostDisabled.finding(entry.name, "It is closed for new VMs; \(reason)."))
    }
  }
}
