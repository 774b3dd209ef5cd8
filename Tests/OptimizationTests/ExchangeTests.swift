import Optimization
import Testing

/// MPS files for other solvers, solutions read back, and relaxations that go on from a basis.
@Suite struct ExchangeTests {
  private static var program: IntegerProgram {
    var program = IntegerProgram(.maximize)
    let x = program.addVariable(.integer, upper: 7, cost: 3)
    let y = program.addVariable(.binary, cost: 5)
    let z = program.addVariable(.continuous, lower: -1, cost: -0.5)
    program.addConstraint(.atMost(12), [.init(2, x), .init(7, y)])
    program.addConstraint(.between(-2, 9), [.init(1, x), .init(-1, z)])
    return program
  }

  @Test func freeMPS() throws {
    #expect(
      try Self.program.freeMPS() == """
        NAME berth FREE
        ROWS
         N cost
         L c0
         L c1
        COLUMNS
         M 'MARKER' 'INTORG'
         x0 cost -3
         x0 c0 2
         x0 c1 1
         x1 cost -5
         x1 c0 7
         M 'MARKER' 'INTEND'
         x2 cost 0.5
         x2 c1 -1
        RHS
         RHS c0 12
         RHS c1 9
        RANGES
         RNG c1 11
        BOUNDS
         UP B x0 7
         UP B x1 1
         LO B x2 -1
         PL B x2
        ENDATA

        """)
  }

  /// Lines as HiGHS and as CBC write them; what comes later for a variable does not count.
  @Test(arguments: [
    "Model status\nOptimal\n# Columns 3\nx0 6\nx1 0\nx2 -1\n# Rows 2\nc0 12\n# Dual\nx0 99\n",
    "Optimal - objective value -18.5\n      0 x0     6     -3\n      2 x2     -1    0.5\n",
  ])
  func solutionsAreRead(text: String) throws {
    let values = try Self.program.point(inSolution: text)
    #expect(values == [6, 0, -1])
    #expect(Self.program.objective(at: values) == 18.5)
  }

  @Test(arguments: ["x0 7\n", "x0 1.5\n", "x1 2\n", "x0 nan\n"])
  func wrongPointsAreRefused(text: String) {
    #expect(throws: SolverError.self) { try Self.program.point(inSolution: text) }
  }

  /// After a new variable the old basis is a start, and the value is that of a start anew.
  @Test func relaxationsGoOnFromABasis() throws {
    var program = IntegerProgram(.minimize)
    let rows = (0..<30).map { row in
      program.addConstraint(.atLeast(Double(10 + row)))
    }
    for column in 0..<60 {
      let variable = program.addVariable(.continuous, cost: Double(3 + column % 7))
      for row in rows where (row.index * 7 + column * 3) % 5 == 0 {
        program.add(Double(1 + (row.index + column) % 4), variable, to: row)
      }
    }
    let first = try program.solve(.relaxation)
    let added = program.addVariable(.continuous, cost: 1)
    program.add(2, added, to: rows[3])
    var options = SolverOptions.relaxation
    options.startingBasis = first.basis
    let next = try program.solve(options)
    let anew = try program.solve(.relaxation)
    #expect(next.status == .optimal)
    #expect(abs(try #require(next.objective) - (try #require(anew.objective))) < 1e-6)
    #expect(next.iterations < anew.iterations)
    program.setBounds(lower: 1, upper: 2, of: added)
    options.startingBasis = next.basis
    #expect(try program.solve(options).status == .optimal)
  }
}
