/// The failure of a service as a tree, with what its events belong to.
package struct ServiceTree: Sendable {
  /// The tree; its top is that the service does not have what was asked about.
  package let tree: FaultTree
  /// What the service stands on: one node for each part, and one for the facilities of all zones.
  package let nodes: [Node]
  /// For each event, the standard deviation of the logarithm of its time down; nil: exponential.
  package let sigmas: [Double?]
  /// The events that are planned work.
  package let planned: [Int]

  /// A part with all of its instances in the tree.
  package struct Node: Sendable, Equatable {
    /// The name of the part.
    package let name: String
    /// The kind of the part; nil for facilities.
    package let kind: PartKind?
    /// The failures of its own, by their places in the tree.
    package var events: [Int]
    /// How many of the service's zones share one instance at most.
    package let zonesSharing: Int
  }

  /// Whether parts are what they are or private to each zone.
  package enum Sharing: Sendable {
    /// As the model says.
    case asIs
    /// What zones share is split into private copies, one in each zone: what multiplying the
    /// unavailabilities of zones assumes.
    case split
  }
}

extension DependencyModel {
  /// How a service comes to be without something.
  ///
  /// A running replica fails with its host, its rack, its zone and what it needs; fewer replicas than
  /// needed are an outage. For the other impacts the service has to find one of its zones in which
  /// the thing is possible: any host will do, but a zone cannot stand in for what all share.
  package func tree(
    of service: ServiceShape, _ impact: Impact, _ sharing: ServiceTree.Sharing = .asIs
  ) -> ServiceTree {
    var builder = ServiceTreeBuilder(self, service, sharing)
    return impact == .running ? builder.running() : builder.possible(impact)
  }

  /// How a running service fails whose zones share nothing, the facility of each zone being one event
  /// with the given probability.
  func tree(of service: ServiceShape, facilities: [Double]) -> ServiceTree {
    var builder = ServiceTreeBuilder(self, service, .split)
    builder.facilityShares = facilities
    return builder.running()
  }
}
