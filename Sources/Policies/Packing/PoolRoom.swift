/// How much of something the bins of a pool can hold together, bin by bin and exactly for the two
/// shortest resources.
///
/// Free vCPUs beside no RAM hold nothing, which a sum over the pool forgets. A table over the two
/// resources (an unbounded knapsack) gives the most that a bin of that size can hold, and serves
/// all bins of the pool.
struct PoolRoom {
  private let instance: PackingInstance
  private let bins: [Int]
  private let demands: [[Int64]]
  private let resources: (first: Int, second: Int)
  /// Bins with more free than the table covers count with the plain bound of the row.
  private let limits: (first: Int, second: Int)
  private let largestTableSide = 160

  /// The room in a pool for items with these demands.
  init?(_ instance: PackingInstance, pool: Int, demands: [[Int64]]) {
    guard let second = instance.secondResource else { return nil }
    self.instance = instance
    self.demands = demands
    bins = instance.binsOfPool[pool]
    resources = (instance.keyResource, second)
    var limits = (first: 0, second: 0)
    for bin in bins {
      let first = instance.free[bin * instance.resourceCount + resources.first]
      let second = instance.free[bin * instance.resourceCount + resources.second]
      if first < largestTableSide { limits.first = max(limits.first, Int(first)) }
      if second < largestTableSide { limits.second = max(limits.second, Int(second)) }
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
    let table = isFree ? [] : table(values)
    var total: Int64 = 0
    for bin in bins {
      let first = instance.free[bin * instance.resourceCount + resources.first]
      let second = instance.free[bin * instance.resourceCount + resources.second]
      var room = plain(bin)
      if !isFree, first <= limits.first, second <= limits.second {
        room = min(room, table[Int(first) * (limits.second + 1) + Int(second)])
      }
      total = total.addingSaturating(room)
    }
    return total
  }

  private func table(_ values: [Int64]) -> [Int64] {
    let width = limits.second + 1
    var table = [Int64](repeating: 0, count: (limits.first + 1) * width)
    let items = demands.indices.compactMap { item -> (Int, Int, Int64)? in
      let (first, second) = (demands[item][resources.first], demands[item][resources.second])
      guard values[item] > 0, first <= limits.first, second <= limits.second else { return nil }
      return (Int(first), Int(second), values[item])
    }
    for first in 0...limits.first {
      for second in 0...limits.second {
        let cell = first * width + second
        var best: Int64 = 0
        if first > 0 { best = table[cell - width] }
        if second > 0 { best = max(best, table[cell - 1]) }
        for (needFirst, needSecond, value) in items
        where needFirst <= first && needSecond <= second {
          best = max(best, table[cell - needFirst * width - needSecond] + value)
        }
        table[cell] = best
      }
    }
    return table
  }
}
