import Optimization
import Testing

/// Limits are answers: what was found, how good it can be, and which limit ended the search.
@Suite struct LimitTests {
  @Test func nodeLimitKeepsPointAndValidBound() throws {
    let program = knapsack(items: 35, rows: 4, seed: 11)
    let optimum = try #require(try program.solve().objective)
    var options = SolverOptions()
    options.generatesCuts = false
    options.nodeLimit = 60
    let outcome = try program.solve(options)
    #expect(outcome.status == .limited(.nodes))
    #expect(outcome.nodes > 60)
    let bound = try #require(outcome.bound)
    #expect(bound >= optimum - 1e-6)
    let objective = try #require(outcome.objective)
    #expect(objective <= optimum + 1e-6)
    let gap = try #require(outcome.gap)
    #expect(gap == abs(objective - bound) / max(1, abs(bound)))
    #expect(outcome.isRepeatable)
    #expect(try program.solve(options) == outcome)
  }

  @Test func limitsWithoutPoint() throws {
    let program = marketSplit(rows: 5, seed: 3)
    var options = SolverOptions()
    options.nodeLimit = 40
    var outcome = try program.solve(options)
    #expect(outcome.status == .limited(.nodes))
    #expect(outcome.values == nil && outcome.objective == nil && outcome.gap == nil)
    #expect(outcome.bound != nil)
    options = SolverOptions()
    options.iterationLimit = 200
    outcome = try program.solve(options)
    #expect(outcome.status == .limited(.iterations))
    #expect(outcome.iterations >= 200)
    #expect(try program.solve(options) == outcome)
  }

  @Test(arguments: [true, false]) func oneMillisecond(presolves: Bool) throws {
    var options = SolverOptions()
    options.presolves = presolves
    options.nodeLimit = nil
    options.iterationLimit = nil
    options.timeLimit = .milliseconds(1)
    let outcome = try marketSplit(rows: 6, seed: 5).solve(options)
    #expect(outcome.status == .limited(.time))
    #expect(!outcome.isRepeatable)
  }

  @Test func iterationLimitOfRelaxation() throws {
    var options = SolverOptions.relaxation
    options.presolves = false
    options.iterationLimit = 1
    let outcome = try marketSplit(rows: 5, seed: 3).solve(options)
    #expect(outcome.status == .limited(.iterations))
    #expect(outcome.duals == nil)
  }

  @Test func relativeGap() throws {
    let program = knapsack(items: 35, rows: 4, seed: 11)
    let optimum = try #require(try program.solve().objective)
    var options = SolverOptions()
    options.relativeGap = 0.05
    let outcome = try program.solve(options)
    #expect(outcome.status == .withinGap)
    let objective = try #require(outcome.objective)
    let bound = try #require(outcome.bound)
    #expect(bound >= optimum - 1e-6)
    #expect(abs(objective - bound) <= 0.05 * abs(objective) + 1e-6)
  }

  /// A multi-dimensional knapsack.
  private func knapsack(items: Int, rows: Int, seed: UInt64) -> IntegerProgram {
    var random = SplitMix64(seed: seed)
    var program = IntegerProgram(.maximize)
    let variables = (0..<items).map { _ in
      program.addVariable(.binary, cost: Double(Int.random(in: 30...60, using: &random)))
    }
    for _ in 0..<rows {
      let terms = variables.map {
        IntegerProgram.Term(Double(Int.random(in: 10...50, using: &random)), $0)
      }
      program.addConstraint(.atMost(Double(items * 12)), terms)
    }
    return program
  }

  /// Equality knapsacks of Cornuejols and Dawande (1998): tiny, and out of reach of branching.
  private func marketSplit(rows: Int, seed: UInt64) -> IntegerProgram {
    var random = SplitMix64(seed: seed)
    var program = IntegerProgram(.minimize)
    let variables = (0..<10 * (rows - 1)).map { _ in program.addVariable(.binary, cost: 1) }
    for _ in 0..<rows {
      let terms = variables.map {
        IntegerProgram.Term(Double(Int.random(in: 0...99, using: &random)), $0)
      }
      let half = terms.map(\.coefficient).reduce(0, +) / 2
      program.addConstraint(.equal(half.rounded(.down)), terms)
    }
    return program
  }
}
