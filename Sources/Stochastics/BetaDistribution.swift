import Glibc

/// The beta distribution, on which the exact intervals for proportions, the order statistics and
/// Student's t rest.
package enum BetaDistribution {
  /// The regularised incomplete beta function I_x(a, b): the probability of a value up to `x`.
  ///
  /// **Source**: continued fraction by Lentz's method, as in Press et al., Numerical Recipes,
  /// section 6.4.
  package static func cumulative(_ x: Double, _ a: Double, _ b: Double) -> Double {
    precondition(a > 0 && b > 0, "Both parameters of a beta distribution are above zero.")
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    let logarithm =
      logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x)
    let front = exp(logarithm)
    if x < (a + 1) / (a + b + 2) { return front * fraction(x, a, b) / a }
    return 1 - front * fraction(1 - x, b, a) / b
  }

  /// The value up to which lies the probability `p`, by bisection.
  package static func quantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
    precondition(p >= 0 && p <= 1, "A probability lies between zero and one.")
    if p == 0 { return 0 }
    if p == 1 { return 1 }
    var low = 0.0
    var high = 1.0
    for _ in 0..<1100 {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { break }
      if cumulative(middle, a, b) < p { low = middle } else { high = middle }
    }
    return low + (high - low) / 2
  }

  /// The probability of at most `successes` in `trials` of probability `p`.
  package static func binomialCumulative(_ successes: Int, trials: Int, _ p: Double) -> Double {
    if successes < 0 { return 0 }
    if successes >= trials { return 1 }
    return cumulative(1 - p, Double(trials - successes), Double(successes + 1))
  }

  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    func kept(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / kept(1 - (a + b) * x / (a + 1))
    var product = d
    for step in 1...10_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / kept(1 + even * d)
      c = kept(1 + even / c)
      product *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / kept(1 + odd * d)
      c = kept(1 + odd / c)
      product *= d * c
      if abs(d * c - 1) < 1e-16 { break }
    }
    return product
  }

  /// The logarithm of the gamma function for arguments above zero.
  ///
  /// The function of the C library writes a global sign, which two tasks would share.
  ///
  /// **Source**: Stirling's series, with the recurrence below 15.
  package static func logGamma(_ x: Double) -> Double {
    var argument = x
    var shift = 0.0
    while argument < 15 {
      shift += log(argument)
      argument += 1
    }
    let inverse = 1 / argument
    let square = inverse * inverse
    let series =
      inverse
      * (1.0 / 12 - square
        * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square / 1188))))
    return (argument - 0.5) * log(argument) - argument + 0.5 * log(2 * Double.pi) + series - shift
  }
}
