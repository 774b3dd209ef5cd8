package import CloudModel

/// How a VM that lost its host comes back.
package enum RecoveryClass: String, Sendable, CaseIterable {
  /// It is rebuilt on another host, with its volumes and its identity.
  case rebuild
  /// Its disk is on its host: it waits for that host.
  case wait
  /// No recovery service cares for it; its orchestrator makes another one, with a new identity,
  /// which takes the same way through the queue as a rebuild.
  case orchestrated = "none"

  /// Whether it can come back on another host.
  package var movesElsewhere: Bool { self != .wait }
}

/// A host of a region.
package struct RegionHost: Sendable {
  /// The name, unique among the hosts.
  package var name: String
  /// Index of its zone.
  package var zone: Int
  /// Index of its rack.
  package var rack: Int
  /// Virtual CPUs that it offers, in thousandths.
  package var milliCPU: Int32
  /// Memory that it offers, in MiB.
  package var memoryMiB: Int32

  /// A host.
  package init(name: String, zone: Int, rack: Int, milliCPU: Int32, memoryMiB: Int32) {
    self.name = name
    self.zone = zone
    self.rack = rack
    self.milliCPU = milliCPU
    self.memoryMiB = memoryMiB
  }

  /// A host with a number of equal places; VMs made by `RegionVM(name:host:)` take one each.
  package init(name: String, zone: Int, rack: Int, places: Int32) {
    self.init(name: name, zone: zone, rack: rack, milliCPU: 1000 * places, memoryMiB: places)
  }
}

/// A VM of a region.
package struct RegionVM: Sendable {
  /// The name, unique among the VMs.
  package var name: String
  /// Index of the host it runs on at the start.
  package var host: Int
  /// Virtual CPUs that it takes, in thousandths.
  package var milliCPU: Int32
  /// Memory that it takes, in MiB.
  package var memoryMiB: Int32
  /// How it comes back.
  package var recovery: RecoveryClass
  /// Its place among those that wait: 0 goes first.
  package var priority: UInt8
  /// Index of the zone that it cannot leave, as its volume is there; nil if it can go anywhere.
  package var zone: Int?
  /// Index of the service that it is a replica of; nil for none.
  package var service: Int?
  /// Bytes that are copied before it runs elsewhere.
  package var copied: Bytes

  /// A VM; one place of a host unless sizes are given.
  package init(
    name: String, host: Int, milliCPU: Int32 = 1000, memoryMiB: Int32 = 1,
    recovery: RecoveryClass = .rebuild, priority: UInt8 = 0, zone: Int? = nil,
    service: Int? = nil, copied: Bytes = Bytes(0)
  ) {
    self.name = name
    self.host = host
    self.milliCPU = milliCPU
    self.memoryMiB = memoryMiB
    self.recovery = recovery
    self.priority = priority
    self.zone = zone
    self.service = service
    self.copied = copied
  }
}

/// A service of several replicas, of which some must run.
package struct RegionService: Sendable {
  /// The name, unique among the services.
  package var name: String
  /// Replicas that must run; with fewer the service is out.
  package var needed: Int
  /// Whether no host takes a second replica (anti-affinity). Replicas that share a host at the
  /// start stay there.
  package var isApart: Bool

  /// A service; its replicas stand with the VMs.
  package init(name: String, needed: Int, isApart: Bool = false) {
    self.name = name
    self.needed = needed
    self.isApart = isApart
  }
}

/// A region whose parts fail and are repaired, and whose VMs are recovered meanwhile.
///
/// Places in its lists are the indices by which parts refer to one another. Names decide random
/// draws: a part that is added, or stands elsewhere in its list, leaves those of the others as they
/// were.
package struct RecoveryRegion: Sendable {
  /// Names of the zones.
  package var zones: [String]
  /// Names of the racks.
  package var racks: [String]
  /// The hosts.
  package var hosts: [RegionHost]
  /// The VMs.
  package var vms: [RegionVM]
  /// The services.
  package var services: [RegionService]
  /// What fails.
  package var outages: [OutageSource]
  /// What is stopped on purpose.
  package var planned: [PlannedWork]
  /// How VMs are recovered.
  package var rules: RecoveryRules

  /// A region.
  package init(
    zones: [String], racks: [String], hosts: [RegionHost], vms: [RegionVM],
    services: [RegionService] = [], outages: [OutageSource] = [], planned: [PlannedWork] = [],
    rules: RecoveryRules
  ) {
    self.zones = zones
    self.racks = racks
    self.hosts = hosts
    self.vms = vms
    self.services = services
    self.outages = outages
    self.planned = planned
    self.rules = rules
  }
}
