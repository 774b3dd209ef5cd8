extension IntegerProgram {
  /// The program as free MPS text, always minimising: variables are `x0`, `x1`, ... in the order of
  /// adding, constraints `c0`, `c1`, ...
  ///
  /// **Errors**: `SolverError` for a program that cannot be solved either.
  ///
  /// **Source**: the format as GLPK 5.0 (`glp_write_mps`), HiGHS and CBC read it.
  package func freeMPS() throws(SolverError) -> String {
    let program = try CheckedProgram(self, relaxed: false)
    let sign = direction == .maximize ? -1.0 : 1.0
    var text = "NAME berth FREE\nROWS\n N cost\n"
    for row in 0..<program.rowCount {
      text += " \(Self.kind(program.rowLowerBounds[row], program.rowUpperBounds[row])) c\(row)\n"
    }
    text += "COLUMNS\n" + columns(program, sign: sign)
    text += "RHS\n"
    if program.objectiveConstant != 0 {
      text += " RHS cost \(Self.number(-sign * program.objectiveConstant))\n"
    }
    var ranges = ""
    for row in 0..<program.rowCount {
      let (lower, upper) = (program.rowLowerBounds[row], program.rowUpperBounds[row])
      let side = upper.isFinite ? upper : lower
      if side.isFinite, side != 0 { text += " RHS c\(row) \(Self.number(side))\n" }
      if lower.isFinite, upper.isFinite, lower < upper {
        ranges += " RNG c\(row) \(Self.number(upper - lower))\n"
      }
    }
    if !ranges.isEmpty { text += "RANGES\n" + ranges }
    text += "BOUNDS\n"
    for column in 0..<program.columnCount { text += Self.bounds(program, column) }
    return text + "ENDATA\n"
  }

  private static func kind(_ lower: Double, _ upper: Double) -> String {
    if lower == upper { return "E" }
    return upper.isFinite ? "L" : lower.isFinite ? "G" : "N"
  }

  private func columns(_ program: CheckedProgram, sign: Double) -> String {
    var entries = [[Int]](repeating: [], count: program.columnCount)
    for entry in 1..<max(1, program.entryValues.count) {
      entries[Int(program.entryColumns[entry]) - 1].append(entry)
    }
    var text = ""
    var isInside = false
    for column in 0..<program.columnCount {
      if program.isInteger[column] != isInside {
        isInside.toggle()
        text += " M 'MARKER' '\(isInside ? "INTORG" : "INTEND")'\n"
      }
      // Every column is named, or readers do not know it.
      if program.costs[column] != 0 || entries[column].isEmpty {
        text += " x\(column) cost \(Self.number(sign * program.costs[column]))\n"
      }
      for entry in entries[column] {
        let row = program.entryRows[entry] - 1
        text += " x\(column) c\(row) \(Self.number(program.entryValues[entry]))\n"
      }
    }
    return isInside ? text + " M 'MARKER' 'INTEND'\n" : text
  }

  private static func bounds(_ program: CheckedProgram, _ column: Int) -> String {
    let (lower, upper) = (program.lowerBounds[column], program.upperBounds[column])
    if lower == upper { return " FX B x\(column) \(number(lower))\n" }
    var text = ""
    if !lower.isFinite { text += " MI B x\(column)\n" }
    if lower.isFinite, lower != 0 { text += " LO B x\(column) \(number(lower))\n" }
    // Some readers take an integer variable without a bound for a binary one.
    text += upper.isFinite ? " UP B x\(column) \(number(upper))\n" : " PL B x\(column)\n"
    return text
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
  }

  /// The point in the text of a solution file, in which lines hold the name of a variable of
  /// `freeMPS` and its value; variables that are not named are 0. Every row is checked.
  ///
  /// Lines may begin with a number, and what follows the value does not matter; of two lines for a
  /// variable the first counts.
  ///
  /// **Errors**: `SolverError.unverifiedPoint` if the point breaks a row or a bound.
  package func point(inSolution text: String) throws(SolverError) -> [Double] {
    var values = [Double?](repeating: nil, count: variableCount)
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ", maxSplits: 4)
      for (word, next) in zip(words, words.dropFirst()).prefix(3) where word.first == "x" {
        guard let index = Int(word.dropFirst()), values.indices.contains(index),
          values[index] == nil, let value = Double(next)
        else { continue }
        values[index] = value
      }
    }
    let program = try CheckedProgram(self, relaxed: false)
    return try program.verified(values.map { $0 ?? 0 })
  }

  /// The objective at a point.
  package func objective(at values: [Double]) -> Double {
    zip(costs, values).reduce(objectiveConstant) { $0 + $1.0 * $1.1 }
  }
}
