/// A packing problem in flat arrays, with amounts divided by the common divisor of the demands and
/// free amounts cut to what all items together could take: small whole numbers for the solver.
struct PackingInstance {
  let resourceCount: Int
  let binCount: Int
  let poolCount: Int
  let typeCount: Int
  /// Bin by bin, one amount per resource.
  let free: [Int64]
  /// Type by type, one amount per resource.
  let demand: [Int64]
  let count: [Int]
  let weight: [Int]
  /// -1 stands for no group.
  let group: [Int]
  let allowedPools: [[Int]]
  let poolOfBin: [Int]
  let binsOfPool: [[Int]]
  let groupLimit: [Int]
  let groupOccupied: [[PackingProblem.Occupancy]]
  /// Types with equal demand, pools and weight share a class; groups do not matter for it.
  let classOfType: [Int]
  let typesOfClass: [[Int]]
  /// The resource that is shortest for most items: all demand over all free, times the share of
  /// the items that ask for it.
  let keyResource: Int
  /// For each pool the shortest of the other resources, if there are any.
  let secondOfPool: [Int?]
  /// Demand of a type as a share of what is free in an average bin, added over the resources.
  let size: [Double]
  /// For each type its pools in the order of trying: those that offer what it does not need, and
  /// other pools do not have, come later. Pools in one inner list are equal.
  let poolTiers: [[[Int]]]
  /// What a reference item takes, if there is one.
  let referenceDemand: [Int64]?
  /// For each pool whether reference items count there.
  let countsReferences: [Bool]

  init(_ problem: PackingProblem) {
    resourceCount = problem.resourceCount
    binCount = problem.bins.count
    poolCount = problem.poolCount
    typeCount = problem.types.count
    count = problem.types.map(\.count)
    weight = problem.types.map(\.weight)
    group = problem.types.map { $0.group ?? -1 }
    allowedPools = problem.types.map(\.allowedPools)
    poolOfBin = problem.bins.map(\.pool)
    groupLimit = problem.groups.map(\.limitPerBin)
    groupOccupied = problem.groups.map(\.occupied)
    var binsOfPool = [[Int]](repeating: [], count: problem.poolCount)
    for (bin, pool) in poolOfBin.enumerated() { binsOfPool[pool].append(bin) }
    self.binsOfPool = binsOfPool
    (free, demand, referenceDemand) = Self.scaled(problem)
    countsReferences = (0..<problem.poolCount).map { pool in
      problem.reference?.pools.contains(pool) ?? false
    }
    (classOfType, typesOfClass) = Self.classes(problem)

    let totals = Self.totals(
      count, free, demand, resourceCount, types: Array(count.indices),
      bins: Array(problem.bins.indices))
    let shares = Self.shares(totals, demand, count)
    let key = Self.largest(shares, except: nil) ?? 0
    keyResource = key
    secondOfPool = binsOfPool.indices.map { [free, demand, count, allowedPools] pool in
      let offered = (0..<problem.resourceCount).map { resource in
        binsOfPool[pool].lazy.map { free[$0 * problem.resourceCount + resource] }.max() ?? 0
      }
      // What no bin of the pool can hold says nothing about what is short there.
      let types = count.indices.filter { type in
        allowedPools[type].contains(pool)
          && offered.indices.allSatisfy {
            demand[type * problem.resourceCount + $0] <= offered[$0]
          }
      }
      let totals = Self.totals(
        count, free, demand, problem.resourceCount, types: types, bins: binsOfPool[pool])
      return Self.largest(
        totals.map { Double($0.demand) / Double(max(1, $0.free)) }, except: key)
    }
    let averages = totals.map { max(1, Double($0.free) / Double(max(1, problem.bins.count))) }
    size = (0..<typeCount).map { [resourceCount, demand] type in
      (0..<resourceCount).reduce(0) {
        $0 + Double(demand[type * resourceCount + $1]) / averages[$1]
      }
    }
    poolTiers = Self.tiers(problem)
  }

  /// How many items of a type fit into the given free amounts, at most `limit`.
  func copies(_ type: Int, in free: [Int64], bin: Int, limit: Int) -> Int {
    var copies = Int64(limit)
    for resource in 0..<resourceCount {
      let need = demand[type * resourceCount + resource]
      if need > 0 { copies = min(copies, free[bin * resourceCount + resource] / need) }
    }
    return Int(copies)
  }

  /// How many reference items fit into the given free amounts of a bin.
  func references(in free: [Int64], bin: Int) -> Int {
    guard let referenceDemand, countsReferences[poolOfBin[bin]] else { return 0 }
    var copies = Int64.max
    for resource in 0..<resourceCount where referenceDemand[resource] > 0 {
      copies = min(copies, free[bin * resourceCount + resource] / referenceDemand[resource])
    }
    return Int(copies)
  }

  private static func scaled(
    _ problem: PackingProblem
  ) -> (free: [Int64], demand: [Int64], reference: [Int64]?) {
    let resources = problem.resourceCount
    var free = problem.bins.flatMap { $0.free.map { max(0, $0) } }
    var demand = problem.types.flatMap(\.demand)
    var reference = problem.reference?.demand
    for resource in 0..<resources {
      var divisor = problem.reference?.demand[resource] ?? 0
      // What the items cannot use still counts where references do.
      var total = divisor > 0 ? Int64.max : 0
      for type in problem.types where type.count > 0 {
        divisor = greatestCommonDivisor(divisor, type.demand[resource])
        let (product, overflow) = type.demand[resource].multipliedReportingOverflow(
          by: Int64(type.count))
        total = overflow ? .max : total.addingSaturating(product)
      }
      if divisor == 0 { divisor = 1 }
      for index in stride(from: resource, to: free.count, by: resources) {
        free[index] = min(free[index], total) / divisor
      }
      for index in stride(from: resource, to: demand.count, by: resources) {
        demand[index] /= divisor
      }
      reference?[resource] /= divisor
    }
    return (free, demand, reference)
  }

  private static func greatestCommonDivisor(_ first: Int64, _ second: Int64) -> Int64 {
    var (first, second) = (first, second)
    while second != 0 { (first, second) = (second, first % second) }
    return first
  }

  private struct ClassKey: Hashable {
    let demand: [Int64]
    let pools: [Int]
    let weight: Int
  }

  private static func classes(_ problem: PackingProblem) -> ([Int], [[Int]]) {
    var known: [ClassKey: Int] = [:]
    var members: [[Int]] = []
    let classes = problem.types.indices.map { type in
      let item = problem.types[type]
      let key = ClassKey(demand: item.demand, pools: item.allowedPools, weight: item.weight)
      let number = known[key] ?? members.count
      if number == members.count {
        known[key] = number
        members.append([])
      }
      members[number].append(type)
      return number
    }
    return (classes, members)
  }

  private static func totals(
    _ count: [Int], _ free: [Int64], _ demand: [Int64], _ resources: Int, types: [Int],
    bins: [Int]
  ) -> [(demand: Int64, free: Int64)] {
    (0..<resources).map { resource in
      var needed: Int64 = 0
      for type in types {
        let (product, overflow) = demand[type * resources + resource]
          .multipliedReportingOverflow(by: Int64(count[type]))
        needed = overflow ? .max : needed.addingSaturating(product)
      }
      var room: Int64 = 0
      for bin in bins { room = room.addingSaturating(free[bin * resources + resource]) }
      return (needed, room)
    }
  }

  /// Demand over free amounts, times the share of the items that ask for the resource: what only a
  /// few items ask for says little about the others, however short it is.
  private static func shares(
    _ totals: [(demand: Int64, free: Int64)], _ demand: [Int64], _ count: [Int]
  ) -> [Double] {
    let items = max(1, count.reduce(0, +))
    return totals.indices.map { resource in
      let asking = count.indices.reduce(0) {
        $0 + (demand[$1 * totals.count + resource] > 0 ? count[$1] : 0)
      }
      let (needed, free) = (Double(totals[resource].demand), Double(max(1, totals[resource].free)))
      return needed / free * Double(asking) / Double(items)
    }
  }

  /// The position of the largest share, the first of equal ones.
  private static func largest(_ shares: [Double], except excluded: Int?) -> Int? {
    shares.indices.filter { $0 != excluded }.min { (shares[$1], $0) < (shares[$0], $1) }
  }

  private static func tiers(_ problem: PackingProblem) -> [[[Int]]] {
    let resources = problem.resourceCount
    var offers = [[Bool]](
      repeating: [Bool](repeating: false, count: resources), count: problem.poolCount)
    for bin in problem.bins {
      for resource in 0..<resources where bin.free[resource] > 0 {
        offers[bin.pool][resource] = true
      }
    }
    let isRare = (0..<resources).map { resource in
      !offers.allSatisfy { $0[resource] }
    }
    return problem.types.map { type in
      var tiers = [[Int]](repeating: [], count: resources + 1)
      for pool in type.allowedPools {
        let wasted = (0..<resources).count { resource in
          isRare[resource] && offers[pool][resource] && type.demand[resource] == 0
        }
        tiers[wasted].append(pool)
      }
      return tiers.filter { !$0.isEmpty }
    }
  }
}

extension Int64 {
  /// The sum, or the largest number if it does not fit; both parts are 0 or more.
  func addingSaturating(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }

  /// The product, or the largest number if it does not fit.
  func multipliedSaturating(by other: Int64) -> Int64 {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}
