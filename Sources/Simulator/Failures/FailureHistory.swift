import CloudModel
import Stochastics

/// What happens to the watched tops of a tree in many years, by plain simulation.
///
/// Each year is a replication of its own that starts in steady state: every part is down with its
/// long-run share, and what is left of its time up or down is drawn as it is found at an instant of
/// no special kind. So there is no warm-up and years are independent. An outage that begins in a
/// year is followed to its end beyond the year, for its length alone.
package struct FailureHistory: Sendable {
  /// One for each watched top of the tree, in its order.
  package let tops: [TopHistory]
  /// Years simulated.
  package let years: Int
  /// Failures and repairs of parts that were simulated.
  package let events: Int

  /// How much to simulate and what to compare with.
  package struct Options: Sendable, Equatable {
    /// Years, at least 1.
    package var years: Int
    /// The seed.
    package var seed: UInt64
    /// Promises to be counted, each as the share of time that may be down.
    package var allowedShares: [Double]
    /// The confidence of all intervals.
    package var level = 0.95

    /// Options.
    package init(years: Int, seed: UInt64, allowedShares: [Double] = []) {
      self.years = years
      self.seed = seed
      self.allowedShares = allowedShares
    }
  }

  /// The length of a year in hours, of twelve equal months.
  package static let hoursOfYear = 8760.0
  /// How long an outage is followed, in hours from the start of its year.
  static let followedHours = 11 * hoursOfYear

  /// Simulates.
  ///
  /// **Complexity**: for each year, all events once and the failures and repairs in it.
  package init(_ tree: TimedTree, _ options: Options) {
    precondition(options.years > 0, "At least one year is simulated.")
    var model = FailureYear(tree, allowedShares: options.allowedShares)
    var events = 0
    for year in 0..<options.years {
      events += model.run(seed: options.seed, year: UInt64(year))
    }
    tops = model.records.map { TopHistory($0, options) }
    years = options.years
    self.events = events
  }
}

extension EventKind {
  /// A part is up again.
  static let partRepaired = EventKind(rawValue: 0)
  /// A part begins to fail.
  static let partFails = EventKind(rawValue: 1)
}

extension SimulatedTime {
  /// Hours since the start.
  var hours: Double { Double(microseconds) / 3.6e9 }

  /// An instant in hours since the start.
  init(hours: Double) {
    self.init(microseconds: SimulatedDuration(seconds: hours * 3600).microseconds)
  }
}
