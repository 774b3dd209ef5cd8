/// A straight line fitted by ordinary least squares.
package struct LeastSquaresLine: Sendable, Equatable {
  /// The value at zero.
  package let intercept: Double
  /// The change per unit.
  package let slope: Double
  /// The standard error of the intercept; nil for two points, which every line fits.
  package let interceptError: Double?
  /// The standard error of the slope; nil for two points.
  package let slopeError: Double?
  /// The standard deviation of the residuals; nil for two points.
  package let residualDeviation: Double?
  /// How many points were fitted.
  package let count: Int

  /// Fits `y = intercept + slope * x`.
  ///
  /// **Errors**: `countMismatch`; `tooFewObservations` for fewer than two points; `noSpread` where
  /// all `x` are equal.
  package init(x: [Double], y: [Double]) throws(StochasticsError) {
    guard x.count == y.count else { throw .countMismatch(first: x.count, second: y.count) }
    guard x.count > 1 else { throw .tooFewObservations(count: x.count, needed: 2) }
    let n = Double(x.count)
    let meanX = x.reduce(0, +) / n
    let meanY = y.reduce(0, +) / n
    var squares = 0.0
    var products = 0.0
    for (abscissa, ordinate) in zip(x, y) {
      squares += (abscissa - meanX) * (abscissa - meanX)
      products += (abscissa - meanX) * (ordinate - meanY)
    }
    guard squares > 0 else { throw .noSpread }
    let slope = products / squares
    let intercept = meanY - slope * meanX
    var residuals = 0.0
    for (abscissa, ordinate) in zip(x, y) {
      let residual = ordinate - intercept - slope * abscissa
      residuals += residual * residual
    }
    self.slope = slope
    self.intercept = intercept
    count = x.count
    if x.count > 2 {
      let variance = residuals / (n - 2)
      residualDeviation = variance.squareRoot()
      slopeError = (variance / squares).squareRoot()
      interceptError = (variance * (1 / n + meanX * meanX / squares)).squareRoot()
    } else {
      residualDeviation = nil
      slopeError = nil
      interceptError = nil
    }
  }

  /// The value of the line at `x`.
  package func value(at x: Double) -> Double { intercept + slope * x }
}
