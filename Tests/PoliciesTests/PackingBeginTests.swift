import Policies
import Testing

/// What a search that is cut short at once still answers.
struct PackingBeginTests {
  private func atOnce(_ problem: PackingProblem) -> PackingResult {
    var options = PackingOptions()
    options.timeLimit = .nanoseconds(1)
    return problem.solve(options)
  }

  @Test func `without time the large items stay out and counting proves it`() {
    // 10 bins of 8; 30 items of 2 and 10 of 4 ask for 100 of 80: five large ones are too many.
    let problem = PackingProblem(
      resourceCount: 1, poolCount: 1,
      bins: (0..<10).map { _ in .init(pool: 0, free: [8]) },
      types: [
        .init(demand: [2], count: 30, allowedPools: [0]),
        .init(demand: [4], count: 10, allowedPools: [0]),
      ])
    let result = atOnce(problem)
    #expect(result.unplacedWeight == 5)
    #expect(result.bound == 5)
    #expect(result.boundSource == .counting)
    #expect(result.ending == .proven)
  }

  @Test func `walls between bins count`() {
    // Three bins of 5 hold one item of 3 each, although 15 of room is enough for five.
    let problem = PackingProblem(
      resourceCount: 1, poolCount: 1,
      bins: (0..<3).map { _ in .init(pool: 0, free: [5]) },
      types: [.init(demand: [3], count: 5, allowedPools: [0])])
    let result = atOnce(problem)
    #expect(result.unplacedWeight == 2)
    #expect(result.bound == 2)
  }

  @Test(arguments: 0..<60)
  func `what is answered at once is valid and bounds hold`(seed: Int) {
    let problem = seed < 40 ? PackingSample.small(seed: seed) : .crowded(seed)
    let quick = atOnce(problem)
    #expect(problem.violations(of: quick) == [], "seed \(seed)")
    let best = problem.solve()
    #expect(quick.bound <= best.unplacedWeight, "seed \(seed)")
    #expect(quick.unplacedWeight >= best.unplacedWeight, "seed \(seed)")
    #expect(quick.unplacedWeight <= problem.bestFitDecreasing().unplacedWeight, "seed \(seed)")
  }
}

extension PackingProblem {
  fileprivate static func crowded(_ seed: Int) -> PackingProblem {
    PackingSample.crowded(bins: 16, seed: seed)
  }
}
