import Policies

/// Random packing problems that a seed rebuilds.
enum PackingSample {
  /// A problem small enough to enumerate: a few bins in two pools, tight, with groups and weights.
  static func small(seed: Int) -> PackingProblem {
    var random = Draws(state: UInt64(seed))
    let binCount = random.draw(1...4)
    let groups = (0..<random.draw(0...2)).map { _ in
      PackingProblem.Group(
        limitPerBin: random.draw(1...2),
        occupied: random.draw(0...1) == 0
          ? [] : [.init(bin: random.draw(0...binCount - 1), members: random.draw(1...2))])
    }
    let bins = (0..<binCount).map { _ in
      PackingProblem.Bin(
        pool: random.draw(0...1),
        free: [Int64(random.draw(-1...9)), Int64(random.draw(0...12))])
    }
    let types = (0..<random.draw(1...4)).map { _ in
      PackingProblem.ItemType(
        demand: [Int64(random.draw(0...4)), Int64(random.draw(1...6))],
        count: random.draw(0...3), allowedPools: [[0], [1], [0, 1], []][random.draw(0...3)],
        group: groups.isEmpty || random.draw(0...1) == 0 ? nil : random.draw(0...groups.count - 1),
        weight: random.draw(0...3))
    }
    return PackingProblem(
      resourceCount: 2, poolCount: 2, bins: bins, types: types, groups: groups)
  }

  /// A crowded problem of some dozens of bins, too large to enumerate.
  static func crowded(bins: Int, seed: Int) -> PackingProblem {
    var random = Draws(state: UInt64(seed))
    let free = (0..<bins).map { _ in
      PackingProblem.Bin(
        pool: random.draw(0...3), free: [Int64(random.draw(0...24)), Int64(random.draw(0...48))])
    }
    let types = (0..<bins).map { _ in
      let size = 1 << random.draw(0...4)
      return PackingProblem.ItemType(
        demand: [Int64(size), Int64(size * random.draw(1...4))], count: random.draw(1...4),
        allowedPools: random.draw(0...1) == 0 ? [0, 1, 2, 3] : [random.draw(0...3)],
        group: random.draw(0...4) == 0 ? random.draw(0...bins / 4) : nil)
    }
    let groups = (0...bins / 4).map { _ in
      PackingProblem.Group(occupied: [.init(bin: random.draw(0...bins - 1), members: 1)])
    }
    return PackingProblem(
      resourceCount: 2, poolCount: 4, bins: free, types: types, groups: groups)
  }

  /// SplitMix64 (Steele, Lea and Flood, 2014).
  private struct Draws: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }

    mutating func draw(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
  }
}
