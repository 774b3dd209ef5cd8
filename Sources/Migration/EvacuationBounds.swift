package import CloudModel

/// What no plan for emptying one host can undercut, and which of the reasons decides.
package struct EvacuationBounds: Sendable, Hashable {
  /// A reason for a lower bound.
  package enum Reason: String, Sendable, CaseIterable {
    /// All migrations in turn, shared out over the slots.
    case slots
    /// The longest single migration.
    case longest
    /// All bytes over the network card of the source.
    case network
  }

  /// The sum of the durations over the slots.
  package let slots: SimulatedDuration
  /// The longest duration.
  package let longest: SimulatedDuration
  /// The bytes over the rate of the network card.
  package let network: SimulatedDuration

  /// The bounds for timelines of one source.
  ///
  /// **Shape**: only phases that hold a slot count for `slots`; nil as rate leaves the network out.
  package init(_ timelines: [MigrationTimeline], slots count: Int, networkCard: Bandwidth?) {
    precondition(count > 0, "A source has at least one slot.")
    var serial = SimulatedDuration.zero
    var longest = SimulatedDuration.zero
    var sent = 0.0
    for timeline in timelines {
      for phase in timeline.phases where phase.holdsSlot { serial += phase.duration }
      longest = max(longest, timeline.duration)
      sent += Double(timeline.sent.count)
    }
    // Rounded down: a bound may not exceed what is possible by a rounded-up microsecond.
    slots = SimulatedDuration(microseconds: serial.microseconds / Int64(count))
    self.longest = longest
    if let rate = networkCard?.bytesPerSecond, sent > 0 {
      let seconds = rate > 0 ? sent / rate : .infinity
      network = SimulatedDuration(seconds: (seconds * 1_000_000).rounded(.down) / 1_000_000)
    } else {
      network = .zero
    }
  }

  /// The greatest of the bounds.
  package var bound: SimulatedDuration { max(slots, longest, network) }

  /// The reason whose bound is the greatest; of equal ones the first in the order of `Reason`.
  package var binding: Reason {
    if slots == bound { return .slots }
    return longest == bound ? .longest : .network
  }
}
