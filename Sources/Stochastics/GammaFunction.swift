import Glibc

/// What the gamma distribution and the counts of a Poisson process rest on.
package enum GammaFunction {
  /// The derivative of the logarithm of the gamma function, for arguments above zero.
  ///
  /// **Source**: asymptotic series with the recurrence below 15; Abramowitz and Stegun, 6.3.18.
  package static func digamma(_ x: Double) -> Double {
    var (argument, shift) = (x, 0.0)
    while argument < 15 {
      shift += 1 / argument
      argument += 1
    }
    let square = 1 / (argument * argument)
    let series = square * (1.0 / 12 - square * (1.0 / 120 - square * (1.0 / 252 - square / 240)))
    return log(argument) - 0.5 / argument - series - shift
  }

  /// The second derivative of the logarithm of the gamma function, for arguments above zero.
  ///
  /// **Source**: asymptotic series with the recurrence below 15; Abramowitz and Stegun, 6.4.12.
  package static func trigamma(_ x: Double) -> Double {
    var (argument, shift) = (x, 0.0)
    while argument < 15 {
      shift += 1 / (argument * argument)
      argument += 1
    }
    let inverse = 1 / argument
    let square = inverse * inverse
    let series =
      inverse * square * (1.0 / 6 - square * (1.0 / 30 - square * (1.0 / 42 - square / 30)))
    return inverse + square / 2 + series + shift
  }

  /// The regularised lower incomplete gamma function P(shape, x): the probability that a gamma
  /// variable of scale one is at most `x`.
  ///
  /// **Source**: series below shape + 1, continued fraction above; Press et al., Numerical
  /// Recipes, section 6.2.
  package static func cumulative(_ x: Double, shape: Double) -> Double {
    precondition(shape > 0, "The shape of a gamma distribution is above zero.")
    if x <= 0 { return 0 }
    if x == .infinity { return 1 }
    let front = exp(shape * log(x) - x - BetaDistribution.logGamma(shape))
    if x < shape + 1 { return min(1, front * series(x, shape)) }
    return max(0, 1 - front * fraction(x, shape))
  }

  /// The value up to which lies the probability `p`, at scale one, by bisection.
  package static func quantile(_ p: Double, shape: Double) -> Double {
    precondition(p >= 0 && p < 1, "A probability lies between zero and one.")
    if p == 0 { return 0 }
    var high = max(1, shape)
    while cumulative(high, shape: shape) < p, high < 1e300 { high *= 2 }
    var low = 0.0
    for _ in 0..<1100 {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { break }
      if cumulative(middle, shape: shape) < p { low = middle } else { high = middle }
    }
    return low + (high - low) / 2
  }

  private static func series(_ x: Double, _ shape: Double) -> Double {
    var term = 1 / shape
    var sum = term
    for step in 1...10_000 {
      term *= x / (shape + Double(step))
      sum += term
      if term < sum * 1e-16 { break }
    }
    return sum
  }

  private static func fraction(_ x: Double, _ shape: Double) -> Double {
    let tiny = 1e-300
    var b = x + 1 - shape
    var c = 1 / tiny
    var d = 1 / b
    var product = d
    for step in 1...10_000 {
      let i = Double(step)
      let a = -i * (i - shape)
      b += 2
      d = a * d + b
      if abs(d) < tiny { d = tiny }
      c = b + a / c
      if abs(c) < tiny { c = tiny }
      d = 1 / d
      product *= d * c
      if abs(d * c - 1) < 1e-16 { break }
    }
    return product
  }
}
