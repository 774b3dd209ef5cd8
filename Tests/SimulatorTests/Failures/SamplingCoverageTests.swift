import Availability
import Foundation
import Simulator
import Stochastics
import Testing

/// Sampled answers beside exact ones: for the vectors of the reference the interval holds the value
/// for at least 88 of seeds 1 to 100, and the median half-width is a fifth of the value at most.
struct SamplingCoverageTests {
  /// The estimates of one hundred seeds beside the exact value.
  private static func check(_ name: String, exact: Double, _ run: (UInt64) -> SampledEstimate) {
    let start = RandomTree.threadSeconds
    let estimates = (1...100).map { run(UInt64($0)) }
    let seconds = RandomTree.threadSeconds - start
    let covered = estimates.count { $0.interval.contains(exact) }
    let widths = estimates.map { $0.interval.halfWidth / exact }
    let median = Quantile.median(widths) ?? .infinity
    let degenerate = estimates.count(where: \.isDegenerate)
    print(
      "coverage \(name): \(covered) of 100, median half-width",
      String(format: "%.2f %%, %.2f s,", 100 * median, seconds), "degenerate \(degenerate)")
    #expect(covered >= 88, "\(name)")
    #expect(median <= 0.2, "\(name)")
  }

  private static func check(_ name: String, _ tree: FaultTree) throws {
    let exact = try FaultTreeAnalysis(tree).probability
    check(name, exact: exact) { seed in
      var options = SampledTree.Options(seed: seed)
      options.samples = 5000
      options.pilotSamples = 1000
      return SampledTree(tree, options).probability
    }
  }

  private static func chain(
    _ states: Int, _ rates: [(Int, Int, Double)], down: [Int]
  ) throws -> MarkovChain {
    try MarkovChain(
      states: (0..<states).map { "s\($0)" }, initial: 0,
      transitions: rates.map { MarkovChain.Transition(from: $0.0, to: $0.1, ratePerHour: $0.2) },
      down: down)
  }

  private static func check(_ name: String, _ chain: MarkovChain) throws {
    let exact = try chain.solved()
    func sampled(_ seed: UInt64) -> SampledChain {
      var options = SampledChain.Options(seed: seed)
      options.cycles = 10_000
      return SampledChain(chain, options)
    }
    check(name, exact: exact.unavailability) { sampled($0).unavailability }
    check("\(name) frequency", exact: exact.failureFrequencyPerHour) {
      sampled($0).failureFrequencyPerHour
    }
    #expect(sampled(7) == sampled(7))
  }

  @Test func twoTrains() throws {
    let single = ["p1", "p2", "v1", "v2"].map { BasicEvent($0, 0.08) }
    let tree = try FaultTree(
      top: "top", events: single + [BasicEvent("pc", 0.02), BasicEvent("vc", 0.02)],
      gates: [
        NamedGate("top", .and, ["t1", "t2"]),
        NamedGate("t1", .or, ["p1", "pc", "v1", "vc"]),
        NamedGate("t2", .or, ["p2", "pc", "v2", "vc"]),
      ])
    #expect(abs(try FaultTreeAnalysis(tree).probability / 0.062258678784 - 1) < 1e-9)
    try Self.check("s07", tree)
  }

  @Test func threeZones() throws {
    let tree = try RandomTree.threeZones()
    #expect(abs(try FaultTreeAnalysis(tree).probability / 1.03697488249363e-05 - 1) < 1e-9)
    try Self.check("s08", tree)
  }

  @Test(arguments: FacilityTier.allCases) func tiers(tier: FacilityTier) throws {
    try Self.check("s10 \(tier.rawValue)", try tier.tree())
  }

  @Test(arguments: [[3], [2, 1], [1, 1, 1], [3, 2], [2, 2, 1]])
  func quorums(layout: [Int]) throws {
    let quorum = Quorum(zoneAvailability: 0.9995, memberUnavailability: 0.0005)
    let tree = try quorum.faultTree(layout: layout)
    let exact = try FaultTreeAnalysis(tree).probability
    #expect(abs(exact / quorum.unavailability(layout: layout) - 1) < 1e-9)
    try Self.check("s14 \(layout)", tree)
  }

  @Test func repairmen() throws {
    let rates = [
      (0, 1, 0.0025), (1, 2, 0.002), (1, 0, 0.1), (2, 3, 0.0015), (2, 1, 0.1), (3, 4, 0.001),
      (3, 2, 0.1), (4, 5, 0.0005), (4, 3, 0.1), (5, 4, 0.1),
    ]
    try Self.check("s11", Self.chain(6, rates, down: [3, 4, 5]))
  }

  @Test func failover() throws {
    let rate = 2.0 / 8760
    let rates = [
      (0, 1, 0.95 * rate), (0, 3, 0.05 * rate), (0, 2, rate), (1, 2, 60), (1, 4, rate),
      (2, 0, 0.25), (2, 4, rate), (3, 2, 2), (4, 2, 0.25),
    ]
    try Self.check("s12", Self.chain(5, rates, down: [1, 3, 4]))
  }

  @Test func commonShock() throws {
    let rate = 1.0 / 8760
    let rates = [
      (0, 1, 1.8 * rate), (0, 2, 0.1 * rate), (1, 0, 0.25), (1, 2, rate), (2, 1, 0.5),
    ]
    try Self.check("s13", Self.chain(3, rates, down: [2]))
  }

  @Test(arguments: 1...30) func anyTree(seed: UInt64) throws {
    var random = RandomStream(seed: seed, replication: 2, purpose: .generation)
    let tree = try RandomTree.make(&random, coherent: false)
    let exact = try FaultTreeAnalysis(tree).probability
    let estimate = SampledTree(tree, SampledTree.Options(seed: seed)).probability
    let bound = 4.5 / 1.96 * estimate.interval.halfWidth + 1e-12
    #expect(abs(estimate.value - exact) <= bound, "seed \(seed)")
  }
}
