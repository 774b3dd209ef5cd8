import Stochastics
import Testing

@Suite struct RandomStreamTests {
  /// Guards every draw: a change of the generator or of the key derivation changes all results.
  @Test func drawsAreGuardedByHash() {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func absorb(_ bits: UInt64) { hash = (hash ^ bits) &* 0x100_0000_01b3 }
    for seed in [0, 1, UInt64.max] {
      for purpose in [Purpose.arrivals, .failures, .migrations] {
        for replication in UInt64(0)..<3 {
          var stream = RandomStream(
            seed: seed, replication: replication, purpose: purpose, subject: seed ^ replication)
          for _ in 0..<50 { absorb(stream.next()) }
          absorb(stream.uniform().bitPattern)
          absorb(stream.normal().bitPattern)
          absorb(stream.exponential(mean: 3).bitPattern)
          absorb(stream.lognormal(LognormalShape(mean: 1, cv: 0.05)).bitPattern)
          absorb(UInt64(stream.integer(below: 1000)))
        }
      }
    }
    #expect(hash == 3_665_324_874_000_004_268, "\(hash)")
  }

  /// The finaliser gives the published outputs of SplitMix64 for seed 1234567.
  @Test func mixesAsPublished() {
    let increment: UInt64 = 0x9e37_79b9_7f4a_7c15
    #expect(RandomStream.mix(1_234_567 &+ increment) == 6_457_827_717_110_365_317)
    #expect(RandomStream.mix(1_234_567 &+ 2 &* increment) == 3_203_168_211_198_807_973)
  }

  @Test func streamsDifferInEachPartOfTheirKey() {
    var firsts: Set<UInt64> = []
    for seed in UInt64(0)..<4 {
      for replication in UInt64(0)..<4 {
        for purpose in UInt64(0)..<4 {
          for subject in UInt64(0)..<4 {
            var stream = RandomStream(
              seed: seed, replication: replication, purpose: Purpose(rawValue: purpose),
              subject: subject)
            firsts.insert(stream.next())
          }
        }
      }
    }
    #expect(firsts.count == 256)
  }

  @Test func copiesRepeat() {
    var stream = RandomStream(seed: 7, replication: 0, purpose: .load)
    _ = stream.next()
    var copy = stream
    #expect(stream.next() == copy.next())
    #expect(stream.counter == 2 && copy == stream)
  }

  @Test func uniformKeepsItsBounds() {
    var stream = RandomStream(seed: 3, replication: 0, purpose: .generation)
    var uniform = RunningMean()
    var open = RunningMean()
    for _ in 0..<20_000 {
      uniform.add(stream.uniform())
      open.add(stream.openUniform())
    }
    #expect(uniform.minimum > 0 && uniform.maximum <= 1)
    #expect(open.minimum > 0 && open.maximum < 1)
    // Six standard errors of a uniform mean; seed 3 is fixed.
    #expect(abs(uniform.mean - 0.5) < 6 * 0.2887 / 141.4)
    #expect(abs(open.variance - 1.0 / 12) < 0.004)
  }

  @Test func integersAreUnbiased() {
    var stream = RandomStream(seed: 4, replication: 0, purpose: .generation)
    var counts = [0, 0, 0]
    for _ in 0..<30_000 { counts[stream.integer(below: 3)] += 1 }
    for count in counts { #expect(abs(count - 10_000) < 500, "seed 4: \(counts)") }
    #expect(stream.integer(below: 1) == 0)
  }
}
