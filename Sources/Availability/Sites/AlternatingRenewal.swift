import Glibc

/// A part that is up for exponential and down for lognormal times, in turn.
///
/// The share of time down depends on the means alone; how far an observed interval strays from it
/// does not.
package struct AlternatingRenewal: Sendable, Equatable {
  /// Mean time up, in hours.
  package var meanUpHours: Double
  /// Mean time down, in hours.
  package var meanDownHours: Double
  /// The standard deviation of the logarithm of the time down.
  package var repairLogDeviation: Double

  /// A part.
  package init(meanUpHours: Double, meanDownHours: Double, repairLogDeviation: Double) {
    self.meanUpHours = meanUpHours
    self.meanDownHours = meanDownHours
    self.repairLogDeviation = repairLogDeviation
  }

  /// The share of time down.
  package var unavailability: Double { meanDownHours / (meanUpHours + meanDownHours) }

  /// The standard deviation of the share of time down that is seen in an interval.
  ///
  /// **Source**: variance (mu_u^2 s_r^2 + mu_r^2 s_u^2) / ((mu_u + mu_r)^3 T), the limit for long
  /// intervals; Cox, Renewal Theory, 1962, chapter 7.
  package func deviation(overHours interval: Double) -> Double {
    deviation(repair: meanDownHours * expm1(square).squareRoot(), interval)
  }

  /// How much larger that deviation is than with exponential times down of the same mean.
  package var ratioToExponential: Double {
    deviation(overHours: 1) / deviation(repair: meanDownHours, 1)
  }

  /// Cycles of up and down until the standard deviation of the observed share is a given part of
  /// the share itself.
  package func cycles(forRelativeError error: Double) -> Double {
    let cycle = meanUpHours + meanDownHours
    let oneCycle = deviation(overHours: cycle) / unavailability
    return oneCycle * oneCycle / (error * error)
  }

  private var square: Double { repairLogDeviation * repairLogDeviation }

  private func deviation(repair: Double, _ interval: Double) -> Double {
    let (up, down) = (meanUpHours, meanDownHours)
    let cycle = up + down
    let numerator = up * up * repair * repair + down * down * up * up
    return (numerator / (cycle * cycle * cycle * interval)).squareRoot()
  }
}
