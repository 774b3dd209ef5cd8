import CloudModel
import Scenarios
import Stochastics
import TestSupport
import Testing

/// Plans and journals drawn at random: fresh plans fit, and what is left of them keeps every rule.
struct PlanResumptionPropertyTests {
  private let outcomes: [JournalOutcome?] = [
    .done, .done, .done, .failed, .refused, .timeout, .running, .skipped, nil,
  ]

  @Test(arguments: 0..<40)
  func `what is left fits the state that was reached`(seed: UInt64) async throws {
    let fixture = try PlanFixture()
    var scenario = try fixture.scenario()
    let (cloud, out) = RandomCloud.make(seed: seed)
    scenario.cloud = cloud
    scenario.record.evacuation.hosts = out.map { cloud.hosts.names[$0] }
    let plan = try await PlanFixture.plan(scenario)
    let fresh = PlanCheck(plan, in: scenario, knowsWishes: true)
    #expect(fresh.findings.isEmpty, "seed \(seed): \(fresh.findings)")

    var draw = RandomStream(seed: seed, replication: 1, purpose: .generation)
    var journal = ""
    for move in plan.moves {
      guard let outcome = outcomes[draw.integer(below: outcomes.count)] else { continue }
      journal += "{\"server\": \"\(move.vmID)\", \"result\": \"\(outcome.rawValue)\"}\n"
    }
    let resumption = try fixture.resumption(plan, journal, in: scenario)
    let rest = try await EvacuationAnalysis.answer(resumption.question, workers: 1).plan

    let over = Set((resumption.moves(.done) + resumption.moves(.running)).map(\.vmID))
    let ended = Set(resumption.moves(.done).filter { $0.action == .recreate }.map(\.vmID))
    #expect(rest.moves.allSatisfy { !over.contains($0.vmID) || $0.isHelper }, "seed \(seed)")
    let known = Set(rest.moves.map(\.vmID) + rest.leftBehind.map(\.vmID))
    let open = (resumption.moves(.open) + resumption.moves(.failed)).filter { !$0.isHelper }
    #expect(open.allSatisfy { known.contains($0.vmID) }, "seed \(seed)")
    #expect(known.isDisjoint(with: ended), "seed \(seed)")
    for move in rest.moves {
      let vm = try #require(cloud.vms.ids.indexByName()[move.vmID])
      let target = move.target.flatMap { cloud.hosts.names.indexByName()[$0] }
      let refused = resumption.progress.refusedTargets[vm] ?? []
      #expect(target.map { !refused.contains($0) } ?? true, "seed \(seed), \(move.vm)")
    }
    var reached = scenario
    reached.cloud = resumption.progress.cloud
    let check = PlanCheck(rest, in: reached, knowsWishes: true)
    #expect(check.findings.allSatisfy { $0.kind == .held }, "seed \(seed): \(check.findings)")
  }
}
