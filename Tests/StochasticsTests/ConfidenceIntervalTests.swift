import Stochastics
import Testing

/// Known answers from the tables of the distributions (SciPy, R).
@Suite struct ConfidenceIntervalTests {
  @Test func normalQuantiles() {
    #expect(close(Normal.quantile(0.975), 1.959963984540054, 1e-14))
    #expect(close(Normal.quantile(0.3), -0.5244005127080407, 1e-14))
    #expect(close(Normal.quantile(0.001), -3.090232306167813, 1e-14))
    #expect(close(Normal.quantile(1e-10), -6.361340902404056, 1e-14))
    #expect(close(Normal.quantile(1e-30), -11.464024688443613, 1e-14))
    #expect(Normal.quantile(0.5) == 0)
    #expect(Normal.quantile(0) == -.infinity && Normal.quantile(1) == .infinity)
    #expect(close(Normal.cumulative(Normal.quantile(0.123)), 0.123, 1e-14))
  }

  @Test func studentQuantiles() {
    #expect(close(StudentT.quantile(0.975, degrees: 1), 12.706204736174694))
    #expect(close(StudentT.quantile(0.975, degrees: 4), 2.7764451051977987))
    #expect(close(StudentT.quantile(0.975, degrees: 29), 2.045229642132703))
    #expect(close(StudentT.quantile(0.975, degrees: 1000), 1.9623390808264074))
    #expect(close(StudentT.quantile(0.05, degrees: 4), -2.131846786326651))
    #expect(StudentT.quantile(0.5, degrees: 3) == 0)
  }

  @Test func logGammaIsRight() {
    #expect(close(BetaDistribution.logGamma(0.5), 0.5723649429247001, 1e-13))
    #expect(abs(BetaDistribution.logGamma(1)) < 1e-13)
    #expect(close(BetaDistribution.logGamma(11), 15.104412573075516, 1e-14))
    #expect(close(BetaDistribution.logGamma(1e5), 1051287.7089736569, 1e-14))
  }

  @Test func binomialSumsAreRight() {
    // (1 + 5 + 10) / 32.
    #expect(close(BetaDistribution.binomialCumulative(2, trials: 5, 0.5), 0.5))
    #expect(close(BetaDistribution.binomialCumulative(1, trials: 4, 0.25), 0.73828125))
    #expect(BetaDistribution.binomialCumulative(4, trials: 4, 0.25) == 1)
  }

  @Test func meanByStudent() {
    let interval = ConfidenceInterval.mean(of: RunningMean([1, 2, 3, 4, 5]))
    #expect(close(interval?.low, 1.0367568385224383))
    #expect(close(interval?.high, 4.963243161477562))
    #expect(ConfidenceInterval.mean(of: RunningMean([1])) == nil)
  }

  @Test func proportionByWilson() {
    let interval = ConfidenceInterval.wilson(successes: 3, trials: 10)
    #expect(close(interval?.low, 0.10779126740630104))
    #expect(close(interval?.high, 0.6032218525388546))
    let none = ConfidenceInterval.wilson(successes: 0, trials: 10)
    #expect(none?.low == 0 && close(none?.high, 0.27753279986288926))
    #expect(ConfidenceInterval.wilson(successes: 5, trials: 5)?.high == 1)
    #expect(ConfidenceInterval.wilson(successes: 0, trials: 0) == nil)
  }

  @Test func proportionExactly() {
    let interval = ConfidenceInterval.clopperPearson(successes: 3, trials: 10)
    #expect(close(interval?.low, 0.06673951117773447))
    #expect(close(interval?.high, 0.6524528500599972))
    let none = ConfidenceInterval.clopperPearson(successes: 0, trials: 10)
    #expect(none?.low == 0 && close(none?.high, 0.30849710781876083))
    #expect(ConfidenceInterval.clopperPearson(successes: 0, trials: 0) == nil)
  }

  /// The classical ranks: the median of 20 values lies between the 6th and the 15th, of 6 between
  /// the first and the last, and 5 values give no 95 % interval.
  @Test func quantileByOrderStatistics() {
    let twenty = (1...20).map(Double.init)
    let interval = ConfidenceInterval.quantile(of: twenty.reversed(), 0.5)
    #expect(interval?.low == 6 && interval?.high == 15)
    let six = ConfidenceInterval.quantile(of: [1, 2, 3, 4, 5, 6], 0.5)
    #expect(six?.low == 1 && six?.high == 6)
    #expect(ConfidenceInterval.quantile(of: [1, 2, 3, 4, 5], 0.5) == nil)
    #expect(ConfidenceInterval.quantile(of: [], 0.5) == nil)
  }

  /// The stated confidence is kept: of 400 samples of 30, nearly all or more hold the median.
  @Test func quantileIntervalsCover() {
    var held = 0
    for replication in UInt64(0)..<400 {
      var stream = RandomStream(seed: 5, replication: replication, purpose: .generation)
      let values = (0..<30).map { _ in stream.uniform() }
      if ConfidenceInterval.quantile(of: values, 0.5)?.contains(0.5) == true { held += 1 }
    }
    // 95.7 % are expected; 363 is four standard deviations below 95 %.
    #expect(held >= 363, "seed 5: \(held)")
  }
}
