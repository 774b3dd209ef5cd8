package import Stochastics

/// One figure of a data set beside what a model says of it.
package struct ValidationRow: Sendable, Equatable {
  /// The values of the columns that define the group, in the order of the data set, then the
  /// quantity, joined by `/`.
  package var name: String
  /// What was measured, in the unit in which the quantity's name ends or which it carries.
  package var measured: Double
  /// What the model says.
  package var predicted: Double
  /// Whether this figure was used in fitting what predicts it.
  package var fitted: Bool
  /// What a guess without a model says.
  package var naive: Double
  /// How many observations the measured figure comes from.
  package var count: Int
  /// The 95 % interval of the measured mean; nil for fewer than two observations.
  package var interval: ConfidenceInterval?
  /// Where the model's numbers for this row come from.
  package var basis: String

  /// The relative error of the model: predicted / measured - 1.
  package var error: Double { predicted / measured - 1 }

  /// The relative error of the guess.
  package var naiveError: Double { naive / measured - 1 }

  /// Combines rows of the same figure from several campaigns: means weighted by observations.
  ///
  /// **Shape**: one row or more.
  static func pooled(_ rows: [ValidationRow], name: String) -> ValidationRow {
    let count = rows.reduce(0) { $0 + $1.count }
    func mean(_ value: (ValidationRow) -> Double) -> Double {
      rows.reduce(0) { $0 + value($1) * Double($1.count) } / Double(count)
    }
    return ValidationRow(
      name: name, measured: mean(\.measured), predicted: mean(\.predicted),
      fitted: rows.contains(where: \.fitted), naive: mean(\.naive), count: count, interval: nil,
      basis: "mean of \(rows.count) runs, each with its own numbers")
  }
}
