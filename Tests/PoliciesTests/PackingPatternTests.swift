import Policies
import Testing

/// Packing by patterns and the bound of its relaxation.
@Suite struct PackingPatternTests {
  /// The pool has room for all, but vCPUs and RAM are never free in the same bin.
  @Test func patternsSeeBothResources() {
    let problem = PackingProblem(
      resourceCount: 2, poolCount: 1,
      bins: (0..<40).map { .init(pool: 0, free: $0 % 2 == 0 ? [9, 4] : [4, 9]) },
      types: [
        .init(demand: [3, 3], count: 30, allowedPools: [0]),
        .init(demand: [2, 1], count: 40, allowedPools: [0]),
        .init(demand: [1, 2], count: 40, allowedPools: [0]),
      ])
    let result = problem.solve()
    #expect(problem.violations(of: result) == [])
    #expect(result.isProvenOptimal)
  }

  /// The bound holds for every packing, whatever finds it, also where other bins are too large for
  /// a table, groups interfere and a third resource is short.
  @Test(arguments: 0..<60) func boundIsValidWithoutTheTree(seed: Int) {
    var problem = PackingSample.small(seed: seed)
    let third = problem.bins.indices.map { Int64($0 * seed % 5) }
    problem = PackingProblem(
      resourceCount: 3, poolCount: problem.poolCount,
      bins: problem.bins.enumerated().map { index, bin in
        .init(pool: bin.pool, free: bin.free + [third[index]])
      },
      types: problem.types.enumerated().map { index, type in
        var type = type
        type.demand.append(Int64(index % 2))
        return type
      }, groups: problem.groups)
    var options = PackingOptions()
    options.largestProof = 0
    let result = problem.solve(options)
    #expect(problem.violations(of: result) == [], "seed \(seed)")
    #expect(result.bound <= PackingEnumeration(problem).leastWeight(), "seed \(seed)")
  }

  /// Enormous weights and sizes leave the patterns aside, and nothing overflows.
  @Test func enormousWeights() {
    let problem = PackingProblem(
      resourceCount: 2, poolCount: 1, bins: [.init(pool: 0, free: [500, 700])],
      types: [
        .init(demand: [301, 1], count: 1, allowedPools: [0], weight: 1 << 40),
        .init(demand: [250, 650], count: 1, allowedPools: [0], weight: 1 << 39),
      ])
    let result = problem.solve()
    #expect(result.unplaced == [0, 1])
  }
}
