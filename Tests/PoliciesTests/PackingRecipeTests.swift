import Policies
import Testing

@Suite struct PackingRecipeTests {
  /// In overload the largest first is the wrong order: one large item keeps four small ones out.
  @Test func largestFirstIsWrongInOverload() {
    let problem = PackingProblem(
      resourceCount: 1, poolCount: 1, bins: [.init(pool: 0, free: [8])],
      types: [
        .init(demand: [8], count: 1, allowedPools: [0]),
        .init(demand: [2], count: 4, allowedPools: [0]),
      ])
    #expect(problem.bestFitDecreasing().unplacedWeight == 4)
    let result = problem.solve()
    #expect(result.unplaced == [1, 0])
    #expect(result.placements == [[], [.init(bin: 0, count: 4)]])
    #expect(result.bound == 1)
    #expect(result.boundSource == .counting)
    #expect(result.ending == .proven)
  }

  @Test func weightsDecideWhoStaysOut() {
    let problem = PackingProblem(
      resourceCount: 1, poolCount: 1, bins: [.init(pool: 0, free: [8])],
      types: [
        .init(demand: [8], count: 1, allowedPools: [0], weight: 5),
        .init(demand: [2], count: 4, allowedPools: [0]),
      ])
    let result = problem.solve()
    #expect(result.unplaced == [0, 4])
    #expect(result.unplacedWeight == 4)
    #expect(result.gap == 0)
  }

  /// Walls that a sum over the pool does not see need the exact program.
  @Test func wallsAreProvenByTheTree() {
    let problem = PackingProblem(
      resourceCount: 1, poolCount: 1,
      bins: (0..<3).map { _ in .init(pool: 0, free: [5]) },
      types: [
        .init(demand: [3], count: 3, allowedPools: [0]),
        .init(demand: [2], count: 4, allowedPools: [0]),
      ])
    let result = problem.solve()
    #expect(result.unplacedWeight == 1)
    #expect(result.isProvenOptimal)
  }

  @Test func groupsKeepApart() {
    let problem = PackingProblem(
      resourceCount: 1, poolCount: 1,
      bins: (0..<3).map { _ in .init(pool: 0, free: [10]) },
      types: [.init(demand: [1], count: 6, allowedPools: [0], group: 0)],
      groups: [.init(limitPerBin: 2, occupied: [.init(bin: 1, members: 1)])])
    let result = problem.solve()
    #expect(
      result.placements == [
        [.init(bin: 0, count: 2), .init(bin: 1, count: 1), .init(bin: 2, count: 2)]
      ])
    #expect(result.unplacedWeight == 1)
    #expect(result.isProvenOptimal)
  }

  @Test func nothingToDo() {
    let noItems = PackingProblem(
      resourceCount: 1, poolCount: 1, bins: [.init(pool: 0, free: [1])], types: [])
    #expect(noItems.solve().isProvenOptimal)
    let noBins = PackingProblem(
      resourceCount: 1, poolCount: 1, bins: [],
      types: [.init(demand: [1], count: 2, allowedPools: [0])])
    let result = noBins.solve()
    #expect(result.unplaced == [2])
    #expect(result.bound == 2)
    let noResources = PackingProblem(
      resourceCount: 0, poolCount: 1, bins: [.init(pool: 0, free: [])],
      types: [.init(demand: [], count: 7, allowedPools: [0])])
    #expect(noResources.solve().placements == [[.init(bin: 0, count: 7)]])
  }

  @Test func extremeAmounts() {
    let problem = PackingProblem(
      resourceCount: 2, poolCount: 1,
      bins: [.init(pool: 0, free: [.max, 5]), .init(pool: 0, free: [.min, .max])],
      types: [
        .init(demand: [.max / 2, 1], count: 3, allowedPools: [0]),
        .init(demand: [0, 1], count: 9, allowedPools: [0]),
      ])
    let result = problem.solve()
    #expect(problem.violations(of: result) == [])
    #expect(result.unplaced == [1, 0])
    #expect(result.isProvenOptimal)
  }

  @Test(arguments: 0..<4) func equalRunsAreEqual(seed: Int) async {
    let problem = PackingSample.crowded(bins: 40, seed: seed)
    var options = PackingOptions()
    options.workLimit = 1_000_000
    options.seed = UInt64(seed)
    let expected = problem.solve(options)
    #expect(problem.violations(of: expected) == [], "seed \(seed)")
    #expect(expected.isRepeatable)
    #expect(expected.unplacedWeight <= problem.bestFitDecreasing().unplacedWeight, "seed \(seed)")
    await withTaskGroup(of: PackingResult.self) { [options] group in
      for _ in 0..<3 { group.addTask { problem.solve(options) } }
      for await result in group { #expect(result == expected, "seed \(seed)") }
    }
  }

  /// More work never gives a worse packing or a weaker bound.
  @Test func limitsLeaveValidResults() {
    let problem = PackingSample.crowded(bins: 60, seed: 9)
    var values: [Int] = []
    var bounds: [Int] = []
    for work in [0, 100_000, 2_000_000] {
      var options = PackingOptions()
      options.workLimit = work
      let result = problem.solve(options)
      #expect(problem.violations(of: result) == [])
      values.append(result.unplacedWeight)
      bounds.append(result.bound)
    }
    #expect(values == values.sorted(by: >))
    #expect(bounds == bounds.sorted())
  }

  @Test func timeLimitIsNotRepeatable() {
    let problem = PackingSample.crowded(bins: 60, seed: 9)
    var options = PackingOptions()
    options.timeLimit = .milliseconds(1)
    let result = problem.solve(options)
    #expect(!result.isRepeatable)
    #expect(problem.violations(of: result) == [])
  }
}
