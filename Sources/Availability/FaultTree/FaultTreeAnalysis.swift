import Glibc

/// The exact answer about a fault tree.
package struct FaultTreeAnalysis: Sendable {
  /// The probability that the top fails.
  package let probability: Double
  /// How often the top begins to fail, per hour; nil where no event has a frequency.
  package let frequencyPerHour: Double?
  /// Whether more failures below never repair the top; without it there are no cut sets.
  package let isCoherent: Bool
  /// Importance of every event by its place in the tree, with neutral values for events that the
  /// top does not depend on.
  package let importance: [Importance]
  /// The minimal cut sets; nil for trees that are not coherent, or whose cut sets need too large a
  /// diagram.
  package let cutSets: CutSets?
  /// Nodes of the decision diagrams of all modules.
  package let nodeCount: Int

  /// What is known of all minimal cut sets.
  package struct CutSets: Sendable {
    /// How many there are.
    package let count: BigNatural
    /// How many there are of each order; place 0 counts single events.
    package let byOrder: [BigNatural]
    /// The sum of their probabilities, the rare-event approximation.
    package let probabilitySum: Double
    /// The probability of failing if cut sets failed independently; nil if there are too many.
    package let upperBound: Double?
    /// The sets as places of events, in the order of the names: by size, then by name. Nil if there
    /// are too many.
    package let sets: [[Int]]?
  }

  /// How far to go.
  package struct Limits: Sendable {
    /// Basic events that the top may depend on.
    package var events = 10_000
    /// Gates of a tree.
    package var gates = 200_000
    /// Nodes of one diagram, about 40 bytes each.
    package var nodes = 6_000_000
    /// Cut sets that are listed.
    package var listedCutSets = 100
    /// Cut sets that an upper bound is made of.
    package var boundedCutSets = 200_000

    /// The usual limits.
    package init() {}
  }

  /// Solves a tree.
  ///
  /// **Errors**: `FaultTreeRefusal` where it is larger than the limits.
  ///
  /// **Complexity**: linear in the nodes of the diagrams, which are exponential in the worst case.
  package init(_ tree: FaultTree, limits: Limits = Limits()) throws(FaultTreeRefusal) {
    self.init(tree, try ModularDiagram(tree, limits), limits)
  }

  /// What the diagrams of a tree say about it.
  init(_ tree: FaultTree, _ diagram: ModularDiagram, _ limits: Limits) {
    let shares = tree.events.map(\.probability)
    let probabilities = diagram.probabilities(shares)
    let isCoherent = tree.isCoherent
    let cuts = isCoherent ? try? ModularCutSets(diagram, nodeLimit: limits.nodes) : nil
    let sums = cuts.map { $0.probabilitySums(shares) }
    probability = probabilities.leaves[diagram.topLeaf]
    importance = diagram.importance(shares, probabilities, cutSetSums: sums)
    frequencyPerHour = Self.frequency(tree, importance)
    self.isCoherent = isCoherent
    nodeCount = diagram.size
    cutSets = cuts.map { CutSets($0, tree, probabilitySum: sums?.all ?? 0, limits) }
  }

  /// The frequency of the top: the sum of B w over the events that begin something.
  ///
  /// **Source**: Vesely 1970; Dutuit and Rauzy 2001.
  private static func frequency(_ tree: FaultTree, _ importance: [Importance]) -> Double? {
    guard tree.events.contains(where: { $0.frequencyPerHour > 0 }) else { return nil }
    return zip(tree.events, importance).reduce(0) {
      $0 + $1.0.frequencyPerHour * $1.1.birnbaum
    }
  }
}

extension FaultTreeAnalysis.CutSets {
  /// Counts and sums cut sets, and lists them where they are few.
  fileprivate init(
    _ cuts: ModularCutSets, _ tree: FaultTree, probabilitySum: Double,
    _ limits: FaultTreeAnalysis.Limits
  ) {
    byOrder = cuts.countsByOrder
    count = byOrder.reduce(BigNatural(0), +)
    self.probabilitySum = probabilitySum
    let small = count.small ?? .max
    upperBound = small <= limits.boundedCutSets ? Self.upperBound(cuts, tree) : nil
    sets = small <= limits.listedCutSets ? Self.sets(cuts, tree) : nil
  }

  /// The probability of failing if cut sets failed independently of one another: an upper bound for
  /// coherent trees, 1 - product of (1 - P(cut set)).
  ///
  /// **Source**: Esary and Proschan, Technometrics 5, 1963.
  private static func upperBound(_ cuts: ModularCutSets, _ tree: FaultTree) -> Double {
    let probabilities = cuts.all(
      empty: 1.0, event: { tree.events[$0].probability }, join: { $0 * $1 })
    return -expm1(probabilities.reduce(0) { $0 + log1p(-$1) })
  }

  private static func sets(_ cuts: ModularCutSets, _ tree: FaultTree) -> [[Int]] {
    func name(_ event: Int) -> String { tree.events[event].name }
    let named = cuts.all(empty: [Int](), event: { [$0] }, join: { $0 + $1 }).map { set in
      set.sorted { name($0) < name($1) }
    }
    return named.sorted { left, right in
      left.count != right.count
        ? left.count < right.count : left.map(name).lexicographicallyPrecedes(right.map(name))
    }
  }
}

/// Why a tree is not solved.
package enum FaultTreeRefusal: Error, Equatable, Sendable {
  /// The top depends on more basic events than an exact diagram is made of.
  case tooManyEvents(count: Int, limit: Int)
  /// More gates than a tree may have.
  case tooManyGates(count: Int, limit: Int)
  /// In no order tried is the diagram small enough; the gate is where it grew too large.
  case tooManyNodes(gate: String, limit: Int)
}
