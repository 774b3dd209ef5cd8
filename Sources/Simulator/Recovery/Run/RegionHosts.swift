import CloudModel

/// The hosts of a region in columns: what they have left, what is down, and the index from which
/// recoveries take them.
///
/// A host is open, and in the index, while nothing stops it and it takes one more recovery. There is
/// one partition of the index for each zone if a VM cannot leave its zone, else one for all.
struct RegionHosts: Sendable {
  typealias Room = FirstFitTree.Room

  /// What a recovery asks for, and where hosts that have it begin in the grid of the index.
  struct Plan: Sendable {
    var need: Room
    /// -1 for any zone.
    var zone: Int32
    var row: Int32
    var column: Int32
    /// By how much the bucket of a host changes if it takes one; of an exact grid.
    var step: Int32
  }

  /// What changes with each recovery, together as it is read together.
  struct Load: Sendable {
    var free: Room
    /// How many sources stop the host now.
    var stops: Int32 = 0
    /// Recoveries under way on it.
    var incoming: Int32 = 0
  }

  let capacity: [Room]
  private(set) var loads: [Load]
  /// When a host was lost last, in microseconds; -1 if it never was.
  var lostAt: [Int64]
  /// How many hosts are down.
  private(set) var downCount = 0
  /// How many hosts are up and take no further recovery now.
  private(set) var busyCount = 0
  let zone: [Int32]
  let isByZone: Bool
  let partitions: Int
  let perHost: Int32
  let order: BucketOrder
  private(set) var index: ResidualIndex

  /// The hosts with their VMs, all up.
  init(_ region: RecoveryRegion) {
    let count = region.hosts.count
    capacity = region.hosts.map { Room(milliCPU: $0.milliCPU, memoryMiB: $0.memoryMiB) }
    loads = capacity.map { Load(free: $0) }
    lostAt = [Int64](repeating: -1, count: count)
    zone = region.hosts.map { Int32($0.zone) }
    isByZone = region.vms.contains { $0.zone != nil }
    partitions = isByZone ? max(1, region.zones.count) : 1
    perHost = Int32(clamping: region.rules.perHost ?? Int(Int32.max))
    let isPacking = region.rules.placement == .pack
    order = BucketOrder(rowsAscend: isPacking, columnsAscend: isPacking)
    index = ResidualIndex(
      grid: Self.grid(region, partitions: partitions), partitions: partitions, hosts: count)
    for vm in region.vms {
      loads[vm.host].free.milliCPU -= vm.milliCPU
      loads[vm.host].free.memoryMiB -= vm.memoryMiB
    }
    // The first host lies on top of those that are alike.
    for host in (0..<count).reversed() { refresh(host) }
  }

  /// The grid is made for empty hosts, so that no VM that leaves makes more room than it has cells.
  private static func grid(_ region: RecoveryRegion, partitions: Int) -> ResidualGrid {
    var fleet = Fleet()
    fleet.freeMilliCPU = region.hosts.map(\.milliCPU)
    fleet.freeMemoryMiB = region.hosts.map(\.memoryMiB)
    var sizes: Set<RegionLayout.Shape> = []
    for vm in region.vms {
      sizes.insert(.init(milliCPU: vm.milliCPU, memoryMiB: vm.memoryMiB, zone: -1))
    }
    return ResidualGrid(
      fleet: fleet,
      requests: sizes.map { PlacementRequest(milliCPU: $0.milliCPU, memoryMiB: $0.memoryMiB) },
      partitions: partitions, rowsAreMemory: true,
      cellLimit: max(1 << 16, 8 * region.hosts.count))
  }

  /// The plan of recoveries of a shape.
  func plan(_ shape: RegionLayout.Shape) -> Plan {
    let grid = index.grid
    let cell = grid.cell(shape.need)
    return Plan(
      need: shape.need, zone: shape.zone, row: Int32(grid.row(cell)),
      column: Int32(grid.column(cell)), step: Int32(cell))
  }

  /// How many hosts there are.
  var count: Int { loads.count }

  /// Whether no source stops a host.
  @inline(__always)
  func isUp(_ host: Int) -> Bool { loads[host].stops == 0 }

  /// Whether a host takes a recovery of its size.
  @inline(__always)
  func isOpen(_ host: Int) -> Bool {
    let load = loads[host]
    return load.stops == 0 && load.incoming < perHost
  }

  /// Notes that one more source stops a host; true if it was up.
  mutating func stop(_ host: Int) -> Bool {
    loads[host].stops += 1
    guard loads[host].stops == 1 else { return false }
    downCount += 1
    if loads[host].incoming >= perHost { busyCount -= 1 }
    refresh(host)
    return true
  }

  /// Notes that one source less stops a host; true if it is up again.
  mutating func start(_ host: Int) -> Bool {
    loads[host].stops -= 1
    guard loads[host].stops == 0 else { return false }
    downCount -= 1
    refresh(host)
    return true
  }

  /// Takes room for a recovery that starts.
  @inline(__always)
  mutating func claim(_ plan: Plan, on host: Int) {
    loads[host].free.milliCPU -= plan.need.milliCPU
    loads[host].free.memoryMiB -= plan.need.memoryMiB
    loads[host].incoming += 1
    if loads[host].incoming == perHost { busyCount += 1 }
    follow(host, step: -plan.step)
  }

  /// Gives the room of a recovery that was given up back.
  mutating func giveUp(_ plan: Plan, on host: Int) {
    settle(host)
    vacate(plan, on: host)
  }

  /// Ends a recovery whose VM stays or whose host was lost; true if the host is open again for it.
  @inline(__always)
  @discardableResult
  mutating func settle(_ host: Int) -> Bool {
    loads[host].incoming -= 1
    guard loads[host].incoming == perHost - 1, isUp(host) else { return false }
    busyCount -= 1
    refresh(host)
    return true
  }

  /// Gives the room of a VM that has gone back.
  @inline(__always)
  mutating func vacate(_ plan: Plan, on host: Int) {
    loads[host].free.milliCPU += plan.need.milliCPU
    loads[host].free.memoryMiB += plan.need.memoryMiB
    if isUp(host) { follow(host, step: plan.step) }
  }

  /// Follows a change of what a host has left, by a step where that is exact.
  @inline(__always)
  private mutating func follow(_ host: Int, step: Int32) {
    let bucket = index.links[host].bucket
    if bucket >= 0, index.grid.isExact, isOpen(host) {
      index.move(host, to: Int(bucket &+ step))
    } else {
      refresh(host)
    }
  }

  /// Puts a host where it belongs in the index, or out of it.
  private mutating func refresh(_ host: Int) {
    let isIn = index.links[host].bucket >= 0
    guard isOpen(host) else {
      if isIn { index.remove(host) }
      return
    }
    let partition = isByZone ? Int(zone[host]) : 0
    let bucket = partition * index.grid.cells + index.grid.cell(loads[host].free)
    if isIn { index.move(host, to: bucket) } else { index.push(host, to: bucket) }
  }
}
