import Glibc

/// The two numbers of a lognormal distribution.
package struct LognormalShape: Hashable, Sendable {
  /// The median; above zero.
  package var median: Double
  /// The standard deviation of the logarithm; zero or more.
  package var sigma: Double

  /// By median and standard deviation of the logarithm.
  package init(median: Double, sigma: Double) {
    precondition(
      median > 0 && sigma >= 0, "A lognormal needs a positive median and no negative sigma.")
    self.median = median
    self.sigma = sigma
  }

  /// By mean and coefficient of variation (standard deviation over mean).
  package init(mean: Double, cv: Double) {
    precondition(mean > 0 && cv >= 0, "A lognormal needs a positive mean and no negative spread.")
    let variance = log1p(cv * cv)
    self.init(median: mean * exp(-variance / 2), sigma: variance.squareRoot())
  }

  /// The mean.
  package var mean: Double { median * exp(sigma * sigma / 2) }
}

/// A distribution of one number, drawn through its inverse distribution function.
///
/// One draw takes one number of the stream, so that two runs that differ in a parameter stay in
/// step.
package enum Distribution: Hashable, Sendable {
  /// Always the same value.
  case constant(Double)
  /// Uniform between two bounds.
  case uniform(low: Double, high: Double)
  /// Exponential with a mean above zero.
  case exponential(mean: Double)
  /// Lognormal.
  case lognormal(LognormalShape)
  /// Normal with mean and standard deviation of the untruncated distribution, kept in bounds.
  case truncatedNormal(mean: Double, deviation: Double, low: Double, high: Double)
  /// A recorded distribution.
  case empirical(EmpiricalTable)

  /// The value up to which lies the probability `p`, 0 < p < 1.
  package func quantile(_ p: Double) -> Double {
    switch self {
    case .constant(let value): return value
    case .uniform(let low, let high): return low + (high - low) * p
    case .exponential(let mean): return -log1p(-p) * mean
    case .lognormal(let shape): return shape.median * exp(shape.sigma * Normal.quantile(p))
    case .truncatedNormal(let mean, let deviation, let low, let high):
      if deviation == 0 { return min(max(mean, low), high) }
      let first = Normal.cumulative((low - mean) / deviation)
      let last = Normal.cumulative((high - mean) / deviation)
      let value = mean + deviation * Normal.quantile(first + (last - first) * p)
      return min(max(value, low), high)
    case .empirical(let table): return table.quantile(p)
    }
  }

  /// One value, for one number of the stream.
  package func sample(from stream: inout RandomStream) -> Double {
    quantile(stream.openUniform())
  }

  /// The mean.
  package var mean: Double {
    switch self {
    case .constant(let value): return value
    case .uniform(let low, let high): return (low + high) / 2
    case .exponential(let mean): return mean
    case .lognormal(let shape): return shape.mean
    case .truncatedNormal(let mean, let deviation, let low, let high):
      if deviation == 0 { return min(max(mean, low), high) }
      let (a, b) = ((low - mean) / deviation, (high - mean) / deviation)
      let mass = Normal.cumulative(b) - Normal.cumulative(a)
      return mean + deviation * (Self.density(a) - Self.density(b)) / mass
    case .empirical(let table): return table.mean
    }
  }

  private static func density(_ x: Double) -> Double {
    exp(-x * x / 2) / (2 * Double.pi).squareRoot()
  }

  /// Throws where the parameters are no distribution.
  ///
  /// **Errors**: `StochasticsError.badParameter` with the first parameter that is out of range.
  package func check() throws(StochasticsError) {
    switch self {
    case .constant(let value):
      try require(value.isFinite, "value", value)
    case .uniform(let low, let high):
      try require(low.isFinite, "low", low)
      try require(high.isFinite && high >= low, "high", high)
    case .exponential(let mean):
      try require(mean.isFinite && mean > 0, "mean", mean)
    case .lognormal(let shape):
      try require(shape.median.isFinite && shape.median > 0, "median", shape.median)
      try require(shape.sigma.isFinite && shape.sigma >= 0, "sigma", shape.sigma)
    case .truncatedNormal(let mean, let deviation, let low, let high):
      try require(mean.isFinite, "mean", mean)
      try require(deviation.isFinite && deviation >= 0, "deviation", deviation)
      try require(!low.isNaN && low < high, "low", low)
      // Eight deviations off, nothing of the normal is left between the bounds to draw from.
      try require(deviation == 0 || (low - mean) / deviation < 8, "low", low)
      try require(deviation == 0 || (high - mean) / deviation > -8, "high", high)
    case .empirical: break
    }
  }

  private func require(
    _ holds: Bool, _ parameter: String, _ value: Double
  ) throws(StochasticsError) {
    if !holds { throw .badParameter(name: parameter, value: value) }
  }
}
