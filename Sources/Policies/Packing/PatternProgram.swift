import Optimization

/// The program in which every bin is filled by a pattern, a set of items that fits into it
/// (Gilmore and Gomory, 1961; here with bins of many shapes in pools).
///
///     minimise    sum over classes of weight * left
///     subject to  left + sum over pools of z        = count      every class
///                 sum over classes of a demand of z
///                   <= sum of patterns * items in it              every pool and demand
///                 sum of patterns                  <= bins        every pool and shape
///
/// Only patterns that are worth something to the relaxation are made. Groups and all resources but
/// the two shortest are left aside; so is what fits no table.
struct PatternProgram {
  struct Member {
    let number: Int
    let demand: Int
    let variable: IntegerProgram.Variable
  }

  struct Pattern {
    let shape: Int
    let counts: [Int]
    let variable: IntegerProgram.Variable
  }

  struct PatternKey: Hashable {
    let shape: Int
    let counts: [Int]
  }

  struct Part {
    let pool: PatternPool
    /// The classes that may use the pool, with the number of their items that do.
    var members: [Member] = []
    var demandRows: [IntegerProgram.Constraint] = []
    var shapeRows: [IntegerProgram.Constraint] = []
    var patterns: [Pattern] = []
    /// The position of each pattern.
    var known: [PatternKey: Int] = [:]
  }

  /// Duals are scaled to whole numbers, so that bounds made of them are exact.
  private static let scale = 1_000_000.0

  let instance: PackingInstance
  private(set) var program = IntegerProgram(.minimize)
  private(set) var parts: [Part] = []
  private let weightRow: IntegerProgram.Constraint
  /// Classes with items that fit the tables.
  private var classes: [Int] = []
  /// The items left out of each of these classes, with their weights.
  private var leftVariables: [(variable: IntegerProgram.Variable, weight: Double)] = []
  /// Items of each class.
  let total: [Int]
  /// No packing leaves out less weight than this, in units of 1 / `scale`.
  private var scaledBound: Int64 = 0

  /// The program with the patterns of a packing.
  init(_ state: PackingState) {
    instance = state.instance
    total = state.instance.typesOfClass.map { types in
      types.reduce(0) { $0 + state.instance.count[$1] }
    }
    weightRow = program.addConstraint(.atMost(.infinity))
    var rows = [IntegerProgram.Constraint?](repeating: nil, count: total.count)
    var classesOfPool = [[Int]](repeating: [], count: instance.poolCount)
    for number in total.indices where total[number] > 0 {
      let type = instance.typesOfClass[number][0]
      let pools = instance.allowedPools[type]
      guard pools.allSatisfy({ demand(type, in: $0) != nil }) else { continue }
      classes.append(number)
      let left = program.addVariable(
        .integer, upper: Double(total[number]), cost: Double(instance.weight[type]))
      leftVariables.append((left, Double(instance.weight[type])))
      rows[number] = program.addConstraint(.equal(Double(total[number])), [.init(1, left)])
      program.add(Double(instance.weight[type]), left, to: weightRow)
      for pool in pools { classesOfPool[pool].append(number) }
    }
    for pool in 0..<instance.poolCount where !classesOfPool[pool].isEmpty {
      addPart(pool, classesOfPool[pool], rows)
      addPatterns(of: state, toPart: parts.count - 1)
    }
  }

  /// No packing leaves out less weight than this.
  var bound: Int { Int((Double(scaledBound) / Self.scale - 1e-9).rounded(.up)) }

  private mutating func addPart(
    _ pool: Int, _ numbers: [Int], _ rows: [IntegerProgram.Constraint?]
  ) {
    var demands: [PatternPool.Shape] = []
    for number in numbers {
      let type = instance.typesOfClass[number][0]
      if let demand = demand(type, in: pool), !demands.contains(demand) { demands.append(demand) }
    }
    var part = Part(pool: PatternPool(instance, pool: pool, demands: demands))
    part.demandRows = demands.map { _ in program.addConstraint(.atMost(0)) }
    part.shapeRows = part.pool.binsOfShape.map { program.addConstraint(.atMost(Double($0.count))) }
    for number in numbers {
      let type = instance.typesOfClass[number][0]
      guard let row = rows[number], let shape = self.demand(type, in: pool),
        let demand = demands.firstIndex(of: shape), fits(type, in: pool)
      else { continue }
      let variable = program.addVariable(.integer, upper: Double(total[number]))
      program.add(1, variable, to: row)
      program.add(1, variable, to: part.demandRows[demand])
      part.members.append(Member(number: number, demand: demand, variable: variable))
    }
    addRows(ofOtherResources: pool, part.members)
    parts.append(part)
  }

  /// The resources that the patterns do not know are at least added up over the pool.
  private mutating func addRows(ofOtherResources pool: Int, _ members: [Member]) {
    let resources = instance.resourceCount
    for resource in 0..<resources
    where resource != instance.keyResource && resource != instance.secondOfPool[pool] {
      let room = instance.binsOfPool[pool].reduce(Int64(0)) {
        $0.addingSaturating(instance.free[$1 * resources + resource])
      }
      let terms = members.compactMap { member -> IntegerProgram.Term? in
        let type = instance.typesOfClass[member.number][0]
        let need = instance.demand[type * resources + resource]
        return need > 0 ? IntegerProgram.Term(Double(need), member.variable) : nil
      }
      let most = terms.reduce(0) { $0 + $1.coefficient * program.bounds(of: $1.variable).upper }
      if most > Double(room) { program.addConstraint(.atMost(Double(room)), terms) }
    }
  }

  /// What an item asks of the two shortest resources of a pool, unless it is too large for a table
  /// or asks nothing of them.
  private func demand(_ type: Int, in pool: Int) -> PatternPool.Shape? {
    let demand = instance.shape(instance.demand, at: type, in: pool)
    return demand == PatternPool.Shape(first: 0, second: 0) ? nil : demand
  }

  private func fits(_ type: Int, in pool: Int) -> Bool {
    instance.binsOfPool[pool].contains {
      instance.copies(type, in: instance.free, bin: $0, limit: 1) > 0
    }
  }

  /// Adds the patterns of a packing, and returns for each pattern of the part how many bins have it.
  @discardableResult
  private mutating func addPatterns(of state: PackingState, toPart number: Int) -> [Int] {
    let pool = parts[number].pool
    var uses = [Int](repeating: 0, count: parts[number].patterns.count)
    for shape in pool.shapes.indices {
      for bin in pool.binsOfShape[shape] {
        var counts = [Int](repeating: 0, count: pool.demands.count)
        for content in state.contents[bin] {
          guard let demand = demand(content.type, in: pool.pool),
            let position = pool.demands.firstIndex(of: demand)
          else { continue }
          counts[position] += content.count
        }
        guard counts.contains(where: { $0 > 0 }) else { continue }
        if addPattern(shape, counts, toPart: number) { uses.append(0) }
        if let index = parts[number].known[PatternKey(shape: shape, counts: counts)] {
          uses[index] += 1
        }
      }
    }
    return uses
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
  /// weight left out of no account to it.
  mutating func preferPatterns(of state: PackingState, random: inout PackingRandom) {
    for left in leftVariables { program.setCost(0, of: left.variable) }
    for number in parts.indices {
      let uses = addPatterns(of: state, toPart: number)
      for (index, pattern) in parts[number].patterns.enumerated() where uses[index] > 0 {
        let chance = Double(random.draw(below: 500)) / 1000
        program.setCost(chance - 1, of: pattern.variable)
      }
    }
  }

  /// Holds the whole part of a point in all bins but those of the shapes set free, and makes the
  /// weight left out the objective again.
  mutating func holdWholePart(of values: [Double], free: [[Bool]]) {
    for left in leftVariables { program.setCost(left.weight, of: left.variable) }
    for number in parts.indices {
      for pattern in parts[number].patterns {
        program.setCost(0, of: pattern.variable)
        let whole = (values[pattern.variable.index] + 1e-6).rounded(.down)
        fix(pattern.variable, atLeast: free[number][pattern.shape] ? 0 : whole)
      }
    }
  }

  /// Forbids points that leave out more than this, or lifts the limit.
  mutating func limitWeightLeft(to weight: Int?) {
    program.setRelation(.atMost(weight.map(Double.init) ?? .infinity), of: weightRow)
  }

  /// Adds a pattern unless it is there already.
  private mutating func addPattern(_ shape: Int, _ counts: [Int], toPart number: Int) -> Bool {
    let key = PatternKey(shape: shape, counts: counts)
    guard counts.contains(where: { $0 > 0 }), parts[number].known[key] == nil else { return false }
    parts[number].known[key] = parts[number].patterns.count
    let bins = parts[number].pool.binsOfShape[shape].count
    let variable = program.addVariable(.integer, upper: Double(bins))
    program.add(1, variable, to: parts[number].shapeRows[shape])
    for (demand, count) in counts.enumerated() where count > 0 {
      program.add(Double(-count), variable, to: parts[number].demandRows[demand])
    }
    parts[number].patterns.append(Pattern(shape: shape, counts: counts, variable: variable))
    return true
  }

  /// Adds for each shape the pattern that is worth most at the prices of a relaxation, if that is
  /// more than the relaxation pays for a bin, raises the bound, and returns the number of patterns.
  ///
  /// At any prices of items, what the items are worth (no more than their weight) less what the
  /// bins can hold at most has to stay out.
  mutating func addPatterns(duals: [Double]) -> Int {
    var added = 0
    var room: Int64 = 0
    var cheapest = [Int64](repeating: .max, count: total.count)
    for number in parts.indices {
      let pool = parts[number].pool
      let prices = parts[number].demandRows.map { row in
        Int64((max(0, -duals[row.index]) * Self.scale).rounded())
      }
      for member in parts[number].members {
        cheapest[member.number] = min(cheapest[member.number], prices[member.demand])
      }
      if pool.leavesOutBins { room = .max }
      guard prices.contains(where: { $0 > 0 }), !pool.shapes.isEmpty else { continue }
      let table = pool.table(prices)
      for shape in pool.shapes.indices {
        let size = pool.shapes[shape]
        let value = table[size.first, size.second]
        room = room.addingSaturating(value * Int64(pool.binsOfShape[shape].count))
        let paid = -duals[parts[number].shapeRows[shape].index] * Self.scale
        guard Double(value) > paid + 10 else { continue }
        let counts = table.counts(first: size.first, second: size.second)
        if addPattern(shape, counts, toPart: number) { added += 1 }
      }
    }
    let worth = classes.reduce(Int64(0)) { sum, number in
      let weight = Int64(instance.weight[instance.typesOfClass[number][0]]) * Int64(Self.scale)
      return sum + Int64(total[number]) * min(weight, cheapest[number])
    }
    if room < .max { scaledBound = max(scaledBound, worth - room) }
    return added
  }

  /// Fixes the whole part of each pattern of a point, and rounds up those of the others that are
  /// close to the next whole number, at least one; returns false if all patterns are whole.
  mutating func fixPatterns(near values: [Double], atLeast threshold: Double) -> Bool {
    let tolerance = 1e-6
    var best: (part: Int, pattern: Int, fraction: Double)?
    var rounded = 0
    for number in parts.indices {
      let pool = parts[number].pool
      var spare = pool.binsOfShape.map(\.count)
      var raised: [(pattern: Int, fraction: Double)] = []
      for (index, pattern) in parts[number].patterns.enumerated() {
        let value = values[pattern.variable.index]
        let whole = (value + tolerance).rounded(.down)
        spare[pattern.shape] -= Int(whole)
        fix(pattern.variable, atLeast: whole)
        if value - whole > tolerance { raised.append((index, value - whole)) }
      }
      for (index, fraction) in raised {
        let pattern = parts[number].patterns[index]
        guard spare[pattern.shape] > 0 else { continue }
        if fraction >= threshold {
          spare[pattern.shape] -= 1
          rounded += 1
          fix(pattern.variable, atLeast: values[pattern.variable.index].rounded(.up))
        } else if fraction > best?.fraction ?? 0 {
          best = (number, index, fraction)
        }
      }
    }
    if rounded == 0, let best {
      let variable = parts[best.part].patterns[best.pattern].variable
      fix(variable, atLeast: values[variable.index].rounded(.up))
      rounded = 1
    }
    return rounded > 0
  }

  private mutating func fix(_ variable: IntegerProgram.Variable, atLeast value: Double) {
    program.setBounds(lower: value, upper: program.bounds(of: variable).upper, of: variable)
  }
}
