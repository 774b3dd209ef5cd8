/// Something that VMs need and that can fail: a feed, a router, a storage cluster, a service of the
/// cloud.
///
/// There is one of it in each of its domain: a storage cluster in each zone is three clusters in
/// three zones, one in the region is one for all. That is all that sharing means here.
package struct DependencyPart: Sendable, Equatable {
  /// The name, unique in a model.
  package var name: String
  /// What it is.
  package var kind: PartKind
  /// In each of what there is one.
  package var domain: DependencyDomain
  /// Indices of the zones that it serves; nil: all.
  package var zones: [Int]?
  /// How many equal members it has.
  package var count = 1
  /// How many of them are needed.
  package var needed = 1
  /// The share of a member's failures that takes all members.
  package var beta = 0.0
  /// How one member fails by itself; nil: only with what it needs.
  package var failure: PartFailure?
  /// The chance that a VM which depends on it is hit when it fails.
  package var share = 1.0
  /// What is not possible while it is down.
  package var stops: Set<Impact> = []
  /// What is worse while it is down; nothing is counted for it.
  package var degrades: Set<Impact> = []
  /// Names of parts that it needs; `facility` is that of a zone.
  package var needs: [String] = []
  /// How many of those it needs; nil: all.
  package var needsAtLeast: Int?
  /// Whether its failures are work that was planned.
  package var isPlanned = false

  /// A part that does not fail yet.
  package init(_ name: String, _ kind: PartKind, in domain: DependencyDomain) {
    self.name = name
    self.kind = kind
    self.domain = domain
  }

  /// The name by which parts need the facility of a zone: its power and cooling.
  package static let facility = "facility"
}

/// How a member of a part fails by itself.
package enum PartFailure: Sendable, Equatable {
  /// It is up for a mean time and down for another, in hours; `sigma` is the standard deviation of
  /// the logarithm of the time down, nil where that is exponential.
  case times(up: Double, down: Double, sigma: Double?)
  /// It fails when called, with a probability.
  case onDemand(Double)
}

/// In each of what there is one of a part, from wide to narrow.
package enum DependencyDomain: String, CaseIterable, Sendable, Comparable {
  /// One for all regions.
  case cloud
  /// One in each region.
  case region
  /// One in each zone.
  case zone
  /// One in each rack.
  case rack
  /// One in each host.
  case host

  package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// What a failure can make impossible.
package enum Impact: String, CaseIterable, Sendable {
  /// VMs run and are reached.
  case running
  /// New VMs can be started.
  case new
  /// VMs can be moved.
  case moves
  /// VMs of failed hosts can be brought back elsewhere.
  case recovery
}

/// What a part is; some kinds concern only some services.
package enum PartKind: String, CaseIterable, Sendable {
  /// The grid behind the utility feeds of facilities, for which their generators stand in.
  case grid
  /// A feed, or a pair of them.
  case powerFeed = "power_feed"
  /// Uninterruptible power supplies.
  case ups
  /// Generators.
  case generator
  /// Cooling.
  case cooling
  /// What burns or floods as one.
  case fireSection = "fire_section"
  /// Switches.
  case networkSwitch = "switch"
  /// Routers.
  case router
  /// External networks and uplinks; concerns services that are seen from outside.
  case uplink
  /// Block storage; concerns services with volumes.
  case storage
  /// Control of tenant networks.
  case networks
  /// API, database, queue, scheduler.
  case controlPlane = "control_plane"
  /// Identity.
  case identity
  /// Names.
  case dns
  /// Addresses.
  case dhcp
  /// What guests ask when they boot.
  case metadata
  /// Images; VMs that boot from volumes come back without them.
  case images
  /// Names of objects.
  case objectNames = "object_names"
  /// Time.
  case ntp
  /// Certificates and secrets.
  case certificates
  /// Changes of software and configuration, whatever their reach.
  case change
  /// A disaster or an attack that takes a place as a whole.
  case site
  /// Racks with their feeds and switches.
  case rack
  /// Hosts.
  case host
  /// Something else.
  case other

  /// Whether it brings power to a zone.
  package var isPower: Bool {
    switch self {
    case .grid, .powerFeed, .ups, .generator: true
    default: false
    }
  }
}
