package import Optimization

/// A packing with the proof of how good it can be at best.
package struct PackingResult: Sendable, Equatable {
  /// Items of one type in one bin.
  package struct Placement: Sendable, Equatable {
    /// The bin.
    package let bin: Int
    /// How many items it takes.
    package let count: Int

    /// A number of items in a bin.
    package init(bin: Int, count: Int) {
      self.bin = bin
      self.count = count
    }
  }

  /// Where a lower bound comes from.
  package enum BoundSource: Sendable, Equatable {
    /// Nothing is known but that nothing can be less than 0.
    case trivial
    /// Counting what some bins can hold.
    case counting
    /// The program in which the bins of a pool are added up.
    case pooled
    /// The linear relaxation of the program in which every bin is filled by a pattern.
    case patterns
    /// The search tree of the program with one variable per type and bin.
    case tree
  }

  /// Why the search ended.
  package enum Ending: Sendable, Equatable {
    /// The packing meets its bound.
    case proven
    /// The gap that was asked for is met.
    case withinGap
    /// The work limit was used up.
    case workLimit
    /// The time limit was used up.
    case timeLimit
    /// No neighbourhood gave an improvement for long.
    case stalled
  }

  /// Rows, columns and nonzeros of a program.
  package struct ProgramSize: Sendable, Equatable {
    /// Number of constraints.
    package var rows = 0
    /// Number of variables.
    package var columns = 0
    /// Number of coefficients.
    package var nonzeros = 0

    /// The size of an empty program.
    package init() {}

    init(_ program: IntegerProgram) {
      rows = program.constraintCount
      columns = program.variableCount
      nonzeros = program.entryCount
    }
  }

  /// For each type, its bins in rising order.
  package var placements: [[Placement]]
  /// For each type, how many items are left out.
  package var unplaced: [Int]
  /// Weight of the items left out.
  package var unplacedWeight: Int
  /// No packing leaves out less than this.
  package var bound = 0
  /// Where the bound comes from.
  package var boundSource = BoundSource.trivial
  /// Reference items that fit into what is left free, if there is a reference.
  package var references: Int?
  /// No packing that leaves out as little leaves room for more reference items than this.
  package var referenceBound: Int?
  /// Why the search ended.
  package var ending = Ending.stalled
  /// False if a time limit was set: another run may then end elsewhere.
  package var isRepeatable = true
  /// Work of the solver: simplex iterations times nonzeros, added up.
  package var work = 0
  /// Neighbourhoods that were solved.
  package var repairs = 0
  /// Size of the pooled program.
  package var pooledSize = ProgramSize()
  /// Size of the program with one variable per type and bin, if it was built.
  package var binSize: ProgramSize?
  /// What went wrong in the solver, if anything did; the packing is valid all the same.
  package var solverError: SolverError?

  /// A packing of which no bound is known yet.
  package init(placements: [[Placement]], unplaced: [Int], unplacedWeight: Int) {
    self.placements = placements
    self.unplaced = unplaced
    self.unplacedWeight = unplacedWeight
  }

  /// True if no packing is better.
  package var isProvenOptimal: Bool { unplacedWeight == bound }

  /// True if no packing that leaves out as little leaves room for more reference items.
  package var isReferenceProven: Bool { isProvenOptimal && references == referenceBound }

  /// Number of items left out.
  package var unplacedCount: Int { unplaced.reduce(0, +) }

  /// (unplacedWeight - bound) / max(1, bound)
  package var gap: Double { Double(unplacedWeight - bound) / Double(max(1, bound)) }
}

/// How long a packing is improved.
package struct PackingOptions: Sendable, Equatable {
  /// Most work of the solver for each goal, in simplex iterations times nonzeros.
  package var workLimit = 60_000_000
  /// Most wall time, or nil (the default) for none; makes the result not repeatable.
  package var timeLimit: Duration? = nil
  /// Ends the search for a goal at a gap of at most this.
  package var gap = 0.0
  /// Start of the random draws of neighbourhoods.
  package var seed: UInt64 = 1
  /// Largest program with one variable per type and bin that is solved for a proof, in variables.
  package var largestProof = 6_000

  /// Options with the defaults above.
  package init() {}
}
