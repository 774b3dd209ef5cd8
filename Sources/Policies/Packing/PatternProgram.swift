import Optimization

/// The program in which every bin is filled by a pattern, a set of items that fits into it
/// (Gilmore and Gomory, 1961; here with bins of many shapes in pools).
///
///     minimise    sum over classes of weight * left, or -sum of patterns * references in it
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
    /// How many items of each demand, and after them how many reference items where they count.
    let counts: [Int]
    let variable: IntegerProgram.Variable
  }

  struct PatternKey: Hashable {
    let shape: Int
    let counts: [Int]
  }

  /// A resource that the patterns do not know, added up over the pool.
  struct OtherRow {
    let row: IntegerProgram.Constraint
    let resource: Int
    let room: Int64
  }

  struct Part {
    let pool: PatternPool
    /// Whether patterns end with a count of reference items.
    let countsReferences: Bool
    /// Whether the bins may hold more than the patterns tell.
    let isBlind: Bool
    /// The classes that may use the pool, with the number of their items that do.
    var members: [Member] = []
    var demandRows: [IntegerProgram.Constraint] = []
    var shapeRows: [IntegerProgram.Constraint] = []
    var otherRows: [OtherRow] = []
    var patterns: [Pattern] = []
    /// The position of each pattern.
    var known: [PatternKey: Int] = [:]
  }

  /// Duals are scaled to whole numbers, so that bounds made of them are exact.
  static let scale = 1_000_000.0

  /// Reference items that one unit of excess weight is worth.
  static let excessCost = 100.0

  let instance: PackingInstance
  let goal: PackingGoal
  var program = IntegerProgram(.minimize)
  var parts: [Part] = []
  /// The weight of all that is left out.
  let weightRow: IntegerProgram.Constraint
  /// The reference items of all patterns.
  let referenceRow: IntegerProgram.Constraint
  /// How much more weight is left out than the goal holds: dear, so that every relaxation has a
  /// point from which patterns can be priced. Fixed at 0 where whole numbers are searched.
  let excess: IntegerProgram.Variable?
  /// Classes with items that fit the tables.
  private(set) var classes: [Int] = []
  /// The items left out of each of these classes, with their weights.
  private(set) var leftVariables: [(variable: IntegerProgram.Variable, weight: Double)] = []
  /// Items of each class.
  let total: [Int]
  /// False while the objective is another than the goal.
  var hasTrueCosts = true
  /// No packing has a lower value than this, in units of 1 / `scale`; nil if nothing is known.
  var scaledBound: Int64?
  /// Where the last relaxation ended.
  var basis: Basis?

  /// The program with the patterns of a packing.
  init(_ state: PackingState, _ goal: PackingGoal) {
    instance = state.instance
    self.goal = goal
    total = state.instance.typesOfClass.map { types in
      types.reduce(0) { $0 + state.instance.count[$1] }
    }
    weightRow = program.addConstraint(.atMost(.infinity))
    referenceRow = program.addConstraint(.atLeast(-.infinity))
    if goal == .fewestLeft {
      excess = nil
    } else {
      let variable = program.addVariable(.continuous, cost: Self.excessCost)
      program.add(-1, variable, to: weightRow)
      excess = variable
    }
    var rows = [IntegerProgram.Constraint?](repeating: nil, count: total.count)
    var classesOfPool = [[Int]](repeating: [], count: instance.poolCount)
    for number in total.indices where total[number] > 0 {
      let type = instance.typesOfClass[number][0]
      let pools = instance.allowedPools[type]
      guard pools.allSatisfy({ demand(type, in: $0) != nil }) else { continue }
      classes.append(number)
      let weight = Double(instance.weight[type])
      let left = program.addVariable(
        .integer, upper: Double(total[number]), cost: goal == .fewestLeft ? weight : 0)
      leftVariables.append((left, weight))
      rows[number] = program.addConstraint(.equal(Double(total[number])), [.init(1, left)])
      program.add(weight, left, to: weightRow)
      for pool in pools { classesOfPool[pool].append(number) }
    }
    for pool in 0..<instance.poolCount where !classesOfPool[pool].isEmpty || counts(pool) {
      addPart(pool, classesOfPool[pool], rows)
      addPatterns(of: state, toPart: parts.count - 1)
    }
    limit(to: nil)
  }

  /// No packing has a lower value than this.
  var bound: Int? {
    scaledBound.map { Int((Double($0) / Self.scale - 1e-9).rounded(.up)) }
  }

  private func counts(_ pool: Int) -> Bool {
    goal != .fewestLeft && instance.countsReferences[pool]
  }

  private mutating func addPart(
    _ pool: Int, _ numbers: [Int], _ rows: [IntegerProgram.Constraint?]
  ) {
    var demands: [PatternPool.Shape] = []
    for number in numbers {
      let type = instance.typesOfClass[number][0]
      if let demand = demand(type, in: pool), !demands.contains(demand) { demands.append(demand) }
    }
    let demandCount = demands.count
    if counts(pool), let reference = instance.referenceShape(in: pool) { demands.append(reference) }
    var part = Part(
      pool: PatternPool(instance, pool: pool, demands: demands),
      countsReferences: demands.count > demandCount,
      isBlind: counts(pool) && demands.count == demandCount)
    part.demandRows = (0..<demandCount).map { _ in program.addConstraint(.atMost(0)) }
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
    part.otherRows = rowsOfOtherResources(pool, part.members)
    parts.append(part)
  }

  /// The resources that the patterns do not know are at least added up over the pool.
  private mutating func rowsOfOtherResources(_ pool: Int, _ members: [Member]) -> [OtherRow] {
    let resources = instance.resourceCount
    var rows: [OtherRow] = []
    for resource in 0..<resources
    where resource != instance.keyResource && resource != instance.secondOfPool[pool] {
      let room = instance.binsOfPool[pool].reduce(Int64(0)) {
        $0.addingSaturating(instance.free[$1 * resources + resource])
      }
      let terms = members.compactMap { member -> IntegerProgram.Term? in
        let need = need(member, of: resource)
        return need > 0 ? IntegerProgram.Term(Double(need), member.variable) : nil
      }
      let most = terms.reduce(0) { $0 + $1.coefficient * program.bounds(of: $1.variable).upper }
      guard most > Double(room) else { continue }
      let row = program.addConstraint(.atMost(Double(room)), terms)
      rows.append(OtherRow(row: row, resource: resource, room: room))
    }
    return rows
  }

  /// What an item of a class takes of a resource.
  func need(_ member: Member, of resource: Int) -> Int64 {
    instance.demand[instance.typesOfClass[member.number][0] * instance.resourceCount + resource]
  }

  /// What an item asks of the two shortest resources of a pool, unless it is too large for a table
  /// or asks nothing of them.
  func demand(_ type: Int, in pool: Int) -> PatternPool.Shape? {
    let demand = instance.shape(instance.demand, at: type, in: pool)
    return demand == PatternPool.Shape(first: 0, second: 0) ? nil : demand
  }

  private func fits(_ type: Int, in pool: Int) -> Bool {
    instance.binsOfPool[pool].contains {
      instance.copies(type, in: instance.free, bin: $0, limit: 1) > 0
    }
  }
}

extension PackingInstance {
  /// What a reference item asks of the two shortest resources of a pool, unless that is nothing;
  /// what else it asks for could only stop it, so a bound without it stays true.
  fileprivate func referenceShape(in pool: Int) -> PatternPool.Shape? {
    guard let referenceDemand, let shape = shape(referenceDemand, at: 0, in: pool) else {
      return nil
    }
    return shape == PatternPool.Shape(first: 0, second: 0) ? nil : shape
  }
}
