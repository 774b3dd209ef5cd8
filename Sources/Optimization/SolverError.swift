/// Why a program could not be solved at all; running into a limit is no error but an outcome.
package enum SolverError: Error, Equatable, Sendable {
  /// A number of the program is not finite where it has to be.
  case notFinite(Place)
  /// A lower bound lies above its upper bound, or on the wrong infinity.
  case crossedBounds(Place, lower: Double, upper: Double)
  /// An entry names a variable or a constraint that the program does not have.
  case unknownIndex(entry: Int)
  /// More rows, columns or entries than the solver can number.
  case tooLarge(rows: Int, columns: Int, entries: Int)
  /// An option is outside its range.
  case badOption(Option)
  /// The solver gave up with this return code of GLPK.
  case gaveUp(code: Int)
  /// The solver found a fault inside itself or in the call; its text is kept.
  case fault(message: String)
  /// The solver returned a point that breaks this place by this much.
  case unverifiedPoint(Place, excess: Double)

  /// A part of a program, by position.
  package enum Place: Equatable, Sendable {
    /// The bounds of a variable.
    case variable(Int)
    /// The cost of a variable.
    case cost(Int)
    /// The bounds of a constraint.
    case constraint(Int)
    /// A coefficient, by its position among the entries.
    case entry(Int)
    /// The constant of the objective.
    case objectiveConstant
  }

  /// An option that was refused.
  package enum Option: Equatable, Sendable {
    /// `SolverOptions.relativeGap`
    case relativeGap
    /// `SolverOptions.nodeLimit`
    case nodeLimit
    /// `SolverOptions.iterationLimit`
    case iterationLimit
    /// `SolverOptions.timeLimit`
    case timeLimit
  }
}
