import Availability
import Testing

/// Trees of a size that only a good order of events makes easy.
@Suite struct LargeTreeTests {
  @Test func `half of two hundred parts fail as often as a binomial says`() throws {
    let events = (0..<200).map { BasicEvent("part\($0)", 0.3) }
    let tree = try FaultTree(
      top: "top", events: events, gates: [NamedGate("top", .atLeast(100), events.map(\.name))])
    let analysis = try FaultTreeAnalysis(tree)
    var out = [1.0]
    for _ in events { out = zip(out + [0], [0] + out).map { 0.7 * $0 + 0.3 * $1 } }
    #expect(isNear(analysis.probability, out[100...].reversed().reduce(0, +)))
    let cuts = try #require(analysis.cutSets)
    // 200! / (100! 100!), which no machine word holds.
    let expected = "90548514656103281165404177077484163874504589675413336841320"
    #expect(cuts.count.description == expected)
    #expect(cuts.byOrder.count == 100)
    #expect(cuts.upperBound == nil)
    #expect(cuts.sets == nil)
  }

  @Test func `parts of several events are one decision each`() throws {
    let analysis = try FaultTreeAnalysis(FaultTreeSamples.parts(200, k: 100))
    // A part is four events in series with two pairs side by side; half of them, one way of six each.
    let down = 1 - 0.99 * 0.99 * 0.99 * 0.99 * (1 - 0.0001) * (1 - 0.0001)
    var out = [1.0]
    for _ in 0..<200 { out = zip(out + [0], [0] + out).map { (1 - down) * $0 + down * $1 } }
    #expect(isNear(analysis.probability, out[100...].reversed().reduce(0, +)))
    #expect(analysis.nodeCount < 15_000)
    let cuts = try #require(analysis.cutSets)
    // C(200, 100) x 6^100, and of the least order C(200, 100) x 4^100.
    let all = """
      591570309551013919665506985215304612489979218638791574881588864133346\
      82148899822446482529754066855946662079660954731392147827754081976320
      """
    #expect(cuts.count.description == all)
    let least = """
      145505853052035124058616210461158548787980868565615184209495821864420\
      943882028274362296834669665701031604197746089656320
      """
    #expect(cuts.byOrder[99].description == least)
    #expect(cuts.byOrder.count == 200)
  }

  @Test func `neighbours in different racks need no large diagram`() throws {
    let analysis = try FaultTreeAnalysis(FaultTreeSamples.racks(parts: 200, racks: 25, k: 20))
    #expect(analysis.nodeCount < 20_000)
    var host = [1.0]
    for _ in 0..<8 { host = zip(host + [0], [0] + host).map { 0.99 * $0 + 0.01 * $1 } }
    let rack = host.enumerated().map { 0.999 * $1 + ($0 == 8 ? 0.001 : 0) }
    var out = [1.0]
    for _ in 0..<25 {
      out = (0..<out.count + 8).map { sum in
        rack.indices.reduce(0) {
          out.indices.contains(sum - $1) ? $0 + out[sum - $1] * rack[$1] : $0
        }
      }
    }
    #expect(isNear(analysis.probability, out[20...].reversed().reduce(0, +)))
  }

  @Test func `fifteen hundred events are one pass`() throws {
    var events: [BasicEvent] = []
    var gates: [NamedGate] = []
    for pair in 0..<750 {
      events += ["a", "b"].map { BasicEvent("\($0)\(pair)", 0.001) }
      gates.append(NamedGate("pair\(pair)", .and, ["a\(pair)", "b\(pair)"]))
    }
    gates.append(NamedGate("top", .or, gates.map(\.name)))
    let analysis = try FaultTreeAnalysis(
      FaultTree(top: "top", events: events, gates: gates))
    var alive = 1.0
    for _ in 0..<750 { alive *= 1 - 1e-6 }
    #expect(isNear(analysis.probability, 1 - alive, 1e-9))
    #expect(analysis.nodeCount == 2250)
    #expect(analysis.cutSets?.byOrder == [BigNatural(0), BigNatural(750)])
  }

  @Test func `gates a hundred thousand deep are walked without recursion`() throws {
    var gates = [NamedGate("g0", .or, ["e"])]
    for number in 1..<100_000 { gates.append(NamedGate("g\(number)", .and, ["g\(number - 1)"])) }
    let tree = try FaultTree(top: "g99999", events: [BasicEvent("e", 0.25)], gates: gates)
    #expect(try FaultTreeAnalysis(tree).probability == 0.25)
  }

  @Test func `too many nodes are refused with the gate`() throws {
    var limits = FaultTreeAnalysis.Limits()
    limits.nodes = 500
    let tree = try FaultTreeSamples.racks(parts: 60, racks: 6, k: 20)
    #expect(throws: FaultTreeRefusal.tooManyNodes(gate: "top", limit: 500)) {
      try FaultTreeAnalysis(tree, limits: limits)
    }
  }

  @Test func `too many events are refused`() throws {
    var limits = FaultTreeAnalysis.Limits()
    limits.events = 10
    let tree = try FaultTreeSamples.racks(parts: 10, racks: 1, k: 2)
    #expect(throws: FaultTreeRefusal.tooManyEvents(count: 11, limit: 10)) {
      try FaultTreeAnalysis(tree, limits: limits)
    }
  }
}
