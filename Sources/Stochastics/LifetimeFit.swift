import Glibc

/// A distribution of times fitted to a sample by maximum likelihood.
package struct LifetimeFit: Sendable, Equatable {
  /// A number of the distribution.
  package struct Parameter: Sendable, Equatable {
    /// The name: `mean`, `shape`, `scale`, `median`, `sigma`, `share`, `first_mean`, `second_mean`.
    package var name: String
    /// The value.
    package var value: Double
    /// The 95 % interval from the information of the sample; nil where none is at hand.
    package var interval: ConfidenceInterval?
  }

  /// The distribution.
  package var model: LifetimeModel
  /// Its numbers.
  package var parameters: [Parameter]
  /// How many values it was fitted to.
  package var count: Int
  /// The logarithm of the likelihood of those values.
  package var logLikelihood: Double
  /// The distance of Kolmogorov and Smirnov from those values.
  package var distance: Double

  /// Akaike's information criterion: less is better.
  ///
  /// **Source**: Akaike, IEEE Transactions on Automatic Control 19, 1974.
  package var aic: Double { 2 * Double(parameters.count) - 2 * logLikelihood }

  /// Fewer values tell nothing of a shape.
  package static let leastCount = 10

  /// The fits of all families to a sample, by family; none for fewer than ten values or without
  /// spread.
  ///
  /// **Shape**: values above zero, in any order.
  ///
  /// **Complexity**: O(values) a step, at most some hundred steps.
  package static func all(of values: [Double]) -> [LifetimeFit] {
    precondition(values.allSatisfy { $0 > 0 && $0.isFinite }, "Times are above zero.")
    guard values.count >= leastCount, let least = values.min(), let most = values.max(),
      least < most
    else { return [] }
    let sample = Sample(values)
    let sorted = values.sorted()
    return [
      sample.exponential, sample.weibull, sample.gamma, sample.lognormal, sample.hyperexponential,
    ].compactMap { $0 }.map { found in
      LifetimeFit(
        model: found.model, parameters: found.parameters, count: values.count,
        logLikelihood: found.model.logLikelihood(of: values),
        distance: found.model.distance(toSorted: sorted))
    }
  }

  /// The fit with the least criterion; the first of equal ones.
  package static func best(_ fits: [LifetimeFit]) -> LifetimeFit? {
    fits.min { $0.aic < $1.aic }
  }
}

/// A sample with the sums that the fits need.
struct Sample {
  let values: [Double]
  let logarithms: [Double]
  let mean: Double
  let meanLogarithm: Double

  init(_ values: [Double]) {
    self.values = values
    logarithms = values.map { log($0) }
    mean = values.reduce(0, +) / Double(values.count)
    meanLogarithm = logarithms.reduce(0, +) / Double(values.count)
  }

  var count: Double { Double(values.count) }

  /// A parameter above zero, with its interval on the scale of logarithms.
  func parameter(
    _ name: String, _ value: Double, logVariance: Double?
  ) -> LifetimeFit.Parameter {
    let interval = logVariance.map { variance in
      let factor = exp(Normal.quantile(0.975) * variance.squareRoot())
      return ConfidenceInterval(low: value / factor, high: value * factor, level: 0.95)
    }
    return LifetimeFit.Parameter(name: name, value: value, interval: interval)
  }
}
