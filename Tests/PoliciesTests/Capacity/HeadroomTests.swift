import Policies
import Stochastics
import Testing

/// Headroom against the enumeration of all packings, and answers known by hand.
@Suite struct HeadroomTests {
  /// The most batches of a tiny problem, by trying all packings of more and more.
  private func most(_ problem: HeadroomProblem) -> Int {
    var batches = 0
    while PackingEnumeration(problem.packing(of: batches + 1)).leastWeight() == 0 { batches += 1 }
    return batches
  }

  private func violations(
    _ result: HeadroomResult, _ problem: HeadroomProblem
  ) -> [PackingProblem.Violation] {
    problem.packing(of: result.value).violations(
      of: PackingResult(
        placements: result.placements, unplaced: problem.batch.map { _ in 0 }, unplacedWeight: 0))
  }

  @Test(arguments: 0..<150) func optimumOfTinyProblems(seed: Int) {
    let problem = HeadroomSample.tiny(seed: seed)
    let truth = most(problem)
    let result = problem.solve()
    #expect(result.value == truth, "seed \(seed)")
    #expect(result.bound == truth, "seed \(seed)")
    #expect(result.greedy <= truth, "seed \(seed)")
    #expect(violations(result, problem) == [], "seed \(seed)")
    #expect(problem.sumBound >= truth, "seed \(seed)")
  }

  /// Without trying hard the value may be low, but value and bound hold the truth between them.
  @Test(arguments: 1000..<1150) func truthLiesBetween(seed: Int) {
    let problem = HeadroomSample.tiny(seed: seed)
    let truth = most(problem)
    var options = HeadroomOptions()
    options.repairs = false
    let result = problem.solve(options)
    #expect(result.value <= truth && truth <= result.bound, "seed \(seed)")
    #expect(violations(result, problem) == [], "seed \(seed)")
  }

  @Test(arguments: 0..<12) func crowdedProblemsHaveValidPackings(seed: Int) {
    let problem = HeadroomSample.crowded(bins: 40, seed: seed)
    var options = HeadroomOptions()
    options.workLimit = 3_000_000
    let result = problem.solve(options)
    #expect(violations(result, problem) == [], "seed \(seed)")
    #expect(result.greedy <= result.value && result.value <= result.bound, "seed \(seed)")
    #expect(result.gap <= 0.1, "seed \(seed): \(result.value) of \(result.bound)")
    #expect(problem.solve(options) == result, "seed \(seed) is not repeatable")
  }

  /// Two bins of 5 hold four items of 2, though their sum would hold five.
  @Test func wallsCount() {
    let problem = HeadroomProblem(
      resourceCount: 1, poolCount: 1,
      bins: [.init(pool: 0, free: [5]), .init(pool: 0, free: [5])],
      batch: [.init(demand: [2], count: 1, allowedPools: [0])])
    let result = problem.solve()
    #expect(result.value == 4 && result.isProven)
    #expect(result.placements == [[.init(bin: 0, count: 2), .init(bin: 1, count: 2)]])
  }

  @Test func onlyAllowedPoolsCount() {
    let bins: [PackingProblem.Bin] = [
      .init(pool: 0, free: [10, 3]), .init(pool: 1, free: [10, 100]),
      .init(pool: 1, free: [-4, 100]),
    ]
    let problem = HeadroomProblem(
      resourceCount: 2, poolCount: 2, bins: bins,
      batch: [
        .init(demand: [1, 1], count: 1, allowedPools: [0]),
        .init(demand: [2, 1], count: 1, allowedPools: [0, 1]),
      ])
    let result = problem.solve()
    #expect(result.value == 3 && result.bound == 3)
    #expect(problem.limitingResource == 1)
  }

  @Test func whatLimits() {
    let bins: [PackingProblem.Bin] = [.init(pool: 0, free: [100, 8, 50])]
    func limiting(_ demand: [Int64]) -> Int? {
      HeadroomProblem(
        resourceCount: 3, poolCount: 1, bins: bins,
        batch: [.init(demand: demand, count: 1, allowedPools: [0])]
      ).limitingResource
    }
    #expect(limiting([1, 1, 1]) == 1)
    #expect(limiting([30, 1, 1]) == 0)
    #expect(limiting([0, 0, 7]) == 2)
  }

  @Test func nothingFitsWithoutBins() {
    let problem = HeadroomProblem(
      resourceCount: 1, poolCount: 1, bins: [],
      batch: [
        .init(demand: [2], count: 1, allowedPools: [0]),
        .init(demand: [1], count: 1, allowedPools: []),
      ])
    #expect(problem.solve().value == 0)
    #expect(problem.solve().bound == 0)
  }
}

/// Random headroom problems.
enum HeadroomSample {
  static func tiny(seed: Int) -> HeadroomProblem {
    var draw = RandomStream(seed: UInt64(seed), replication: 0, purpose: .generation)
    let bins = (0..<2 + draw.integer(below: 2)).map { _ in
      PackingProblem.Bin(
        pool: draw.integer(below: 2),
        free: [Int64(draw.integer(below: 9)) - 1, Int64(draw.integer(below: 12))])
    }
    return HeadroomProblem(
      resourceCount: 2, poolCount: 2, bins: bins,
      batch: (0..<2 + draw.integer(below: 2)).map { _ in
        .init(
          demand: [Int64(draw.integer(below: 4)), 1 + Int64(draw.integer(below: 4))],
          count: 1 + draw.integer(below: 2),
          allowedPools: [[0], [1], [0, 1], [0, 1]][draw.integer(below: 4)])
      })
  }

  static func crowded(bins: Int, seed: Int) -> HeadroomProblem {
    var draw = RandomStream(seed: UInt64(seed), replication: 1, purpose: .generation)
    return HeadroomProblem(
      resourceCount: 2, poolCount: 1,
      bins: (0..<bins).map { _ in
        .init(
          pool: 0, free: [Int64(draw.integer(below: 40)), Int64(draw.integer(below: 120))])
      },
      batch: (0..<4).map { _ in
        let size = 1 << draw.integer(below: 4)
        return .init(
          demand: [Int64(size), Int64(size * (1 + draw.integer(below: 4)))],
          count: 1 + draw.integer(below: 3), allowedPools: [0])
      })
  }
}
