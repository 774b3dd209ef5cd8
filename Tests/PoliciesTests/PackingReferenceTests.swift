import Policies
import Testing

/// The second goal: room for reference items, with what is left out held.
@Suite struct PackingReferenceTests {
  /// Two of three places for the small item spoil a whole free bin.
  @Test func roomIsKept() {
    let problem = PackingProblem(
      resourceCount: 1, poolCount: 2,
      bins: [.init(pool: 0, free: [8]), .init(pool: 0, free: [11]), .init(pool: 1, free: [3])],
      types: [.init(demand: [3], count: 2, allowedPools: [0, 1])],
      reference: .init(demand: [8], pools: [0]))
    let result = problem.solve()
    #expect(problem.violations(of: result) == [])
    #expect(result.references == 2 && result.isReferenceProven)
  }

  /// Small random problems against the enumeration of all packings, both goals in their order.
  @Test(arguments: 3000..<3200) func optimumOfSmallProblems(seed: Int) {
    let small = PackingSample.small(seed: seed)
    let problem = PackingProblem(
      resourceCount: small.resourceCount, poolCount: small.poolCount, bins: small.bins,
      types: small.types, groups: small.groups,
      reference: .init(
        demand: [Int64(seed % 3), Int64(1 + seed % 4)], pools: [[0], [0, 1]][seed % 2]))
    let optimum = ReferenceEnumeration(problem).best()
    let result = problem.solve()
    #expect(problem.violations(of: result) == [], "seed \(seed)")
    #expect(result.unplacedWeight == optimum.weight, "seed \(seed)")
    #expect(result.references == optimum.references, "seed \(seed)")
    #expect(result.isReferenceProven, "seed \(seed)")
    var options = PackingOptions()
    options.largestProof = 0
    let open = problem.solve(options)
    if open.unplacedWeight == optimum.weight, let bound = open.referenceBound {
      #expect(bound >= optimum.references, "seed \(seed)")
    }
  }

  @Test(arguments: 0..<3) func equalRunsAreEqual(seed: Int) {
    let crowded = PackingSample.crowded(bins: 30, seed: seed)
    let problem = PackingProblem(
      resourceCount: 2, poolCount: 4, bins: crowded.bins, types: crowded.types,
      groups: crowded.groups, reference: .init(demand: [4, 4], pools: [0, 1, 2]))
    var options = PackingOptions()
    options.workLimit = 500_000
    let result = problem.solve(options)
    #expect(problem.violations(of: result) == [], "seed \(seed)")
    #expect(problem.solve(options) == result, "seed \(seed)")
  }
}

/// Tries every number of every type in every bin.
private struct ReferenceEnumeration {
  private let problem: PackingProblem
  private let reference: PackingProblem.Reference
  private var free: [[Int64]]
  private var members: [[Int]]
  private var found = (weight: Int.max, references: 0)

  init(_ problem: PackingProblem) {
    self.problem = problem
    reference = problem.reference ?? .init(demand: [], pools: [])
    free = problem.bins.map { $0.free.map { max(0, $0) } }
    members = problem.groups.map { group in
      var members = [Int](repeating: 0, count: problem.bins.count)
      for occupancy in group.occupied { members[occupancy.bin] += occupancy.members }
      return members
    }
  }

  /// The least weight left out, and the most reference items of the packings that leave out that.
  func best() -> (weight: Int, references: Int) {
    var search = self
    search.visit(0, 0, left: problem.types.first?.count ?? 0, weight: 0)
    return search.found
  }

  private var references: Int {
    problem.bins.indices.filter { reference.pools.contains(problem.bins[$0].pool) }
      .reduce(0) { sum, bin in
        let copies = zip(free[bin], reference.demand).filter { $0.1 > 0 }.map { $0.0 / $0.1 }
        return sum + Int(copies.min() ?? 0)
      }
  }

  private mutating func visit(_ type: Int, _ bin: Int, left: Int, weight: Int) {
    guard weight <= found.weight else { return }
    guard type < problem.types.count else {
      if weight < found.weight || references > found.references { found = (weight, references) }
      return
    }
    let item = problem.types[type]
    guard bin < problem.bins.count, left > 0 else {
      let next = type + 1 < problem.types.count ? problem.types[type + 1].count : 0
      visit(type + 1, 0, left: next, weight: weight + left * item.weight)
      return
    }
    var placed = 0
    while true {
      visit(type, bin + 1, left: left - placed, weight: weight)
      guard placed < left, change(item, bin, by: 1) else { break }
      placed += 1
    }
    for _ in 0..<placed { _ = change(item, bin, by: -1) }
  }

  private mutating func change(
    _ item: PackingProblem.ItemType, _ bin: Int, by count: Int
  ) -> Bool {
    if count > 0 {
      guard item.allowedPools.contains(problem.bins[bin].pool),
        zip(free[bin], item.demand).allSatisfy({ $0 >= $1 })
      else { return false }
      if let group = item.group, members[group][bin] >= problem.groups[group].limitPerBin {
        return false
      }
    }
    if let group = item.group { members[group][bin] += count }
    for resource in item.demand.indices {
      free[bin][resource] -= item.demand[resource] * Int64(count)
    }
    return true
  }
}
