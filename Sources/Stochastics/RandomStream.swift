import Glibc

/// A stream of random numbers that is a function of its key and a counter.
///
/// A draw depends on the seed, the replication, the purpose, the subject and the number of draws
/// made before it in this stream, and on nothing else: no generator is shared, so results do not
/// depend on the order in which parts of a model, or workers, draw. The stream is a value: a copy
/// repeats the draws of its original.
///
/// **Source**: the output function of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom
/// number generators, OOPSLA 2014), used on a counter.
package struct RandomStream: Sendable, Equatable {
  private let key: UInt64
  /// How many numbers were drawn.
  package private(set) var counter: UInt64

  /// The stream of a replication for a purpose, and for one subject where each VM or host has its
  /// own.
  package init(seed: UInt64, replication: UInt64, purpose: Purpose, subject: UInt64 = 0) {
    var key = Self.mix(seed &+ Self.increment)
    key = Self.mix(key ^ Self.mix(replication &+ 2 &* Self.increment))
    key = Self.mix(key ^ Self.mix(purpose.rawValue &+ 3 &* Self.increment))
    key = Self.mix(key ^ Self.mix(subject &+ 4 &* Self.increment))
    self.key = key
    counter = 0
  }

  /// The golden ratio times 2^64, the increment of SplitMix64.
  private static let increment: UInt64 = 0x9e37_79b9_7f4a_7c15

  /// The finaliser of SplitMix64: a bijection of 64 bits that spreads each bit over all.
  package static func mix(_ value: UInt64) -> UInt64 {
    var bits = value
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
  }

  /// The next 64 random bits.
  package mutating func next() -> UInt64 {
    counter &+= 1
    return Self.mix(key &+ counter &* Self.increment)
  }

  /// A number uniform in (0, 1]; its logarithm is finite.
  package mutating func uniform() -> Double {
    Double((next() >> 11) + 1) * 0x1p-53
  }

  /// A number uniform in the open interval (0, 1), symmetric about one half, for inverse
  /// distribution functions that are infinite at both ends.
  package mutating func openUniform() -> Double {
    (Double(next() >> 12) + 0.5) * 0x1p-52
  }

  /// An integer uniform in 0 ..< bound, without bias; `bound` is 1 or more.
  ///
  /// **Source**: Lemire, Fast random integer generation in an interval, 2019.
  package mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "A random integer needs a bound above zero.")
    let range = UInt64(bound)
    var product = next().multipliedFullWidth(by: range)
    if product.low < range {
      let threshold = (0 &- range) % range
      while product.low < threshold { product = next().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }

  /// A standard normal number, by the inverse distribution function: one draw each, and larger
  /// draws give larger numbers.
  package mutating func normal() -> Double {
    Normal.quantile(openUniform())
  }

  /// An exponential number with a mean of zero or more.
  package mutating func exponential(mean: Double) -> Double {
    -log(uniform()) * mean
  }

  /// A lognormal number.
  package mutating func lognormal(_ shape: LognormalShape) -> Double {
    shape.median * exp(shape.sigma * normal())
  }
}
