import Availability
import Foundation
import Simulator
import Stochastics
import Testing

/// Plain simulation of trees against exact values; bounds are 4.5 standard errors for fixed seeds.
struct FailureHistoryTests {
  private static let families: [LifetimeModel] = [
    .exponential(mean: 3), .weibull(shape: 0.7, scale: 5), .gamma(shape: 2.5, scale: 2),
    .lognormal(LognormalShape(median: 2, sigma: 0.8)),
    .hyperexponential(share: 0.3, first: 10, second: 1),
  ]

  @Test func drawsHaveTheMeanOfTheirFamily() {
    for (number, family) in Self.families.enumerated() {
      var stream = RandomStream(seed: 3, replication: UInt64(number), purpose: .repairs)
      let times = RunningMean((0..<20_000).map { _ in family.sample(from: &stream) })
      let rests = RunningMean((0..<20_000).map { _ in family.sampleRest(from: &stream) })
      #expect(abs(times.mean - family.mean) < 4.5 * times.standardError, "\(family)")
      let rest = family.mean * (1 + family.variation * family.variation) / 2
      #expect(abs(rests.mean - rest) < 4.5 * rests.standardError, "\(family)")
    }
  }

  @Test func namesHashAsPublished() {
    #expect(ComponentSubject.of("") == 0xcbf2_9ce4_8422_2325)
    #expect(ComponentSubject.of("a") == 0xaf63_dc4c_8601_ec8c)
    #expect(ComponentSubject.of("foobar") == 0x8594_4171_f739_67e8)
  }

  @Test func generatorsAreCalledByTheGrid() throws {
    let processes: [FailureProcess] = [
      .exponential(meanUpHours: 900, meanDownHours: 6), .demand(probability: 0.05),
      .demand(probability: 0.05), .exponential(meanUpHours: 90, meanDownHours: 6),
    ]
    let names = ["util", "gen_1", "gen_2", "fire"]
    let tree = try FaultTree(
      top: "top", events: zip(names, processes).map { $1.basicEvent($0) },
      gates: [
        NamedGate("both", .and, ["gen_1", "gen_2"]), NamedGate("mains", .and, ["util", "both"]),
        NamedGate("top", .or, ["mains", "fire"]),
      ])
    #expect(try TimedTree(tree, processes).called == [[1, 2], [], [], []])
    let uncalled = try FaultTree(
      top: "top", events: zip(names, processes).map { $1.basicEvent($0) },
      gates: [NamedGate("top", .or, ["util", "gen_1", "gen_2", "fire"])])
    #expect(throws: TimedTreeError.neverCalled(event: 1)) { try TimedTree(uncalled, processes) }
  }

  @Test(arguments: 1...40) func unavailabilityAndFrequencyAreThoseOfTheTree(seed: UInt64) throws {
    var random = RandomStream(seed: seed, replication: 0, purpose: .generation)
    var tree = try RandomTree.make(&random, coherent: seed.isMultiple(of: 2))
    let processes = tree.events.map { _ in
      FailureProcess.renewal(
        up: .weibull(shape: 0.8 + random.uniform(), scale: 300 + 3000 * random.uniform()),
        down: .lognormal(LognormalShape(mean: 20 + 200 * random.uniform(), cv: 1.5)))
    }
    let timed = try TimedTree(tree, processes)
    tree = try timed.staticTree()
    let exact = try FaultTreeAnalysis(tree)
    let history = FailureHistory(timed, FailureHistory.Options(years: 600, seed: seed))
    let top = history.tops[0]
    guard let interval = top.unavailabilityInterval else {
      #expect(exact.probability < 1e-4 || exact.probability > 1 - 1e-12, "seed \(seed)")
      return
    }
    let error = abs(top.unavailability - exact.probability)
    #expect(error <= 4.5 / 1.96 * interval.halfWidth + 1e-9, "seed \(seed)")
    guard exact.isCoherent, let frequency = exact.frequencyPerHour else { return }
    let rate = abs(top.outagesPerYear - frequency * FailureHistory.hoursOfYear)
    #expect(rate <= 4.5 / 1.96 * top.outagesInterval.halfWidth + 1e-9, "seed \(seed)")
  }

  @Test func demandsMeetTheirProbability() throws {
    let processes: [FailureProcess] = [
      .exponential(meanUpHours: 300, meanDownHours: 30),
      .exponential(meanUpHours: 200, meanDownHours: 40), .demand(probability: 0.3),
    ]
    let tree = try FaultTree(
      top: "top", events: zip(["u", "v", "gen"], processes).map { $1.basicEvent($0) },
      gates: [NamedGate("any", .or, ["u", "v"]), NamedGate("top", .and, ["any", "gen"])])
    let timed = try TimedTree(tree, processes, watching: [tree.top, .event(2)])
    let history = FailureHistory(timed, FailureHistory.Options(years: 2000, seed: 5))
    let exact = try FaultTreeAnalysis(tree).probability
    for (top, share) in zip(history.tops, [exact, 0.3]) {
      let interval = try #require(top.unavailabilityInterval)
      #expect(abs(top.unavailability - share) <= 4.5 / 1.96 * interval.halfWidth)
    }
  }

  @Test func figuresOfOneTopAgreeWithOneAnother() throws {
    let timed = try TimedTree(
      RandomTree.threeZones(), RandomTree.processes(RandomTree.threeZones(), variation: 2),
      watching: [.gate(0), .event(2)])
    var options = FailureHistory.Options(years: 3000, seed: 9, allowedShares: [1e-4, 1e-3])
    options.level = 0.99
    let grid = FailureHistory(timed, options).tops[1]
    #expect(grid.unavailabilityInterval?.contains(4 / 8764) == true)
    #expect(grid.outagesInterval.contains(8760 / 8764))
    let length = try #require(grid.meanOutageHours)
    #expect(abs(length - 4) < 0.7)
    let none = exp(-1.0)
    #expect(abs(grid.shareOfYearsWithout - none) < 0.04)
    #expect(grid.promises[0].yearsOver >= grid.promises[1].yearsOver)
    #expect(grid.promises[0].monthsOver >= grid.promises[0].yearsOver)
    let interval = try #require(grid.promises[1].monthsInterval)
    #expect(interval.contains(grid.promises[1].shareOfMonths))
    // Lognormal with mean 4 and coefficient of variation 2: median 1.79.
    let median = try #require(grid.outageHours(quantile: 0.5))
    #expect(abs(median - 4 / 5.0.squareRoot()) < 0.2)
  }

  @Test func anotherComponentLeavesDrawsAsTheyWere() throws {
    let processes = RandomTree.processes(try RandomTree.threeZones())
    let tree = try RandomTree.threeZones()
    let options = FailureHistory.Options(years: 300, seed: 77)
    let before = FailureHistory(
      try TimedTree(tree, processes, watching: [.gate(5), .event(3)]), options)
    let more = try FaultTree(
      top: "new", events: [BasicEvent("new", 0.5, frequencyPerHour: 0.01)] + tree.events,
      gates: tree.gates.map { gate in
        NamedGate(
          gate.name, gate.operation,
          gate.arguments.map {
            switch $0 {
            case .event(let event): tree.events[event].name
            case .gate(let below): tree.gates[below].name
            }
          })
      })
    let after = FailureHistory(
      try TimedTree(
        more, [.exponential(meanUpHours: 50, meanDownHours: 50)] + processes,
        watching: [.gate(5), .event(4)]), options)
    #expect(before.tops == after.tops)
    #expect(after.events > before.events)
  }

  @Test func tenThousandYearsOfSixtyEvents() throws {
    let tree = try RandomTree.threeZones()
    let timed = try TimedTree(tree, RandomTree.processes(tree, variation: 1.8))
    let start = RandomTree.threadSeconds
    let history = FailureHistory(timed, FailureHistory.Options(years: 10_000, seed: 1))
    let seconds = RandomTree.threadSeconds - start
    print("history: \(tree.events.count) events, 10,000 years, \(history.events) changes,", seconds)
    #expect(seconds < 1)
  }
}
