import Optimization
import Testing

/// What is refused before the solver is called, because the solver would abort or stay silent.
@Suite struct RefusalTests {
  @Test(arguments: [Double.nan, .infinity, -.infinity]) func costs(cost: Double) {
    var program = IntegerProgram(.minimize)
    _ = program.addVariable(.continuous, cost: cost)
    #expect(throws: SolverError.notFinite(.cost(0))) { try program.solve() }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity]) func coefficients(value: Double) {
    var program = IntegerProgram(.minimize)
    let x = program.addVariable(.continuous)
    program.addConstraint(.atMost(1), [.init(1, x), .init(value, x)])
    #expect(throws: SolverError.notFinite(.entry(1))) { try program.solve() }
  }

  @Test func coefficientsThatAddUpToInfinity() {
    var program = IntegerProgram(.minimize)
    let x = program.addVariable(.continuous)
    program.addConstraint(.atMost(1), [.init(1e308, x), .init(1e308, x)])
    #expect(throws: SolverError.notFinite(.entry(1))) { try program.solve() }
  }

  @Test func boundsThatAreNoNumbers() {
    for domain in [IntegerProgram.Domain.continuous, .integer, .binary] {
      var program = IntegerProgram(.minimize)
      _ = program.addVariable(domain, lower: .nan)
      #expect(throws: SolverError.notFinite(.variable(0))) { try program.solve() }
      program = IntegerProgram(.minimize)
      _ = program.addVariable(domain, upper: .nan)
      #expect(throws: SolverError.notFinite(.variable(0))) { try program.solve() }
    }
    var program = IntegerProgram(.minimize)
    program.addConstraint(.equal(.nan))
    #expect(throws: SolverError.notFinite(.constraint(0))) { try program.solve() }
    program = IntegerProgram(.minimize)
    program.objectiveConstant = .nan
    #expect(throws: SolverError.notFinite(.objectiveConstant)) { try program.solve() }
  }

  @Test func crossedBounds() {
    var program = IntegerProgram(.minimize)
    let x = program.addVariable(.integer, lower: 2, upper: 1)
    #expect(throws: SolverError.crossedBounds(.variable(0), lower: 2, upper: 1)) {
      try program.solve()
    }
    program.setBounds(lower: .infinity, upper: .infinity, of: x)
    #expect(throws: SolverError.self) { try program.solve() }
    program.setBounds(lower: 1, upper: 1, of: x)
    program.addConstraint(.between(3, 2), [.init(1, x)])
    #expect(throws: SolverError.crossedBounds(.constraint(0), lower: 3, upper: 2)) {
      try program.solve()
    }
  }

  @Test(arguments: [-1, 1, .max, .min]) func unknownIndices(index: Int) {
    var program = IntegerProgram(.minimize)
    let x = program.addVariable(.continuous)
    let row = program.addConstraint(.atMost(1), [.init(1, x)])
    var wrong = program
    wrong.add(1, .init(index: index), to: row)
    #expect(throws: SolverError.unknownIndex(entry: 1)) { try wrong.solve() }
    wrong = program
    wrong.add(1, x, to: .init(index: index))
    #expect(throws: SolverError.unknownIndex(entry: 1)) { try wrong.solve() }
  }

  @Test func options() {
    var program = IntegerProgram(.minimize)
    _ = program.addVariable(.continuous)
    for gap in [-0.1, .nan, .infinity] {
      var options = SolverOptions()
      options.relativeGap = gap
      #expect(throws: SolverError.badOption(.relativeGap)) { try program.solve(options) }
    }
    var options = SolverOptions()
    options.nodeLimit = 0
    #expect(throws: SolverError.badOption(.nodeLimit)) { try program.solve(options) }
    options = SolverOptions()
    options.iterationLimit = -1
    #expect(throws: SolverError.badOption(.iterationLimit)) { try program.solve(options) }
    options = SolverOptions()
    options.timeLimit = .zero
    #expect(throws: SolverError.badOption(.timeLimit)) { try program.solve(options) }
  }
}
