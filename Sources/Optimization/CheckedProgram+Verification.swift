extension CheckedProgram {
  /// Rounds the integer variables, moves values that are outside their bounds by noise onto them,
  /// and checks every row with the result.
  ///
  /// A row of whole coefficients and integer variables is checked all but exactly; a row with
  /// continuous variables within the solver's own tolerance, which is relative to its bound.
  ///
  /// - Throws: `unverifiedPoint` with the first variable or row that does not hold.
  func verified(_ raw: [Double]) throws(SolverError) -> [Double] {
    var values = raw
    for index in values.indices {
      let given = values[index]
      guard given.isFinite else {
        throw .unverifiedPoint(.variable(index), excess: .infinity)
      }
      var value = isWhole(index) ? given.rounded() : given
      value = min(max(value, lowerBounds[index]), upperBounds[index])
      let excess = abs(value - given)
      guard excess <= 1e-5 * max(1, abs(value)) else {
        throw .unverifiedPoint(.variable(index), excess: excess)
      }
      values[index] = value
    }
    try checkRows(values)
    return values
  }

  /// The objective at a point.
  func objective(at values: [Double]) -> Double {
    var sum = objectiveConstant
    for index in costs.indices { sum += costs[index] * values[index] }
    return sum
  }

  private func isWhole(_ index: Int) -> Bool { !isInteger.isEmpty && isInteger[index] }

  private func checkRows(_ values: [Double]) throws(SolverError) {
    var position = 1
    for row in rowLowerBounds.indices {
      var sum = 0.0
      var isExact = true
      var largest = 1.0
      while position < entryRows.count, Int(entryRows[position]) == row + 1 {
        let column = Int(entryColumns[position]) - 1
        let product = entryValues[position] * values[column]
        sum += product
        largest = max(largest, abs(product))
        isExact = isExact && isWhole(column)
        position += 1
      }
      let tolerance = (isExact ? 1e-9 : 1e-6) * largest
      let excess = max(rowLowerBounds[row] - sum, sum - rowUpperBounds[row])
      // Written so that a sum that is not a number does not pass.
      guard excess <= tolerance else {
        throw .unverifiedPoint(.constraint(row), excess: excess)
      }
    }
  }
}
