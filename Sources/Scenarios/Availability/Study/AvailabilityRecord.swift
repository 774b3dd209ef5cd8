package import Availability
package import Simulator

/// What VMs need and what zones share, and which services are asked about.
package struct AvailabilityRecord: Sendable, Equatable {
  /// The parts to begin with.
  package var preset = AvailabilityPreset.independentZones
  /// The class of the facilities of all zones; nil: what the cloud says of each.
  package var tier: FacilityWord?
  /// How many regions there would be; nil: those of the cloud.
  package var regions: Int64?
  /// How many zones each region would have; nil: those of the cloud.
  package var zones: Int64?
  /// Parts of the preset that there would not be.
  package var without: [String] = []
  /// Parts that come on top, or take the place of those of the same name.
  package var parts: [PartRecord] = []
  /// The services; none: one VM, one of three replicas, two of three.
  package var services: [ServiceRecord] = []
  /// The promise, in percent.
  package var claim = 99.99
  /// Years that are simulated for what an average does not say.
  package var years: Int64 = 2000
  /// How VMs of failed hosts come back.
  package var recovery = RecoveryQueueRecord()
  /// Shares of memory in use for which the loss of a zone is told; none: as it is.
  package var loads: [Double] = []
  /// Microseconds for which something is lost.
  package var outage: Int64 = 4 * 3_600_000_000
  /// Whether VMs with volumes stay in the zone where these are.
  package var holdsVolumesInZone = true
  /// What is compared.
  package var variants = VariantsRecord()

  /// Nothing but defaults.
  package init() {}
}

/// The class of a facility, or none where its parts are named one by one.
package enum FacilityWord: String, CaseIterable, Sendable {
  case one = "I"
  case two = "II"
  case three = "III"
  case four = "IV"
  case none

  /// The facility; nil for parts named one by one.
  var facility: FacilityTier? { FacilityTier(rawValue: rawValue) }
}

/// Something that VMs need and that can fail.
package struct PartRecord: Sendable, Equatable {
  /// The name.
  package var name = ""
  /// What it is.
  package var kind = PartKind.other
  /// In each of what there is one.
  package var domain = DependencyDomain.zone
  /// The zones that it serves; none: all.
  package var zones: [String] = []
  /// How many equal members it has.
  package var count: Int64 = 1
  /// How many of them are needed.
  package var needed: Int64 = 1
  /// The share of a member's failures that takes all.
  package var beta = 0.0
  /// Microseconds up between two failures of a member.
  package var meanUp: Int64?
  /// Failures of a member in a year of 8,760 h.
  package var perYear: Double?
  /// Microseconds down at a failure.
  package var meanDown: Int64?
  /// The standard deviation of the logarithm of the time down; nil: exponential.
  package var sigma: Double?
  /// The chance to fail when called.
  package var onDemand: Double?
  /// The chance that a VM is hit.
  package var share = 1.0
  /// What is not possible without it.
  package var stops: [Impact] = []
  /// What is worse without it.
  package var degrades: [Impact] = []
  /// Parts that it needs.
  package var needs: [String] = []
  /// How many of them; nil: all.
  package var needsAtLeast: Int64?
  /// Whether it is work that was planned.
  package var isPlanned = false
  /// Where the figures come from.
  package var source: String?

  /// A part without a name.
  package init() {}
}

/// A service whose availability is asked for.
package struct ServiceRecord: Sendable, Equatable {
  /// The name.
  package var name = ""
  /// How many replicas it has.
  package var replicas: Int64 = 3
  /// How many of them have to run.
  package var needed: Int64 = 1
  /// The zones over which they are dealt; none: all.
  package var zones: [String] = []
  /// Whether they have volumes.
  package var hasVolumes = true
  /// Whether it is used from outside.
  package var isSeenFromOutside = true

  /// A service without a name.
  package init() {}

  /// The services that are asked about where none is named.
  package static let usual: [ServiceRecord] = {
    var (vm, service, quorum) = (ServiceRecord(), ServiceRecord(), ServiceRecord())
    vm.name = "vm"
    vm.replicas = 1
    service.name = "one-of-three"
    quorum.name = "two-of-three"
    quorum.needed = 2
    return [vm, service, quorum]
  }()
}

/// What is compared in one table; an empty list: as the scenario has it.
package struct VariantsRecord: Sendable, Equatable {
  /// Numbers of zones.
  package var zones: [Int64] = []
  /// In each of what block storage stands.
  package var storage: [DependencyDomain] = []
  /// Classes of facilities.
  package var tiers: [FacilityWord] = []

  /// Nothing is compared.
  package init() {}
}

/// How much zones share, as starting points.
package enum AvailabilityPreset: String, CaseIterable, Sendable {
  /// What the standards let zones have for themselves is in each zone.
  case independentZones = "independent_zones"
  /// The same, with one block storage for all zones.
  case sharedStorage = "shared_storage"
  /// All that may be shared is.
  case sharedEverything = "shared_everything"
  /// Two regions that share identity, names, certificates and the way they are changed.
  case regionPair = "region_pair"
  /// Hosts and racks only.
  case hostsOnly = "hosts_only"
}

/// How VMs of failed hosts come back, where it differs from a rebuild's own figures.
package struct RecoveryQueueRecord: Sendable, Equatable {
  /// Microseconds from the failure of a host to the queue; nil: detection and fencing.
  package var detection: Int64?
  /// Microseconds of one recovery; nil: rebuild, definition and boot.
  package var service: Int64?
  /// Recoveries at a time in the region.
  package var parallel: Int64 = 1_000_000
  /// Recoveries at a time on one host; nil: the builds of a host.
  package var perHost: Int64?
  /// Microseconds from the return of a host until its VMs run; nil: a boot.
  package var boot: Int64?
  /// Which host takes a VM.
  package var placement = RecoveryPlacement.spread

  /// A rebuild's own figures.
  package init() {}
}
