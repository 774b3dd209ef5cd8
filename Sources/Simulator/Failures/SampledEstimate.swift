package import Stochastics

/// A mean estimated from independent samples that carry weights.
package struct SampledEstimate: Sendable, Equatable {
  /// The estimate.
  package let value: Double
  /// Its interval.
  package let interval: ConfidenceInterval
  /// Samples, or cycles.
  package let samples: Int
  /// Those among them that add something: the whole was down in them.
  package let hits: Int
  /// How many hits of equal weight would be as good: (sum of y)^2 / sum of y^2 over what they add.
  ///
  /// **Source**: Kish, Survey Sampling, 1965.
  package let effectiveHits: Double
  /// How many samples without any bias would have the same half-width; nil without hits.
  package let plainSamples: Double?

  /// Half of the interval over the estimate; infinite where nothing was hit.
  package var relativeHalfWidth: Double {
    value > 0 ? interval.halfWidth / value : .infinity
  }

  /// Effective hits over hits; 0 without hits.
  package var effectiveShare: Double { hits > 0 ? effectiveHits / Double(hits) : 0 }

  /// Whether the estimate hangs on few of its samples: effective hits below a tenth of all, and an
  /// interval that is therefore not to be trusted.
  package var isDegenerate: Bool { effectiveShare < 0.1 }

  /// The same estimate in another unit.
  func scaled(by factor: Double) -> SampledEstimate {
    SampledEstimate(
      value: value * factor,
      interval: ConfidenceInterval(
        low: interval.low * factor, high: interval.high * factor, level: interval.level),
      samples: samples, hits: hits, effectiveHits: effectiveHits, plainSamples: plainSamples)
  }
}

/// Adds up weighted samples.
struct WeightedMean: Sendable {
  /// Of weight times value.
  private(set) var products = RunningMean()
  private(set) var hits = 0
  private var sum = 0.0
  private var squares = 0.0
  private var weightedSquares = 0.0

  mutating func add(_ value: Double, weight: Double) {
    add(product: value * weight, weightedSquare: value * value * weight)
  }

  /// Adds weight times value, and weight times its square, of a sample whose parts have weights of
  /// their own.
  mutating func add(product: Double, weightedSquare: Double) {
    products.add(product)
    guard product > 0 else { return }
    hits += 1
    sum += product
    squares += product * product
    weightedSquares += weightedSquare
  }

  mutating func merge(_ other: WeightedMean) {
    products.merge(other.products)
    hits += other.hits
    sum += other.sum
    squares += other.squares
    weightedSquares += other.weightedSquares
  }

  /// The variance of one sample drawn without bias.
  var plainVariance: Double {
    guard products.count > 0 else { return 0 }
    return max(0, weightedSquares / Double(products.count) - products.mean * products.mean)
  }

  /// The estimate with the standard error of the samples, or another one; without hits the upper
  /// end is the bound given.
  func estimate(
    level: Double, boundWithoutHits: Double, standardError: Double? = nil, degrees: Double? = nil
  ) -> SampledEstimate {
    let freedom = degrees ?? Double(products.count - 1)
    let factor = freedom >= 1 ? StudentT.quantile((1 + level) / 2, degrees: freedom) : .infinity
    let half = factor * (standardError ?? products.standardError)
    let mean = products.mean
    let isHit = hits > 0 && half > 0 && half.isFinite
    let z = Normal.quantile((1 + level) / 2)
    return SampledEstimate(
      value: mean,
      interval: ConfidenceInterval(
        low: isHit ? max(0, mean - half) : 0, high: isHit ? mean + half : boundWithoutHits,
        level: level),
      samples: products.count, hits: hits, effectiveHits: squares > 0 ? sum * sum / squares : 0,
      plainSamples: isHit ? z * z * plainVariance / (half * half) : nil)
  }
}
