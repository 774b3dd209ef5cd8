import Availability
import Testing

/// Diagrams held against a table of all states.
@Suite struct FaultTreePropertyTests {
  private static let events = 9

  private func probability(_ tree: FaultTree, given event: Int? = nil, is value: Bool = true)
    -> Double
  {
    (0..<1 << Self.events).filter { FaultTreeSamples.fails(tree, $0) }.reduce(0) { sum, state in
      sum
        + tree.events.indices.reduce(1.0) { product, number in
          let happens = state >> number & 1 == 1
          if number == event { return happens == value ? product : 0 }
          let share = tree.events[number].probability
          return product * (happens ? share : 1 - share)
        }
    }
  }

  /// The probability that all events of a set happen.
  private func probability(_ tree: FaultTree, ofAll set: Int) -> Double {
    tree.events.indices.reduce(1.0) {
      set >> $1 & 1 == 1 ? $0 * tree.events[$1].probability : $0
    }
  }

  /// The sets of events that make the top fail and of which none can be left out.
  private func minimalSets(_ tree: FaultTree) -> Set<Int> {
    Set(
      (0..<1 << Self.events).filter { state in
        FaultTreeSamples.fails(tree, state)
          && (0..<Self.events).allSatisfy {
            state >> $0 & 1 == 0 || !FaultTreeSamples.fails(tree, state & ~(1 << $0))
          }
      })
  }

  @Test(arguments: 1...60)
  func `probability, importance and cut sets are those of all states`(seed: UInt64) throws {
    try expectAllStates(
      FaultTreeSamples.random(seed: seed, events: Self.events, gates: 8, isCoherent: true), seed)
  }

  @Test(arguments: 1...60)
  func `modules within modules change nothing`(seed: UInt64) throws {
    try expectAllStates(
      FaultTreeSamples.nested(seed: seed, events: Self.events, isCoherent: true), seed)
    let tree = try FaultTreeSamples.nested(seed: seed, events: Self.events, isCoherent: false)
    let analysis = try FaultTreeAnalysis(tree)
    #expect(abs(analysis.probability - probability(tree)) < 1e-12, "seed \(seed)")
    for (event, importance) in analysis.importance.enumerated() {
      let with = probability(tree, given: event, is: true)
      let without = probability(tree, given: event, is: false)
      #expect(abs(importance.birnbaum - (with - without)) < 1e-12, "seed \(seed), event \(event)")
    }
  }

  /// Holds all answers about a coherent tree against the table of all states.
  private func expectAllStates(_ tree: FaultTree, _ seed: UInt64) throws {
    let analysis = try FaultTreeAnalysis(tree)
    let expected = probability(tree)
    #expect(isNear(analysis.probability, expected), "seed \(seed)")
    for (event, importance) in analysis.importance.enumerated() {
      let with = probability(tree, given: event, is: true)
      let without = probability(tree, given: event, is: false)
      #expect(abs(importance.birnbaum - (with - without)) < 1e-12, "seed \(seed), event \(event)")
      if let worth = importance.reductionWorth { #expect(isNear(worth, expected / without)) }
      if let worth = importance.achievementWorth { #expect(isNear(worth, with / expected)) }
    }
    let minimal = minimalSets(tree)
    let cuts = try #require(analysis.cutSets)
    let sum = minimal.reduce(0) { $0 + probability(tree, ofAll: $1) }
    #expect(isNear(cuts.probabilitySum, sum), "seed \(seed)")
    for (event, importance) in analysis.importance.enumerated() {
      let share = minimal.reduce(0) {
        $1 >> event & 1 == 1 ? $0 + probability(tree, ofAll: $1) : $0
      }
      #expect(
        abs(try #require(importance.fussellVesely) - share / sum) < 1e-12,
        "seed \(seed), event \(event)")
    }
    let bound = minimal.reduce(1.0) { $0 * (1 - probability(tree, ofAll: $1)) }
    #expect(isNear(try #require(cuts.upperBound), 1 - bound), "seed \(seed)")
    let sets = try #require(cuts.sets)
    #expect(sets.count == minimal.count, "seed \(seed)")
    #expect(Set(sets.map { $0.reduce(0) { $0 | 1 << $1 } }) == minimal, "seed \(seed)")
    #expect(cuts.count.description == "\(minimal.count)", "seed \(seed)")
    for (order, count) in cuts.byOrder.enumerated() {
      let same = minimal.count { $0.nonzeroBitCount == order + 1 }
      #expect(count == BigNatural(UInt64(same)), "seed \(seed), order \(order + 1)")
    }
    #expect(try #require(cuts.upperBound) >= expected * (1 - 1e-12), "seed \(seed)")
  }

  @Test(arguments: 1...60)
  func `gates that negate have the probability of all states`(seed: UInt64) throws {
    let tree = try FaultTreeSamples.random(
      seed: seed, events: Self.events, gates: 9, isCoherent: false)
    let analysis = try FaultTreeAnalysis(tree)
    #expect(abs(analysis.probability - probability(tree)) < 1e-12, "seed \(seed)")
    if !analysis.isCoherent { #expect(analysis.cutSets == nil, "seed \(seed)") }
  }

  @Test func `a share of an event is that of its cut sets`() throws {
    let tree = try FaultTree(
      top: "top", events: [BasicEvent("a", 0.1), BasicEvent("b", 0.2), BasicEvent("c", 0.3)],
      gates: [NamedGate("top", .or, ["ab", "c"]), NamedGate("ab", .and, ["a", "b"])])
    let analysis = try FaultTreeAnalysis(tree)
    #expect(isNear(try #require(analysis.importance[0].fussellVesely), 0.02 / 0.32))
    #expect(isNear(try #require(analysis.importance[2].fussellVesely), 0.3 / 0.32))
  }

  @Test func `the frequency is that of parts in series and of parts side by side`() throws {
    let parts = ["a", "b"].map { BasicEvent($0, meanUpHours: 99, meanDownHours: 1) }
    let series = try FaultTree(
      top: "top", events: parts, gates: [NamedGate("top", .or, ["a", "b"])])
    // Either fails from the state in which both are up.
    #expect(
      isNear(try #require(FaultTreeAnalysis(series).frequencyPerHour), 2 * 0.01 * 0.99))
    let both = try FaultTree(
      top: "top", events: parts, gates: [NamedGate("top", .and, ["a", "b"])])
    #expect(isNear(try #require(FaultTreeAnalysis(both).frequencyPerHour), 2 * 0.01 * 0.01))
  }
}
