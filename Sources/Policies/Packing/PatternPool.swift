/// The bins of a pool by shape, for packing by patterns: bins are alike if they hold the same sets
/// of items, as far as the two shortest resources tell.
struct PatternPool {
  /// Bins that hold the same.
  struct Shape: Hashable {
    var first: Int
    var second: Int
  }

  let pool: Int
  /// What an item may ask of the two resources, each once.
  let demands: [Shape]
  private(set) var shapes: [Shape] = []
  /// For each shape its bins in rising order.
  private(set) var binsOfShape: [[Int]] = []
  /// True if some bins are too large for the table and have no shape.
  private(set) var leavesOutBins = false
  private let limits: Shape

  /// The shapes of a pool's bins for items with the given demands, none of which is 0 and 0.
  init(_ instance: PackingInstance, pool: Int, demands: [Shape]) {
    self.pool = pool
    self.demands = demands
    var sizes: [(bin: Int, size: Shape)] = []
    var limits = Shape(first: 0, second: 0)
    for bin in instance.binsOfPool[pool] {
      guard let size = Self.usable(instance, bin, pool, demands) else {
        leavesOutBins = true
        continue
      }
      sizes.append((bin, size))
      limits.first = max(limits.first, size.first)
      limits.second = max(limits.second, size.second)
    }
    self.limits = limits
    // What no set of items can use makes no difference.
    let firstUse = table(demands.map { Int64($0.first) })
    let secondUse = table(demands.map { Int64($0.second) })
    var known: [Shape: Int] = [:]
    for (bin, size) in sizes {
      var shape = size
      shape.second = Int(secondUse[shape.first, shape.second])
      shape.first = Int(firstUse[shape.first, shape.second])
      guard shape.first + shape.second > 0 else { continue }
      if let number = known[shape] {
        binsOfShape[number].append(bin)
      } else {
        known[shape] = shapes.count
        shapes.append(shape)
        binsOfShape.append([bin])
      }
    }
  }

  /// What the items can use at most of a bin if they are many, unless that is too large for a table.
  private static func usable(
    _ instance: PackingInstance, _ bin: Int, _ pool: Int, _ demands: [Shape]
  ) -> Shape? {
    guard let secondResource = instance.secondOfPool[pool] else { return nil }
    var first = instance.free[bin * instance.resourceCount + instance.keyResource]
    var second = instance.free[bin * instance.resourceCount + secondResource]
    // Where every item needs one resource, that limits what can be used of the other.
    if demands.allSatisfy({ $0.first > 0 }), first < KnapsackTable.largestSide {
      second = min(
        second, demands.reduce(0) { max($0, first * Int64($1.second) / Int64($1.first)) })
    }
    if demands.allSatisfy({ $0.second > 0 }), second < KnapsackTable.largestSide {
      first = min(first, demands.reduce(0) { max($0, second * Int64($1.first) / Int64($1.second)) })
    }
    guard max(first, second) < KnapsackTable.largestSide else { return nil }
    return Shape(first: Int(first), second: Int(second))
  }

  /// The most value that a bin of each size holds, with the items in the order of `demands`.
  func table(_ values: [Int64]) -> KnapsackTable {
    let items = zip(demands, values).map { demand, value in
      KnapsackTable.Item(first: demand.first, second: demand.second, value: value)
    }
    return KnapsackTable(first: limits.first, second: limits.second, items: items)
  }
}

extension PackingInstance {
  /// The amounts of the two shortest resources of a pool at a position of a flat array, unless they
  /// are too large for a table.
  func shape(_ amounts: [Int64], at position: Int, in pool: Int) -> PatternPool.Shape? {
    guard let secondResource = secondOfPool[pool] else { return nil }
    let first = amounts[position * resourceCount + keyResource]
    let second = amounts[position * resourceCount + secondResource]
    guard max(first, second) < KnapsackTable.largestSide else { return nil }
    return PatternPool.Shape(first: Int(first), second: Int(second))
  }
}
