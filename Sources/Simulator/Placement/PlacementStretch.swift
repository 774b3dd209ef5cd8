import CloudModel

/// The numbers of a simulation while it takes a stretch of plain events: VMs that come, find a host
/// in an order by residual, and end by themselves.
///
/// An event in a stretch writes its columns through spans that are opened once for all, and its
/// numbers lie here in a local value; an event taken alone asks of each column whether it is shared.
struct PlacementStretch<View: FleetView> {
  let grid: ResidualGrid
  let wordCount: Int
  let order: BucketOrder
  /// The last instant that a plain event can have.
  let limit: Int64
  let zoneCount: Int
  let isMeasured: Bool
  /// Whether the latest ends of hosts are kept; only if the fleet is seen.
  let tracksEnds: Bool
  let keepsDecisions: Bool

  /// The next event of the block.
  var position: Int
  var now: Int64
  var hash: UInt64
  var firstFree: Int32
  var root: UInt128
  var rest: Int
  var counts: PlacementCounts

  /// Follows a VM more or less on a host in all that counts it: what the host has left, its bucket,
  /// and the measures.
  @inline(__always)
  mutating func change(
    _ host: Int, _ request: Int, _ plan: RequestPlan, isMore: Bool, end: Int64,
    _ fleet: inout Fleet, _ cpu: inout MutableSpan<Int32>, _ memory: inout MutableSpan<Int32>,
    _ vmCount: inout MutableSpan<Int32>, _ links: inout MutableSpan<ResidualIndex.Link>,
    _ tops: inout MutableSpan<Int32>, _ words: inout MutableSpan<UInt64>,
    _ tallies: inout MutableSpan<PlacementMeasures.Tally>
  ) {
    let count: Int32
    if View.isSeen {
      count = fleet.change(
        host, by: plan, isMore: isMore, end: tracksEnds ? end : nil)
    } else {
      cpu[host] = isMore ? cpu[host] &- plan.milliCPU : cpu[host] &+ plan.milliCPU
      memory[host] = isMore ? memory[host] &- plan.memoryMiB : memory[host] &+ plan.memoryMiB
      count = isMore ? vmCount[host] &+ 1 : vmCount[host] &- 1
      vmCount[host] = count
    }
    // A host that is closed or over its capacity is in no bucket.
    let bucket = Int(links[host].bucket)
    if bucket >= 0 {
      var target = isMore ? bucket &- Int(plan.step) : bucket &+ Int(plan.step)
      // What is seen is written at once, and a coarse grid makes it seen.
      if !grid.isExact {
        target = bucket / grid.cells * grid.cells + grid.cell(fleet.left(host))
      }
      ResidualIndex.remove(host, &links, &tops, &words, wordCount)
      ResidualIndex.push(host, to: target, &links, &tops, &words, wordCount)
    }
    guard isMeasured else { return }
    let place = request &* zoneCount &+ (zoneCount > 1 ? Int(fleet.zone[host]) : 0)
    if isMore {
      tallies[place].add(at: now)
      counts.add(plan)
      if count == 1 { counts.activeHosts.change(by: 1, at: now) }
    } else {
      tallies[place].change(by: -1, at: now)
      counts.remove(plan)
      if count == 0 { counts.activeHosts.change(by: -1, at: now) }
    }
  }
}

/// Why a stretch stops.
enum StretchPause {
  /// The block has no more events.
  case end
  /// The next event is not a plain one, or its VM is refused.
  case event
  /// The columns of VMs or of ends are full.
  case room
}

/// Whether the choice of hosts looks at the fleet, so that it is written at once; else columns
/// beside it are, which spares it the questions whether they are shared. A type, as a branch in the
/// loop would not.
protocol FleetView {
  static var isSeen: Bool { get }
}

/// The fleet is looked at.
enum SeenFleet: FleetView {
  static var isSeen: Bool { true }
}

/// The index says all.
enum UnseenFleet: FleetView {
  static var isSeen: Bool { false }
}

extension Fleet {
  /// Follows a VM more or less on a host; returns how many it has then. Without an end
  /// the latest ones are not kept.
  ///
  /// Apart, as in a loop over events the compiler would ask three times more often whether the
  /// columns are shared.
  @inline(never)
  fileprivate mutating func change(
    _ host: Int, by plan: RequestPlan, isMore: Bool, end: Int64?
  ) -> Int32 {
    freeMilliCPU[host] &+= isMore ? 0 &- plan.milliCPU : plan.milliCPU
    freeMemoryMiB[host] &+= isMore ? 0 &- plan.memoryMiB : plan.memoryMiB
    if plan.diskGiB != 0 { freeDiskGiB[host] &+= isMore ? 0 &- plan.diskGiB : plan.diskGiB }
    let count = vmCount[host] &+ (isMore ? 1 : -1)
    vmCount[host] = count
    guard let end else { return count }
    if isMore {
      latestEnd[host] = max(latestEnd[host], end)
    } else if count == 0 {
      latestEnd[host] = .min
    }
    return count
  }
}
