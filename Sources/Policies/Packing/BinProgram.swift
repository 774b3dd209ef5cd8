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
  private let bins: [Int]

  /// The program for the free amounts of `state` on `bins` and the given items.
  init(_ state: PackingState, bins: [Int], items: [(type: Int, count: Int)]) {
    self.bins = bins
    let instance = state.instance
    collectKinds(state, items)
    var rows: [IntegerProgram.Constraint] = []
    for kind in kinds {
      let variable = program.addVariable(
        .integer, upper: Double(kind.total), cost: Double(instance.weight[kind.type]))
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
      addRows(ofBin: bin, cells: cells[first...], state)
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

  private mutating func addRows(
    ofBin bin: Int, cells: ArraySlice<(kind: Int, bin: Int, variable: IntegerProgram.Variable)>,
    _ state: PackingState
  ) {
    let instance = state.instance
    let resources = instance.resourceCount
    for resource in 0..<resources {
      let room = state.free[bin * resources + resource]
      let terms = cells.compactMap { cell -> IntegerProgram.Term? in
        let need = instance.demand[kinds[cell.kind].type * resources + resource]
        return need > 0 ? IntegerProgram.Term(Double(need), cell.variable) : nil
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
