import Optimization

extension PatternProgram {
  /// Allows only points whose value for the goal is at most this, or any value.
  mutating func limit(to value: Int?) {
    switch goal {
    case .fewestLeft:
      program.setRelation(.atMost(value.map(Double.init) ?? .infinity), of: weightRow)
    case .mostReferences(let left):
      program.setRelation(.atMost(Double(left)), of: weightRow)
      program.setRelation(.atLeast(value.map { Double(-$0) } ?? -.infinity), of: referenceRow)
    }
  }

  /// Allows more weight left out than the goal holds, or not.
  mutating func allowExcess(_ allowed: Bool) {
    guard let excess else { return }
    program.setBounds(lower: 0, upper: allowed ? .infinity : 0, of: excess)
  }

  /// Holds the patterns of a packing in all bins but those of the shapes set free.
  mutating func hold(_ state: PackingState, free: [[Bool]]) {
    for number in parts.indices {
      let uses = addPatterns(of: state, toPart: number)
      for (index, pattern) in parts[number].patterns.enumerated() {
        fix(pattern.variable, atLeast: free[number][pattern.shape] ? 0 : Double(uses[index]))
      }
    }
  }

  /// Makes the patterns of a packing dear to the objective, each more or less by chance, and the
  /// goal of no account to it.
  mutating func preferPatterns(of state: PackingState, random: inout PackingRandom) {
    hasTrueCosts = false
    for left in leftVariables { program.setCost(0, of: left.variable) }
    for number in parts.indices {
      let uses = addPatterns(of: state, toPart: number)
      for (index, pattern) in parts[number].patterns.enumerated() {
        let chance = Double(random.draw(below: 500)) / 1000
        program.setCost(uses[index] > 0 ? chance - 1 : 0, of: pattern.variable)
      }
    }
  }

  /// Holds the whole part of a point in all bins but those of the shapes set free, and makes the
  /// goal the objective again.
  mutating func holdWholePart(of values: [Double], free: [[Bool]]) {
    hasTrueCosts = true
    if goal == .fewestLeft {
      for left in leftVariables { program.setCost(left.weight, of: left.variable) }
    }
    for number in parts.indices {
      for pattern in parts[number].patterns {
        program.setCost(-references(in: pattern, ofPart: number), of: pattern.variable)
        let whole = (values[pattern.variable.index] + 1e-6).rounded(.down)
        fix(pattern.variable, atLeast: free[number][pattern.shape] ? 0 : whole)
      }
    }
  }

  private func references(in pattern: Pattern, ofPart number: Int) -> Double {
    parts[number].countsReferences ? Double(pattern.counts[pattern.counts.count - 1]) : 0
  }

  /// A pattern that a point has in a part of a bin only.
  struct Fractional {
    let part: Int
    let pattern: Int
    let fraction: Double
  }

  /// Fixes the whole part of each pattern of a point, and returns the patterns with a rest.
  mutating func fixWholePart(of values: [Double]) -> [Fractional] {
    var rest: [Fractional] = []
    for number in parts.indices {
      for (index, pattern) in parts[number].patterns.enumerated() {
        let value = values[pattern.variable.index]
        let whole = (value + 1e-6).rounded(.down)
        fix(pattern.variable, atLeast: whole)
        if value - whole > 1e-6 {
          rest.append(Fractional(part: number, pattern: index, fraction: value - whole))
        }
      }
    }
    return rest
  }

  /// Fixes patterns at the next whole number above a point.
  mutating func raise(_ chosen: [Fractional], above values: [Double]) {
    for one in chosen {
      let variable = parts[one.part].patterns[one.pattern].variable
      fix(variable, atLeast: (values[variable.index] - 1e-6).rounded(.up))
    }
  }

  private mutating func fix(_ variable: IntegerProgram.Variable, atLeast value: Double) {
    program.setBounds(lower: value, upper: program.bounds(of: variable).upper, of: variable)
  }
}
