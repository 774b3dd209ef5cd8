/// What solving a program gave: a status, a point if there is one, and how good it can be at best.
package struct Outcome: Sendable, Equatable {
  /// How the solve ended.
  package enum Status: Sendable, Equatable {
    /// The point is an optimum.
    case optimal
    /// The point is within the relative gap that was asked for.
    case withinGap
    /// No point satisfies the constraints.
    case infeasible
    /// The linear relaxation is unbounded: an integer program may be infeasible as well.
    case unbounded
    /// A limit ended the solve; there may be a point and a bound.
    case limited(Limit)
  }

  /// The limit that ended a solve.
  package enum Limit: Sendable, Equatable {
    /// `SolverOptions.nodeLimit`
    case nodes
    /// `SolverOptions.iterationLimit`
    case iterations
    /// `SolverOptions.timeLimit`
    case time
  }

  /// How the solve ended.
  package let status: Status
  /// The verified values of all variables in the order they were added, or nil without a point.
  ///
  /// Integer variables hold whole numbers. Every row was checked with these very values.
  package let values: [Double]?
  /// The objective at `values`, computed from them.
  package let objective: Double?
  /// No point is better than this, up to the solver's tolerance of 1e-7, or nil if unknown.
  package let bound: Double?
  /// Change of the objective per unit of each constraint's bound; optimal relaxations only.
  package let duals: [Double]?
  /// Change of the objective per unit of each variable; optimal relaxations only.
  package let reducedCosts: [Double]?
  /// Where the solve of a relaxation ended, to go on from; optimal relaxations only.
  package let basis: Basis?
  /// Subproblems of the search tree.
  package let nodes: Int
  /// Simplex iterations.
  package let iterations: Int
  /// False if a time limit was set: another run may then end elsewhere.
  package let isRepeatable: Bool

  /// |objective - bound| / max(1, |bound|), or nil if one of the two is unknown.
  package var gap: Double? {
    guard let objective, let bound else { return nil }
    return abs(objective - bound) / max(1, abs(bound))
  }

  /// The value of a variable, or nil without a point.
  package func value(of variable: IntegerProgram.Variable) -> Double? {
    values?[variable.index]
  }
}
