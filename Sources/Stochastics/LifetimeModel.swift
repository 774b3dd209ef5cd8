import Glibc

/// A distribution of times above zero, such as times between failures and durations of repairs.
package enum LifetimeModel: Hashable, Sendable {
  /// Exponential: no memory.
  case exponential(mean: Double)
  /// Weibull: the hazard falls for shapes below one and rises above.
  case weibull(shape: Double, scale: Double)
  /// Gamma, with mean shape times scale.
  case gamma(shape: Double, scale: Double)
  /// Lognormal.
  case lognormal(LognormalShape)
  /// Exponential of one of two means: the first with probability `share`.
  case hyperexponential(share: Double, first: Double, second: Double)

  /// The probability of a time up to `x`.
  package func cumulative(_ x: Double) -> Double {
    guard x > 0 else { return 0 }
    switch self {
    case .exponential(let mean): return -expm1(-x / mean)
    case .weibull(let shape, let scale): return -expm1(-pow(x / scale, shape))
    case .gamma(let shape, let scale): return GammaFunction.cumulative(x / scale, shape: shape)
    case .lognormal(let fit): return Normal.cumulative(log(x / fit.median) / fit.sigma)
    case .hyperexponential(let share, let first, let second):
      return -share * expm1(-x / first) - (1 - share) * expm1(-x / second)
    }
  }

  /// The logarithm of the density at `x` above zero.
  package func logDensity(_ x: Double) -> Double {
    switch self {
    case .exponential(let mean): return -log(mean) - x / mean
    case .weibull(let shape, let scale):
      let logarithm = log(x / scale)
      return log(shape / scale) + (shape - 1) * logarithm - exp(shape * logarithm)
    case .gamma(let shape, let scale):
      return (shape - 1) * log(x / scale) - x / scale - log(scale)
        - BetaDistribution.logGamma(shape)
    case .lognormal(let fit):
      let z = log(x / fit.median) / fit.sigma
      return -z * z / 2 - log(x * fit.sigma) - 0.5 * log(2 * Double.pi)
    case .hyperexponential(let share, let first, let second):
      let one = log(share / first) - x / first
      let two = log((1 - share) / second) - x / second
      let larger = max(one, two)
      return larger + log(exp(one - larger) + exp(two - larger))
    }
  }

  /// The time up to which lies the probability `p`, 0 < p < 1.
  package func quantile(_ p: Double) -> Double {
    switch self {
    case .exponential(let mean): return -log1p(-p) * mean
    case .weibull(let shape, let scale): return scale * pow(-log1p(-p), 1 / shape)
    case .gamma(let shape, let scale): return scale * GammaFunction.quantile(p, shape: shape)
    case .lognormal(let fit): return fit.median * exp(fit.sigma * Normal.quantile(p))
    case .hyperexponential(_, let first, let second):
      var (low, high) = (0.0, -log1p(-p) * max(first, second))
      for _ in 0..<200 {
        let middle = low + (high - low) / 2
        if middle <= low || middle >= high { break }
        if cumulative(middle) < p { low = middle } else { high = middle }
      }
      return low + (high - low) / 2
    }
  }

  /// The mean.
  package var mean: Double {
    switch self {
    case .exponential(let mean): return mean
    case .weibull(let shape, let scale):
      return scale * exp(BetaDistribution.logGamma(1 + 1 / shape))
    case .gamma(let shape, let scale): return shape * scale
    case .lognormal(let fit): return fit.mean
    case .hyperexponential(let share, let first, let second):
      return share * first + (1 - share) * second
    }
  }

  /// The coefficient of variation: standard deviation over mean.
  package var variation: Double {
    switch self {
    case .exponential: return 1
    case .weibull(let shape, _):
      let second = BetaDistribution.logGamma(1 + 2 / shape)
      return expm1(second - 2 * BetaDistribution.logGamma(1 + 1 / shape)).squareRoot()
    case .gamma(let shape, _): return 1 / shape.squareRoot()
    case .lognormal(let fit): return expm1(fit.sigma * fit.sigma).squareRoot()
    case .hyperexponential(let share, let first, let second):
      let square = 2 * (share * first * first + (1 - share) * second * second)
      return max(0, square / (mean * mean) - 1).squareRoot()
    }
  }

  /// The name of the family.
  package var family: String {
    switch self {
    case .exponential: "exponential"
    case .weibull: "weibull"
    case .gamma: "gamma"
    case .lognormal: "lognormal"
    case .hyperexponential: "hyperexponential"
    }
  }

  /// The greatest distance between this distribution and that of a sample: the statistic of
  /// Kolmogorov and Smirnov; zero without values.
  ///
  /// **Shape**: values in ascending order.
  package func distance(toSorted sorted: [Double]) -> Double {
    let count = Double(sorted.count)
    var greatest = 0.0
    var index = 0
    while index < sorted.count {
      // Values recorded alike are one step of the sample's function.
      var end = index + 1
      while end < sorted.count, sorted[end] == sorted[index] { end += 1 }
      let own = cumulative(sorted[index])
      greatest = max(greatest, abs(own - Double(index) / count), abs(own - Double(end) / count))
      index = end
    }
    return greatest
  }

  /// The sum of the logarithms of the density over a sample of values above zero.
  package func logLikelihood(of values: [Double]) -> Double {
    values.reduce(0) { $0 + logDensity($1) }
  }
}
