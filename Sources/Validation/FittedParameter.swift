package import Stochastics

/// A number that was fitted to a campaign, or taken from elsewhere where the data does not say it.
package struct FittedParameter: Sendable, Equatable {
  /// The storage, tunnelling and timeout of the campaign, then the parameter, joined by `/`.
  package var name: String
  /// The experiment it was fitted to.
  package var campaign: MigrationCampaign
  /// The name of the parameter: the model's own, or `seconds_per_gib`.
  package var parameter: String
  /// The value, in the unit.
  package var value: Double
  /// The unit; empty for a share.
  package var unit: String
  /// The 95 % interval; nil where the value was not fitted, or to too little to say.
  package var interval: ConfidenceInterval?
  /// How many observations it comes from; 0: none.
  package var count: Int
  /// Where the value comes from.
  package var source: String
}

/// A fitted value with its standard error.
struct FittedValue: Sendable {
  var value: Double
  /// Nil where the data cannot say it.
  var standardError: Double?
  var count: Int
  /// How many numbers were fitted together.
  var fitted = 1

  /// The 95 % interval by Student's t.
  var interval: ConfidenceInterval? {
    guard let standardError, count > fitted else { return nil }
    let factor = StudentT.quantile(0.975, degrees: Double(count - fitted))
    return ConfidenceInterval(
      low: value - factor * standardError, high: value + factor * standardError, level: 0.95)
  }

  /// The 95 % interval of a number that is not below zero.
  var intervalFromZero: ConfidenceInterval? {
    interval.map {
      ConfidenceInterval(low: max(0, $0.low), high: max(0, $0.high), level: $0.level)
    }
  }
}
