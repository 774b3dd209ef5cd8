import Policies
import Testing

/// The fewest moves that empty bins, against the enumeration of all choices and packings.
@Suite struct ConsolidationTests {
  @Test(arguments: 0..<120) func fewestMovesOfSmallProblems(seed: Int) {
    let problem = Self.problem(seed: seed)
    let result = problem.solve()
    #expect(result.isProven, "seed \(seed)")
    var least: Int?
    for choice in 0..<(1 << problem.candidates.count)
    where choice.nonzeroBitCount == problem.emptied {
      let chosen = problem.candidates.indices.filter { choice >> $0 & 1 == 1 }
      let load = chosen.reduce(0) { $0 + problem.candidates[$1].load }
      let packing = problem.packing(emptying: chosen).problem
      if load < least ?? .max, PackingEnumeration(packing).leastWeight() == 0 { least = load }
    }
    #expect(result.isComplete == (least != nil), "seed \(seed)")
    if let least {
      #expect(result.moves == least && result.bound == least, "seed \(seed)")
      checkPlacements(result, problem, seed)
    } else {
      #expect(result.bound == nil, "seed \(seed)")
    }
  }

  private func checkPlacements(
    _ result: ConsolidationResult, _ problem: ConsolidationProblem, _ seed: Int
  ) {
    let leaving = Set(result.emptied.map { problem.candidates[$0].bin })
    for (type, placements) in result.placements.enumerated() {
      let expected = result.emptied.reduce(0) { sum, candidate in
        problem.candidates[candidate].contents.reduce(sum) {
          $1.type == type ? $0 + $1.count : $0
        }
      }
      #expect(placements.reduce(0) { $0 + $1.count } == expected, "seed \(seed)")
      #expect(placements.allSatisfy { !leaving.contains($0.bin) }, "seed \(seed)")
    }
  }

  @Test func nothingToEmptyIsNothingToMove() {
    let problem = ConsolidationProblem(
      resourceCount: 1, poolCount: 1, bins: [.init(pool: 0, free: [1])], types: [], groups: [],
      candidates: [], emptied: 0)
    #expect(problem.solve().moves == 0 && problem.solve().isProven)
  }

  /// Four or five bins with a few items each, tight enough that some cannot be emptied.
  private static func problem(seed: Int) -> ConsolidationProblem {
    var random = ConsolidationDraws(state: UInt64(seed))
    let binCount = 4 + random.draw(0...1)
    let bins = (0..<binCount).map { _ in
      PackingProblem.Bin(pool: random.draw(0...1), free: [Int64(random.draw(0...5))])
    }
    let types: [PackingProblem.ItemType] = [
      .init(demand: [1], count: 0, allowedPools: [0, 1], group: 0),
      .init(demand: [2], count: 0, allowedPools: [0]),
      .init(demand: [3], count: 0, allowedPools: [0, 1]),
    ]
    var occupied: [PackingProblem.Occupancy] = []
    let candidates = (0..<binCount - 1).map { bin in
      let contents = (0..<3).compactMap { type -> ConsolidationProblem.Content? in
        let count = type == 0 ? random.draw(0...1) : random.draw(0...2)
        return count > 0 ? .init(type: type, count: count) : nil
      }
      if contents.first?.type == 0 { occupied.append(.init(bin: bin, members: 1)) }
      return ConsolidationProblem.Candidate(bin: bin, contents: contents)
    }
    return ConsolidationProblem(
      resourceCount: 1, poolCount: 2, bins: bins, types: types,
      groups: [.init(limitPerBin: 1, occupied: occupied)], candidates: candidates,
      emptied: 1 + random.draw(0...1))
  }
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
private struct ConsolidationDraws: RandomNumberGenerator {
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
