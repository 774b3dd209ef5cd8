package import Stochastics

/// The share of incidents that reach beyond one zone, from counts.
package struct CommonCauseShare: Sendable, Equatable {
  /// Incidents that reach beyond one zone.
  package let beyond: Int
  /// All incidents of known reach.
  package let total: Int

  /// Counts; `beyond` is among `total`, which is above zero.
  package init(beyond: Int, total: Int) {
    precondition(beyond >= 0 && beyond <= total && total > 0, "Those beyond are among all.")
    self.beyond = beyond
    self.total = total
  }

  /// The share itself, an estimate of the beta factor.
  package var point: Double { Double(beyond) / Double(total) }

  /// The quantile of the share under Jeffreys' prior, a beta distribution with both parameters 1/2.
  ///
  /// **Source**: Brown, Cai, DasGupta, Statistical Science 16(2), 2001.
  package func quantile(_ probability: Double) -> Double {
    BetaDistribution.quantile(
      probability, Double(beyond) + 0.5, Double(total - beyond) + 0.5)
  }

  /// The interval with equal tails; it begins at 0 where nothing reaches beyond, and ends at 1 where
  /// everything does.
  package func interval(level: Double = 0.95) -> ConfidenceInterval {
    let tail = (1 - level) / 2
    return ConfidenceInterval(
      low: beyond == 0 ? 0 : quantile(tail), high: beyond == total ? 1 : quantile(1 - tail),
      level: level)
  }

  /// The most that a second zone can gain: 1 / share, for outages of equal length; nil for share 0.
  package var gainCap: Double? { beyond > 0 ? Double(total) / Double(beyond) : nil }
}
