extension PackingProblem {
  /// A rule that a packing breaks.
  package enum Violation: Sendable, Equatable {
    /// The lists of the result do not have one entry per type.
    case wrongShape
    /// The items of a type placed and left out do not add up to its count.
    case wrongCount(type: Int)
    /// A type is in a bin that is not there or not allowed to it, or in no positive number.
    case notAllowed(type: Int, bin: Int)
    /// A bin holds more of a resource than is free.
    case overfull(bin: Int, resource: Int)
    /// A bin holds more new members of a group than the limit leaves room for.
    case groupLimit(group: Int, bin: Int)
    /// The weight of the items left out is not what the result says.
    case wrongWeight
    /// The result is better than its own bound.
    case belowBound
    /// The number of reference items is not what the free amounts leave room for.
    case wrongReferences
  }

  /// All rules that a packing breaks; checked from the problem alone, sharing no code with the
  /// search.
  ///
  /// - Complexity: O(placements log placements + bins)
  package func violations(of result: PackingResult) -> [Violation] {
    guard result.placements.count == types.count, result.unplaced.count == types.count else {
      return [.wrongShape]
    }
    var found: [Violation] = []
    var used = bins.map { _ in [Int64](repeating: 0, count: resourceCount) }
    var members: [Int: Int] = [:]
    var weight = 0
    for (type, item) in types.enumerated() {
      weight += item.weight * result.unplaced[type]
      let placed = result.placements[type].reduce(0) { $0 + $1.count }
      if placed + result.unplaced[type] != item.count || result.unplaced[type] < 0 {
        found.append(.wrongCount(type: type))
      }
      for placement in result.placements[type] {
        guard bins.indices.contains(placement.bin), placement.count > 0,
          item.allowedPools.contains(bins[placement.bin].pool)
        else {
          found.append(.notAllowed(type: type, bin: placement.bin))
          continue
        }
        for resource in 0..<resourceCount {
          used[placement.bin][resource] += item.demand[resource] * Int64(placement.count)
        }
        if let group = item.group {
          members[group * bins.count + placement.bin, default: 0] += placement.count
        }
      }
    }
    for (bin, amounts) in used.enumerated() {
      for resource in 0..<resourceCount where amounts[resource] > max(0, bins[bin].free[resource]) {
        found.append(.overfull(bin: bin, resource: resource))
      }
    }
    found += groupViolations(members)
    if weight != result.unplacedWeight { found.append(.wrongWeight) }
    if result.unplacedWeight < result.bound { found.append(.belowBound) }
    return found + referenceViolations(of: result, used)
  }

  private func referenceViolations(of result: PackingResult, _ used: [[Int64]]) -> [Violation] {
    guard let reference else { return [] }
    let counted = bins.indices.filter { reference.pools.contains(bins[$0].pool) }
    let fitting = counted.reduce(0) { sum, bin in
      let copies = (0..<resourceCount).filter { reference.demand[$0] > 0 }.map {
        max(0, max(0, bins[bin].free[$0]) - used[bin][$0]) / reference.demand[$0]
      }
      return sum + Int(copies.min() ?? 0)
    }
    guard result.references == fitting else { return [.wrongReferences] }
    return fitting > result.referenceBound ?? fitting ? [.belowBound] : []
  }

  private func groupViolations(_ members: [Int: Int]) -> [Violation] {
    var total = members
    for (group, rule) in groups.enumerated() {
      for occupancy in rule.occupied {
        let key = group * bins.count + occupancy.bin
        if members[key] != nil { total[key, default: 0] += occupancy.members }
      }
    }
    return total.keys.sorted().compactMap { key in
      let (group, bin) = key.quotientAndRemainder(dividingBy: bins.count)
      return total[key, default: 0] > groups[group].limitPerBin
        ? .groupLimit(group: group, bin: bin) : nil
    }
  }
}
