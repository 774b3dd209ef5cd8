/// An evacuation instance as its file states it: which hosts there are, which are to be emptied,
/// and which VM runs where.
package struct PlacementInstance: Sendable, Equatable {
  /// What a VM takes, or a host has: vCPUs, GiB of RAM, GiB of local disk, GPUs.
  typealias Amounts = [Int64]

  struct HostClass: Sendable, Equatable {
    var vendor: String
    var generation: Int
  }

  struct Host: Sendable, Equatable {
    var zone: Int
    var hostClass: Int
    var capacity: Amounts
    var isDrained: Bool
  }

  struct CPUNeed: Sendable, Hashable {
    var vendor: String
    var generation: Int
  }

  struct VM: Sendable, Equatable {
    var flavor: Int
    var host: Int
    var mayMove: Bool
    /// nil accepts every host class.
    var cpuNeed: CPUNeed?
    var isPinnedToZone: Bool
    var group: Int?
  }

  static let resourceCount = 4

  /// The name in the file.
  package let name: String
  /// The least possible number of VMs left out, if the file states it.
  package let bestKnownUnplaced: Int?
  var flavors: [Amounts]
  let hostClasses: [HostClass]
  var hosts: [Host]
  var vms: [VM]

  /// Number of hosts.
  package var hostCount: Int { hosts.count }
  /// Number of hosts to be emptied.
  package var drainedCount: Int { hosts.count { $0.isDrained } }
  /// Number of VMs that have to move.
  package var movableCount: Int { vms.count { $0.mayMove && hosts[$0.host].isDrained } }

  /// Parses an instance file.
  ///
  /// - Throws: `PlacementInstanceError` with the key path of the first value that is not right.
  package init(json: [UInt8]) throws(PlacementInstanceError) {
    let file = try PlacementInstanceFile.parse(json)
    guard file.problem == "evacuation" else { throw .otherProblem(found: file.problem) }
    try self.init(file)
  }

  /// The hosts and VMs of a file of any problem that has them.
  init(_ file: PlacementInstanceFile) throws(PlacementInstanceError) {
    name = file.name
    bestKnownUnplaced = file.bestKnownUnplaced
    hostClasses = file.hostClasses.map {
      HostClass(vendor: $0.cpuVendor, generation: $0.cpuGen.value)
    }
    var flavors: [Amounts] = []
    for (index, flavor) in file.flavors.enumerated() {
      let cells = [flavor.vcpu, flavor.ramGiB, flavor.diskGiB, flavor.gpu]
      let amounts = cells.map(\.value)
      for (column, amount) in zip(["vcpu", "ram_gib", "disk_gib", "gpu"], amounts) {
        try Self.check(amount, in: Self.amounts, "flavors", index, column)
      }
      flavors.append(amounts.map(Int64.init))
    }
    self.flavors = flavors
    let classCount = file.hostClasses.count
    hosts = try file.hosts.enumerated().map { index, row throws(PlacementInstanceError) in
      try Self.host(row, index, classCount: classCount)
    }
    let (flavorCount, hostCount) = (flavors.count, file.hosts.count)
    vms = try file.vms.enumerated().map { index, row throws(PlacementInstanceError) in
      try Self.vm(row, index, flavorCount: flavorCount, hostCount: hostCount)
    }
  }

  /// More than any real amount, and little enough that sums over a cloud do not overflow.
  static let amounts = 0...1_000_000_000_000

  static func check(
    _ value: Int, in range: ClosedRange<Int>, _ list: String, _ row: Int, _ column: String
  ) throws(PlacementInstanceError) {
    guard range.contains(value) else {
      throw .outOfRange(
        keyPath: PlacementInstanceError.path(list, row, column), found: "\(value)",
        allowed: "\(range.lowerBound) to \(range.upperBound)")
    }
  }

  private static func host(
    _ row: PlacementInstanceFile.Host, _ index: Int, classCount: Int
  ) throws(PlacementInstanceError) -> Host {
    try check(row.zone, in: 0...1_000_000, "hosts", index, "az")
    try check(row.hostClass, in: 0...max(0, classCount - 1), "hosts", index, "class")
    guard classCount > 0 else {
      throw .malformed(keyPath: "host_classes", reason: "hosts need a class, but there is none")
    }
    for (column, amount) in zip(PlacementInstanceFile.capacityColumns, row.capacity) {
      try check(amount, in: amounts, "hosts", index, column)
    }
    try check(row.drain, in: 0...1, "hosts", index, "drain")
    return Host(
      zone: row.zone, hostClass: row.hostClass, capacity: row.capacity.map(Int64.init),
      isDrained: row.drain == 1)
  }

  private static func vm(
    _ row: PlacementInstanceFile.VM, _ index: Int, flavorCount: Int, hostCount: Int
  ) throws(PlacementInstanceError) -> VM {
    guard flavorCount > 0, hostCount > 0 else {
      throw .malformed(
        keyPath: flavorCount > 0 ? "hosts" : "flavors", reason: "VMs need one, but there is none")
    }
    try check(row.flavor, in: 0...flavorCount - 1, "vms", index, "flavor")
    try check(row.host, in: 0...hostCount - 1, "vms", index, "host")
    try check(row.zonePinned, in: 0...1, "vms", index, "az_pinned")
    try check(row.group, in: -1...1_000_000_000, "vms", index, "group")
    guard ["live", "cold", "none"].contains(row.policy) else {
      throw .outOfRange(
        keyPath: PlacementInstanceError.path("vms", index, "policy"), found: row.policy,
        allowed: "live, cold or none")
    }
    return VM(
      flavor: row.flavor, host: row.host, mayMove: row.policy != "none",
      cpuNeed: try cpuNeed(row.cpuNeed, index), isPinnedToZone: row.zonePinned == 1,
      group: row.group < 0 ? nil : row.group)
  }

  private static func cpuNeed(
    _ text: String, _ index: Int
  ) throws(PlacementInstanceError) -> CPUNeed? {
    if text == "any" { return nil }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, let generation = Int(parts[1]) else {
      throw .outOfRange(
        keyPath: PlacementInstanceError.path("vms", index, "cpu_need"), found: text,
        allowed: "any, or vendor-generation such as amd-3")
    }
    return CPUNeed(vendor: String(parts[0]), generation: generation)
  }
}
