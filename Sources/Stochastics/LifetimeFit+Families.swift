import Glibc

/// A distribution with its numbers, before it is laid beside its sample.
struct FoundModel {
  var model: LifetimeModel
  var parameters: [LifetimeFit.Parameter]
}

extension Sample {
  var exponential: FoundModel? {
    FoundModel(
      model: .exponential(mean: mean),
      parameters: [parameter("mean", mean, logVariance: 1 / count)])
  }

  /// **Source**: likelihood equations and information of Johnson, Kotz, Balakrishnan, Continuous
  /// Univariate Distributions 1, chapter 21.
  var weibull: FoundModel? {
    // Powers of values over the greatest cannot overflow.
    guard let most = logarithms.max() else { return nil }
    func sums(_ shape: Double) -> (weight: Double, moment: Double) {
      var (weight, moment) = (0.0, 0.0)
      for logarithm in logarithms {
        let power = exp(shape * (logarithm - most))
        weight += power
        moment += power * logarithm
      }
      return (weight, moment)
    }
    let shape = Self.root { shape in
      let found = sums(shape)
      return found.moment / found.weight - 1 / shape - meanLogarithm
    }
    guard let shape else { return nil }
    let scale = exp(most + log(sums(shape).weight / count) / shape)
    // Variances of the logarithms: 6 / pi^2 for the shape, and 1 + 6 (1 - gamma)^2 / pi^2 over the
    // squared shape for the scale.
    let inverse = 6 / (Double.pi * Double.pi)
    let euler = 0.577_215_664_901_532_9
    let scaleVariance = (1 + inverse * (1 - euler) * (1 - euler)) / (shape * shape)
    return FoundModel(
      model: .weibull(shape: shape, scale: scale),
      parameters: [
        parameter("shape", shape, logVariance: inverse / count),
        parameter("scale", scale, logVariance: scaleVariance / count),
      ])
  }

  /// **Source**: likelihood equations and information of Johnson, Kotz, Balakrishnan, Continuous
  /// Univariate Distributions 1, chapter 17.
  var gamma: FoundModel? {
    let gap = log(mean) - meanLogarithm
    guard let shape = Self.root({ gap - (log($0) - GammaFunction.digamma($0)) }) else { return nil }
    let trigamma = GammaFunction.trigamma(shape)
    let excess = shape * trigamma - 1
    return FoundModel(
      model: .gamma(shape: shape, scale: mean / shape),
      parameters: [
        parameter("shape", shape, logVariance: 1 / (count * shape * excess)),
        parameter("scale", mean / shape, logVariance: trigamma / (count * excess)),
      ])
  }

  var lognormal: FoundModel? {
    let squares = logarithms.reduce(0) { sum, logarithm in
      sum + (logarithm - meanLogarithm) * (logarithm - meanLogarithm)
    }
    let sigma = (squares / count).squareRoot()
    guard sigma > 0 else { return nil }
    let shape = LognormalShape(median: exp(meanLogarithm), sigma: sigma)
    return FoundModel(
      model: .lognormal(shape),
      parameters: [
        parameter("median", shape.median, logVariance: sigma * sigma / count),
        parameter("sigma", sigma, logVariance: 1 / (2 * count)),
      ])
  }

  /// Two exponentials by expectation and maximisation; nil where the sample varies less than one
  /// exponential, which no mixture can follow.
  ///
  /// **Source**: Dempster, Laird, Rubin, Journal of the Royal Statistical Society B 39, 1977.
  var hyperexponential: FoundModel? {
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    guard variance > mean * mean else { return nil }
    var (share, first, second) = (0.5, mean / 4, mean * 7 / 4)
    for _ in 0..<500 {
      var (weight, firstSum, secondSum) = (0.0, 0.0, 0.0)
      for value in values {
        let one = share / first * exp(-value / first)
        let two = (1 - share) / second * exp(-value / second)
        let chance = one + two > 0 ? one / (one + two) : 0
        weight += chance
        firstSum += chance * value
        secondSum += (1 - chance) * value
      }
      guard weight > 0, weight < count, firstSum > 0, secondSum > 0 else { return nil }
      let next = (weight / count, firstSum / weight, secondSum / (count - weight))
      let step = abs(next.0 - share) + abs(next.1 / first - 1) + abs(next.2 / second - 1)
      (share, first, second) = next
      if step < 1e-7 { break }
    }
    let model = LifetimeModel.hyperexponential(share: share, first: first, second: second)
    return FoundModel(
      model: model,
      parameters: [
        parameter("share", share, logVariance: nil),
        parameter("first_mean", first, logVariance: nil),
        parameter("second_mean", second, logVariance: nil),
      ])
  }

  /// The zero of a function that rises with a shape between 1e-3 and 1e4, by bisection of the
  /// logarithm; nil where it has none there.
  static func root(_ rising: (Double) -> Double) -> Double? {
    var (low, high) = (log(1e-3), log(1e4))
    guard rising(exp(low)) < 0, rising(exp(high)) > 0 else { return nil }
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if rising(exp(middle)) < 0 { low = middle } else { high = middle }
    }
    return exp((low + high) / 2)
  }
}
