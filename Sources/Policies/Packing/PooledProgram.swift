import Optimization

/// The relaxation in which the bins of a pool are added up, with rows that remember their walls.
///
/// For any reference item f, an item that holds k copies of f takes the place of k of them, and a
/// bin has room for a whole number of copies; so in every pool
///
///     sum over classes of copies(f in item) * z <= sum over bins of copies(f in bin)
///
/// holds for every packing. f is each item itself, and each amount of one resource that an item
/// asks for. Its optimum is a lower bound, and its solution says who stays out and who goes where.
struct PooledProgram {
  private let instance: PackingInstance
  private(set) var program = IntegerProgram(.minimize)
  /// For each class its pools with the variable of how many items go there.
  private var placed: [[(pool: Int, variable: IntegerProgram.Variable)]]
  /// For each pool the classes with their variables.
  private var ofPool: [[(class: Int, variable: IntegerProgram.Variable)]]
  init(_ instance: PackingInstance) {
    self.instance = instance
    placed = [[(pool: Int, variable: IntegerProgram.Variable)]](
      repeating: [], count: instance.typesOfClass.count)
    ofPool = [[(class: Int, variable: IntegerProgram.Variable)]](
      repeating: [], count: instance.poolCount)
    for number in instance.typesOfClass.indices { addClass(number) }
    for pool in 0..<instance.poolCount where !ofPool[pool].isEmpty { addRows(ofPool: pool) }
  }

  /// Solves the program.
  func solve(_ options: SolverOptions) throws(SolverError) -> Outcome {
    try program.solve(options)
  }

  /// For each pool the types that a point sends there, with counts, in the order of packing.
  ///
  /// Items of a class differ by group only; the members of groups take the first pools.
  func assignment(_ values: [Double], order: [Int]) -> [[(type: Int, count: Int)]] {
    var assigned = [[(type: Int, count: Int)]](repeating: [], count: instance.poolCount)
    var remaining = placed.map { pools in
      pools.map { (pool: $0.pool, count: Int(values[$0.variable.index])) }
    }
    for type in order {
      let number = instance.classOfType[type]
      var left = instance.count[type]
      for index in remaining[number].indices where left > 0 && remaining[number][index].count > 0 {
        let count = min(left, remaining[number][index].count)
        assigned[remaining[number][index].pool].append((type, count))
        remaining[number][index].count -= count
        left -= count
      }
    }
    return assigned
  }

  private mutating func addClass(_ number: Int) {
    let types = instance.typesOfClass[number]
    let total = types.reduce(0) { $0 + instance.count[$1] }
    guard total > 0, let type = types.first else { return }
    let left = program.addVariable(
      .integer, upper: Double(total), cost: Double(instance.weight[type]))
    let row = program.addConstraint(.equal(Double(total)), [.init(1, left)])
    for pool in instance.allowedPools[type] {
      let room = instance.binsOfPool[pool].reduce(0) {
        $0 + instance.copies(type, in: instance.free, bin: $1, limit: total)
      }
      guard room > 0 else { continue }
      let variable = program.addVariable(.integer, upper: Double(min(total, room)))
      program.add(1, variable, to: row)
      placed[number].append((pool, variable))
      ofPool[pool].append((number, variable))
    }
  }

  /// The reference items of a pool: amounts of each resource, 0 for one that does not matter.
  private func references(ofPool pool: Int) -> [[Int64]] {
    var seen: Set<[Int64]> = []
    var references: [[Int64]] = []
    func add(_ reference: [Int64]) {
      if reference.contains(where: { $0 > 0 }), seen.insert(reference).inserted {
        references.append(reference)
      }
    }
    for (number, _) in ofPool[pool] {
      let amounts = demand(ofClass: number)
      add(amounts)
      for resource in 0..<instance.resourceCount {
        var single = [Int64](repeating: 0, count: instance.resourceCount)
        single[resource] = amounts[resource]
        add(single)
      }
    }
    if let second = instance.secondOfPool[pool] {
      let key = instance.keyResource
      let amounts = ofPool[pool].map { demand(ofClass: $0.class) }
      for first in Set(amounts.map { $0[key] }).sorted() {
        for other in Set(amounts.map { $0[second] }).sorted() {
          var pair = [Int64](repeating: 0, count: instance.resourceCount)
          (pair[key], pair[second]) = (first, other)
          add(pair)
        }
      }
    }
    // A cloud has a few dozen flavors; an odd input must not make the program quadratic.
    return Array(references.prefix(200))
  }

  private func demand(ofClass number: Int) -> [Int64] {
    let start = instance.typesOfClass[number][0] * instance.resourceCount
    return Array(instance.demand[start..<start + instance.resourceCount])
  }

  private mutating func addRows(ofPool pool: Int) {
    let amounts = ofPool[pool].map { demand(ofClass: $0.class) }
    let exact = PoolRoom(instance, pool: pool, demands: amounts)
    let resources = instance.resourceCount
    let free = instance.free
    func add(_ values: [Int64], plain: (Int) -> Int64) {
      let room: Int64
      if let exact {
        room = exact.total(values: values, plain: plain)
      } else {
        room = instance.binsOfPool[pool].reduce(0) { $0.addingSaturating(plain($1)) }
      }
      addRow(pool, room: Double(room), factors: values.map(Double.init))
    }
    for resource in 0..<resources {
      add(amounts.map { $0[resource] }) { free[$0 * resources + resource] }
    }
    for reference in references(ofPool: pool) {
      add(amounts.map { copies(of: reference, in: $0[...]) }) { bin in
        copies(of: reference, in: free[bin * resources..<(bin + 1) * resources])
      }
    }
  }

  /// Adds a row unless it cannot bind.
  private mutating func addRow(_ pool: Int, room: Double, factors: [Double]) {
    var most = 0.0
    for (index, entry) in ofPool[pool].enumerated() where factors[index] > 0 {
      most += factors[index] * program.bounds(of: entry.variable).upper
    }
    guard most > room else { return }
    let row = program.addConstraint(.atMost(room))
    for (index, entry) in ofPool[pool].enumerated() where factors[index] > 0 {
      program.add(factors[index], entry.variable, to: row)
    }
  }

  private func copies(of reference: [Int64], in amounts: ArraySlice<Int64>) -> Int64 {
    var copies = Int64.max
    for (need, amount) in zip(reference, amounts) where need > 0 {
      copies = min(copies, amount / need)
    }
    return copies
  }
}
