package import Stochastics

/// One figure of a recording beside what a model says of it.
package struct RecordedFigure: Sendable, Equatable {
  /// The group, then the quantity, joined by `/`; a quantity ends in its unit.
  package var name: String
  /// What was recorded; nil where the recording does not say it.
  package var measured: Double?
  /// What the model says; nil where nothing predicts the figure.
  package var predicted: Double?
  /// Whether the figure was used in fitting what predicts it.
  package var fitted = false
  /// What the simplest model says: exponential times, or independence; nil where it says nothing.
  package var naive: Double?
  /// How many observations the measured figure comes from.
  package var count: Int
  /// The 95 % interval of the measured figure; nil for too few observations.
  package var interval: ConfidenceInterval?
  /// The 95 % interval in which the model expects the figure; nil where it cannot say.
  package var predictedInterval: ConfidenceInterval?
  /// Where the model's number comes from, or why there is none.
  package var basis: String

  /// The relative error of the model: predicted / measured - 1; 0 where both are 0, nil where it is
  /// not defined.
  package var error: Double? { Self.error(predicted, measured) }

  /// The relative error of the simplest model.
  package var naiveError: Double? { Self.error(naive, measured) }

  private static func error(_ predicted: Double?, _ measured: Double?) -> Double? {
    guard let predicted, let measured else { return nil }
    if predicted == measured { return 0 }
    return measured == 0 ? nil : predicted / measured - 1
  }

  /// A figure that the recording says and nothing predicts.
  static func recorded(
    _ name: String, _ measured: Double, count: Int, interval: ConfidenceInterval? = nil,
    basis: String = "recorded; nothing predicts it"
  ) -> RecordedFigure {
    RecordedFigure(
      name: name, measured: measured, count: count, interval: interval, basis: basis)
  }
}

/// Quantiles of recorded durations.
enum RecordedQuantile {
  /// The middle of ascending values; between two middle ones their mean.
  static func median(_ sorted: [Double]) -> Double? { Quantile.ofSorted(sorted, 0.5) }

  /// The least of ascending values that the share `p` does not exceed: a value that occurred.
  static func rank(_ sorted: [Double], _ p: Double) -> Double? {
    guard !sorted.isEmpty else { return nil }
    // The product of a share and a count is whole only up to its rounding.
    let rank = Int((Double(sorted.count) * p - 1e-9).rounded(.up))
    return sorted[min(max(rank, 1), sorted.count) - 1]
  }
}
