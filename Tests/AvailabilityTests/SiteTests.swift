import Availability
import Stochastics
import Testing

/// Quorums, losses of zones, renewal, shares, facilities and common causes.
@Suite struct SiteTests {
  @Test func `a quorum is lost as its tree says`() throws {
    let quorum = Quorum(zoneAvailability: 0.9, memberUnavailability: 0.2)
    for layout in [[1], [3], [2, 1], [1, 1, 1], [2, 2, 1], [4, 2]] {
      var events: [BasicEvent] = []
      var gates: [NamedGate] = []
      for (zone, members) in layout.enumerated() {
        events.append(BasicEvent("zone\(zone)", 0.1))
        for member in 0..<members {
          events.append(BasicEvent("member\(zone)_\(member)", 0.2))
          gates.append(
            NamedGate("out\(zone)_\(member)", .or, ["zone\(zone)", "member\(zone)_\(member)"]))
        }
      }
      let least = gates.count - gates.count / 2
      gates.append(NamedGate("top", .atLeast(least), gates.map(\.name)))
      let tree = try FaultTree(top: "top", events: events, gates: gates)
      #expect(
        isNear(
          quorum.unavailability(layout: layout), try FaultTreeAnalysis(tree).probability, 1e-12),
        "\(layout)")
    }
  }

  /// The rule written out VM by VM.
  private func listed(_ loss: ZoneLoss) -> (lost: Double, recovered: Int) {
    var (lost, recovered) = (0.0, 0)
    for vm in 1...loss.vms {
      let batch = (vm + loss.parallel - 1) / loss.parallel
      let back = loss.detectionSeconds + loss.serviceSeconds * Double(batch)
      if vm <= loss.headroom, back < loss.outageSeconds {
        lost += back
        recovered += 1
      } else {
        lost += loss.outageSeconds
      }
    }
    return (lost, recovered)
  }

  @Test(arguments: 1...200)
  func `the cost of a loss is that of all its VMs`(seed: UInt64) {
    var draws = FaultTreeSamples.Draws(seed: seed)
    let loss = ZoneLoss(
      vms: 1 + draws.below(60), detectionSeconds: Double(draws.below(50)),
      serviceSeconds: Double(draws.below(9)), parallel: 1 + draws.below(7),
      headroom: draws.below(70), outageSeconds: Double(draws.below(100)))
    let expected = listed(loss)
    #expect(loss.cost.lostVMSeconds == expected.lost, "seed \(seed)")
    #expect(loss.cost.recoveredElsewhere == expected.recovered, "seed \(seed)")
  }

  @Test func `facilities reach the figures of the reference`() throws {
    let expected: [FacilityTier: Double] = [
      .one: 0.0032860672517169, .two: 0.00249018611572223, .three: 0.000196718221649935,
      .four: 4.75192539952902e-05,
    ]
    for (tier, probability) in expected {
      #expect(isNear(try FaultTreeAnalysis(tier.tree()).probability, probability), "\(tier)")
      #expect(abs(100 * (1 - probability) - tier.quotedPercent) < 0.02, "\(tier)")
    }
  }

  @Test func `a beta factor leaves each part its probability`() throws {
    let group = CommonCause.beta(
      BasicEvent("pump", 0.1), members: ["one", "two"], beta: 0.2, common: "both")
    #expect(group.events.map(\.name) == ["one", "two", "both"])
    #expect(isNear(group.events[0].probability, 0.08))
    #expect(isNear(group.events[2].probability, 0.02))
    #expect(group.causes == [["one", "both"], ["two", "both"]])
  }

  @Test func `alpha factors add up to the probability of each part`() {
    let group = CommonCause.alpha(
      BasicEvent("part", 0.01), members: ["a", "b", "c", "d"], alphas: [0.9, 0.06, 0.03, 0.01],
      common: "common")
    #expect(group.events.count == 15)
    let byName = Dictionary(uniqueKeysWithValues: group.events.map { ($0.name, $0.probability) })
    for causes in group.causes {
      #expect(isNear(causes.reduce(0) { $0 + (byName[$1] ?? .nan) }, 0.01, 1e-12))
    }
  }

  @Test func `a shock is down for its share of time`() throws {
    let shock = CommonCause.shock(
      "storm", ratePerHour: 0.01, hours: 5, members: ["a", "b"], chance: 0.5)
    let tree = try FaultTree(
      top: "top", events: shock.events,
      gates: shock.gates + [NamedGate("top", .and, ["a", "b"])])
    #expect(isNear(try FaultTreeAnalysis(tree).probability, 0.05 / 1.05 / 4))
  }

  @Test func `exponential repair has the ratio one`() {
    // The lognormal whose coefficient of variation is that of the exponential.
    let renewal = AlternatingRenewal(
      meanUpHours: 50, meanDownHours: 2, repairLogDeviation: 0.832554611157698)
    #expect(isNear(renewal.ratioToExponential, 1))
  }

  @Test func `shares at both ends keep their interval`() {
    #expect(CommonCauseShare(beyond: 0, total: 10).interval().low == 0)
    #expect(CommonCauseShare(beyond: 10, total: 10).interval().high == 1)
    #expect(CommonCauseShare(beyond: 0, total: 10).gainCap == nil)
  }

  @Test func `numbers beyond a word are added and written in full`() {
    var number = BigNatural(1)
    for _ in 0..<128 { number += number }
    #expect(number.description == "340282366920938463463374607431768211456")
    #expect((number + BigNatural(.max)).description == "340282366920938463481821351505477763071")
    #expect(BigNatural(0).description == "0")
    #expect(number.small == nil)
  }
}
