import CloudModel

/// The tiers that look at many hosts for each request: scores by block, and a list of candidates.
struct HostScan: Sendable {
  /// Hosts scored with one call.
  static let blockSize = 1024

  private var scorer: (any HostScorer)?
  private var chooser: (any HostChooser)?
  private var scores: [Double] = []
  private var candidates: [Int32] = []
  /// Numbers of the blocks with a host in one of a request's partitions, one request after the
  /// other, and where each begins.
  private var blocks: [Int32] = []
  private var blockStart: [Int32] = [0]

  /// No tier of this kind.
  init() {}

  /// Scores by block.
  init(scorer: any HostScorer) {
    self.scorer = scorer
    scores = [Double](repeating: 0, count: Self.blockSize)
  }

  /// Chooses from a list.
  init(chooser: any HostChooser) {
    self.chooser = chooser
  }

  /// Lists the blocks that each request has to look at, as zones and traits rule others out.
  ///
  /// **Complexity**: O(hosts + requests x blocks x partitions).
  mutating func divide(
    _ partitions: HostPartitions, _ eligible: [Int32], _ plans: [RequestPlan]
  ) {
    let count = (partitions.ofHost.count + Self.blockSize - 1) / Self.blockSize
    var holds = [Bool](repeating: false, count: count * partitions.count)
    for (host, partition) in partitions.ofHost.enumerated() {
      holds[host / Self.blockSize * partitions.count + Int(partition)] = true
    }
    for plan in plans {
      for block in 0..<count
      where plan.partitions.contains(where: {
        holds[block * partitions.count + Int(eligible[$0])]
      }) {
        blocks.append(Int32(block))
      }
      blockStart.append(Int32(blocks.count))
    }
  }

  private func blocks(of query: PlacementQuery) -> Range<Int> {
    Int(blockStart[query.id])..<Int(blockStart[query.id + 1])
  }

  private static func hosts(_ block: Int32, _ fleet: Fleet) -> Range<Int> {
    let start = Int(block) * blockSize
    return start..<min(start + blockSize, fleet.count)
  }

  /// The host that fits with the greatest score, the lowest of equal ones.
  ///
  /// **Complexity**: O(hosts of the request's blocks), one dynamic call for each 1,024.
  mutating func best(
    _ query: PlacementQuery, _ request: PlacementRequest, _ fleet: Fleet, _ moment: PlacementMoment
  ) -> Int {
    guard let scorer else { return OrderedPlacer.none }
    var outcome = OrderedPlacer.none
    var bestScore = -Double.infinity
    var best = -1
    for place in blocks(of: query) {
      let hosts = Self.hosts(blocks[place], fleet)
      scorer.score(hosts, of: fleet, for: request, at: moment, into: &scores)
      let found = Self.greatest(hosts, above: bestScore, scores, query, request, fleet)
      if found >= 0 { (bestScore, best) = (scores[found - hosts.lowerBound], found) }
    }
    if best < 0,
      blocks(of: query).contains(where: { place in
        Self.hosts(blocks[place], fleet).contains { Self.fits(query, request, fleet, $0) }
      })
    {
      outcome = OrderedPlacer.declined
    }
    return best >= 0 ? best : outcome
  }

  /// The first host of a block with the greatest score above a limit among those that fit; -1 if
  /// there is none.
  private static func greatest(
    _ hosts: Range<Int>, above limit: Double, _ scores: [Double], _ query: PlacementQuery,
    _ request: PlacementRequest, _ fleet: Fleet
  ) -> Int {
    let scores = scores.span
    var bestScore = limit
    var best = -1
    for offset in 0..<hosts.count where scores[offset] > bestScore {
      let host = hosts.lowerBound + offset
      if fits(query, request, fleet, host) { (bestScore, best) = (scores[offset], host) }
    }
    return best
  }

  @inline(__always)
  private static func fits(
    _ query: PlacementQuery, _ request: PlacementRequest, _ fleet: Fleet, _ host: Int
  ) -> Bool {
    fleet.freeMilliCPU[host] >= query.plan.milliCPU
      && fleet.freeMemoryMiB[host] >= query.plan.memoryMiB && fleet.takes(request, on: host)
  }

  /// What the policy chooses from the hosts that fit.
  ///
  /// **Complexity**: O(hosts of the request's blocks), and the policy.
  mutating func choose(
    _ query: PlacementQuery, _ request: PlacementRequest, _ fleet: Fleet, _ moment: PlacementMoment
  ) -> Int {
    candidates.removeAll(keepingCapacity: true)
    for place in blocks(of: query) {
      for host in Self.hosts(blocks[place], fleet) where Self.fits(query, request, fleet, host) {
        candidates.append(Int32(truncatingIfNeeded: host))
      }
    }
    if candidates.isEmpty { return OrderedPlacer.none }
    guard let host = chooser?.choose(among: candidates, of: fleet, for: request, at: moment) else {
      return OrderedPlacer.declined
    }
    precondition(
      host >= 0 && host < fleet.count && Self.fits(query, request, fleet, Int(host)),
      "A policy chose a host that cannot take the VM.")
    return Int(host)
  }
}
