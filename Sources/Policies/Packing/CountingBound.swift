/// What counting says about the items that no packing can place, without any program.
///
/// For a set of pools, the items that may go nowhere else share the room of its bins. By any measure
/// that an item takes no less of than it needs and a bin offers no more of than it has, no more
/// weight can be placed than the items of most weight per amount come to, the last one in part. As
/// measures serve each resource and, wall by wall, whole copies of each item: an item that holds k
/// copies takes the place of k of them, and a bin has room for a whole number of copies. Sets that
/// share no item add up.
///
/// **Source**: the fractional knapsack (Dantzig, Discrete-variable extremum problems, 1957).
struct CountingBound {
  private let instance: PackingInstance
  /// Sets of pools looked at, and items whose copies are counted, at most.
  private static let limits = (sets: 48, references: 48)

  init(_ instance: PackingInstance) { self.instance = instance }

  /// The types that may go only into some pools.
  private struct Captive {
    let pools: [Int]
    let types: [Int]
    var least: Int
  }

  /// A weight that every packing leaves out.
  ///
  /// - Complexity: O(sets * measures * (bins + types)), both of the limits above.
  var least: Int {
    let captives = sets().map { pools in captive(pools) }
    let best = captives.max { $0.least < $1.least }?.least ?? 0
    var isCounted = [Bool](repeating: false, count: instance.typeCount)
    var sum = 0
    for captive in captives.sorted(by: Self.smallerFirst) {
      guard captive.least > 0, !captive.types.contains(where: { isCounted[$0] }) else { continue }
      for type in captive.types { isCounted[type] = true }
      sum += captive.least
    }
    return max(best, sum)
  }

  /// Small sets first: more of them are disjoint.
  private static func smallerFirst(_ first: Captive, _ second: Captive) -> Bool {
    (first.pools.count, -first.least, first.pools[...].first ?? -1)
      < (second.pools.count, -second.least, second.pools[...].first ?? -1)
  }

  /// The sets of pools that types are allowed in, the most frequent first, and all pools.
  private func sets() -> [[Int]] {
    var weightOfSet: [[Int]: Int] = [:]
    for type in 0..<instance.typeCount where instance.count[type] > 0 {
      weightOfSet[instance.allowedPools[type], default: 0] += instance.count[type]
    }
    let all = Array(0..<instance.poolCount)
    weightOfSet[all] = nil
    let frequent = weightOfSet.sorted { first, second in
      first.value != second.value
        ? first.value > second.value : first.key.lexicographicallyPrecedes(second.key)
    }
    return [all] + frequent.prefix(Self.limits.sets).map(\.key)
  }

  private func captive(_ pools: [Int]) -> Captive {
    var isInside = [Bool](repeating: false, count: instance.poolCount)
    for pool in pools { isInside[pool] = true }
    let types = (0..<instance.typeCount).filter { type in
      instance.count[type] > 0 && instance.allowedPools[type].allSatisfy { isInside[$0] }
    }
    let bins = pools.flatMap { instance.binsOfPool[$0] }
    var least = 0
    for resource in 0..<instance.resourceCount {
      let room = bins.reduce(Int64(0)) { $0.addingSaturating(amount(instance.free, $1, resource)) }
      least = max(least, left(of: types, room: room) { amount(instance.demand, $0, resource) })
    }
    for reference in references(of: types) {
      let room = bins.reduce(Int64(0)) {
        $0.addingSaturating(copies(of: reference, in: instance.free, at: $1))
      }
      least = max(
        least, left(of: types, room: room) { copies(of: reference, in: instance.demand, at: $0) })
    }
    return Captive(pools: pools, types: types, least: least)
  }

  /// The weight of types that is left when the room is filled with those of most weight per need.
  private func left(of types: [Int], room: Int64, need: (Int) -> Int64) -> Int {
    let needs = types.map { (type: $0, need: need($0)) }.filter { $0.need > 0 }
    let sorted = needs.sorted { first, second in
      let (a, b) = (instance.weight[first.type], instance.weight[second.type])
      let (left, right) = (Double(a) / Double(first.need), Double(b) / Double(second.need))
      return left != right ? left > right : first.type < second.type
    }
    var room = Double(room)
    var weight = 0.0
    for (type, need) in sorted {
      let wanted = Double(instance.count[type])
      let placed = min(wanted, room / Double(need))
      room -= placed * Double(need)
      weight += (wanted - placed) * Double(instance.weight[type])
    }
    return Int((weight - 1e-6 * max(1, weight)).rounded(.up))
  }

  /// What some types ask for, each demand once.
  private func references(of types: [Int]) -> [[Int64]] {
    var seen: Set<[Int64]> = []
    var references: [[Int64]] = []
    for type in types where references.count < Self.limits.references {
      let demand = (0..<instance.resourceCount).map { amount(instance.demand, type, $0) }
      if demand.contains(where: { $0 > 0 }), seen.insert(demand).inserted {
        references.append(demand)
      }
      for resource in demand.indices where demand[resource] > 0 {
        var single = [Int64](repeating: 0, count: demand.count)
        single[resource] = demand[resource]
        if seen.insert(single).inserted { references.append(single) }
      }
    }
    return references
  }

  private func amount(_ amounts: [Int64], _ row: Int, _ resource: Int) -> Int64 {
    amounts[row * instance.resourceCount + resource]
  }

  private func copies(of reference: [Int64], in amounts: [Int64], at row: Int) -> Int64 {
    var copies = Int64.max
    for (resource, need) in reference.enumerated() where need > 0 {
      copies = min(copies, amount(amounts, row, resource) / need)
    }
    return copies
  }
}
