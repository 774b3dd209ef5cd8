package import Stochastics

/// A model of demand: bursts of VMs at the instants of a Poisson process.
package struct DemandModel: Sendable, Equatable {
  /// Bursts in an hour on average, before the factors of the hours; above zero.
  package var perHour: Double
  /// VMs of a burst, rounded, at least one; nil: one.
  package var burst: Distribution?
  /// Factors of the hours of a day, which the start of the scenario begins; empty: all 1.
  package var daily: [Double] = []
  /// Weight of each type of request; at least one above zero.
  package var weights: [Double]
  /// How long VMs stay, in seconds; nil: they stay.
  package var life: Distribution?
  /// Resizes of a running VM in an hour on average.
  package var resizesPerHour = 0.0
  /// When the demand ends, in microseconds; nil: never.
  package var until: Int64?

  /// A steady demand of single VMs that stay.
  package init(perHour: Double, weights: [Double]) {
    self.perHour = perHour
    self.weights = weights
  }
}
