/// The question which bins to empty with the fewest items moved: what a consolidation asks once its
/// rules are worked out, in words that know nothing of clouds.
package struct ConsolidationProblem: Sendable {
  /// A bin that may be emptied.
  package struct Candidate: Sendable, Equatable {
    /// The bin.
    package var bin: Int
    /// What has to leave it: types with how many items.
    package var contents: [Content]

    /// A bin with its contents.
    package init(bin: Int, contents: [Content]) {
      self.bin = bin
      self.contents = contents
    }

    /// How many items have to leave.
    package var load: Int { contents.reduce(0) { $0 + $1.count } }
  }

  /// Items of one type.
  package struct Content: Sendable, Equatable {
    /// The type.
    package var type: Int
    /// How many items.
    package var count: Int

    /// A number of items of a type.
    package init(type: Int, count: Int) {
      self.type = type
      self.count = count
    }
  }

  /// Number of resources.
  package let resourceCount: Int
  /// Number of pools.
  package let poolCount: Int
  /// The bins with what is free in them now.
  package let bins: [PackingProblem.Bin]
  /// The item types; their own counts do not matter.
  package let types: [PackingProblem.ItemType]
  /// The groups with the members in every bin now, those in candidates included.
  package let groups: [PackingProblem.Group]
  /// The bins that may be emptied, each at most once.
  package let candidates: [Candidate]
  /// How many bins to empty.
  package let emptied: Int

  /// A problem; its indices have to fit together.
  package init(
    resourceCount: Int, poolCount: Int, bins: [PackingProblem.Bin],
    types: [PackingProblem.ItemType], groups: [PackingProblem.Group], candidates: [Candidate],
    emptied: Int
  ) {
    precondition(emptied >= 0, "A number of bins to empty must not be negative.")
    for candidate in candidates {
      precondition(bins.indices.contains(candidate.bin), "A candidate names an unknown bin.")
      precondition(
        candidate.contents.allSatisfy { types.indices.contains($0.type) && $0.count >= 0 },
        "A candidate holds a number of items of a type that is there.")
    }
    self.resourceCount = resourceCount
    self.poolCount = poolCount
    self.bins = bins
    self.types = types
    self.groups = groups
    self.candidates = candidates
    self.emptied = emptied
  }

  /// The packing of what some candidates hold into the bins that stay, and the bin behind each of
  /// its bins.
  package func packing(emptying chosen: [Int]) -> (problem: PackingProblem, bins: [Int]) {
    let leaving = Set(chosen.map { candidates[$0].bin })
    let kept = bins.indices.filter { !leaving.contains($0) }
    var position = [Int?](repeating: nil, count: bins.count)
    for (index, bin) in kept.enumerated() { position[bin] = index }
    var types = types
    for type in types.indices { types[type].count = 0 }
    for content in chosen.lazy.flatMap({ candidates[$0].contents }) {
      types[content.type].count += content.count
    }
    let groups = groups.map { group in
      PackingProblem.Group(
        limitPerBin: group.limitPerBin,
        occupied: group.occupied.compactMap { occupancy in
          position[occupancy.bin].map { .init(bin: $0, members: occupancy.members) }
        })
    }
    let problem = PackingProblem(
      resourceCount: resourceCount, poolCount: poolCount, bins: kept.map { bins[$0] },
      types: types, groups: groups)
    return (problem, kept)
  }
}

/// Which bins to empty, with the packing that shows that it can be done and the bound that no choice
/// goes below.
package struct ConsolidationResult: Sendable, Equatable {
  /// The candidates to empty, by position, ascending; fewer than asked for if no more were found.
  package var emptied: [Int]
  /// For each type the bins of the problem that take its items, in rising order.
  package var placements: [[PackingResult.Placement]]
  /// Items that move.
  package var moves: Int
  /// No choice of as many bins as asked for moves fewer items; nil if no choice is possible.
  package var bound: Int?
  /// Whether as many bins are emptied as asked for.
  package var isComplete: Bool
  /// False if a time limit was set: another run may then end elsewhere.
  package var isRepeatable: Bool

  /// Whether no choice is better, or none is possible.
  package var isProven: Bool { isComplete ? moves == bound : bound == nil }
  /// (moves - bound) / max(1, bound); 0 where no choice is possible.
  package var gap: Double {
    guard isComplete, let bound else { return isProven ? 0 : 1 }
    return Double(moves - bound) / Double(max(1, bound))
  }
}
