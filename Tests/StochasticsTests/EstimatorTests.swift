import Stochastics
import Testing

@Suite struct EstimatorTests {
  @Test func meanAndVariance() {
    let sample = RunningMean([2, 4, 4, 4, 5, 5, 7, 9])
    #expect(sample.count == 8 && sample.mean == 5)
    #expect(close(sample.variance, 32.0 / 7))
    #expect(sample.minimum == 2 && sample.maximum == 9)
    #expect(RunningMean([3]).variance == 0)
  }

  /// A large offset ruins the textbook formula, not this one.
  @Test func varianceSurvivesAnOffset() {
    let sample = RunningMean([4, 7, 13, 16].map { $0 + 1e9 })
    #expect(close(sample.variance, 30))
  }

  @Test func mergingEqualsAddingAll() {
    let values = (0..<50).map { Double(($0 * 37) % 23) }
    for cut in [0, 1, 20, 50] {
      var first = RunningMean(values[..<cut])
      first.merge(RunningMean(values[cut...]))
      let all = RunningMean(values)
      #expect(first.count == all.count)
      #expect(close(first.mean, all.mean) && close(first.variance, all.variance))
    }
  }

  /// The values of R's `quantile(c(1, 2, 4, 8, 16), ...)`.
  @Test func quantilesOfTypeSeven() {
    let values: [Double] = [16, 1, 8, 2, 4]
    #expect(Quantile.median(values) == 4)
    #expect(close(Quantile.of(values, 0.1), 1.4))
    #expect(close(Quantile.of(values, 0.9), 12.8))
    #expect(Quantile.of(values, 0) == 1 && Quantile.of(values, 1) == 16)
    #expect(Quantile.of([], 0.5) == nil)
    #expect(Quantile.median([1, 2]) == 1.5)
  }

  /// The first of the four sets of Anscombe, 1973, with figures from SciPy.
  @Test func linesAndTheirErrors() throws {
    let x: [Double] = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
    let y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]
    let line = try LeastSquaresLine(x: x, y: y)
    #expect(close(line.intercept, 3.0000909090909))
    #expect(close(line.slope, 0.50009090909091))
    #expect(close(line.interceptError, 1.1247467908, 1e-8))
    #expect(close(line.slopeError, 0.1179055006, 1e-8))
    #expect(close(line.residualDeviation, 1.2366033227, 1e-8))
    #expect(close(line.value(at: 10), 8.001))
  }

  @Test func linesThatAreNone() {
    #expect(throws: StochasticsError.noSpread) { try LeastSquaresLine(x: [1, 1], y: [2, 3]) }
    #expect(throws: StochasticsError.tooFewObservations(count: 1, needed: 2)) {
      try LeastSquaresLine(x: [1], y: [2])
    }
    #expect(throws: StochasticsError.countMismatch(first: 1, second: 2)) {
      try LeastSquaresLine(x: [1], y: [2, 3])
    }
  }
}
