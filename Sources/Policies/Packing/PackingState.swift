/// A packing under construction: free amounts, contents of the bins, and for each pool its bins in
/// the order of their free amount of the shortest resource.
///
/// The order makes best fit a binary search: the first bin from there on that takes the item is
/// the one left with the least.
struct PackingState {
  struct Content {
    var type: Int
    var count: Int
  }

  let instance: PackingInstance
  private(set) var free: [Int64]
  /// Items put into each bin, in no particular order.
  private(set) var contents: [[Content]]
  private(set) var unplaced: [Int]
  private(set) var unplacedWeight: Int
  /// How many reference items fit into what is free.
  private(set) var references: Int
  /// Members in a bin by group * binCount + bin; looked up, never walked.
  private var members: [Int: Int] = [:]
  private var order: [[Int]]

  init(_ instance: PackingInstance) {
    self.instance = instance
    free = instance.free
    contents = [[Content]](repeating: [], count: instance.binCount)
    unplaced = instance.count
    unplacedWeight = zip(instance.count, instance.weight).reduce(0) { $0 + $1.0 * $1.1 }
    references = (0..<instance.binCount).reduce(0) {
      $0 + instance.references(in: instance.free, bin: $1)
    }
    for group in instance.groupOccupied.indices {
      for occupancy in instance.groupOccupied[group] {
        members[group * instance.binCount + occupancy.bin, default: 0] += occupancy.members
      }
    }
    order = instance.binsOfPool
    order = instance.binsOfPool.map { pool in pool.sorted { comesBefore($0, $1) } }
  }

  /// How many more members of a group a bin takes.
  func room(ofGroup group: Int, in bin: Int) -> Int {
    max(0, instance.groupLimit[group] - members[group * instance.binCount + bin, default: 0])
  }

  /// How many items of a type a bin takes now, at most `limit`.
  func copies(_ type: Int, in bin: Int, limit: Int) -> Int {
    let copies = instance.copies(type, in: free, bin: bin, limit: limit)
    let group = instance.group[type]
    return copies == 0 || group < 0 ? copies : min(copies, room(ofGroup: group, in: bin))
  }

  /// Puts unplaced items of a type into a bin.
  mutating func place(_ type: Int, in bin: Int, count: Int) {
    precondition(unplaced[type] >= count, "Only items that are left can be placed.")
    change(type, in: bin, by: count)
    if let index = contents[bin].firstIndex(where: { $0.type == type }) {
      contents[bin][index].count += count
    } else {
      contents[bin].append(Content(type: type, count: count))
    }
  }

  /// Takes items of a type out of a bin.
  mutating func remove(_ type: Int, from bin: Int, count: Int) {
    guard let index = contents[bin].firstIndex(where: { $0.type == type }) else {
      preconditionFailure("Only items that are in a bin can be taken out of it.")
    }
    precondition(contents[bin][index].count >= count, "A bin holds no more than it was given.")
    contents[bin][index].count -= count
    if contents[bin][index].count == 0 { contents[bin].remove(at: index) }
    change(type, in: bin, by: -count)
  }

  /// Takes all items out of a bin and returns what they were.
  mutating func release(_ bin: Int) -> [Content] {
    let released = contents[bin]
    contents[bin] = []
    for content in released { change(content.type, in: bin, by: -content.count) }
    return released
  }

  /// The bin of the pools that takes an item of the type and is left with the least, if any; one bin
  /// may be passed over.
  ///
  /// - Complexity: O(pools log bins) plus the bins passed over because another rule stops them.
  func bestFit(_ type: Int, pools: [Int], except excluded: Int? = nil) -> Int? {
    let key = instance.keyResource
    let need =
      instance.resourceCount == 0 ? 0 : instance.demand[type * instance.resourceCount + key]
    var best: Int?
    for pool in pools {
      let bins = order[pool]
      var position = firstPosition(in: bins) { keyAmount($0) >= need }
      while position < bins.count {
        let bin = bins[position]
        if let best, !comesBefore(bin, best) { break }
        if bin != excluded, copies(type, in: bin, limit: 1) > 0 {
          best = bin
          break
        }
        position += 1
      }
    }
    return best
  }

  private func keyAmount(_ bin: Int) -> Int64 {
    instance.resourceCount == 0 ? 0 : free[bin * instance.resourceCount + instance.keyResource]
  }

  private func comesBefore(_ first: Int, _ second: Int) -> Bool {
    let (a, b) = (keyAmount(first), keyAmount(second))
    return a != b ? a < b : first < second
  }

  private mutating func change(_ type: Int, in bin: Int, by count: Int) {
    let pool = instance.poolOfBin[bin]
    let old = firstPosition(in: order[pool]) { !comesBefore($0, bin) }
    order[pool].remove(at: old)
    references -= instance.references(in: free, bin: bin)
    for resource in 0..<instance.resourceCount {
      free[bin * instance.resourceCount + resource] -=
        instance.demand[type * instance.resourceCount + resource] * Int64(count)
    }
    references += instance.references(in: free, bin: bin)
    let new = firstPosition(in: order[pool]) { !comesBefore($0, bin) }
    order[pool].insert(bin, at: new)
    unplaced[type] -= count
    unplacedWeight -= count * instance.weight[type]
    if instance.group[type] >= 0 {
      members[instance.group[type] * instance.binCount + bin, default: 0] += count
    }
  }

  /// The first position from which on the condition holds.
  private func firstPosition(in bins: [Int], where holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, bins.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(bins[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension PackingState {
  /// Places as many of `count` items as fit into the pools, best fit, and returns the rest.
  ///
  /// A bin that took an item is still the tightest, so it goes on taking until it is full.
  mutating func placeByBestFit(_ type: Int, count: Int, pools: [Int]) -> Int {
    var left = count
    while left > 0, let bin = bestFit(type, pools: pools) {
      let fitting = copies(type, in: bin, limit: left)
      place(type, in: bin, count: fitting)
      left -= fitting
    }
    return left
  }

  /// Tries every item left over in all pools allowed to it, small items first; where references
  /// count, items of no weight would only take their room.
  mutating func placeLeftovers() {
    let left = unplaced.indices.filter {
      unplaced[$0] > 0 && (instance.weight[$0] > 0 || instance.referenceDemand == nil)
    }
    for type in left.sorted(by: { (instance.size[$0], $0) < (instance.size[$1], $1) }) {
      var count = unplaced[type]
      for tier in instance.poolTiers[type] {
        count = placeByBestFit(type, count: count, pools: tier)
      }
    }
  }

  /// Moves items out of bins that offer what they do not need, as far as other bins have room:
  /// the number of items left out stays, and the rare bins stay free for those who need them.
  mutating func spareRareBins() {
    for bin in contents.indices {
      let pool = instance.poolOfBin[bin]
      let isWasteful = contents[bin].contains { content in
        instance.poolTiers[content.type].first?.contains(pool) == false
      }
      guard isWasteful else { continue }
      for content in release(bin) {
        var left = content.count
        for tier in instance.poolTiers[content.type] {
          if tier.contains(pool) { break }
          left = placeByBestFit(content.type, count: left, pools: tier)
        }
        if left > 0 { place(content.type, in: bin, count: left) }
      }
    }
  }

  /// Types in the order of packing: members of groups first, then large ones first.
  var packingOrder: [Int] {
    instance.count.indices.filter { instance.count[$0] > 0 }.sorted { first, second in
      let (a, b) = (instance.group[first] >= 0, instance.group[second] >= 0)
      if a != b { return a }
      let (sizeA, sizeB) = (instance.size[first], instance.size[second])
      return sizeA != sizeB ? sizeA > sizeB : first < second
    }
  }

  /// The packing as a result without a bound.
  var result: PackingResult {
    var placements = [[PackingResult.Placement]](repeating: [], count: instance.typeCount)
    for bin in contents.indices {
      for content in contents[bin] where content.count > 0 {
        placements[content.type].append(.init(bin: bin, count: content.count))
      }
    }
    var result = PackingResult(
      placements: placements, unplaced: unplaced, unplacedWeight: unplacedWeight)
    if instance.referenceDemand != nil { result.references = references }
    return result
  }
}
