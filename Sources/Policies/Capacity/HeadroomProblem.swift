/// The question how many whole batches of items fit into what bins have left.
///
/// A batch is a fixed number of items of each type. One type alone is a batch of one item.
package struct HeadroomProblem: Sendable {
  /// Number of resources.
  package let resourceCount: Int
  /// Number of pools.
  package let poolCount: Int
  /// The bins, named by position.
  package let bins: [PackingProblem.Bin]
  /// The types with how many items of each make one batch.
  package let batch: [PackingProblem.ItemType]

  /// A problem; each type of the batch has to ask for something, in a number of at least one.
  package init(
    resourceCount: Int, poolCount: Int, bins: [PackingProblem.Bin],
    batch: [PackingProblem.ItemType]
  ) {
    precondition(!batch.isEmpty, "A batch needs at least one type.")
    for type in batch {
      precondition(type.count > 0, "A batch has at least one item of each of its types.")
      precondition(type.demand.contains { $0 > 0 }, "An item that needs nothing fits without end.")
      precondition(type.group == nil, "Items of a batch are not in groups.")
    }
    self.resourceCount = resourceCount
    self.poolCount = poolCount
    self.bins = bins
    self.batch = batch
  }

  /// The packing of a number of batches.
  package func packing(of batches: Int) -> PackingProblem {
    PackingProblem(
      resourceCount: resourceCount, poolCount: poolCount, bins: bins,
      types: batch.map { type in
        var type = type
        type.count *= batches
        type.weight = 1
        return type
      })
  }

  /// How many items of a type one bin takes if it takes nothing else.
  func copies(of type: PackingProblem.ItemType, in bin: PackingProblem.Bin) -> Int {
    guard type.allowedPools.contains(bin.pool) else { return 0 }
    var copies = Int64.max
    for resource in 0..<resourceCount where type.demand[resource] > 0 {
      copies = min(copies, max(0, bin.free[resource]) / type.demand[resource])
    }
    return Int(copies)
  }
}

/// How many batches fit, with the packing that shows it and the bound that no packing passes.
package struct HeadroomResult: Sendable, Equatable {
  /// Batches that fit, as the placements show.
  package var value: Int
  /// No packing holds more batches.
  package var bound: Int
  /// Batches that fit if one item after the other takes the first bin that has room.
  package var firstFit: Int
  /// Batches that fit if one item after the other takes the bin that is left with the least.
  package var bestFit: Int
  /// For each type of the batch its bins, in rising order.
  package var placements: [[PackingResult.Placement]]
  /// Work of the solver: simplex iterations times nonzeros, added up.
  package var work = 0

  /// The better of the two ways that look at one item at a time.
  package var greedy: Int { max(firstFit, bestFit) }
  /// Whether no packing holds more.
  package var isProven: Bool { value == bound }
  /// (bound - value) / max(1, bound).
  package var gap: Double { Double(bound - value) / Double(max(1, bound)) }
}
