import Scenarios

/// Who takes what: Placement's allocations shared out among VMs, moves and what belongs to nobody.
struct AllocationLedger {
  /// By server and resource class, on its own host and on shared providers; no entry: no
  /// allocation there.
  private(set) var taken: [String: [String: Int64]] = [:]
  /// By host, then holder.
  private(set) var held: [HeldRecord] = []
  private(set) var findings: [FindingRecord] = []
  /// By host: whether all its allocations could be read.
  private(set) var isReadable: [Bool]

  private let directory: HostDirectory
  private let tree: ProviderTree
  private var serverByID: [String: ServerPlace] = [:]
  private var migrationByID: [String: OpenStackMigration] = [:]
  private let migrations: [OpenStackMigration]
  private let migrationsAreKnown: Bool

  /// A server with the index of its host.
  struct ServerPlace: Sendable {
    var name: String
    var host: Int?
  }

  /// What a consumer has on one host.
  private struct Portion {
    var host: Int
    var resources: [String: Int64]
  }

  /// **Errors**: `contradiction` for amounts that cannot be.
  init(
    _ answers: OpenStackAnswers, places: [String: ServerPlace], directory: HostDirectory,
    tree: ProviderTree
  ) throws(CollectorError) {
    self.directory = directory
    self.tree = tree
    serverByID = places
    migrationsAreKnown = answers.migrations != nil
    migrations = (answers.migrations ?? []).map(\.value)
    for migration in migrations {
      if let uuid = migration.uuid { migrationByID[uuid] = migration }
    }
    isReadable = Array(repeating: true, count: directory.entries.count)
    try share()
    held.sort { ($0.host, $0.holder) < ($1.host, $1.holder) }
  }

  private mutating func share() throws(CollectorError) {
    var portions: [String: [Portion]] = [:]
    for (index, provider) in tree.providers.enumerated() {
      guard let allocations = provider.allocations else {
        if let host = directory.hostOfProvider[index] { isReadable[host] = false }
        continue
      }
      try check(provider, allocations)
      for (consumer, resources) in allocations.sorted(by: { $0.key < $1.key }) {
        guard let host = directory.hostOfProvider[index] else {
          addApart(consumer, resources, from: index)
          continue
        }
        var list = portions[consumer] ?? []
        if let place = list.firstIndex(where: { $0.host == host }) {
          list[place].resources.merge(resources, uniquingKeysWith: +)
        } else {
          list.append(Portion(host: host, resources: resources))
        }
        portions[consumer] = list
      }
    }
    let consumers = portions.keys.sorted()
    // Servers first: whether a migration's portion is its server's depends on what that has itself.
    for consumer in consumers where serverByID[consumer] != nil {
      for portion in portions[consumer] ?? [] { addServer(consumer, portion) }
    }
    for consumer in consumers where serverByID[consumer] == nil {
      for portion in portions[consumer] ?? [] { addOther(consumer, portion) }
    }
  }

  /// On providers that are no host's: shared storage counts for its server, a left-over is told.
  private mutating func addApart(
    _ consumer: String, _ resources: [String: Int64], from index: Int
  ) {
    if tree.isSharing(index), serverByID[consumer] != nil {
      taken[consumer, default: [:]].merge(resources, uniquingKeysWith: +)
      return
    }
    let who = serverByID[consumer].map { "VM \($0.name)" } ?? "consumer \(consumer)"
    findings.append(
      FindingKind.orphanAllocation.finding(
        consumer,
        "\(who) has an allocation of \(Self.text(resources)) at the provider "
          + "\(tree.providers[index].provider.value.name), which is no host's."))
  }

  private mutating func addServer(_ id: String, _ portion: Portion) {
    guard let server = serverByID[id] else { return }
    if server.host == portion.host {
      taken[id, default: [:]].merge(portion.resources, uniquingKeysWith: +)
      return
    }
    let here = directory.entries[portion.host].serviceHost
    let move = migrations.first { $0.instanceUUID == id && !$0.isOver && $0.destCompute == here }
    if let move, move.migrationType != "evacuation" {
      hold(portion, by: "migration of VM \(server.name)")
      findings.append(
        FindingKind.moveRunning.finding(
          server.name,
          "A move to \(directory.entries[portion.host].name) is under way and holds a "
            + "place there."))
      return
    }
    let left = migrations.contains { $0.instanceUUID == id && $0.sourceCompute == here }
    hold(portion, by: "allocation of VM \(server.name), which is elsewhere")
    let whereItIs = server.host.map { "on \(directory.entries[$0].name)" } ?? "on no host"
    findings.append(
      FindingKind.allocationElsewhere.finding(
        server.name,
        "It is \(whereItIs) but still holds \(Self.text(portion.resources)) on "
          + "\(directory.entries[portion.host].name)"
          + (left ? ", from where it was moved." : ".")))
  }

  private mutating func addOther(_ consumer: String, _ portion: Portion) {
    guard let migration = migration(consumer, at: portion.host),
      let server = serverByID[migration.instanceUUID]
    else {
      hold(portion, by: "orphan allocation \(consumer)")
      findings.append(
        FindingKind.orphanAllocation.finding(
          consumer,
          "Nobody is known to whom its \(Self.text(portion.resources)) on "
            + "\(directory.entries[portion.host].name) belong; no VM gets them. A move that began "
            + "while the cloud was read looks the same."
            + (migrationsAreKnown ? "" : " Migrations are not known: it may be one.")))
      return
    }
    // While a VM is moved its place at the source stands under the migration's name.
    if server.host == portion.host, taken[migration.instanceUUID] == nil {
      taken[migration.instanceUUID] = portion.resources
      return
    }
    hold(portion, by: "migration of VM \(server.name)")
    if migration.isOver {
      findings.append(
        FindingKind.orphanAllocation.finding(
          consumer,
          "It belongs to a migration of VM \(server.name) that is over (\(migration.status)) and "
            + "still holds \(Self.text(portion.resources)) on "
            + "\(directory.entries[portion.host].name)."))
    }
  }

  /// The migration with a UUID; before version 2.59, which told none, the only one that is under way
  /// from the host.
  private func migration(_ consumer: String, at host: Int) -> OpenStackMigration? {
    if let migration = migrationByID[consumer] { return migration }
    guard migrationByID.isEmpty else { return nil }
    let source = directory.entries[host].serviceHost
    let candidates = migrations.filter { !$0.isOver && $0.sourceCompute == source }
    return candidates.count == 1 ? candidates[0] : nil
  }

  private mutating func hold(_ portion: Portion, by holder: String) {
    var record = HeldRecord()
    record.host = directory.entries[portion.host].name
    let amounts = Self.amounts(portion.resources)
    record.vcpus = amounts.vcpus
    record.memory = amounts.memory
    record.disk = amounts.disk
    record.holder = holder
    held.append(record)
  }

  private mutating func check(
    _ provider: ProviderAnswers, _ allocations: [String: [String: Int64]]
  ) throws(CollectorError) {
    var sums: [String: Int64] = [:]
    let name = provider.provider.value.name
    for (consumer, resources) in allocations.sorted(by: { $0.key < $1.key }) {
      for (resource, amount) in resources.sorted(by: { $0.key < $1.key }) {
        let path = "allocations.\(consumer).resources.\(resource)"
        let limit = ResourceAmounts.limit(of: resource)
        sums[resource, default: 0] += try ResourceAmounts.checked(
          amount, upTo: limit, file: provider.allocationsFile, path: path)
        // No provider is believed to have more, so that sums over all of a host stay in range.
        _ = try ResourceAmounts.checked(
          sums[resource, default: 0], upTo: limit, file: provider.allocationsFile,
          path: path)
      }
    }
    guard let usages = provider.usages else { return }
    for resource in Set(sums.keys).union(usages.keys).sorted()
    where sums[resource, default: 0] != usages[resource, default: 0] {
      findings.append(
        FindingKind.usageDiffers.finding(
          name,
          "Its usage of \(resource) is \(usages[resource, default: 0]), its allocations sum to "
            + "\(sums[resource, default: 0]); the allocations are taken."))
    }
  }

  /// Bytes and CPUs of amounts by resource class.
  static func amounts(
    _ resources: [String: Int64]
  ) -> (vcpus: Int64, memory: Int64, disk: Int64) {
    (
      ResourceAmounts.processorClasses.reduce(0) { $0 + (resources[$1] ?? 0) },
      ResourceAmounts.bytes(mebibytes: resources[ResourceAmounts.memoryClass] ?? 0),
      ResourceAmounts.bytes(gibibytes: resources[ResourceAmounts.diskClass] ?? 0)
    )
  }

  /// `DISK_GB 20, MEMORY_MB 4096, VCPU 2`.
  static func text(_ resources: [String: Int64]) -> String {
    resources.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }
}
