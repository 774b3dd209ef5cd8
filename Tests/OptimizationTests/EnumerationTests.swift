import Optimization
import Testing

/// Random small programs against the enumeration of all their points.
@Suite struct EnumerationTests {
  @Test(arguments: 0..<300) func integerPrograms(seed: UInt64) throws {
    let sample = Sample(seed: seed, hasContinuous: false)
    try check(sample, seed: seed)
  }

  @Test(arguments: 1000..<1200) func mixedPrograms(seed: UInt64) throws {
    let sample = Sample(seed: seed, hasContinuous: true)
    try check(sample, seed: seed)
  }

  /// Duals of random relaxations satisfy the conditions of optimality, whatever the basis.
  @Test(arguments: 2000..<2200) func dualsOfRelaxations(seed: UInt64) throws {
    let sample = Sample(seed: seed, hasContinuous: true)
    let outcome = try sample.program.solve(.relaxation)
    guard outcome.status == .optimal else {
      #expect(outcome.status == .infeasible, "seed \(seed)")
      return
    }
    let values = try #require(outcome.values)
    let duals = try #require(outcome.duals)
    let reduced = try #require(outcome.reducedCosts)
    for column in sample.costs.indices {
      var cost = sample.costs[column]
      for row in sample.rows.indices {
        cost -= sample.rows[row].coefficients[column] * duals[row]
      }
      #expect(abs(cost - reduced[column]) < 1e-6, "seed \(seed), variable \(column)")
      // A variable between its bounds has no reduced cost; at a bound the sign pushes outwards.
      let sign = sample.isMaximum ? -reduced[column] : reduced[column]
      if values[column] > 1e-6 { #expect(sign < 1e-6, "seed \(seed)") }
      if values[column] < sample.upper[column] - 1e-6 { #expect(sign > -1e-6, "seed \(seed)") }
    }
    let plain = try #require(outcome.objective)
    let byDuals =
      zip(duals, sample.rows).map { $0 * $1.activity(values) }.reduce(0, +)
      + zip(reduced, values).map(*).reduce(0, +)
    #expect(abs(plain - byDuals) < 1e-6, "seed \(seed)")
  }

  private func check(_ sample: Sample, seed: UInt64) throws {
    let best = sample.best()
    for presolves in [true, false] {
      for cuts in [true, false] {
        var options = SolverOptions()
        options.presolves = presolves
        options.generatesCuts = cuts
        let outcome = try sample.program.solve(options)
        let note = "seed \(seed), presolve \(presolves), cuts \(cuts)"
        guard let best else {
          #expect(outcome.status == .infeasible, "\(note)")
          continue
        }
        #expect(outcome.status == .optimal, "\(note)")
        let objective = try #require(outcome.objective, "\(note)")
        #expect(abs(objective - best) < 1e-6, "\(note)")
        let values = try #require(outcome.values, "\(note)")
        #expect(sample.rows.allSatisfy { $0.holds(values) }, "\(note)")
      }
    }
  }
}

/// A random program of a few variables between 0 and a small bound; the last may be continuous.
private struct Sample {
  struct Row {
    var coefficients: [Double]
    var lower: Double
    var upper: Double

    func activity(_ values: [Double]) -> Double { zip(coefficients, values).map(*).reduce(0, +) }

    func holds(_ values: [Double]) -> Bool {
      let sum = activity(values)
      return sum >= lower - 1e-6 && sum <= upper + 1e-6
    }
  }

  var isMaximum: Bool
  var hasContinuous: Bool
  var costs: [Double] = []
  var upper: [Double] = []
  var rows: [Row] = []

  init(seed: UInt64, hasContinuous: Bool) {
    var random = SplitMix64(seed: seed)
    isMaximum = Bool.random(using: &random)
    self.hasContinuous = hasContinuous
    for _ in 0..<Int.random(in: 2...5, using: &random) {
      costs.append(Double(Int.random(in: -9...9, using: &random)))
      upper.append(Double(Int.random(in: 1...3, using: &random)))
    }
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let coefficients = costs.map { _ in Double(Int.random(in: -5...7, using: &random)) }
      let limit = Double(Int.random(in: -4...12, using: &random))
      switch Int.random(in: 0..<5, using: &random) {
      case 0: rows.append(Row(coefficients: coefficients, lower: limit, upper: limit))
      case 1: rows.append(Row(coefficients: coefficients, lower: limit, upper: .infinity))
      case 2: rows.append(Row(coefficients: coefficients, lower: limit - 3, upper: limit + 2))
      default: rows.append(Row(coefficients: coefficients, lower: -.infinity, upper: limit))
      }
    }
  }

  var program: IntegerProgram {
    var program = IntegerProgram(isMaximum ? .maximize : .minimize)
    let variables = costs.indices.map { index in
      program.addVariable(
        hasContinuous && index == costs.count - 1 ? .continuous : .integer,
        upper: upper[index], cost: costs[index])
    }
    for row in rows {
      let terms = zip(row.coefficients, variables).map { IntegerProgram.Term($0, $1) }
      program.addConstraint(.between(row.lower, row.upper), terms)
    }
    return program
  }

  /// The best objective over all points, or nil if there is none.
  func best() -> Double? {
    var best: Double?
    var values = [Double](repeating: 0, count: costs.count)
    let wholeCount = hasContinuous ? costs.count - 1 : costs.count
    func visit(_ index: Int) {
      if index < wholeCount {
        for value in 0...Int(upper[index]) {
          values[index] = Double(value)
          visit(index + 1)
        }
        return
      }
      if hasContinuous {
        guard let last = bestLast(values) else { return }
        values[wholeCount] = last
      } else if !rows.allSatisfy({ $0.holds(values) }) {
        return
      }
      let objective = zip(costs, values).map(*).reduce(0, +)
      if let known = best { best = isMaximum ? max(known, objective) : min(known, objective) }
      if best == nil { best = objective }
    }
    visit(0)
    return best
  }

  /// The best value of the continuous variable once all others are fixed: an end of an interval.
  private func bestLast(_ values: [Double]) -> Double? {
    let last = costs.count - 1
    var interval = (0.0, upper[last])
    for row in rows {
      var others = values
      others[last] = 0
      let rest = row.activity(others)
      let factor = row.coefficients[last]
      if factor == 0 {
        guard row.holds(others) else { return nil }
        continue
      }
      let ends = [(row.lower - rest) / factor, (row.upper - rest) / factor].sorted()
      interval = (max(interval.0, ends[0]), min(interval.1, ends[1]))
    }
    guard interval.0 <= interval.1 + 1e-9 else { return nil }
    return (costs[last] > 0) == isMaximum ? interval.1 : interval.0
  }
}
