import Optimization

extension Recipe {
  /// A packing and a bound before any program is solved: the answer of a search that is cut short.
  ///
  /// The packings are made whatever the limit of time; exchanges and repacking only while there is
  /// some.
  ///
  /// - Complexity: two dozen packings by best fit, exchanges and repacking within limits, counting.
  mutating func begin() {
    var best = PackingState(bestFitDecreasing: instance)
    best.placeLeftovers()
    let least = CountingBound(instance).least
    let most = best.unplacedWeight
    var chosen = most
    func pack(leavingOut weight: Int) {
      guard best.unplacedWeight > least, !Interruption.isRequested else { return }
      var packing = PackingState(instance)
      packing.pack(leavingOut: weight)
      if packing.unplacedWeight < best.unplacedWeight { (best, chosen) = (packing, weight) }
    }
    let steps = Self.trials - 1
    for trial in 0...steps { pack(leavingOut: least + (most - least) * trial / steps) }
    let (center, width) = (chosen, (most - least) / steps)
    for trial in 1..<steps { pack(leavingOut: center - width + 2 * width * trial / steps) }
    exchange(in: &best, downTo: least)
    repack(&best, downTo: least)
    best.placeLeftovers()
    state = best
    raiseBound(to: Double(least), .counting)
  }

  /// How many weights to leave out are tried, coarsely and then around the best.
  private static let trials = 10

  /// Passes of exchanges until one does not help, the bound is met or there is no time.
  private func exchange(in packing: inout PackingState, downTo least: Int) {
    var checks = 200_000
    var helped = true
    while helped, packing.unplacedWeight > least {
      helped = false
      for bin in 0..<instance.binCount where !packing.contents[bin].isEmpty {
        guard checks > 0, !isOutOfTime else { return }
        if packing.exchange(around: bin, checks: &checks) { helped = true }
      }
    }
  }

  /// Empties a few bins around an item left out and packs what is then left out in an order drawn
  /// anew, small items mostly first; keeps what leaves out no more.
  ///
  /// **Source**: ruin and recreate (Schrimpf, Schneider, Stamm-Wilbrandt and Dueck, Record breaking
  /// optimization results using the ruin and recreate principle, 2000).
  private func repack(_ packing: inout PackingState, downTo least: Int) {
    // Draws of its own: the search that follows does not depend on how long this one took.
    var random = PackingRandom(seed: options.seed)
    var idle = 0
    while idle < 1_500, packing.unplacedWeight > least, !isOutOfTime {
      let left = packing.unplaced.indices.filter { type in
        packing.unplaced[type] > 0 && !instance.allowedPools[type].isEmpty
      }
      guard !left.isEmpty else { return }
      let pools = instance.allowedPools[left[random.draw(below: left.count)]]
      let bins = pools.flatMap { instance.binsOfPool[$0] }
      guard !bins.isEmpty else { return }
      let ruined = Set(
        (0..<2 + random.draw(below: 4)).map { _ in bins[random.draw(below: bins.count)] })
      let before = packing.unplacedWeight
      let log = packing.repack(ruined.sorted(), random: &random)
      if packing.unplacedWeight > before { packing.undo(log) }
      idle = packing.unplacedWeight < before ? 0 : idle + 1
    }
  }
}

extension PackingState {
  /// Packs all items but some of least weight for their size, members of groups and those with few
  /// bins first, the large ones before the small ones; then whatever still fits, small ones first.
  mutating func pack(leavingOut weight: Int) {
    var out = [Int](repeating: 0, count: instance.typeCount)
    var left = weight
    let dispensable = instance.count.indices.sorted { first, second in
      let (a, b) = (density(first), density(second))
      return a != b ? a < b : first < second
    }
    for type in dispensable where left > 0 && instance.weight[type] > 0 {
      out[type] = min(instance.count[type], (left - 1) / instance.weight[type] + 1)
      left -= out[type] * instance.weight[type]
    }
    for type in packingOrder where out[type] < instance.count[type] {
      var count = instance.count[type] - out[type]
      for tier in instance.poolTiers[type] {
        count = placeByBestFit(type, count: count, pools: tier)
      }
    }
    placeLeftovers()
  }

  private func density(_ type: Int) -> Double {
    Double(instance.weight[type]) / max(instance.size[type], 1e-9)
  }

  /// Takes one item of each type out of a bin in turn, puts it elsewhere or leaves it out, and fills
  /// the bin with what was left out, small items first; keeps what leaves out less.
  ///
  /// - Returns: Whether anything was kept.
  mutating func exchange(around bin: Int, checks: inout Int) -> Bool {
    var helped = false
    for content in contents[bin] {
      let waiting = waiting(for: bin)
      guard !waiting.isEmpty else { return helped }
      checks -= waiting.count + 1
      let before = unplacedWeight
      remove(content.type, from: bin, count: 1)
      let elsewhere = bestFit(
        content.type, pools: instance.allowedPools[content.type], except: bin)
      if let elsewhere { place(content.type, in: elsewhere, count: 1) }
      var filled: [(type: Int, count: Int)] = []
      for type in waiting {
        let fitting = copies(type, in: bin, limit: unplaced[type])
        guard fitting > 0 else { continue }
        place(type, in: bin, count: fitting)
        filled.append((type, fitting))
      }
      if unplacedWeight < before {
        helped = true
        continue
      }
      for (type, count) in filled { remove(type, from: bin, count: count) }
      if let elsewhere { remove(content.type, from: elsewhere, count: 1) }
      place(content.type, in: bin, count: 1)
    }
    return helped
  }

  /// Types with items left out that a bin may take, the most weight for their size first.
  private func waiting(for bin: Int) -> [Int] {
    let pool = instance.poolOfBin[bin]
    return unplaced.indices.filter { type in
      unplaced[type] > 0 && instance.weight[type] > 0 && instance.allowedPools[type].contains(pool)
    }
    .sorted { first, second in
      let (a, b) = (density(first), density(second))
      return a != b ? a > b : first < second
    }
  }

  /// What was taken out of bins and then put into them, so that it can be taken back.
  struct Repacking {
    var removed: [(type: Int, bin: Int, count: Int)] = []
    var placed: [(type: Int, bin: Int, count: Int)] = []
  }

  /// Empties bins and packs all items left out, first into these bins, then anywhere.
  mutating func repack(_ bins: [Int], random: inout PackingRandom) -> Repacking {
    var log = Repacking()
    for bin in bins {
      log.removed += release(bin).map { ($0.type, bin, $0.count) }
    }
    var keyed: [(type: Int, key: Double)] = []
    for type in unplaced.indices where unplaced[type] > 0 && instance.weight[type] > 0 {
      keyed.append((type, density(type) / (0.7 + Double(random.draw(below: 600)) / 1000)))
    }
    let order = keyed.sorted { $0.key != $1.key ? $0.key > $1.key : $0.type < $1.type }.map(\.type)
    func put(_ type: Int, into bin: Int) {
      let fitting = copies(type, in: bin, limit: unplaced[type])
      guard fitting > 0 else { return }
      place(type, in: bin, count: fitting)
      log.placed.append((type, bin, fitting))
    }
    for type in order {
      for bin in bins
      where unplaced[type] > 0 && instance.allowedPools[type].contains(instance.poolOfBin[bin]) {
        put(type, into: bin)
      }
    }
    for type in order {
      while unplaced[type] > 0, let bin = bestFit(type, pools: instance.allowedPools[type]) {
        put(type, into: bin)
      }
    }
    return log
  }

  /// Takes a repacking back.
  mutating func undo(_ log: Repacking) {
    for step in log.placed { remove(step.type, from: step.bin, count: step.count) }
    for step in log.removed { place(step.type, in: step.bin, count: step.count) }
  }
}
