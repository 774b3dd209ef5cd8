import CloudModel

// The columns of an index come one by one as spans, for a loop over events that writes them too.

extension OrderedPlacer {
  /// The host with the least left that holds a request, without a look at any host; `none` if there
  /// is none.
  ///
  /// Ties between partitions go to the lower one, within one to the host that changed last.
  ///
  /// **Complexity**: O(partitions of the request x rows) at worst.
  @inline(__always)
  static func tightest(
    _ plan: RequestPlan, _ grid: ResidualGrid, _ eligible: Span<Int32>, _ tops: Span<Int32>,
    _ words: Span<UInt64>, _ wordCount: Int
  ) -> Int {
    if plan.isBeyondGrid { return none }
    let shift = grid.columnShift
    let need = Int(plan.needRow) &<< shift | Int(plan.needColumn)
    var best = grid.cells
    // A row after that of the best one so far cannot win.
    var end = grid.cells
    var host: Int32 = -1
    var place = Int(plan.firstPartition)
    while place < Int(plan.endPartition) {
      let base = Int(eligible[place]) &* grid.cells
      let found = ResidualIndex.firstBucket(
        from: base &+ need, below: base &+ end, needColumn: Int(plan.needColumn),
        columnShift: shift, words, wordCount)
      if found >= 0, found &- base < best {
        best = found &- base
        end = (best &>> shift &+ 1) &<< shift
        host = tops[found]
      }
      place &+= 1
    }
    return Int(host)
  }

  /// The host with the least left that a test takes, in spans of the columns.
  @inline(__always)
  private static func tightest(
    _ plan: RequestPlan, _ grid: ResidualGrid, _ eligible: Span<Int32>,
    _ links: Span<ResidualIndex.Link>, _ tops: Span<Int32>, _ words: Span<UInt64>,
    _ wordCount: Int, accepts: (Int) -> Bool
  ) -> Int {
    if plan.isBeyondGrid { return none }
    let shift = grid.columnShift
    let need = Int(plan.needRow) &<< shift | Int(plan.needColumn)
    var bestCell = grid.cells
    var best = none
    for place in plan.partitions {
      // A row after that of the best one so far cannot win.
      let end = best < 0 ? grid.cells : (bestCell &>> shift &+ 1) &<< shift
      let base = Int(eligible[place]) &* grid.cells
      var start = base &+ need
      while true {
        let found = ResidualIndex.firstBucket(
          from: start, below: base &+ end, needColumn: Int(plan.needColumn), columnShift: shift,
          words, wordCount)
        if found < 0 || found &- base >= bestCell { break }
        var host = tops[found]
        while host >= 0, !accepts(Int(host)) { host = links[Int(host)].next }
        if host >= 0 {
          (best, bestCell) = (Int(host), found &- base)
          break
        }
        start = found &+ 1
      }
    }
    return best
  }

  /// The first host in an order by residual that a test takes; -1 if there is none. The columns
  /// come as spans.
  @inline(__always)
  static func first(
    _ plan: RequestPlan, _ order: BucketOrder, _ grid: ResidualGrid, _ eligible: Span<Int32>,
    _ links: Span<ResidualIndex.Link>, _ tops: Span<Int32>, _ words: Span<UInt64>,
    _ wordCount: Int, accepts: (Int) -> Bool
  ) -> Int {
    if plan.isBeyondGrid { return none }
    var bestRank = Int.max
    var best = none
    for place in plan.partitions {
      let base = Int(eligible[place]) &* grid.cells
      ResidualIndex.walk(
        base: base, needRow: Int(plan.needRow), needColumn: Int(plan.needColumn), order: order,
        grid, links, tops, words, wordCount
      ) { host, bucket in
        let rank = order.rank(bucket &- base, grid)
        if rank >= bestRank { return true }
        guard accepts(host) else { return false }
        (bestRank, best) = (rank, host)
        return true
      }
    }
    return best
  }

  /// The first host in an order by residual that holds a request and that predicates accept.
  ///
  /// Apart, as a closure that has a fleet under change would copy it.
  @inline(never)
  static func firstAccepted(
    _ plan: RequestPlan, _ id: Int, _ requests: Span<PlacementRequest>, _ fleet: Fleet,
    _ predicates: Span<HostPredicate>, _ order: BucketOrder, _ grid: ResidualGrid,
    _ eligible: Span<Int32>, _ links: Span<ResidualIndex.Link>, _ tops: Span<Int32>,
    _ words: Span<UInt64>, _ wordCount: Int
  ) -> Int {
    // The most common order apart, as its search is much shorter.
    if order.isTightestFirst {
      return tightest(
        plan, grid, eligible, links, tops, words, wordCount
      ) { fleet.passes(plan, requests[id], predicates, on: $0) }
    }
    return first(
      plan, order, grid, eligible, links, tops, words, wordCount
    ) { fleet.passes(plan, requests[id], predicates, on: $0) }
  }
}

extension Fleet {
  /// Whether a host holds a request and predicates accept it.
  @inline(__always)
  fileprivate func passes(
    _ plan: RequestPlan, _ request: PlacementRequest, _ predicates: Span<HostPredicate>,
    on host: Int
  ) -> Bool {
    guard plan.isHeldWhereOffered || holds(plan, on: host) else { return false }
    for place in predicates.indices where !predicates[place](self, host, request) {
      return false
    }
    return true
  }
}
