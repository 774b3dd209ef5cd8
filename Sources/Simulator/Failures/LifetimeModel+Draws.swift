import Glibc
package import Stochastics

extension LifetimeModel {
  /// One time, in the unit of the parameters.
  ///
  /// **Complexity**: one draw, by the inverse distribution function; two for a mixture of two.
  package func sample(from stream: inout RandomStream) -> Double {
    guard case .hyperexponential(let share, let first, let second) = self else {
      return quantile(stream.openUniform())
    }
    let isFirst = stream.uniform() <= share
    return stream.exponential(mean: isFirst ? first : second)
  }

  /// What is left of the time that covers an instant in steady state: a uniform part of a time
  /// drawn with a chance that grows with its length.
  ///
  /// **Source**: Cox, Renewal Theory, 1962, section 5.4: density (1 - F(x)) / mean.
  package func sampleRest(from stream: inout RandomStream) -> Double {
    let whole: Double
    switch self {
    case .exponential(let mean): return stream.exponential(mean: mean)
    case .hyperexponential(let share, let first, let second):
      let isFirst = stream.uniform() * mean <= share * first
      return stream.exponential(mean: isFirst ? first : second)
    case .lognormal(let fit):
      let shifted = fit.median * exp(fit.sigma * fit.sigma)
      whole = stream.lognormal(LognormalShape(median: shifted, sigma: fit.sigma))
    case .gamma(let shape, let scale):
      whole = scale * GammaFunction.quantile(stream.openUniform(), shape: shape + 1)
    case .weibull(let shape, let scale):
      let power = GammaFunction.quantile(stream.openUniform(), shape: 1 + 1 / shape)
      whole = scale * pow(power, 1 / shape)
    }
    return whole * stream.uniform()
  }

  /// Whether it has no memory.
  var isExponential: Bool {
    if case .exponential = self { true } else { false }
  }
}
