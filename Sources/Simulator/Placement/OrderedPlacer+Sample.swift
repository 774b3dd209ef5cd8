import CloudModel
import Stochastics

/// Names the draws of randomised policies: each arrival has a stream of its own.
struct PlacementDraws: Sendable {
  let seed: UInt64
  let replication: UInt64

  /// The stream of an arrival.
  func stream(_ sequence: UInt64) -> RandomStream {
    RandomStream(seed: seed, replication: replication, purpose: .policies, subject: sequence)
  }
}

extension OrderedPlacer {
  /// Draws of all hosts before those that fit are listed.
  private static let tries = 64

  /// The best in the order of so many hosts, drawn with replacement from those that hold a request
  /// and that the predicates accept; of equal ones the first drawn.
  ///
  /// Hosts are drawn from all and those that do not fit are drawn anew. Where few fit they are
  /// listed from the index, and then drawn from the list.
  ///
  /// **Complexity**: O(draws) where many fit, else O(rows + hosts that fit).
  func draw(
    _ count: Int, _ query: PlacementQuery, _ request: PlacementRequest, _ fleet: Fleet,
    _ draws: PlacementDraws
  ) -> Int {
    var total = 0
    for place in query.plan.partitions where isLookedAt(Int(eligible[place]), query) {
      total += partitions.range(Int(eligible[place])).count
    }
    if total == 0 || query.plan.isBeyondGrid { return Self.none }
    var outcome = Self.none
    var stream = draws.stream(query.sequence)
    var candidates: [Int]?
    var best = -1
    for _ in 0..<max(1, count) {
      var host = -1
      if candidates == nil {
        host = rejecting(&stream, total, query, request, fleet)
      }
      if host < 0 {
        let listed = candidates ?? fitting(query, request, fleet, &outcome)
        candidates = listed
        if listed.isEmpty { return outcome }
        host = listed[stream.integer(below: listed.count)]
      }
      if best < 0 || precedes(host, best, query.plan, fleet) { best = host }
    }
    return best
  }

  /// A host that fits, by drawing from all; -1 after so many tries.
  private func rejecting(
    _ stream: inout RandomStream, _ total: Int, _ query: PlacementQuery,
    _ request: PlacementRequest, _ fleet: Fleet
  ) -> Int {
    var ignored = Self.none
    var checked = query
    checked.plan.isChecked = true
    for _ in 0..<Self.tries {
      let host = member(stream.integer(below: total), query)
      if index.links[host].bucket >= 0, accepts(host, checked, request, fleet, &ignored) {
        return host
      }
    }
    return -1
  }

  /// The host at a place among all members of a query's partitions.
  private func member(_ place: Int, _ query: PlacementQuery) -> Int {
    var rest = place
    for entry in query.plan.partitions where isLookedAt(Int(eligible[entry]), query) {
      let range = partitions.range(Int(eligible[entry]))
      if rest < range.count { return Int(partitions.members[range.lowerBound + rest]) }
      rest -= range.count
    }
    preconditionFailure("A draw lies beyond the hosts it is made from.")
  }

  /// All hosts that fit, ascending.
  private func fitting(
    _ query: PlacementQuery, _ request: PlacementRequest, _ fleet: Fleet, _ outcome: inout Int
  ) -> [Int] {
    var hosts: [Int] = []
    for entry in query.plan.partitions where isLookedAt(Int(eligible[entry]), query) {
      index.walk(
        partition: Int(eligible[entry]), needRow: Int(query.plan.needRow),
        needColumn: Int(query.plan.needColumn), order: buckets
      ) { host, _ in
        if accepts(host, query, request, fleet, &outcome) { hosts.append(host) }
        return false
      }
    }
    return hosts.sorted()
  }

  /// Whether a host comes before another by what each has left exactly.
  private func precedes(_ left: Int, _ right: Int, _ plan: RequestPlan, _ fleet: Fleet) -> Bool {
    switch order.key {
    case .index: return left < right
    case .greatest: return sum(left, plan, fleet) > sum(right, plan, fleet)
    case .residual(let first, let preference, let then):
      let cpu = (Int(fleet.freeMilliCPU[left]), Int(fleet.freeMilliCPU[right]))
      let memory = (Int(fleet.freeMemoryMiB[left]), Int(fleet.freeMemoryMiB[right]))
      let (major, minor) = first == .vcpus ? (cpu, memory) : (memory, cpu)
      if major.0 != major.1 { return (major.0 < major.1) == (preference == .least) }
      return minor.0 != minor.1 && (minor.0 < minor.1) == (then == .least)
    }
  }

  private func sum(_ host: Int, _ plan: RequestPlan, _ fleet: Fleet) -> Double {
    plan.weight.perMilliCPU * Double(fleet.freeMilliCPU[host])
      + plan.weight.perMemoryMiB * Double(fleet.freeMemoryMiB[host])
  }
}
