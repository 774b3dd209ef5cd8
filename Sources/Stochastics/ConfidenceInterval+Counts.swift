extension ConfidenceInterval {
  /// The equal-tailed interval of a share under Jeffreys' prior; nil without trials.
  ///
  /// **Source**: Brown, Cai, DasGupta, Statistical Science 16, 2001.
  package static func jeffreys(
    successes: Int, trials: Int, level: Double = 0.95
  ) -> ConfidenceInterval? {
    precondition(successes >= 0 && successes <= trials, "Successes are among the trials.")
    guard trials > 0 else { return nil }
    let tail = (1 - level) / 2
    let (hits, misses) = (Double(successes) + 0.5, Double(trials - successes) + 0.5)
    return ConfidenceInterval(
      low: BetaDistribution.quantile(tail, hits, misses),
      high: BetaDistribution.quantile(1 - tail, hits, misses), level: level)
  }

  /// The exact interval of the mean of a Poisson count.
  ///
  /// **Source**: Garwood, Biometrika 28, 1936.
  package static func poisson(count: Int, level: Double = 0.95) -> ConfidenceInterval {
    precondition(count >= 0, "A count is not negative.")
    let tail = (1 - level) / 2
    return ConfidenceInterval(
      low: count == 0 ? 0 : GammaFunction.quantile(tail, shape: Double(count)),
      high: GammaFunction.quantile(1 - tail, shape: Double(count + 1)), level: level)
  }

  /// The interval of a ratio of two sums over units that are independent of one another, by
  /// Student's t; nil for fewer than two units or without a second sum.
  ///
  /// **Shape**: `parts[i]` and `wholes[i]` belong to unit i.
  ///
  /// **Source**: Cochran, Sampling Techniques, section 2.11.
  package static func ratio(
    of parts: [Double], to wholes: [Double], level: Double = 0.95
  ) -> ConfidenceInterval? {
    precondition(parts.count == wholes.count, "Each unit has both numbers.")
    let total = wholes.reduce(0, +)
    let count = Double(parts.count)
    guard parts.count > 1, total > 0 else { return nil }
    let ratio = parts.reduce(0, +) / total
    let squares = zip(parts, wholes).reduce(0) { sum, unit in
      let rest = unit.0 - ratio * unit.1
      return sum + rest * rest
    }
    let half =
      StudentT.quantile((1 + level) / 2, degrees: count - 1)
      * (squares * count / (count - 1)).squareRoot() / total
    return ConfidenceInterval(low: ratio - half, high: ratio + half, level: level)
  }
}
