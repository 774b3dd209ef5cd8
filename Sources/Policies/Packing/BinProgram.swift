import Optimization

/// The exact program on some bins: how many items of each kind go into each of them.
///
/// A kind is a set of types that are alike on these bins. Groups that cannot collide here (one
/// item, no member in sight) do not set types apart, which keeps the program small.
struct BinProgram {
  /// Types that are alike on the bins, with the items there are to place.
  struct Kind {
    var items: [(type: Int, count: Int)]
    var total: Int
    var isGrouped: Bool

    var type: Int { items[0].type }
  }

  private(set) var program = IntegerProgram(.minimize)
  private(set) var kinds: [Kind] = []
  private var cells: [(kind: Int, bin: Int, variable: IntegerProgram.Variable)] = []
  private var left: [IntegerProgram.Variable] = []
  private var references: [IntegerProgram.Term] = []
  private let bins: [Int]
  private let goal: PackingGoal

  /// The program for the free amounts of `state` on `bins` and the given items.
  init(
    _ state: PackingState, bins: [Int], items: [(type: Int, count: Int)],
    goal: PackingGoal = .fewestLeft
  ) {
    self.bins = bins
    self.goal = goal
    let instance = state.instance
    collectKinds(state, items)
    var rows: [IntegerProgram.Constraint] = []
    for kind in kinds {
      let variable = program.addVariable(
        .integer, upper: Double(kind.total),
        cost: goal == .fewestLeft ? Double(instance.weight[kind.type]) : 0)
      left.append(variable)
      rows.append(program.addConstraint(.equal(Double(kind.total)), [.init(1, variable)]))
    }
    let isAllowed = kinds.map { kind in
      var allowed = [Bool](repeating: false, count: instance.poolCount)
      for pool in instance.allowedPools[kind.type] { allowed[pool] = true }
      return allowed
    }
    for bin in bins {
      let first = cells.count
      for (number, kind) in kinds.enumerated() where isAllowed[number][instance.poolOfBin[bin]] {
        let most = state.copies(kind.type, in: bin, limit: kind.total)
        guard most > 0 else { continue }
        let variable = program.addVariable(.integer, upper: Double(most))
        program.add(1, variable, to: rows[number])
        cells.append((number, bin, variable))
      }
      addRows(ofBin: bin, cells: cells[first...], reference: addReference(of: bin, state), state)
    }
  }

  /// The weight left out by a solution of the program.
  var size: PackingResult.ProgramSize { PackingResult.ProgramSize(program) }

  /// Forbids solutions that leave out more than this.
  mutating func limitWeightLeft(to weight: Int, of instance: PackingInstance) {
    let terms = zip(kinds, left).map { kind, variable in
      IntegerProgram.Term(Double(instance.weight[kind.type]), variable)
    }
    program.addConstraint(.atMost(Double(weight)), terms)
  }

  /// Forbids solutions that are worse than `state` for the goal, or, when `strict`, not better.
  ///
  /// The bins outside hold what `rest` says, which is what the program was made from.
  mutating func limit(by state: PackingState, from rest: PackingState, strict: Bool) {
    let instance = state.instance
    let margin = strict ? 1 : 0
    switch goal {
    case .fewestLeft: limitWeightLeft(to: state.unplacedWeight - margin, of: instance)
    case .mostReferences(let left):
      limitWeightLeft(to: left, of: instance)
      let here = bins.reduce(0) { $0 + instance.references(in: rest.free, bin: $1) }
      let outside = rest.references - here
      program.addConstraint(
        .atLeast(Double(state.references - outside + margin)), references)
    }
  }

  /// Puts the items where a point of the program has them; what does not fit stays out.
  func apply(_ values: [Double], to state: inout PackingState) {
    var kinds = kinds
    for cell in cells {
      var count = Int(values[cell.variable.index])
      while count > 0, var item = kinds[cell.kind].items.popLast() {
        let placed = min(item.count, count, state.copies(item.type, in: cell.bin, limit: count))
        if placed > 0 { state.place(item.type, in: cell.bin, count: placed) }
        item.count -= placed
        count -= placed
        if item.count > 0 {
          kinds[cell.kind].items.append(item)
          break
        }
      }
    }
  }

  private mutating func collectKinds(
    _ state: PackingState, _ items: [(type: Int, count: Int)]
  ) {
    let instance = state.instance
    var membersToPlace: [Int: Int] = [:]
    for item in items where instance.group[item.type] >= 0 {
      membersToPlace[instance.group[item.type], default: 0] += item.count
    }
    var kindOfClass: [Int: Int] = [:]
    for item in items where item.count > 0 {
      let group = instance.group[item.type]
      let collides =
        group >= 0
        && bins.contains { state.room(ofGroup: group, in: $0) < membersToPlace[group, default: 0] }
      let number = instance.classOfType[item.type]
      if !collides, let kind = kindOfClass[number] {
        kinds[kind].items.append(item)
        kinds[kind].total += item.count
        continue
      }
      if !collides { kindOfClass[number] = kinds.count }
      kinds.append(Kind(items: [item], total: item.count, isGrouped: collides))
    }
  }

  /// The variable of how many reference items fit into a bin after all, if that is the goal.
  private mutating func addReference(
    of bin: Int, _ state: PackingState
  ) -> IntegerProgram.Variable? {
    guard goal != .fewestLeft else { return nil }
    let most = state.instance.references(in: state.free, bin: bin)
    guard most > 0 else { return nil }
    let variable = program.addVariable(.integer, upper: Double(most), cost: -1)
    references.append(.init(1, variable))
    return variable
  }

  private mutating func addRows(
    ofBin bin: Int, cells: ArraySlice<(kind: Int, bin: Int, variable: IntegerProgram.Variable)>,
    reference: IntegerProgram.Variable?, _ state: PackingState
  ) {
    let instance = state.instance
    let resources = instance.resourceCount
    for resource in 0..<resources {
      let room = state.free[bin * resources + resource]
      var terms = cells.compactMap { cell -> IntegerProgram.Term? in
        let need = instance.demand[kinds[cell.kind].type * resources + resource]
        return need > 0 ? IntegerProgram.Term(Double(need), cell.variable) : nil
      }
      if let reference, let need = instance.referenceDemand?[resource], need > 0 {
        terms.append(.init(Double(need), reference))
      }
      let most = terms.reduce(0) { $0 + $1.coefficient * program.bounds(of: $1.variable).upper }
      if most > Double(room) { program.addConstraint(.atMost(Double(room)), terms) }
    }
    let grouped = cells.filter { kinds[$0.kind].isGrouped }
    guard grouped.count > 1 else { return }
    var rows: [Int: [IntegerProgram.Term]] = [:]
    var order: [Int] = []
    for cell in grouped {
      let group = instance.group[kinds[cell.kind].type]
      if rows[group] == nil { order.append(group) }
      rows[group, default: []].append(.init(1, cell.variable))
    }
    for group in order {
      guard let terms = rows[group], terms.count > 1 else { continue }
      program.addConstraint(.atMost(Double(state.room(ofGroup: group, in: bin))), terms)
    }
  }
}
