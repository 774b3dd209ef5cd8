import Policies
import Testing

/// Small random problems against the enumeration of all packings.
@Suite struct PackingEnumerationTests {
  @Test(arguments: 0..<250) func optimumOfSmallProblems(seed: Int) {
    let problem = PackingSample.small(seed: seed)
    let optimum = PackingEnumeration(problem).leastWeight()
    let result = problem.solve()
    #expect(problem.violations(of: result) == [], "seed \(seed)")
    #expect(result.unplacedWeight == optimum, "seed \(seed)")
    #expect(result.bound <= optimum, "seed \(seed)")
    #expect(result.isProvenOptimal, "seed \(seed)")
    #expect(result.solverError == nil, "seed \(seed)")
    let plain = problem.bestFitDecreasing()
    #expect(problem.violations(of: plain) == [], "seed \(seed)")
    #expect(plain.unplacedWeight >= optimum, "seed \(seed)")
  }

  /// Without the proof by the exact program the bound has to be valid all the same.
  @Test(arguments: 1000..<1150) func pooledBoundIsValid(seed: Int) {
    let problem = PackingSample.small(seed: seed)
    var options = PackingOptions()
    options.largestProof = 0
    let result = problem.solve(options)
    #expect(problem.violations(of: result) == [], "seed \(seed)")
    #expect(result.bound <= PackingEnumeration(problem).leastWeight(), "seed \(seed)")
  }

  /// One unit for another, far larger numbers, and another order of bins change no value.
  @Test(arguments: 2000..<2050) func scaleAndOrderDoNotMatter(seed: Int) {
    let problem = PackingSample.small(seed: seed)
    let value = problem.solve().unplacedWeight
    let unit: Int64 = 1_073_741_824
    let scaled = PackingProblem(
      resourceCount: problem.resourceCount, poolCount: problem.poolCount,
      bins: problem.bins.map { bin in
        .init(pool: bin.pool, free: bin.free.map { $0 * unit + unit / 2 })
      },
      types: problem.types.map { type in
        var type = type
        type.demand = type.demand.map { $0 * unit }
        return type
      }, groups: problem.groups)
    #expect(scaled.solve().unplacedWeight == value, "seed \(seed)")
    let last = problem.bins.count - 1
    let mirrored = PackingProblem(
      resourceCount: problem.resourceCount, poolCount: problem.poolCount,
      bins: problem.bins.reversed(), types: problem.types,
      groups: problem.groups.map { group in
        .init(
          limitPerBin: group.limitPerBin,
          occupied: group.occupied.map { .init(bin: last - $0.bin, members: $0.members) })
      })
    #expect(mirrored.solve().unplacedWeight == value, "seed \(seed)")
  }
}

/// Tries every number of every type in every bin.
struct PackingEnumeration {
  private let problem: PackingProblem
  private var free: [[Int64]]
  private var members: [[Int]]
  private var best: Int

  init(_ problem: PackingProblem) {
    self.problem = problem
    free = problem.bins.map { $0.free.map { max(0, $0) } }
    members = problem.groups.map { group in
      var members = [Int](repeating: 0, count: problem.bins.count)
      for occupancy in group.occupied { members[occupancy.bin] += occupancy.members }
      return members
    }
    best = .max
  }

  /// The least weight that has to be left out.
  func leastWeight() -> Int {
    var search = self
    search.visit(type: 0, bin: 0, left: problem.types.first?.count ?? 0, weight: 0)
    return search.best
  }

  private mutating func visit(type: Int, bin: Int, left: Int, weight: Int) {
    guard weight < best else { return }
    guard type < problem.types.count else {
      best = weight
      return
    }
    let item = problem.types[type]
    if bin == problem.bins.count || left == 0 {
      let next = type + 1
      visit(
        type: next, bin: 0, left: next < problem.types.count ? problem.types[next].count : 0,
        weight: weight + left * item.weight)
      return
    }
    var placed = 0
    while true {
      visit(type: type, bin: bin + 1, left: left - placed, weight: weight)
      guard placed < left, takeOne(item, bin) else { break }
      placed += 1
    }
    for _ in 0..<placed { giveBack(item, bin) }
  }

  private mutating func takeOne(_ item: PackingProblem.ItemType, _ bin: Int) -> Bool {
    guard item.allowedPools.contains(problem.bins[bin].pool),
      zip(free[bin], item.demand).allSatisfy({ $0 >= $1 })
    else { return false }
    if let group = item.group {
      guard members[group][bin] < problem.groups[group].limitPerBin else { return false }
      members[group][bin] += 1
    }
    for resource in item.demand.indices { free[bin][resource] -= item.demand[resource] }
    return true
  }

  private mutating func giveBack(_ item: PackingProblem.ItemType, _ bin: Int) {
    if let group = item.group { members[group][bin] -= 1 }
    for resource in item.demand.indices { free[bin][resource] += item.demand[resource] }
  }
}
