/// A program whose numbers, bounds and indices were checked, with rows in order, repeated entries
/// added up, zeros dropped and integer bounds rounded inwards.
///
/// The solver ends the process on some of these faults and answers NaN with "optimal", so nothing
/// reaches it but a value of this type.
struct CheckedProgram {
  let direction: IntegerProgram.Direction
  let objectiveConstant: Double
  var lowerBounds: [Double]
  var upperBounds: [Double]
  let costs: [Double]
  let isInteger: [Bool]
  let rowLowerBounds: [Double]
  let rowUpperBounds: [Double]
  /// Counted from 1 with an unused first slot, as the solver reads them; ordered by row.
  private(set) var entryRows: [Int32] = [0]
  private(set) var entryColumns: [Int32] = [0]
  private(set) var entryValues: [Double] = [0]
  /// True if the rounded bounds of an integer variable leave no value.
  private(set) var hasEmptyDomain = false

  init(_ program: IntegerProgram, relaxed: Bool) throws(SolverError) {
    direction = program.direction
    objectiveConstant = program.objectiveConstant
    lowerBounds = program.lowerBounds
    upperBounds = program.upperBounds
    costs = program.costs
    isInteger = relaxed ? [] : program.isInteger
    rowLowerBounds = program.rowLowerBounds
    rowUpperBounds = program.rowUpperBounds
    try checkSize(program)
    try checkNumbers()
    try collectEntries(program)
    roundBoundsInwards()
  }

  var columnCount: Int { costs.count }
  var rowCount: Int { rowLowerBounds.count }
  /// Number of entries without the unused slot.
  var entryCount: Int { entryValues.count - 1 }

  private func checkSize(_ program: IntegerProgram) throws(SolverError) {
    // The solver's own limits (GLPK 5.0, M_MAX, N_MAX and NNZ_MAX).
    guard rowCount <= 100_000_000, columnCount <= 100_000_000,
      program.entryCount <= 500_000_000
    else {
      throw .tooLarge(rows: rowCount, columns: columnCount, entries: program.entryCount)
    }
  }

  private func checkNumbers() throws(SolverError) {
    guard objectiveConstant.isFinite else { throw .notFinite(.objectiveConstant) }
    for index in costs.indices {
      guard costs[index].isFinite else { throw .notFinite(.cost(index)) }
      try checkBounds(lowerBounds[index], upperBounds[index], .variable(index))
    }
    for index in rowLowerBounds.indices {
      try checkBounds(rowLowerBounds[index], rowUpperBounds[index], .constraint(index))
    }
  }

  private func checkBounds(
    _ lower: Double, _ upper: Double, _ place: SolverError.Place
  ) throws(SolverError) {
    guard !lower.isNaN, !upper.isNaN else { throw .notFinite(place) }
    // The largest finite numbers are the solver's own sign for "none".
    guard lower <= upper, lower < .greatestFiniteMagnitude, upper > -.greatestFiniteMagnitude
    else { throw .crossedBounds(place, lower: lower, upper: upper) }
  }

  /// Orders the entries by row with a counting sort and adds up those of one row and column.
  private mutating func collectEntries(_ program: IntegerProgram) throws(SolverError) {
    var starts = [Int](repeating: 0, count: rowCount + 1)
    for entry in program.entryValues.indices {
      let row = Int(program.entryRows[entry])
      let column = Int(program.entryColumns[entry])
      guard row >= 0, row < rowCount, column >= 0, column < columnCount else {
        throw .unknownIndex(entry: entry)
      }
      guard program.entryValues[entry].isFinite else { throw .notFinite(.entry(entry)) }
      starts[row + 1] += 1
    }
    for row in 0..<rowCount { starts[row + 1] += starts[row] }
    var order = [Int32](repeating: 0, count: program.entryCount)
    var next = starts
    for entry in program.entryValues.indices {
      let row = Int(program.entryRows[entry])
      order[next[row]] = Int32(entry)
      next[row] += 1
    }
    entryRows.reserveCapacity(order.count + 1)
    entryColumns.reserveCapacity(order.count + 1)
    entryValues.reserveCapacity(order.count + 1)
    // Where the present row holds the column, if at a position not before the row's start.
    var place = [Int](repeating: 0, count: columnCount)
    for row in 0..<rowCount {
      try appendRow(row, order[starts[row]..<starts[row + 1]], of: program, &place)
    }
  }

  private mutating func appendRow(
    _ row: Int, _ entries: ArraySlice<Int32>, of program: IntegerProgram, _ place: inout [Int]
  ) throws(SolverError) {
    let first = entryValues.count
    for entry in entries {
      let column = Int(program.entryColumns[Int(entry)])
      let value = program.entryValues[Int(entry)]
      if place[column] >= first {
        entryValues[place[column]] += value
        guard entryValues[place[column]].isFinite else { throw .notFinite(.entry(Int(entry))) }
      } else {
        place[column] = entryValues.count
        entryRows.append(Int32(row + 1))
        entryColumns.append(Int32(column + 1))
        entryValues.append(value)
      }
    }
    dropZeros(from: first)
    // Positions of this row must not look like positions of the next one after dropping.
    for entry in entries { place[Int(program.entryColumns[Int(entry)])] = 0 }
  }

  private mutating func dropZeros(from first: Int) {
    guard entryValues[first...].contains(0) else { return }
    var kept = first
    for position in first..<entryValues.count where entryValues[position] != 0 {
      entryRows[kept] = entryRows[position]
      entryColumns[kept] = entryColumns[position]
      entryValues[kept] = entryValues[position]
      kept += 1
    }
    entryRows.removeSubrange(kept...)
    entryColumns.removeSubrange(kept...)
    entryValues.removeSubrange(kept...)
  }

  private mutating func roundBoundsInwards() {
    for index in isInteger.indices where isInteger[index] {
      // A bound that is whole up to rounding noise is meant to be whole.
      lowerBounds[index] = (lowerBounds[index] - 1e-9).rounded(.up)
      upperBounds[index] = (upperBounds[index] + 1e-9).rounded(.down)
      if lowerBounds[index] > upperBounds[index] { hasEmptyDomain = true }
    }
  }
}
