/// An interval that holds a true value with a stated confidence.
package struct ConfidenceInterval: Hashable, Sendable {
  /// The lower end.
  package var low: Double
  /// The upper end.
  package var high: Double
  /// The confidence, as 0.95; for exact intervals of counts the true one is at least this.
  package var level: Double

  /// An interval.
  package init(low: Double, high: Double, level: Double) {
    self.low = low
    self.high = high
    self.level = level
  }

  /// Half of its width.
  package var halfWidth: Double { (high - low) / 2 }

  /// Whether a value lies in it.
  package func contains(_ value: Double) -> Bool { low <= value && value <= high }
}

/// Student's t distribution.
package enum StudentT {
  /// The value up to which lies the probability `p`, for one or more degrees of freedom.
  package static func quantile(_ p: Double, degrees: Double) -> Double {
    precondition(p > 0 && p < 1, "A probability strictly between zero and one is needed.")
    precondition(degrees > 0, "Degrees of freedom are above zero.")
    if p == 0.5 { return 0 }
    let tail = p < 0.5 ? p : 1 - p
    // t^2 / (degrees + t^2) is distributed as beta(1/2, degrees/2).
    let share = BetaDistribution.quantile(1 - 2 * tail, 0.5, degrees / 2)
    let value = (degrees * share / (1 - share)).squareRoot()
    return p < 0.5 ? -value : value
  }
}

extension ConfidenceInterval {
  /// The interval of a mean by Student's t; nil for fewer than two observations.
  package static func mean(of sample: RunningMean, level: Double = 0.95) -> ConfidenceInterval? {
    guard sample.count > 1 else { return nil }
    let factor = StudentT.quantile((1 + level) / 2, degrees: Double(sample.count - 1))
    let half = factor * sample.standardError
    return ConfidenceInterval(low: sample.mean - half, high: sample.mean + half, level: level)
  }

  /// The Wilson score interval of a proportion; nil without trials.
  ///
  /// **Source**: Wilson, Journal of the American Statistical Association 22, 1927.
  package static func wilson(
    successes: Int, trials: Int, level: Double = 0.95
  ) -> ConfidenceInterval? {
    precondition(successes >= 0 && successes <= trials, "Successes are among the trials.")
    guard trials > 0 else { return nil }
    let z = Normal.quantile((1 + level) / 2)
    let n = Double(trials)
    let share = Double(successes) / n
    let scale = 1 + z * z / n
    let centre = (share + z * z / (2 * n)) / scale
    let half = z / scale * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    return ConfidenceInterval(
      low: successes == 0 ? 0 : max(0, centre - half),
      high: successes == trials ? 1 : min(1, centre + half), level: level)
  }

  /// The exact interval of a proportion; nil without trials.
  ///
  /// **Source**: Clopper and Pearson, Biometrika 26, 1934.
  package static func clopperPearson(
    successes: Int, trials: Int, level: Double = 0.95
  ) -> ConfidenceInterval? {
    precondition(successes >= 0 && successes <= trials, "Successes are among the trials.")
    guard trials > 0 else { return nil }
    let tail = (1 - level) / 2
    let (hits, misses) = (Double(successes), Double(trials - successes))
    return ConfidenceInterval(
      low: successes == 0 ? 0 : BetaDistribution.quantile(tail, hits, misses + 1),
      high: successes == trials ? 1 : BetaDistribution.quantile(1 - tail, hits + 1, misses),
      level: level)
  }

  /// The interval of a quantile between two order statistics, whatever the distribution; nil where
  /// the sample is too small to have both ends.
  ///
  /// **Complexity**: O(n log n).
  ///
  /// **Source**: David and Nagaraja, Order Statistics, section 7.1: equal tails of the binomial.
  package static func quantile(
    of values: [Double], _ p: Double, level: Double = 0.95
  ) -> ConfidenceInterval? {
    precondition(p > 0 && p < 1, "A probability strictly between zero and one is needed.")
    let n = values.count
    let tail = (1 - level) / 2
    // The smallest rank whose binomial probability passes each tail; it is monotone in the rank.
    func rank(reaching probability: Double) -> Int {
      var low = 0
      var high = n
      while low < high {
        let middle = (low + high) / 2
        let reached = BetaDistribution.binomialCumulative(middle, trials: n, p) >= probability
        if reached { high = middle } else { low = middle + 1 }
      }
      return low
    }
    // P(quantile < X(lower)) = P(fewer than `lower` values below it) <= tail.
    let first = rank(reaching: tail)
    let lower =
      BetaDistribution.binomialCumulative(first, trials: n, p) > tail ? first : first + 1
    let upper = rank(reaching: 1 - tail) + 1
    guard lower >= 1, upper <= n else { return nil }
    let sorted = values.sorted()
    return ConfidenceInterval(low: sorted[lower - 1], high: sorted[upper - 1], level: level)
  }
}
