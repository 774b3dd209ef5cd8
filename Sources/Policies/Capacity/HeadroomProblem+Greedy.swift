extension HeadroomProblem {
  /// How one item after the other chooses its bin.
  enum Choice {
    /// The first bin with room.
    case first
    /// The bin with room that is left with the least.
    case best
    /// The bin with room whose free amounts are most alike in proportion to what the item asks for.
    case aligned
  }

  /// Places batch after batch, each item where the choice says, until one finds no room: what a
  /// scheduler gets that does not know what is coming.
  ///
  /// - Complexity: O(items * bins) for the best choice, O(items + types * bins) for the first.
  func greedy(_ choice: Choice, limit: Int) -> (batches: Int, placements: [[Int: Int]]) {
    var packing = GreedyPacking(self)
    var placements = [[Int: Int]](repeating: [:], count: batch.count)
    var batches = 0
    while batches < limit {
      var placed: [(type: Int, bin: Int)] = []
      for (type, item) in batch.enumerated() {
        for _ in 0..<item.count {
          guard let bin = packing.bin(for: type, choice) else { return (batches, placements) }
          packing.take(type, from: bin)
          placed.append((type, bin))
        }
      }
      for (type, bin) in placed { placements[type][bin, default: 0] += 1 }
      batches += 1
    }
    return (batches, placements)
  }

  /// Places all items of a number of batches, the largest type first, each where it is most alike
  /// in proportion; the items of each type by bin.
  ///
  /// Where two resources are short, hosts rich in one should get the items that ask for it.
  ///
  /// - Complexity: O(items * bins)
  ///
  /// **Source**: the dot-product heuristics of vector bin packing (Panigrahy et al., Heuristics for
  /// Vector Bin Packing, 2011), here with the angle.
  func alignedPacking(of batches: Int) -> [[Int: Int]] {
    var packing = GreedyPacking(self)
    var placements = [[Int: Int]](repeating: [:], count: batch.count)
    let order = batch.indices.sorted { first, second in
      let (a, b) = (packing.size(first), packing.size(second))
      return a != b ? a > b : first < second
    }
    for type in order {
      for _ in 0..<batch[type].count * batches {
        guard let bin = packing.bin(for: type, .aligned) else { break }
        packing.take(type, from: bin)
        placements[type][bin, default: 0] += 1
      }
    }
    return placements
  }
}

/// Free amounts of bins from which items are taken one by one.
private struct GreedyPacking {
  private let resourceCount: Int
  private let demand: [Int64]
  /// For each type the bins of its pools.
  private let candidates: [[Int32]]
  /// For each type the position of the first bin that may still have room; room only shrinks.
  private var next: [Int]
  private var free: [Int64]
  /// Factors that make amounts of different resources comparable, larger for scarcer ones.
  private let weight: [Double]
  /// One over what an average bin has free.
  private let scale: [Double]
  /// Whether a resource is wanted in at least half the share of the scarcest one.
  private let isShort: [Bool]

  init(_ problem: HeadroomProblem) {
    resourceCount = problem.resourceCount
    demand = problem.batch.flatMap(\.demand)
    free = problem.bins.flatMap { bin in bin.free.map { max(0, $0) } }
    candidates = problem.batch.map { type in
      var isAllowed = [Bool](repeating: false, count: problem.poolCount)
      for pool in type.allowedPools { isAllowed[pool] = true }
      return problem.bins.indices.filter { isAllowed[problem.bins[$0].pool] }.map(Int32.init)
    }
    next = [Int](repeating: 0, count: problem.batch.count)
    let totals = (0..<problem.resourceCount).map { resource in
      max(1, problem.bins.reduce(0.0) { $0 + Double(max(0, $1.free[resource])) })
    }
    let shares = totals.indices.map { resource in
      problem.batch.reduce(0.0) { $0 + Double($1.demand[resource]) * Double($1.count) }
        / totals[resource]
    }
    weight = zip(shares, totals).map { $0 / $1 }
    scale = totals.map { Double(max(1, problem.bins.count)) / $0 }
    let most = shares.max() ?? 0
    isShort = shares.map { $0 >= most / 2 }
  }

  /// The bin that an item of the type goes to.
  mutating func bin(for type: Int, _ choice: HeadroomProblem.Choice) -> Int? {
    switch choice {
    case .first: firstFit(type)
    case .best: best(type) { bin in -leftOver(in: bin) }
    case .aligned: best(type) { bin in alignment(of: type, with: bin) }
    }
  }

  /// What an item of the type asks for, as shares of an average bin.
  func size(_ type: Int) -> Double {
    (0..<resourceCount).reduce(0) {
      $0 + Double(demand[type * resourceCount + $1]) * scale[$1]
    }
  }

  private mutating func firstFit(_ type: Int) -> Int? {
    while next[type] < candidates[type].count {
      let bin = Int(candidates[type][next[type]])
      if fits(type, bin) { return bin }
      next[type] += 1
    }
    return nil
  }

  private func best(_ type: Int, _ score: (Int) -> Double) -> Int? {
    var best: (bin: Int, score: Double)?
    for candidate in candidates[type] {
      let bin = Int(candidate)
      guard fits(type, bin) else { continue }
      let score = score(bin)
      if score > best?.score ?? -.infinity { best = (bin, score) }
    }
    return best?.bin
  }

  private func leftOver(in bin: Int) -> Double {
    var left = 0.0
    for resource in 0..<resourceCount {
      left += weight[resource] * Double(free[bin * resourceCount + resource])
    }
    return left
  }

  /// The square of the cosine, which needs no root, of demand and free amounts as shares of an
  /// average bin; resources that are not short do not count.
  private func alignment(of type: Int, with bin: Int) -> Double {
    var (product, square) = (0.0, 1e-9)
    for resource in 0..<resourceCount where isShort[resource] {
      let amount = Double(free[bin * resourceCount + resource]) * scale[resource]
      product += amount * Double(demand[type * resourceCount + resource]) * scale[resource]
      square += amount * amount
    }
    return product * product / square
  }

  mutating func take(_ type: Int, from bin: Int) {
    for resource in 0..<resourceCount {
      free[bin * resourceCount + resource] -= demand[type * resourceCount + resource]
    }
  }

  private func fits(_ type: Int, _ bin: Int) -> Bool {
    for resource in 0..<resourceCount
    where free[bin * resourceCount + resource] < demand[type * resourceCount + resource] {
      return false
    }
    return true
  }
}
