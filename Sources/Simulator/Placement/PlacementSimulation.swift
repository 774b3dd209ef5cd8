package import CloudModel

/// Places a demand on a fleet with a policy, in time.
///
/// A value: a copy goes on apart from its original. A copy is made in O(1); the first event after it
/// copies the columns that it writes, about 50 bytes a host and 24 a running VM.
///
/// Of events at one instant the departures come first, in the order of arrival, then resizes, then
/// arrivals. After its columns have grown to what a demand needs, an event of the ordered tier
/// allocates nothing.
///
/// **Complexity**: memory about 80 bytes a host for the fleet, 20 for the index and up to 2 MiB for
/// its grid; 24 bytes a running VM.
package struct PlacementSimulation: Sendable {
  /// The hosts with what they have left now.
  ///
  /// `latestEnd` is kept for policies that can see it: not for an order without predicates.
  package internal(set) var fleet: Fleet
  /// What has happened so far.
  package internal(set) var measures: PlacementMeasures
  /// A hash of the hosts chosen so far, one step for each arrival in their order: FNV-1a on 32-bit
  /// units, of which a refusal is the one with all bits set.
  package internal(set) var placementHash: UInt64 = 0xcbf2_9ce4_8422_2325
  /// The host of each arrival so far, -1 for a refusal; empty unless the options ask for it.
  package internal(set) var decisions: [Int32] = []
  /// The instant that the clock shows, in microseconds.
  package internal(set) var now: Int64 = 0

  /// The types of requests.
  package let requests: [PlacementRequest]
  /// How it is simulated.
  package let options: PlacementOptions

  var plans: [RequestPlan]
  var placer: OrderedPlacer
  var tier: Tier
  var scan: HostScan
  var vms = VMTable()
  var departures = DepartureHeap()
  var ledger = DeviceLedger()
  var blocks: BlockedRequests
  var queue = PlacementQueue()
  var block = DemandBlock()
  var position = 0
  var nextSample: Int64 = .max
  let scale: SampleScale
  let tracksEnds: Bool
  /// Whether plain events are taken in stretches.
  let hasStretches: Bool
  /// Whether the choice of hosts needs a look at the fleet.
  let isFleetSeen: Bool
  let hasZones: Bool

  /// How hosts are chosen.
  enum Tier {
    /// Best fit: for most requests one look at the index.
    case tightest
    case ordered
    case scored
    case chosen
    case queued
  }

  /// A cloud at the start of its time.
  ///
  /// **Shape**: VMs that run at the start are taken off the free columns of `fleet` and stay; the
  /// events of demands name `requests` by index, as those of their sources do.
  ///
  /// **Complexity**: O(hosts + requests x zones and trait sets).
  package init(
    fleet: Fleet, requests: [PlacementRequest], method: PlacementMethod,
    options: PlacementOptions = PlacementOptions()
  ) {
    self.fleet = fleet
    self.requests = requests
    self.options = options
    measures = PlacementMeasures(fleet: fleet, requests: requests)
    plans = requests.map { RequestPlan($0) }
    blocks = BlockedRequests(count: requests.count)
    scale = SampleScale(requests)
    hasZones = measures.hasZones
    if options.isMeasured, let interval = options.sampleInterval { nextSample = interval }
    var order: HostOrder?
    var predicates: [HostPredicate] = []
    scan = HostScan()
    switch method {
    case .ordered(let declared, let accepting):
      (order, predicates) = (declared, accepting)
      tier = .ordered
    case .scored(let scorer):
      tier = .scored
      scan = HostScan(scorer: scorer)
    case .chosen(let chooser):
      tier = .chosen
      scan = HostScan(chooser: chooser)
    case .queued(let placer, let every, let atMost):
      tier = .queued
      queue = PlacementQueue(placer: placer, every: every, atMost: atMost)
    }
    tracksEnds = order == nil || !predicates.isEmpty
    placer = OrderedPlacer(
      order: order, predicates: predicates, fleet: fleet, requests: requests, plans: &plans)
    if tier == .ordered, placer.isTightest { tier = .tightest }
    hasStretches = order != nil && placer.isPlainResidual
    isFleetSeen = plans.contains { $0.isChecked }
    if tier == .scored || tier == .chosen { scan.divide(placer.partitions, placer.eligible, plans) }
  }

  /// The host of each VM that runs and was placed here, with its request, ascending by host.
  ///
  /// **Complexity**: O(VMs log VMs).
  package var placements: [(host: Int, request: Int)] {
    vms.occupied.map { (Int(vms.entries[$0].host), Int(vms.entries[$0].request)) }
      .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
  }

  /// Opens a host for new VMs, or closes it; its VMs stay.
  package mutating func setOpen(_ host: Int, _ isOpen: Bool) {
    guard fleet.isOpen[host] != isOpen else { return }
    fleet.isOpen[host] = isOpen
    if isOpen {
      placer.enter(host, fleet)
      blocks.reconsider(host, fleet, requests, plans)
    } else {
      placer.leave(host)
    }
  }

  /// Notes that a host holds a VM more.
  @inline(__always)
  mutating func occupy(
    _ host: Int, _ request: Int, _ plan: RequestPlan, end: Int64, isNew: Bool
  ) {
    let left = FirstFitTree.Room(
      milliCPU: fleet.freeMilliCPU[host] &- plan.milliCPU,
      memoryMiB: fleet.freeMemoryMiB[host] &- plan.memoryMiB)
    fleet.freeMilliCPU[host] = left.milliCPU
    fleet.freeMemoryMiB[host] = left.memoryMiB
    if plan.diskGiB != 0 { fleet.freeDiskGiB[host] &-= plan.diskGiB }
    let vmCount = fleet.vmCount[host] &+ 1
    fleet.vmCount[host] = vmCount
    if tracksEnds { fleet.latestEnd[host] = max(fleet.latestEnd[host], end) }
    placer.follow(host, step: -Int(plan.step), left: left)
    if !placer.usedMilliCPU.isEmpty {
      placer.usedMilliCPU[Int(fleet.zone[host])] += Int64(plan.milliCPU)
    }
    guard options.isMeasured else { return }
    measures.add(request, plan, zone: zone(host), at: now, isNew: isNew)
    if vmCount == 1 { measures.changeActiveHosts(by: 1, at: now) }
  }

  /// Notes that a host holds a VM less.
  @inline(__always)
  mutating func vacate(_ host: Int, _ request: Int, _ plan: RequestPlan) {
    let left = FirstFitTree.Room(
      milliCPU: fleet.freeMilliCPU[host] &+ plan.milliCPU,
      memoryMiB: fleet.freeMemoryMiB[host] &+ plan.memoryMiB)
    fleet.freeMilliCPU[host] = left.milliCPU
    fleet.freeMemoryMiB[host] = left.memoryMiB
    if plan.diskGiB != 0 { fleet.freeDiskGiB[host] &+= plan.diskGiB }
    let vmCount = fleet.vmCount[host] &- 1
    fleet.vmCount[host] = vmCount
    if tracksEnds, vmCount == 0 { fleet.latestEnd[host] = .min }
    placer.follow(host, step: Int(plan.step), left: left)
    if !placer.usedMilliCPU.isEmpty {
      placer.usedMilliCPU[Int(fleet.zone[host])] -= Int64(plan.milliCPU)
    }
    guard options.isMeasured else { return }
    measures.remove(request, plan, zone: zone(host), at: now)
    if vmCount == 0 { measures.changeActiveHosts(by: -1, at: now) }
  }

  @inline(__always)
  func zone(_ host: Int) -> Int { hasZones ? Int(fleet.zone[host]) : 0 }
}
