import Foundation
import Stochastics
import Testing

/// Fits and functions beside the values that SciPy 1.17 gives for the same numbers.
@Suite struct LifetimeFitTests {
  private let times = [0.3, 0.7, 1.1, 1.9, 2.2, 3.1, 4.8, 6.5, 9.0, 14.2, 25.0, 61.0]

  private func isClose(_ value: Double, _ expected: Double, _ relative: Double = 1e-9) -> Bool {
    abs(value - expected) <= relative * abs(expected)
  }

  @Test func `the functions have their known values`() {
    #expect(isClose(GammaFunction.digamma(0.3), -3.5025242222001332))
    #expect(isClose(GammaFunction.trigamma(0.3), 12.245364546107734))
    #expect(isClose(GammaFunction.trigamma(1), Double.pi * Double.pi / 6))
    #expect(isClose(GammaFunction.cumulative(1.7, shape: 2.5), 0.36143007689620493))
    #expect(isClose(GammaFunction.cumulative(9, shape: 0.2), 0.9999957128777414))
    #expect(isClose(GammaFunction.quantile(0.9, shape: 3.3), 5.7358988332787435))
  }

  @Test func `the fits are those of maximum likelihood`() throws {
    let fits = LifetimeFit.all(of: times)
    func fit(_ family: String) throws -> LifetimeFit {
      try #require(fits.first { $0.model.family == family })
    }
    let exponential = try fit("exponential")
    #expect(isClose(exponential.logLikelihood, -40.57305785378388))
    #expect(isClose(exponential.distance, 0.25081592696347177))
    let weibull = try fit("weibull")
    #expect(isClose(weibull.parameters[0].value, 0.7124816510856404))
    #expect(isClose(weibull.parameters[1].value, 8.411291376087442))
    #expect(isClose(weibull.logLikelihood, -39.08185805809236))
    #expect(isClose(weibull.distance, 0.11197462526607721))
    let gamma = try fit("gamma")
    #expect(isClose(gamma.parameters[0].value, 0.6220732084158042))
    #expect(isClose(gamma.parameters[1].value, 17.388092784469553))
    #expect(isClose(gamma.logLikelihood, -39.481927906084465))
    let lognormal = try fit("lognormal")
    #expect(isClose(lognormal.parameters[0].value, 4.027251672858431))
    #expect(isClose(lognormal.parameters[1].value, 1.4635429331981011))
    #expect(isClose(lognormal.logLikelihood, -38.31459446614728))
    let mixture = try fit("hyperexponential")
    #expect(mixture.logLikelihood > exponential.logLikelihood, "it holds the exponential")
    #expect(isClose(mixture.model.mean, exponential.model.mean, 1e-6), "the steps keep the mean")
  }

  @Test func `too few times and times without spread have no fit`() {
    #expect(LifetimeFit.all(of: Array(times.prefix(9))).isEmpty)
    #expect(LifetimeFit.all(of: Array(repeating: 2, count: 50)).isEmpty)
  }

  @Test(arguments: [
    LifetimeModel.exponential(mean: 3), .weibull(shape: 0.6, scale: 5),
    .gamma(shape: 2.5, scale: 0.7), .lognormal(LognormalShape(median: 2, sigma: 1.2)),
    .hyperexponential(share: 0.7, first: 1, second: 20),
  ])
  func `what was drawn from a model is found again`(model: LifetimeModel) throws {
    let seed: UInt64 = 4711
    var stream = RandomStream(seed: seed, replication: 0, purpose: .bootstrap)
    let drawn = (0..<1500).map { _ in model.quantile(stream.openUniform()) }
    let fits = LifetimeFit.all(of: drawn)
    let own = try #require(fits.first { $0.model.family == model.family })
    #expect(own.distance < 1.358 / 1500.0.squareRoot(), "seed \(seed): \(own)")
    let best = try #require(LifetimeFit.best(fits))
    #expect(own.aic - best.aic < 6, "seed \(seed): \(best.model) beside \(own.model)")
    for p in [0.1, 0.5, 0.9] {
      #expect(isClose(model.cumulative(model.quantile(p)), p, 1e-6), "\(model) at \(p)")
    }
    #expect(isClose(own.model.mean, model.mean, 0.2), "seed \(seed)")
    #expect(isClose(own.model.variation, model.variation, 0.2), "seed \(seed)")
  }

  @Test func `an exponential sample leaves the shape one in its interval`() throws {
    var held = 0
    for seed in UInt64(1)...50 {
      var stream = RandomStream(seed: seed, replication: 0, purpose: .bootstrap)
      let drawn = (0..<80).map { _ in stream.exponential(mean: 7) }
      let weibull = LifetimeFit.all(of: drawn).first { $0.model.family == "weibull" }
      if try #require(weibull?.parameters[0].interval).contains(1) { held += 1 }
    }
    #expect(held >= 43, "seeds 1 to 50")
  }

  @Test func `intervals of counts are the known ones`() throws {
    let ten = ConfidenceInterval.poisson(count: 10)
    #expect(isClose(ten.low, 4.7953886961324335) && isClose(ten.high, 18.39035604201778))
    #expect(ConfidenceInterval.poisson(count: 0).low == 0)
    let share = try #require(ConfidenceInterval.jeffreys(successes: 26, trials: 63))
    #expect(isClose(share.low, 0.29729136039955417, 1e-6))
    #expect(isClose(share.high, 0.5359237558148955, 1e-6))
    #expect(ConfidenceInterval.jeffreys(successes: 0, trials: 0) == nil)
    let ratio = try #require(ConfidenceInterval.ratio(of: [1, 2, 3], to: [1, 1, 1]))
    #expect(isClose(ratio.low, 2 - 4.302652729749464 / 3.0.squareRoot(), 1e-6))
    #expect(ConfidenceInterval.ratio(of: [1], to: [2]) == nil)
  }
}
