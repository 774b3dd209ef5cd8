package import Stochastics

/// The families of distributions fitted to the times of one group, beside the times of another.
package struct DistributionComparison: Sendable {
  /// A family.
  package struct Family: Sendable {
    /// The fit.
    package var fit: LifetimeFit
    /// Its criterion minus that of the best family.
    package var aicDifference: Double
    /// The mean logarithm of its density over the compared times, which says how well it predicts.
    package var meanLogDensity: Double
    /// The distance of Kolmogorov and Smirnov from the compared times.
    package var distance: Double
  }

  /// The group.
  package var group: String
  /// `repair` or `gap`, both in hours.
  package var subject: String
  /// Where the fitted times come from.
  package var basis: String
  /// Whether the compared times are those that were fitted.
  package var fitted: Bool
  /// How many times are compared.
  package var count: Int
  /// The families in a fixed order; none for too few times.
  package var families: [Family]
  /// Why there are no families; nil where there are.
  package var reason: String?

  /// The best family by the criterion.
  package var best: Family? { families.min { $0.aicDifference < $1.aicDifference } }

  /// The family of exponential times.
  package var exponential: Family? { families.first { $0.fit.model.family == "exponential" } }

  /// The distance that 95 % of samples of this size keep below when the distribution is true and
  /// was not fitted to them.
  ///
  /// **Source**: the limit of Kolmogorov, 1.358 over the root of the count.
  package var criticalDistance: Double { 1.358 / Double(max(1, count)).squareRoot() }

  /// Whether exponential times are refuted: the interval of the Weibull shape leaves out one, and
  /// another family is better by a criterion of ten or more.
  ///
  /// **Source**: Burnham and Anderson, Model Selection and Multimodel Inference, section 2.6: beyond
  /// ten a model has essentially no support.
  package var isExponentialWrong: Bool {
    guard let exponential, exponential.aicDifference >= 10, let shape = weibullShape?.interval
    else { return false }
    return !shape.contains(1)
  }

  /// The shape of the Weibull fit; one is exponential.
  package var weibullShape: LifetimeFit.Parameter? {
    families.first { $0.fit.model.family == "weibull" }?.fit.parameters.first
  }

  init(
    group: String, subject: String, basis: String, fits: [LifetimeFit], times: [Double],
    fitted: Bool
  ) {
    self.group = group
    self.subject = subject
    self.basis = basis
    self.fitted = fitted
    count = times.count
    if fits.isEmpty {
      reason = "fewer than \(LifetimeFit.leastCount) times to fit to, or all alike"
    } else if times.isEmpty {
      reason = "no times to compare with"
    }
    let least = fits.map(\.aic).min() ?? 0
    let sorted = times.sorted()
    families =
      reason != nil
      ? []
      : fits.map { fit in
        Family(
          fit: fit, aicDifference: fit.aic - least,
          meanLogDensity: fit.model.logLikelihood(of: times) / Double(times.count),
          distance: fit.model.distance(toSorted: sorted))
      }
  }
}
