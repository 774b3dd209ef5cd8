/// A redundancy tier of a data centre, after the Uptime Institute's Tier Standard: Topology.
package enum Tier: String, Sendable, CaseIterable {
  /// Basic: one path, no redundant components.
  case one = "I"
  /// Redundant components on one path.
  case two = "II"
  /// Concurrently maintainable.
  case three = "III"
  /// Fault tolerant.
  case four = "IV"

  /// Whether planned work on a component or path needs no shutdown of what it serves.
  package var allowsWorkWithoutShutdown: Bool { self == .three || self == .four }

  /// Whether one unplanned fault has no impact.
  package var withstandsOneFault: Bool { self == .four }
}

/// A region: zones with low latency between them.
package struct Region: Sendable {
  /// The name, unique in the cloud.
  package var name: String

  /// A region.
  package init(name: String) { self.name = name }
}

/// An availability zone: one fire section.
package struct Zone: Sendable {
  /// The name, unique in the cloud.
  package var name: String
  /// Index of its region.
  package var region: Int
  /// The tier of the data centre below it, if stated.
  package var tier: Tier?

  /// A zone of a region.
  package init(name: String, region: Int, tier: Tier? = nil) {
    self.name = name
    self.region = region
    self.tier = tier
  }
}

/// A rack: hosts behind one power feed and one switch.
package struct Rack: Sendable {
  /// The name, unique in the cloud.
  package var name: String
  /// Index of its zone.
  package var zone: Int

  /// A rack in a zone.
  package init(name: String, zone: Int) {
    self.name = name
    self.zone = zone
  }
}

/// A host aggregate: hosts with common metadata that scheduling rules refer to.
package struct Aggregate: Sendable {
  /// The name, unique in the cloud.
  package var name: String
  /// Metadata such as `availability_zone`.
  package var metadata: Properties

  /// An aggregate; which hosts are in it stands with the hosts.
  package init(name: String, metadata: Properties = Properties()) {
    self.name = name
    self.metadata = metadata
  }
}

/// A tenant's project with its quota.
package struct Project: Sendable {
  /// The name or, where it could not be read, the identifier.
  package var name: String
  /// The identifier in the identity service.
  package var id: String
  /// The most that all VMs of the project may take; nil where it is not known.
  package var quota: Resources?

  /// A project.
  package init(name: String, id: String, quota: Resources? = nil) {
    self.name = name
    self.id = id
    self.quota = quota
  }
}
