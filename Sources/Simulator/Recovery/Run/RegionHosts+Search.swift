extension RegionHosts {
  /// Whether a host would take a VM of a shape.
  func takes(_ shape: RegionLayout.Shape, on host: Int) -> Bool {
    isOpen(host) && (shape.zone < 0 || zone[host] == shape.zone)
      && loads[host].free.holds(shape.need)
  }

  /// The first open host in the order with room for a plan that is accepted; -1 if there is none.
  ///
  /// **Complexity**: O(rows of the grid) at worst, in effect some words of a bitmap, and the hosts
  /// that are not accepted. It mutates nothing, as `RegionState.target`.
  @inline(__always)
  mutating func find(_ plan: Plan, accepts: (_ host: Int) -> Bool) -> Int {
    let grid = index.grid
    let (row, column, need) = (Int(plan.row), Int(plan.column), plan.need)
    let isBound = isByZone && plan.zone >= 0
    let (order, wordCount, isExact) = (order, index.wordCount, grid.isExact)
    // Spans, as the closure would else hold a copy of all columns.
    let (links, tops, words) = (index.links.span, index.tops.span, index.words.span)
    let loads = loads.span
    var (best, bestRank) = (-1, Int.max)
    for partition in isBound ? Int(plan.zone)..<Int(plan.zone) + 1 : 0..<partitions {
      let base = partition * grid.cells
      ResidualIndex.walk(
        base: base, needRow: row, needColumn: column, order: order, grid, links, tops, words,
        wordCount
      ) { host, bucket in
        let rank = order.rank(bucket &- base, grid)
        if rank >= bestRank { return true }
        guard isExact || loads[host].free.holds(need), accepts(host) else { return false }
        (best, bestRank) = (host, rank)
        return true
      }
    }
    return best
  }

  /// What contradicts the rest; nil if nothing does.
  ///
  /// **Complexity**: O(hosts + buckets).
  func inconsistency() -> String? {
    if let fault = index.inconsistency() { return fault }
    for host in 0..<count {
      let load = loads[host]
      if !load.free.holds(.init(milliCPU: 0, memoryMiB: 0)) { return "host \(host) is overfull" }
      if !(0...perHost).contains(load.incoming) { return "recoveries of host \(host)" }
      let bucket = index.links[host].bucket
      if (bucket >= 0) != isOpen(host) { return "host \(host) is open and not in the index" }
      let cell = Int(bucket) - (isByZone ? Int(zone[host]) : 0) * index.grid.cells
      if bucket >= 0, cell != index.grid.cell(load.free) { return "bucket of host \(host)" }
    }
    let busy = (0..<count).count { isUp($0) && loads[$0].incoming >= perHost }
    if busy != busyCount { return "hosts with all recoveries they take" }
    return downCount == (0..<count).count { !isUp($0) } ? nil : "hosts down"
  }
}
