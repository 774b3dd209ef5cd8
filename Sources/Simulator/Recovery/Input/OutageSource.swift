package import Stochastics

/// The hosts that something stops.
package enum OutageScope: Sendable, Hashable {
  /// None, as for a control plane.
  case none
  /// A host, by index.
  case host(Int)
  /// All hosts of a rack, by index.
  case rack(Int)
  /// All hosts of a zone, by index.
  case zone(Int)
  /// These hosts, by index.
  case hosts([Int])
  /// All hosts.
  case region
}

/// Something that fails and is repaired, in turn and for ever: a host, a rack, a zone, a control
/// plane, or a cause that takes parts of several.
///
/// A host is down as long as any source that stops it is. A source with a share below one leaves the
/// hosts running and open for recoveries; it stops each of their VMs with that chance.
package struct OutageSource: Sendable {
  /// The name, unique among outages and planned work.
  package var name: String
  /// What it stops.
  package var scope: OutageScope
  /// Times up, in hours.
  package var up: LifetimeModel
  /// Times down, in hours.
  package var down: LifetimeModel
  /// Whether no recovery starts while it is down (control plane, identity, image store, metadata).
  package var blocksRecovery: Bool
  /// The chance that a VM on its hosts is hit; 1 stops the hosts themselves.
  package var share: Double

  /// A source of outages.
  package init(
    name: String, scope: OutageScope, up: LifetimeModel, down: LifetimeModel,
    blocksRecovery: Bool = false, share: Double = 1
  ) {
    self.name = name
    self.scope = scope
    self.up = up
    self.down = down
    self.blocksRecovery = blocksRecovery
    self.share = share
  }
}

/// Work that stops hosts on a fixed schedule.
///
/// It is not begun while the region is degraded: more hosts down than it tolerates, a VM in
/// recovery or in the queue for it, or recovery blocked. It then waits until that is over; if its
/// next date comes first, one of the two is dropped. Once begun it goes on whatever fails.
package struct PlannedWork: Sendable {
  /// The name, unique among outages and planned work.
  package var name: String
  /// What it stops.
  package var scope: OutageScope
  /// When it is due first, in hours from the start.
  package var firstHour: Double
  /// From one date to the next, in hours.
  package var everyHours: Double
  /// How long it takes, in hours.
  package var hours: Double
  /// Whether no recovery starts while it is under way.
  package var blocksRecovery: Bool
  /// Hosts that may be down when it begins.
  package var toleratedHosts: Int

  /// Planned work.
  package init(
    name: String, scope: OutageScope, firstHour: Double, everyHours: Double, hours: Double,
    blocksRecovery: Bool = false, toleratedHosts: Int = 0
  ) {
    self.name = name
    self.scope = scope
    self.firstHour = firstHour
    self.everyHours = everyHours
    self.hours = hours
    self.blocksRecovery = blocksRecovery
    self.toleratedHosts = toleratedHosts
  }
}
