/// Samples and parameters that no statistic can be made of.
package enum StochasticsError: Error, Sendable, Equatable {
  /// No observation where at least one is needed.
  case emptySample
  /// Too few observations for the statistic.
  case tooFewObservations(count: Int, needed: Int)
  /// Two lists that should have the same length.
  case countMismatch(first: Int, second: Int)
  /// A parameter out of its range.
  case badParameter(name: String, value: Double)
  /// All abscissae of a line are equal.
  case noSpread
}
