extension HeadroomProblem {
  /// The most batches as far as sums tell: no resource of all usable bins together holds more, and
  /// no type alone has room for more.
  ///
  /// - Complexity: O(bins * types * resources)
  package var sumBound: Int {
    var bound = Int.max
    for resource in 0..<resourceCount {
      let users = batch.filter { $0.demand[resource] > 0 }
      guard !users.isEmpty else { continue }
      var isUsable = [Bool](repeating: false, count: poolCount)
      for pool in users.lazy.flatMap(\.allowedPools) { isUsable[pool] = true }
      let room = bins.reduce(Int64(0)) { sum, bin in
        isUsable[bin.pool] ? sum.addingSaturating(max(0, bin.free[resource])) : sum
      }
      let wanted = users.reduce(Int64(0)) {
        $0.addingSaturating($1.demand[resource].multipliedSaturating(by: Int64($1.count)))
      }
      bound = min(bound, Int(room / wanted))
    }
    for type in batch { bound = min(bound, roomAlone(for: type) / type.count) }
    return bound
  }

  /// How many items of a type fit if nothing else is placed; exact.
  package func roomAlone(for type: PackingProblem.ItemType) -> Int {
    bins.reduce(0) { sum, bin in
      let (total, overflow) = sum.addingReportingOverflow(copies(of: type, in: bin))
      return overflow ? .max : total
    }
  }

  /// The resource without which most more would fit, as far as sums tell; nil if no single one
  /// limits.
  package var limitingResource: Int? {
    let bound = sumBound
    var limiting: (resource: Int, bound: Int)?
    for resource in 0..<resourceCount {
      let without = dropping(resource).map(\.sumBound) ?? Int.max
      if without > bound, without > limiting?.bound ?? bound { limiting = (resource, without) }
    }
    return limiting?.resource
  }

  /// The problem in which one resource is plenty; nil if nothing is then asked for.
  private func dropping(_ resource: Int) -> HeadroomProblem? {
    let batch = batch.compactMap { type -> PackingProblem.ItemType? in
      var type = type
      type.demand[resource] = 0
      return type.demand.contains { $0 > 0 } ? type : nil
    }
    guard !batch.isEmpty else { return nil }
    return HeadroomProblem(
      resourceCount: resourceCount, poolCount: poolCount, bins: bins, batch: batch)
  }
}
