import Optimization
import Testing

/// Programs small enough to be solved by hand.
@Suite struct KnownAnswerTests {
  /// Hillier and Lieberman's Wyndor Glass problem, with its published shadow prices.
  @Test(arguments: [true, false]) func shadowPricesOfMaximum(presolves: Bool) throws {
    var program = IntegerProgram(.maximize)
    let doors = program.addVariable(.continuous, cost: 3)
    let windows = program.addVariable(.continuous, cost: 5)
    program.addConstraint(.atMost(4), [.init(1, doors)])
    program.addConstraint(.atMost(12), [.init(2, windows)])
    program.addConstraint(.atMost(18), [.init(3, doors), .init(2, windows)])
    var options = SolverOptions.relaxation
    options.presolves = presolves
    let outcome = try program.solve(options)
    #expect(outcome.status == .optimal)
    #expect(outcome.objective.map { abs($0 - 36) < 1e-9 } == true)
    #expect(isClose(outcome.values, [2, 6]))
    #expect(isClose(outcome.duals, [0, 1.5, 1]))
    #expect(isClose(outcome.reducedCosts, [0, 0]))
  }

  @Test(arguments: [true, false]) func dualsAndReducedCostsOfMinimum(presolves: Bool) throws {
    var program = IntegerProgram(.minimize)
    program.objectiveConstant = 100
    let x = program.addVariable(.continuous, cost: 2)
    let y = program.addVariable(.continuous, cost: 3)
    let z = program.addVariable(.continuous, cost: 7)
    program.addConstraint(.atLeast(4), [.init(1, x), .init(1, y), .init(1, z)])
    program.addConstraint(.atLeast(6), [.init(1, x), .init(3, y), .init(2, z)])
    var options = SolverOptions.relaxation
    options.presolves = presolves
    let outcome = try program.solve(options)
    #expect(isClose(outcome.values, [3, 1, 0]))
    #expect(isClose(outcome.duals, [1.5, 0.5]))
    // 7 - 1 * 1.5 - 2 * 0.5
    #expect(isClose(outcome.reducedCosts, [0, 0, 4.5]))
    #expect(outcome.objective.map { abs($0 - 109) < 1e-9 } == true)
    #expect(outcome.gap == 0)
  }

  @Test func knapsack() throws {
    var program = IntegerProgram(.maximize)
    let x = program.addVariable(.integer, upper: 10, cost: 3, name: "x")
    let y = program.addVariable(.binary, cost: 5)
    let capacity = program.addConstraint(
      .atMost(12), [.init(2, x), .init(7, y)], name: "capacity")
    let outcome = try program.solve()
    #expect(outcome.status == .optimal)
    #expect(outcome.values == [6, 0])
    #expect(outcome.objective == 18)
    #expect(outcome.bound == 18)
    #expect(outcome.isRepeatable)
    #expect(outcome.value(of: x) == 6)
    #expect(program.name(of: x) == "x")
    #expect(program.name(of: y) == nil)
    #expect(program.name(of: capacity) == "capacity")
  }

  @Test func rangesAndEqualities() throws {
    var program = IntegerProgram(.minimize)
    let x = program.addVariable(.integer, lower: -5, upper: 5, cost: 1)
    let y = program.addVariable(.continuous, lower: -.infinity, cost: 0)
    program.addConstraint(.equal(0.5), [.init(1, x), .init(1, y)])
    program.addConstraint(.between(-1, 3.25), [.init(1, y)])
    let outcome = try program.solve()
    #expect(isClose(outcome.values, [-2, 2.5]))
  }

  @Test func variablesWithoutRows() throws {
    var program = IntegerProgram(.maximize)
    _ = program.addVariable(.integer, lower: -2.5, upper: 3.7, cost: 2)
    _ = program.addVariable(.continuous, lower: -2, upper: 3.5, cost: -2)
    for options in [SolverOptions(), withoutPresolve] {
      #expect(try program.solve(options).values == [3, -2])
    }
  }

  @Test func emptyPrograms() throws {
    var program = IntegerProgram(.minimize)
    program.objectiveConstant = 7
    #expect(try program.solve().objective == 7)
    program.addConstraint(.between(-1, 1))
    let relaxed = try program.solve(.relaxation)
    #expect(relaxed.values == [])
    #expect(relaxed.duals == [0])
    program.addConstraint(.atLeast(1))
    #expect(try program.solve().status == .infeasible)
  }

  /// A row without terms, and one whose terms cancel, decide like any other.
  @Test(arguments: [0.0, 1.0]) func emptyRow(limit: Double) throws {
    var program = IntegerProgram(.maximize)
    let x = program.addVariable(.binary, cost: 1)
    program.addConstraint(.atLeast(limit), [.init(2, x), .init(-2, x)])
    for options in [SolverOptions(), withoutPresolve, .relaxation] {
      #expect(try program.solve(options).status == (limit == 0 ? .optimal : .infeasible))
    }
  }

  @Test func infeasible() throws {
    var program = IntegerProgram(.minimize)
    let x = program.addVariable(.integer, upper: 10)
    let y = program.addVariable(.integer, upper: 10)
    // The relaxation has points, whole numbers do not.
    program.addConstraint(.equal(5), [.init(2, x), .init(2, y)])
    for options in [SolverOptions(), withoutPresolve] {
      let outcome = try program.solve(options)
      #expect(outcome.status == .infeasible)
      #expect(outcome.values == nil && outcome.bound == nil && outcome.gap == nil)
    }
    #expect(try program.solve(.relaxation).status == .optimal)
    program.addConstraint(.atLeast(21), [.init(1, x), .init(1, y)])
    for options in [SolverOptions(), withoutPresolve, .relaxation] {
      #expect(try program.solve(options).status == .infeasible)
    }
  }

  @Test func integerBoundsWithoutWholeNumber() throws {
    var program = IntegerProgram(.minimize)
    _ = program.addVariable(.integer, lower: 0.2, upper: 0.8)
    #expect(try program.solve().status == .infeasible)
    #expect(try program.solve(.relaxation).status == .optimal)
  }

  @Test(arguments: [IntegerProgram.Domain.integer, .continuous])
  func unbounded(domain: IntegerProgram.Domain) throws {
    var program = IntegerProgram(.maximize)
    let x = program.addVariable(domain, cost: 1)
    let y = program.addVariable(domain)
    program.addConstraint(.atMost(1), [.init(1, x), .init(-1, y)])
    for options in [SolverOptions(), withoutPresolve, .relaxation] {
      let outcome = try program.solve(options)
      #expect(outcome.status == .unbounded)
      #expect(outcome.values == nil)
    }
  }

  @Test func repeatedTermsAddUp() throws {
    var program = IntegerProgram(.maximize)
    let x = program.addVariable(.integer, cost: 1)
    let y = program.addVariable(.integer, upper: 1, cost: 0)
    let row = program.addConstraint(.atMost(9), [.init(1, x), .init(1, y), .init(2, x)])
    program.add(-1, y, to: row)
    #expect(program.entryCount == 4)
    #expect(try program.solve().value(of: x) == 3)
  }

  private var withoutPresolve: SolverOptions {
    var options = SolverOptions()
    options.presolves = false
    return options
  }

  private func isClose(_ left: [Double]?, _ right: [Double]) -> Bool {
    guard let left, left.count == right.count else { return false }
    return zip(left, right).allSatisfy { abs($0 - $1) < 1e-7 }
  }
}
