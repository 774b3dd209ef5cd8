import CloudModel

/// The VMs that wait for a recovery: a line for each priority and, for those without room, one for
/// each lane.
///
/// A lane is blocked when no host had room for its first VM; the VMs of a blocked lane are parked as
/// they come up in their line, without a search. When a host gets room for its shape the lane is
/// ready: its VMs are older than those in the line of their priority and go before them.
struct RecoveryQueue: Sendable {
  typealias Entry = RegionVMs.Entry

  /// Whether the VMs of a lane can be placed.
  enum LaneState: UInt8, Sendable {
    case open, blocked, ready
  }

  var lines: [Line<Entry>]
  var parked: [Line<Entry>]
  private(set) var states: [LaneState]
  private(set) var blocked: [Int32] = []
  private(set) var ready: [Int32] = []
  /// VMs in lines and in parked lines that still wait.
  var queuedCount = 0
  var parkedCount = 0
  private let lanes: [RegionLayout.Lane]
  private var least = FirstFitTree.Room(milliCPU: .max, memoryMiB: .max)

  /// Nobody waits.
  init(_ layout: RegionLayout) {
    lanes = layout.lanes
    lines = [Line<Entry>](repeating: Line(), count: layout.priorities)
    parked = [Line<Entry>](repeating: Line(), count: lanes.count)
    states = [LaneState](repeating: .open, count: lanes.count)
  }

  /// How many wait.
  var waitingCount: Int { queuedCount + parkedCount }

  /// Whether there may be one that could start.
  var hasCandidates: Bool { queuedCount > 0 || !ready.isEmpty }

  /// Whether the VMs of a lane have no room.
  @inline(__always)
  func isBlocked(_ lane: Int) -> Bool { states[lane] == .blocked }

  /// Adds a VM to those of its lane that have no room.
  mutating func park(_ entry: Entry, _ lane: Int, _ vms: borrowing RegionVMs) {
    if parked[lane].isLong { parked[lane].keep { vms.isValid($0) } }
    parked[lane].push(entry)
  }

  /// Blocks a lane that has no room now.
  mutating func block(_ lane: Int) {
    if states[lane] == .ready { ready.removeAll { $0 == Int32(lane) } }
    states[lane] = .blocked
    blocked.append(Int32(lane))
    note(lane)
  }

  /// Leaves a lane without parked VMs open.
  mutating func open(_ lane: Int) {
    ready.removeAll { $0 == Int32(lane) }
    states[lane] = .open
  }

  /// Makes those lanes ready for which a host has room now.
  ///
  /// **Complexity**: O(1) if the host has less than the least that any blocked lane asks for, else
  /// O(blocked lanes).
  @inline(__always)
  mutating func reconsider(_ host: Int, _ hosts: borrowing RegionHosts) {
    if blocked.isEmpty || !hosts.loads[host].free.holds(least) { return }
    search(host, hosts)
  }

  private mutating func search(_ host: Int, _ hosts: borrowing RegionHosts) {
    var kept: [Int32] = []
    for lane in blocked {
      if hosts.takes(lanes[Int(lane)].shape, on: host) {
        states[Int(lane)] = .ready
        ready.append(lane)
      } else {
        kept.append(lane)
      }
    }
    guard kept.count < blocked.count else { return }
    blocked = kept
    least = .init(milliCPU: .max, memoryMiB: .max)
    for lane in kept { note(Int(lane)) }
  }

  /// The ready lane whose first VM goes first, without those that have nobody left; nil if there is
  /// none.
  mutating func firstReady(_ vms: borrowing RegionVMs) -> Int? {
    var best: Int?
    for lane in ready.map(Int.init) {
      dropStale(lane, vms)
      guard let entry = parked[lane].first else {
        open(lane)
        continue
      }
      guard let other = best, let first = parked[other].first else {
        best = lane
        continue
      }
      let (own, others) = (lanes[lane].priority, lanes[other].priority)
      if own < others || (own == others && entry.isOlder(than: first)) { best = lane }
    }
    return best
  }

  /// The priority of a lane.
  func priority(_ lane: Int) -> Int { Int(lanes[lane].priority) }

  private mutating func dropStale(_ lane: Int, _ vms: borrowing RegionVMs) {
    while let entry = parked[lane].first, !vms.isValid(entry) { parked[lane].removeFirst() }
  }

  private mutating func note(_ lane: Int) {
    let shape = lanes[lane].shape
    least.milliCPU = min(least.milliCPU, shape.milliCPU)
    least.memoryMiB = min(least.memoryMiB, shape.memoryMiB)
  }
}
