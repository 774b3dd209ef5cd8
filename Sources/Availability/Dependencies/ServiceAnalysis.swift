/// The exact answer about one service and one impact.
package struct ServiceAnalysis: Sendable {
  /// Hours of a year, as the tables of facilities count them.
  package static let hoursPerYear = 8760.0

  /// The tree that was solved.
  package let tree: ServiceTree
  /// Probability, frequency, cut sets, importance of single events.
  package let analysis: FaultTreeAnalysis
  /// What each part means for the service, that without which it would gain most first.
  package let blame: [PartBlame]
  /// The unavailability that is left without planned work.
  package let unplanned: Double

  /// The share of time in which the service does not have what was asked about.
  package var unavailability: Double { analysis.probability }

  /// Solves a tree.
  ///
  /// **Errors**: `FaultTreeRefusal` where it is larger than the limits.
  package init(
    _ tree: ServiceTree, limits: FaultTreeAnalysis.Limits = FaultTreeAnalysis.Limits()
  ) throws(FaultTreeRefusal) {
    let diagram = try ModularDiagram(tree.tree, limits)
    self.tree = tree
    analysis = FaultTreeAnalysis(tree.tree, diagram, limits)
    let shares = tree.tree.events.map(\.probability)
    let probability = { (events: [Int], value: Double) -> Double in
      var shares = shares
      for event in events { shares[event] = value }
      return diagram.probabilities(shares).leaves[diagram.topLeaf]
    }
    unplanned = tree.planned.isEmpty ? analysis.probability : probability(tree.planned, 0)
    let all = analysis.probability
    blame = tree.nodes.map { node in
      PartBlame(
        node: node, all: all, without: probability(node.events, 0),
        always: probability(node.events, 1))
    }.sorted {
      $0.unavailabilityWithout != $1.unavailabilityWithout
        ? $0.unavailabilityWithout < $1.unavailabilityWithout : $0.node.name < $1.node.name
    }
  }

  /// The part whose loss costs most among those that zones share, if any costs something.
  package var limitingShared: PartBlame? {
    blame.first { $0.node.zonesSharing > 1 && $0.unavailabilityWithout < unavailability }
  }
}

/// What a part, all of its instances together, means for a service.
///
/// For a part with one event these are the measures of that event. The part counts as never failing
/// by itself, and as always failing: Q(0) and Q(1).
///
/// **Source**: Rausand, Barros, Hoyland, System Reliability Theory, chapter 7; NUREG/CR-3385.
package struct PartBlame: Sendable, Equatable {
  /// The part.
  package let node: ServiceTree.Node
  /// Q(1) - Q(0).
  package let birnbaum: Double
  /// The share of the unavailability that would be gone: (Q - Q(0)) / Q; nil where Q is 0. These do
  /// not add to one.
  package let criticality: Double?
  /// Q(1) / Q; nil where Q is 0.
  package let achievementWorth: Double?
  /// Q / Q(0); nil where nothing would be left.
  package let reductionWorth: Double?
  /// Q(0).
  package let unavailabilityWithout: Double

  init(node: ServiceTree.Node, all: Double, without: Double, always: Double) {
    self.node = node
    birnbaum = always - without
    criticality = all > 0 ? (all - without) / all : nil
    achievementWorth = all > 0 ? always / all : nil
    reductionWorth = without > 0 ? all / without : nil
    unavailabilityWithout = without
  }
}
