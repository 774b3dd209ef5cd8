/// How much of something the bins of a pool can hold together, bin by bin and exactly for its two
/// shortest resources.
///
/// Free vCPUs beside no RAM hold nothing, which a sum over the pool forgets.
struct PoolRoom {
  private let instance: PackingInstance
  private let bins: [Int]
  private let demands: [[Int64]]
  private let resources: (first: Int, second: Int)
  /// Bins with more free than the table covers count with the plain bound of the row.
  private let limits: (first: Int, second: Int)

  /// The room in a pool for items with these demands.
  init?(_ instance: PackingInstance, pool: Int, demands: [[Int64]]) {
    guard let second = instance.secondOfPool[pool] else { return nil }
    self.instance = instance
    self.demands = demands
    bins = instance.binsOfPool[pool]
    resources = (instance.keyResource, second)
    var limits = (first: 0, second: 0)
    for bin in bins {
      let first = instance.free[bin * instance.resourceCount + resources.first]
      let second = instance.free[bin * instance.resourceCount + resources.second]
      if first < KnapsackTable.largestSide { limits.first = max(limits.first, Int(first)) }
      if second < KnapsackTable.largestSide { limits.second = max(limits.second, Int(second)) }
    }
    self.limits = limits
  }

  /// The most that the bins can hold if an item with `demands[i]` is worth `values[i]`, and a bin
  /// holds no more than `plain` says.
  ///
  /// - Complexity: O(table cells * items + bins)
  func total(values: [Int64], plain: (Int) -> Int64) -> Int64 {
    // An item that needs neither of the two resources is not limited by the table.
    let isFree = demands.indices.contains { item in
      values[item] > 0 && demands[item][resources.first] == 0
        && demands[item][resources.second] == 0
    }
    let table = isFree ? nil : table(values)
    var total: Int64 = 0
    for bin in bins {
      let first = instance.free[bin * instance.resourceCount + resources.first]
      let second = instance.free[bin * instance.resourceCount + resources.second]
      var room = plain(bin)
      if let table, first <= limits.first, second <= limits.second {
        room = min(room, table[Int(first), Int(second)])
      }
      total = total.addingSaturating(room)
    }
    return total
  }

  private func table(_ values: [Int64]) -> KnapsackTable {
    let items = demands.indices.compactMap { item -> KnapsackTable.Item? in
      let (first, second) = (demands[item][resources.first], demands[item][resources.second])
      guard values[item] > 0, first <= limits.first, second <= limits.second else { return nil }
      return .init(first: Int(first), second: Int(second), value: values[item])
    }
    return KnapsackTable(first: limits.first, second: limits.second, items: items)
  }
}
