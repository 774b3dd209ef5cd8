package import Stochastics

/// How far the mean of one sample lies from that of another, as difference and as ratio.
package struct MeanComparison: Sendable, Equatable {
  /// The mean of the later sample minus that of the first.
  package var difference: Double
  /// The interval of the difference by Student's t; nil for fewer than two observations.
  package var interval: ConfidenceInterval?
  /// The mean of the later sample over that of the first; nil unless both are above zero.
  package var ratio: Double?
  /// The interval of the ratio; nil if it has no end, as the first mean may be zero.
  package var ratioInterval: ConfidenceInterval?

  /// Whether the interval leaves no difference out: nil without an interval.
  package var isShown: Bool? { interval.map { !$0.contains(0) } }

  /// Compares observations that belong together one by one, so that what they share cancels.
  ///
  /// The interval of the ratio is Fieller's: all ratios r for which the paired test of
  /// `later - r * first` finds nothing. It contains 1 exactly if that of the difference contains 0.
  ///
  /// **Source**: Fieller, Journal of the Royal Statistical Society B 16, 1954.
  package static func paired(
    _ later: [Double], _ first: [Double], level: Double = 0.95
  ) -> MeanComparison {
    precondition(later.count == first.count, "Each observation is paired with one other.")
    precondition(!later.isEmpty, "Without observations there is nothing to compare.")
    let later = zip(later, first).map { Self.isSame($0, $1) ? $1 : $0 }
    let differences = RunningMean(zip(later, first).map { $0 - $1 })
    let (x, y) = (RunningMean(later), RunningMean(first))
    let n = Double(x.count)
    let products = zip(later, first).reduce(0) { $0 + ($1.0 - x.mean) * ($1.1 - y.mean) }
    return MeanComparison(
      difference: differences.mean,
      interval: ConfidenceInterval.mean(of: differences, level: level),
      means: (x.mean, y.mean), variances: (x.variance / n, y.variance / n),
      covariance: n > 1 ? products / (n - 1) / n : 0,
      factor: n > 1 ? StudentT.quantile((1 + level) / 2, degrees: n - 1) : nil, level: level)
  }

  /// Compares two samples that have nothing to do with one another.
  ///
  /// **Source**: Welch, Biometrika 34, 1947; the interval of the ratio is Fieller's with the same
  /// degrees of freedom.
  package static func unpaired(
    _ later: [Double], _ first: [Double], level: Double = 0.95
  ) -> MeanComparison {
    precondition(
      !later.isEmpty && !first.isEmpty, "Without observations there is nothing to compare.")
    let (x, y) = (RunningMean(later), RunningMean(first))
    let difference = Self.isSame(x.mean, y.mean) ? 0 : x.mean - y.mean
    let means = (x.mean, x.mean - difference)
    guard x.count > 1, y.count > 1 else {
      return MeanComparison(
        difference: difference, interval: nil, means: means, variances: (0, 0), covariance: 0,
        factor: nil, level: level)
    }
    let (u, v) = (x.variance / Double(x.count), y.variance / Double(y.count))
    let parts = u * u / Double(x.count - 1) + v * v / Double(y.count - 1)
    // Samples that do not vary have no width, whatever the factor.
    let degrees = parts > 0 ? (u + v) * (u + v) / parts : Double(x.count + y.count - 2)
    let factor = StudentT.quantile((1 + level) / 2, degrees: degrees)
    let half = factor * (u + v).squareRoot()
    return MeanComparison(
      difference: difference,
      interval: ConfidenceInterval(low: difference - half, high: difference + half, level: level),
      means: means, variances: (u, v), covariance: 0, factor: factor, level: level)
  }

  /// Whether two numbers differ by no more than sums in another order do.
  package static func isSame(_ left: Double, _ right: Double) -> Bool {
    abs(left - right) <= 1e-12 * max(abs(left), abs(right))
  }

  /// The comparison, with the ratio from means and the variances and covariance of the means.
  private init(
    difference: Double, interval: ConfidenceInterval?, means: (later: Double, first: Double),
    variances: (later: Double, first: Double), covariance: Double, factor: Double?, level: Double
  ) {
    self.difference = difference
    self.interval = interval
    guard means.later > 0, means.first > 0 else { return }
    ratio = means.later / means.first
    guard let factor else { return }
    let square = factor * factor
    let a = means.first * means.first - square * variances.first
    let b = means.later * means.first - square * covariance
    let c = means.later * means.later - square * variances.later
    guard a > 0 else { return }
    let root = max(0, b * b - a * c).squareRoot()
    ratioInterval = ConfidenceInterval(low: (b - root) / a, high: (b + root) / a, level: level)
  }
}
