package import CloudModel
package import Stochastics

/// Which host takes a VM that is recovered.
package enum RecoveryPlacement: String, Sendable, CaseIterable {
  /// The one with the most memory free, then the most virtual CPUs.
  case spread
  /// The one with the least memory free that holds it, then the least virtual CPUs.
  case pack
}

/// How long the service of one recovery takes, without the copy of its bytes.
package enum RecoveryService: Sendable, Hashable {
  /// Always the same.
  case fixed(SimulatedDuration)
  /// Drawn for each recovery; in seconds.
  case drawn(LifetimeModel)
}

/// How VMs that lost their host are recovered elsewhere.
///
/// A VM enters the queue `detection` after the loss. Of those that wait the one with the lowest
/// priority number goes first, of these the one that entered first, of these the one with the lowest
/// index. A recovery takes its place on the new host when it starts, and gives it back if the old
/// host returns first. A VM for which no host has room lets the others pass, until room comes back.
/// A VM that was recovered stays where it is.
package struct RecoveryRules: Sendable {
  /// From the loss of a host to the queue.
  package var detection: SimulatedDuration
  /// How long one recovery takes.
  package var service: RecoveryService
  /// Recoveries at a time in the region.
  package var parallel: Int
  /// Recoveries at a time on one new host; nil for no limit.
  package var perHost: Int?
  /// From the return of a host until the VMs on it run.
  package var boot: SimulatedDuration
  /// What all recoveries that copy bytes after their service share alike (a rebuild storm); nil if
  /// nothing is copied.
  package var bandwidth: Bandwidth?
  /// Which host is taken.
  package var placement: RecoveryPlacement

  /// Rules of recovery.
  package init(
    detection: SimulatedDuration, service: RecoveryService, parallel: Int, perHost: Int? = nil,
    boot: SimulatedDuration = .zero, bandwidth: Bandwidth? = nil,
    placement: RecoveryPlacement = .spread
  ) {
    self.detection = detection
    self.service = service
    self.parallel = parallel
    self.perHost = perHost
    self.boot = boot
    self.bandwidth = bandwidth
    self.placement = placement
  }
}
