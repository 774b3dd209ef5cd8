/// How long and how exactly a program is solved.
///
/// The limits on nodes and iterations count work, so they cut every run at the same place. The
/// time limit reads the wall clock: with it, two runs may give different answers.
package struct SolverOptions: Sendable, Equatable {
  /// Ends the search when |value - bound| / |bound| is at most this; 0 searches for the optimum.
  package var relativeGap: Double = 0
  /// Most subproblems of the search tree, or nil for no limit.
  package var nodeLimit: Int? = 200_000
  /// Most simplex iterations, or nil for no limit.
  ///
  /// The relaxation at the root of a presolved program is not interrupted: the limit is looked at
  /// after it.
  package var iterationLimit: Int? = 2_000_000
  /// Most wall time, or nil (the default) for none; makes the outcome not repeatable.
  package var timeLimit: Duration? = nil
  /// Generates Gomory and mixed integer rounding cuts; without them many programs never finish.
  package var generatesCuts = true
  /// Simplifies the program before solving it.
  package var presolves = true
  /// Solves the linear relaxation only, and returns duals and reduced costs.
  package var relaxesIntegers = false

  /// Where to start a relaxation, or nil to start anew. It is not presolved then.
  ///
  /// A basis of a program that has got other bounds, costs, entries or more variables since is
  /// used as far as it goes; one of a program with other constraints is left aside.
  package var startingBasis: Basis? = nil

  /// Options with the defaults above.
  package init() {}

  /// Options for the linear relaxation.
  package static var relaxation: SolverOptions {
    var options = SolverOptions()
    options.relaxesIntegers = true
    return options
  }

  func check() throws(SolverError) {
    guard relativeGap.isFinite, relativeGap >= 0 else { throw .badOption(.relativeGap) }
    if let nodeLimit, nodeLimit < 1 { throw .badOption(.nodeLimit) }
    if let iterationLimit, iterationLimit < 1 { throw .badOption(.iterationLimit) }
    if let timeLimit, timeLimit <= .zero { throw .badOption(.timeLimit) }
  }

  /// The time limit in whole milliseconds, rounded up and held in the solver's range; 0 is none.
  var timeLimitMilliseconds: Int32 {
    guard let timeLimit else { return 0 }
    let (seconds, attoseconds) = timeLimit.components
    guard seconds < 2_000_000 else { return .max }
    let fraction = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return Int32(max(1, seconds * 1000 + fraction))
  }
}
