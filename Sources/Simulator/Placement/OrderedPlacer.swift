import CloudModel
import Stochastics

/// Finds hosts in the order that a policy declares, through indices of what hosts have left.
struct OrderedPlacer: Sendable {
  /// No host has room.
  static let none = -1
  /// A host had room and a predicate refused each.
  static let declined = -2

  let order: HostOrder
  let structure: Structure
  let predicates: [HostPredicate]
  let partitions: HostPartitions
  /// The partitions of each request, one request after the other.
  let eligible: [Int32]
  let buckets: BucketOrder
  var index: ResidualIndex
  /// A tree per partition, for the order by index only.
  var trees: [FirstFitTree] = []
  /// What an index is made of.
  enum Structure: Sendable {
    /// There is none: other tiers use the partitions only.
    case none
    /// Buckets of what hosts have left.
    case grid
    /// Trees in the order of hosts.
    case trees
  }

  /// The position of each host in its tree.
  private(set) var position: [Int32] = []
  /// Whether some hosts are in no bucket because they were over their capacity at the start.
  private(set) var hasOverfullHosts = false
  /// Virtual CPUs in use and offered in each zone, kept where zones are gone through by use.
  var usedMilliCPU: [Int64] = []
  private var offeredMilliCPU: [Int64] = []

  /// Whether the order is that of best fit.
  var isTightest: Bool {
    isPlainResidual && buckets.isTightestFirst
  }

  /// Whether the order is by residual over all hosts.
  var isPlainResidual: Bool {
    order.sample == nil && order.zones == .together && structure == .grid && !isWeighted
  }

  private static func structure(_ order: HostOrder?) -> Structure {
    guard let order else { return .none }
    if case .index = order.key, order.sample == nil { return .trees }
    return .grid
  }

  /// Whether the order is by a weighted sum.
  var isWeighted: Bool {
    if case .greatest = order.key { return true }
    return false
  }

  /// Indexes a fleet, if there is an order, and works the plans of the requests out.
  ///
  /// **Complexity**: O(hosts + requests x partitions).
  init(
    order declared: HostOrder?, predicates: [HostPredicate], fleet: Fleet,
    requests: [PlacementRequest], plans: inout [RequestPlan]
  ) {
    let order = declared ?? HostOrder(.index)
    self.order = order
    structure = Self.structure(declared)
    self.predicates = predicates
    partitions = HostPartitions(fleet)
    let rowsAreMemory: Bool
    (buckets, rowsAreMemory) = Self.bucketOrder(order.key)
    let grid = ResidualGrid(
      fleet: fleet, requests: requests, partitions: partitions.count,
      rowsAreMemory: rowsAreMemory, cellLimit: max(1 << 19, 8 * fleet.count))
    let isGrid = structure == .grid
    index = ResidualIndex(
      grid: grid, partitions: isGrid ? partitions.count : 0, hosts: isGrid ? fleet.count : 0)
    let largest = Self.leastLargest(fleet, partitions)
    var eligible: [Int32] = []
    for (id, request) in requests.enumerated() {
      let own = partitions.eligible(request)
      plans[id].firstPartition = Int32(eligible.count)
      eligible += own
      plans[id].endPartition = Int32(eligible.count)
      plans[id].locate(in: grid)
      if case .greatest(let weight) = order.key { plans[id].weight = weight(request) }
      plans[id].isHeldWhereOffered =
        grid.isExact && request.diskGiB == 0 && request.devices.isEmpty
        && own.allSatisfy { largest[Int($0)].holds(plans[id].need) }
      plans[id].isChecked = !plans[id].isHeldWhereOffered || !predicates.isEmpty
    }
    self.eligible = eligible
    if order.zones == .leastUsedFirst { countZones(fleet) }
    switch structure {
    case .none: return
    case .grid: fillGrid(fleet)
    case .trees: fillTrees(fleet)
    }
  }

  private static func bucketOrder(_ key: HostOrder.Key) -> (BucketOrder, rowsAreMemory: Bool) {
    guard case .residual(let first, let preference, let then) = key else {
      return (BucketOrder(rowsAscend: true, columnsAscend: true), false)
    }
    return (
      BucketOrder(rowsAscend: preference == .least, columnsAscend: then == .least),
      first == .memory
    )
  }

  /// The largest VM that every host of a partition takes.
  private static func leastLargest(
    _ fleet: Fleet, _ partitions: HostPartitions
  ) -> [FirstFitTree.Room] {
    var largest = [FirstFitTree.Room](
      repeating: .init(milliCPU: .max, memoryMiB: .max), count: partitions.count)
    for (host, partition) in partitions.ofHost.enumerated() {
      largest[Int(partition)].milliCPU = min(
        largest[Int(partition)].milliCPU, fleet.largestMilliCPU[host])
      largest[Int(partition)].memoryMiB = min(
        largest[Int(partition)].memoryMiB, fleet.largestMemoryMiB[host])
    }
    return largest
  }

  private mutating func countZones(_ fleet: Fleet) {
    let zones = max(fleet.zones.count, Int(fleet.zone.max() ?? 0) + 1)
    usedMilliCPU = [Int64](repeating: 0, count: zones)
    offeredMilliCPU = usedMilliCPU
    for host in 0..<fleet.count {
      let zone = Int(fleet.zone[host])
      offeredMilliCPU[zone] += Int64(fleet.capacityMilliCPU[host])
      usedMilliCPU[zone] += Int64(fleet.capacityMilliCPU[host] - fleet.freeMilliCPU[host])
    }
  }

  /// Hosts are stacked from the last to the first, so that host 0 is on top.
  private mutating func fillGrid(_ fleet: Fleet) {
    for host in (0..<fleet.count).reversed() { enter(host, fleet) }
  }

  private mutating func fillTrees(_ fleet: Fleet) {
    trees = (0..<partitions.count).map { FirstFitTree(count: partitions.range($0).count) }
    position = [Int32](repeating: 0, count: fleet.count)
    for partition in 0..<partitions.count {
      for (place, member) in partitions.members[partitions.range(partition)].enumerated() {
        position[Int(member)] = Int32(place)
      }
    }
    for host in 0..<fleet.count { enter(host, fleet) }
  }

  /// Offers a host, if it is open, with what it has left.
  mutating func enter(_ host: Int, _ fleet: Fleet) {
    guard fleet.isOpen[host] else { return }
    switch structure {
    case .none: return
    case .trees: trees[Int(partitions.ofHost[host])].set(Int(position[host]), fleet.left(host))
    case .grid:
      guard fleet.freeMilliCPU[host] >= 0, fleet.freeMemoryMiB[host] >= 0 else {
        hasOverfullHosts = true
        return
      }
      index.push(host, to: bucket(host, fleet.left(host)))
    }
  }

  /// Offers a host no longer.
  mutating func leave(_ host: Int) {
    switch structure {
    case .none: return
    case .trees: trees[Int(partitions.ofHost[host])].set(Int(position[host]), .none)
    case .grid: if index.links[host].bucket >= 0 { index.remove(host) }
    }
  }

  /// The bucket of a host by what it has left.
  func bucket(_ host: Int, _ left: FirstFitTree.Room) -> Int {
    Int(partitions.ofHost[host]) * index.grid.cells
      + index.grid.cell(milliCPU: left.milliCPU, memoryMiB: left.memoryMiB)
  }

  /// Follows a change of what a host has left; `step` is the change of its bucket.
  ///
  /// **Complexity**: O(1) in a grid, O(log hosts) in a tree.
  @inline(__always)
  mutating func follow(_ host: Int, step: Int, left: FirstFitTree.Room) {
    guard structure == .grid else {
      if structure == .trees { followInTree(host, left) }
      return
    }
    let bucket = Int(index.links[host].bucket)
    if bucket < 0 { return }
    index.move(host, to: index.grid.isExact ? bucket &+ step : self.bucket(host, left))
  }

  /// Hosts that are closed stay out.
  private mutating func followInTree(_ host: Int, _ left: FirstFitTree.Room) {
    let tree = Int(partitions.ofHost[host])
    if trees[tree].room(at: Int(position[host])) == .none { return }
    trees[tree].set(Int(position[host]), left)
  }

  /// The zones, that with the least share of its virtual CPUs in use first; of equal ones the
  /// lower index.
  func zonesByUse() -> [Int] {
    usedMilliCPU.indices.sorted { left, right in
      let hasCPU = (offeredMilliCPU[left] > 0, offeredMilliCPU[right] > 0)
      if hasCPU != (true, true) { return hasCPU.0 != hasCPU.1 ? hasCPU.0 : left < right }
      let leftShare = Int128(usedMilliCPU[left]) * Int128(offeredMilliCPU[right])
      let rightShare = Int128(usedMilliCPU[right]) * Int128(offeredMilliCPU[left])
      return (leftShare, left) < (rightShare, right)
    }
  }
}
