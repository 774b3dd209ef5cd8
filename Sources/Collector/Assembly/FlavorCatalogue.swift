import CloudModel
import Scenarios

/// The flavors of the list, and those that servers were booted with if they are others by now.
struct FlavorCatalogue {
  /// A flavor's sizes as Nova has them: MiB of memory and swap, GiB of disk.
  struct Sizes: Sendable, Equatable {
    var vcpus: Int64
    var memory: Int64
    var root: Int64
    var ephemeral: Int64
    var swap: Int64
  }

  /// A flavor that VMs may refer to.
  struct Entry: Sendable {
    var record: FlavorRecord
    var sizes: Sizes
    var specs: [String: String]
    var requests: FlavorRequests
  }

  private(set) var entries: [Entry] = []
  private(set) var findings: [FindingRecord] = []
  private var indexByName: [String: Int] = [:]
  private var indexByID: [String: Int] = [:]
  /// Flavors as booted, by the name they had.
  private var booted: [String: [Int]] = [:]
  private var usersOfBooted: [Int: [String]] = [:]

  /// **Errors**: `contradiction` for impossible sizes and for a name that is there twice.
  init(_ flavors: [Recorded<OpenStackFlavor>]) throws(CollectorError) {
    for flavor in flavors {
      let value = flavor.value
      guard indexByName[value.name] == nil else {
        throw flavor.contradiction("name", value.name, allowed: "a name that is listed once")
      }
      let sizes = Sizes(
        vcpus: value.vcpus, memory: value.ram, root: value.disk, ephemeral: value.ephemeral ?? 0,
        swap: value.swap?.value ?? 0)
      let index = try add(
        name: value.name, sizes: sizes, specs: value.extraSpecs ?? [:],
        isPublic: value.isPublic ?? true, file: flavor.file, path: flavor.path)
      indexByName[value.name] = index
      indexByID[value.id] = index
    }
  }

  /// The index of a server's flavor; one that is not in the list is added.
  ///
  /// **Errors**: `contradiction` for impossible sizes.
  mutating func index(of server: Recorded<OpenStackServer>) throws(CollectorError) -> Int {
    let flavor = server.value.flavor
    let path = "\(server.path).flavor"
    guard let vcpus = flavor.vcpus, let memory = flavor.ram else {
      return try index(ofID: flavor.id ?? flavor.originalName ?? "unknown", server)
    }
    let sizes = Sizes(
      vcpus: vcpus, memory: memory, root: flavor.disk ?? 0, ephemeral: flavor.ephemeral ?? 0,
      swap: flavor.swap?.value ?? 0)
    let name = flavor.originalName ?? flavor.id ?? "unknown"
    if let index = indexByName[name], matches(index, sizes, flavor.extraSpecs) { return index }
    if let index = booted[name]?.first(where: { matches($0, sizes, flavor.extraSpecs) }) {
      usersOfBooted[index, default: []].append(server.value.name)
      return index
    }
    let count = booted[name]?.count ?? 0
    let index = try add(
      name: count == 0 ? "\(name) (as booted)" : "\(name) (as booted, \(count + 1))", sizes: sizes,
      specs: flavor.extraSpecs ?? [:], isPublic: false, file: server.file, path: path)
    booted[name, default: []].append(index)
    usersOfBooted[index] = [server.value.name]
    return index
  }

  /// Before version 2.47 a server tells only its flavor's id, and the flavor may be gone.
  private mutating func index(
    ofID id: String, _ server: Recorded<OpenStackServer>
  ) throws(CollectorError) -> Int {
    if let index = indexByID[id] { return index }
    let sizes = Sizes(vcpus: 0, memory: 0, root: 0, ephemeral: 0, swap: 0)
    let index = try add(
      name: id, sizes: sizes, specs: [:], isPublic: false, file: server.file, path: server.path)
    indexByID[id] = index
    findings.append(
      FindingKind.flavorGone.finding(
        id, "It is not listed; its VMs have the sizes of their allocations."))
    return index
  }

  /// Findings about flavors as booted; to be asked for when all servers are done.
  var bootedFindings: [FindingRecord] {
    usersOfBooted.keys.sorted().map { index in
      let users = (usersOfBooted[index] ?? []).sorted()
      return FindingKind.flavorAsBooted.finding(
        entries[index].record.name,
        "\(users.count) VM(s) were made from a flavor of this name that changed or is gone: "
          + users.joined(separator: ", "))
    }
  }

  private mutating func add(
    name: String, sizes: Sizes, specs: [String: String], isPublic: Bool, file: String, path: String
  ) throws(CollectorError) -> Int {
    func check(
      _ amount: Int64, of name: String, _ field: String
    ) throws(CollectorError) {
      _ = try ResourceAmounts.checked(
        amount, upTo: ResourceAmounts.limit(of: name), file: file, path: "\(path).\(field)")
    }
    try check(sizes.vcpus, of: "VCPU", "vcpus")
    try check(sizes.memory, of: ResourceAmounts.memoryClass, "ram")
    try check(sizes.root, of: ResourceAmounts.diskClass, "disk")
    try check(sizes.ephemeral, of: ResourceAmounts.diskClass, "ephemeral")
    try check(sizes.swap, of: ResourceAmounts.memoryClass, "swap")
    let requests = try FlavorRequests(specs, file: file, path: "\(path).extra_specs")
    var record = FlavorRecord()
    record.name = name
    record.vcpus = Self.amount("VCPU", sizes.vcpus, requests) + (requests.additions["PCPU"] ?? 0)
    record.memory = ResourceAmounts.bytes(
      mebibytes: Self.amount(ResourceAmounts.memoryClass, sizes.memory, requests))
    // Placement counts whole GiB: a swap of any size takes at least one.
    let disk = sizes.root + sizes.ephemeral + (sizes.swap + 1_023) / 1_024
    record.disk = ResourceAmounts.bytes(
      gibibytes: Self.amount(ResourceAmounts.diskClass, disk, requests))
    record.isPublic = isPublic
    for (key, value) in specs { record.extraSpecs[key] = value }
    entries.append(Entry(record: record, sizes: sizes, specs: specs, requests: requests))
    return entries.count - 1
  }

  private static func amount(_ name: String, _ own: Int64, _ requests: FlavorRequests) -> Int64 {
    (requests.overrides[name] ?? own) + (requests.additions[name] ?? 0)
  }

  /// Equal sizes and, where both are known, equal extra specs of those that placement obeys.
  private func matches(_ index: Int, _ sizes: Sizes, _ specs: [String: String]?) -> Bool {
    guard entries[index].sizes == sizes else { return false }
    guard let specs, !entries[index].specs.isEmpty else { return true }
    func binding(_ specs: [String: String]) -> [String: String] {
      specs.filter { key, _ in
        Self.bindingPrefixes.contains { key.hasPrefix($0) } || !key.contains(":")
      }
    }
    return binding(specs) == binding(entries[index].specs)
  }

  private static let bindingPrefixes = [
    "accel:", "aggregate_instance_extra_specs:", "capabilities:", "hw:", "pci_passthrough:",
    "resources", "trait",
  ]
}
