/// A linear or mixed integer program as a plain value, built row by row or entry by entry.
///
/// Coefficients live in flat coordinate arrays, so a program of a million entries costs some
/// twenty bytes an entry. Nothing is checked while building: `solve` checks everything at once.
///
/// ```swift
/// var program = IntegerProgram(.maximize)
/// let x = program.addVariable(.integer, upper: 10, cost: 3)
/// let y = program.addVariable(.binary, cost: 5)
/// program.addConstraint(.atMost(12), [.init(2, x), .init(7, y)])
/// let outcome = try program.solve()
/// ```
package struct IntegerProgram: Sendable {
  /// Which way the objective goes.
  package enum Direction: Sendable, Equatable {
    /// Small values are better.
    case minimize
    /// Large values are better.
    case maximize
  }

  /// What values a variable may take between its bounds.
  package enum Domain: Sendable, Equatable {
    /// Any number.
    case continuous
    /// Whole numbers; fractional bounds are rounded inwards.
    case integer
    /// 0 or 1, within the bounds given.
    case binary
  }

  /// A variable of the program that made it.
  package struct Variable: Hashable, Sendable {
    /// Position in the order of adding, from 0.
    package let index: Int

    /// The variable at a position.
    package init(index: Int) { self.index = index }
  }

  /// A constraint of the program that made it.
  package struct Constraint: Hashable, Sendable {
    /// Position in the order of adding, from 0.
    package let index: Int

    /// The constraint at a position.
    package init(index: Int) { self.index = index }
  }

  /// A coefficient with its variable.
  package struct Term: Sendable, Equatable {
    /// The factor of the variable.
    package var coefficient: Double
    /// The variable.
    package var variable: Variable

    /// A coefficient with its variable.
    package init(_ coefficient: Double, _ variable: Variable) {
      self.coefficient = coefficient
      self.variable = variable
    }
  }

  /// What the sum of a constraint's terms has to satisfy.
  package enum Relation: Sendable, Equatable {
    /// The sum is this or less.
    case atMost(Double)
    /// The sum is this or more.
    case atLeast(Double)
    /// The sum is this.
    case equal(Double)
    /// The sum lies between the two.
    case between(Double, Double)
  }

  /// Which way the objective goes.
  package let direction: Direction
  /// Added to the objective.
  package var objectiveConstant = 0.0

  var lowerBounds: [Double] = []
  var upperBounds: [Double] = []
  var costs: [Double] = []
  var isInteger: [Bool] = []
  var rowLowerBounds: [Double] = []
  var rowUpperBounds: [Double] = []
  var entryRows: [Int32] = []
  var entryColumns: [Int32] = []
  var entryValues: [Double] = []
  private var variableNames: [Int: String] = [:]
  private var constraintNames: [Int: String] = [:]

  /// An empty program.
  package init(_ direction: Direction) { self.direction = direction }

  /// Number of variables.
  package var variableCount: Int { costs.count }
  /// Number of constraints.
  package var constraintCount: Int { rowLowerBounds.count }
  /// Number of coefficients added so far, repeated ones counted each time.
  package var entryCount: Int { entryValues.count }

  /// Sets memory aside for a program whose size is known.
  package mutating func reserve(variables: Int, constraints: Int, entries: Int) {
    lowerBounds.reserveCapacity(variables)
    upperBounds.reserveCapacity(variables)
    costs.reserveCapacity(variables)
    isInteger.reserveCapacity(variables)
    rowLowerBounds.reserveCapacity(constraints)
    rowUpperBounds.reserveCapacity(constraints)
    entryRows.reserveCapacity(entries)
    entryColumns.reserveCapacity(entries)
    entryValues.reserveCapacity(entries)
  }

  /// Adds a variable; `cost` is its factor in the objective.
  package mutating func addVariable(
    _ domain: Domain, lower: Double = 0, upper: Double = .infinity, cost: Double = 0,
    name: String? = nil
  ) -> Variable {
    let variable = Variable(index: costs.count)
    let isBinary = domain == .binary
    // A comparison with NaN is false: written this way round, NaN stays and is refused later.
    lowerBounds.append(isBinary && lower < 0 ? 0 : lower)
    upperBounds.append(isBinary && upper > 1 ? 1 : upper)
    costs.append(cost)
    isInteger.append(domain != .continuous)
    if let name { variableNames[variable.index] = name }
    return variable
  }

  /// Adds a constraint; more terms may follow with `add(_:_:to:)`.
  @discardableResult
  package mutating func addConstraint(
    _ relation: Relation, _ terms: [Term] = [], name: String? = nil
  ) -> Constraint {
    let constraint = Constraint(index: rowLowerBounds.count)
    let (lower, upper) = relation.limits
    rowLowerBounds.append(lower)
    rowUpperBounds.append(upper)
    if let name { constraintNames[constraint.index] = name }
    for term in terms { add(term.coefficient, term.variable, to: constraint) }
    return constraint
  }

  /// Adds a term to a constraint; terms with the same variable add up.
  package mutating func add(
    _ coefficient: Double, _ variable: Variable, to constraint: Constraint
  ) {
    entryRows.append(Int32(clamping: constraint.index))
    entryColumns.append(Int32(clamping: variable.index))
    entryValues.append(coefficient)
  }

  /// Replaces the relation of a constraint.
  package mutating func setRelation(_ relation: Relation, of constraint: Constraint) {
    (rowLowerBounds[constraint.index], rowUpperBounds[constraint.index]) = relation.limits
  }

  /// Replaces the bounds of a variable.
  package mutating func setBounds(lower: Double, upper: Double, of variable: Variable) {
    lowerBounds[variable.index] = lower
    upperBounds[variable.index] = upper
  }

  /// Replaces the factor of a variable in the objective.
  package mutating func setCost(_ cost: Double, of variable: Variable) {
    costs[variable.index] = cost
  }

  /// The lower and upper bound a variable was given.
  package func bounds(of variable: Variable) -> (lower: Double, upper: Double) {
    (lowerBounds[variable.index], upperBounds[variable.index])
  }

  /// The name a variable was given, for messages.
  package func name(of variable: Variable) -> String? { variableNames[variable.index] }

  /// The name a constraint was given, for messages.
  package func name(of constraint: Constraint) -> String? { constraintNames[constraint.index] }
}

extension IntegerProgram.Relation {
  var limits: (lower: Double, upper: Double) {
    switch self {
    case .atMost(let upper): (-.infinity, upper)
    case .atLeast(let lower): (lower, .infinity)
    case .equal(let value): (value, value)
    case .between(let lower, let upper): (lower, upper)
    }
  }
}
