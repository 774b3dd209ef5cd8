import CloudModel

/// One request on its way through the index.
struct PlacementQuery: Sendable {
  var plan: RequestPlan
  /// Index of the request.
  var id: Int
  /// Number of the arrival; the counter of random draws.
  var sequence: UInt64
  /// The zone looked at, or -1 for all.
  var zone: Int32 = -1
}

extension OrderedPlacer {
  /// The host with the least left that holds a request that needs no check; `none` if there is none.
  @inline(__always)
  func tightest(_ plan: RequestPlan) -> Int {
    Self.tightest(
      plan, index.grid, eligible.span, index.tops.span, index.words.span, index.wordCount)
  }

  /// The first host in the order that holds a request and that the predicates accept; `none` or
  /// `declined` if there is none.
  func find(
    _ query: PlacementQuery, _ request: PlacementRequest, _ fleet: Fleet, _ draws: PlacementDraws
  ) -> Int {
    guard order.zones == .leastUsedFirst, request.zone < 0 else {
      return findTogether(query, request, fleet, draws)
    }
    var outcome = Self.none
    for zone in zonesByUse() {
      var inZone = query
      inZone.zone = Int32(zone)
      let found = findTogether(inZone, request, fleet, draws)
      if found >= 0 { return found }
      outcome = min(outcome, found)
    }
    return outcome
  }

  private func findTogether(
    _ query: PlacementQuery, _ request: PlacementRequest, _ fleet: Fleet, _ draws: PlacementDraws
  ) -> Int {
    if let sample = order.sample { return draw(sample, query, request, fleet, draws) }
    if structure == .trees { return findByIndex(query, request, fleet) }
    if query.plan.isBeyondGrid { return Self.none }
    return isWeighted
      ? findHeaviest(query, request, fleet) : findByResidual(query, request, fleet)
  }

  /// The partitions of a query.
  @inline(__always)
  func isLookedAt(_ partition: Int, _ query: PlacementQuery) -> Bool {
    query.zone < 0 || partitions.zone[partition] == query.zone
  }

  /// Whether a host that the index offers is taken; notes if a predicate alone refused it.
  @inline(__always)
  func accepts(
    _ host: Int, _ query: PlacementQuery, _ request: PlacementRequest, _ fleet: Fleet,
    _ outcome: inout Int
  ) -> Bool {
    guard query.plan.isChecked else { return true }
    guard fleet.holds(query.plan, on: host) else { return false }
    if query.plan.hasDevices, !fleet.canGrant(request, on: host) { return false }
    for predicate in predicates where !predicate(fleet, host, request) {
      outcome = Self.declined
      return false
    }
    return true
  }

  private func findByResidual(
    _ query: PlacementQuery, _ request: PlacementRequest, _ fleet: Fleet
  ) -> Int {
    var outcome = Self.none
    var bestRank = Int.max
    var best = -1
    for place in query.plan.partitions {
      let partition = Int(eligible[place])
      guard isLookedAt(partition, query) else { continue }
      let base = partition * index.grid.cells
      index.walk(
        partition: partition, needRow: Int(query.plan.needRow),
        needColumn: Int(query.plan.needColumn), order: buckets
      ) { host, bucket in
        let rank = buckets.rank(bucket &- base, index.grid)
        if rank >= bestRank { return true }
        guard accepts(host, query, request, fleet, &outcome) else { return false }
        (bestRank, best) = (rank, host)
        return true
      }
    }
    return best >= 0 ? best : outcome
  }

  /// Looks at the end of each row that weighs most; of equal sums the one with the least virtual
  /// CPUs left wins.
  private func findHeaviest(
    _ query: PlacementQuery, _ request: PlacementRequest, _ fleet: Fleet
  ) -> Int {
    let grid = index.grid
    let weight = query.plan.weight
    var outcome = Self.none
    var bestSum = -Double.infinity
    var best = -1
    for place in query.plan.partitions {
      let partition = Int(eligible[place])
      guard isLookedAt(partition, query) else { continue }
      let base = partition * grid.cells
      var row = Int(query.plan.needRow)
      while row >= 0, row < grid.rows {
        _ = index.walkRow(
          start: base + row << grid.columnShift, needColumn: Int(query.plan.needColumn),
          ascending: weight.perMemoryMiB < 0
        ) { host, bucket in
          let sum =
            weight.perMilliCPU * Double(grid.milliCPU(bucket - base))
            + weight.perMemoryMiB * Double(grid.memoryMiB(bucket - base))
          if sum <= bestSum { return true }
          guard accepts(host, query, request, fleet, &outcome) else { return false }
          (bestSum, best) = (sum, host)
          return true
        }
        row = index.nextRow(after: row, base: base, ascending: true)
      }
    }
    return best >= 0 ? best : outcome
  }

  private func findByIndex(
    _ query: PlacementQuery, _ request: PlacementRequest, _ fleet: Fleet
  ) -> Int {
    var outcome = Self.none
    var best = Int.max
    for place in query.plan.partitions {
      let partition = Int(eligible[place])
      guard isLookedAt(partition, query) else { continue }
      let start = partitions.range(partition).lowerBound
      var position = trees[partition].first(from: 0, need: query.plan.need)
      while position >= 0 {
        let host = Int(partitions.members[start + position])
        if host >= best { break }
        if accepts(host, query, request, fleet, &outcome) {
          best = host
          break
        }
        position = trees[partition].first(from: position + 1, need: query.plan.need)
      }
    }
    return best < .max ? best : outcome
  }
}

extension Fleet {
  /// The virtual CPUs and memory that a host has left.
  func left(_ host: Int) -> FirstFitTree.Room {
    .init(milliCPU: freeMilliCPU[host], memoryMiB: freeMemoryMiB[host])
  }

  /// Whether a host has vCPUs, memory and disk left for a request and takes VMs of its size.
  @inline(__always)
  func holds(_ plan: RequestPlan, on host: Int) -> Bool {
    freeMilliCPU[host] >= plan.milliCPU && freeMemoryMiB[host] >= plan.memoryMiB
      && freeDiskGiB[host] >= plan.diskGiB && largestMilliCPU[host] >= plan.milliCPU
      && largestMemoryMiB[host] >= plan.memoryMiB
  }
}
