package import Availability
package import Stochastics

/// How a basic event behaves in time.
package enum FailureProcess: Hashable, Sendable {
  /// Up and down in turn, independently of all else; both times in hours, with means above zero.
  case renewal(up: LifetimeModel, down: LifetimeModel)
  /// A chance that is met each time the part is called, as of a generator that does not start.
  case demand(probability: Double)

  /// A part with exponential times up and down, in hours.
  package static func exponential(meanUpHours: Double, meanDownHours: Double) -> FailureProcess {
    .renewal(up: .exponential(mean: meanUpHours), down: .exponential(mean: meanDownHours))
  }

  /// The long-run share of time down, or the chance on demand.
  ///
  /// **Source**: renewal theory: mean down / (mean up + mean down), whatever the distributions.
  package var unavailability: Double {
    switch self {
    case .renewal(let up, let down): down.mean / (up.mean + down.mean)
    case .demand(let probability): probability
    }
  }

  /// How often it begins in the long run, per hour; 0 on demand.
  package var frequencyPerHour: Double {
    switch self {
    case .renewal(let up, let down): 1 / (up.mean + down.mean)
    case .demand: 0
    }
  }

  /// The basic event with the same long-run numbers, for an exact analysis.
  package func basicEvent(_ name: String) -> BasicEvent {
    BasicEvent(name, unavailability, frequencyPerHour: frequencyPerHour)
  }

  /// Whether it begins by itself.
  var isRenewal: Bool {
    if case .renewal = self { true } else { false }
  }

  /// Whether its numbers make a process.
  var isSound: Bool {
    switch self {
    case .renewal(let up, let down):
      up.mean > 0 && up.mean.isFinite && down.mean > 0 && down.mean.isFinite
    case .demand(let probability): probability >= 0 && probability <= 1
    }
  }
}
