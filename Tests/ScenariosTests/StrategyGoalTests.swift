import CloudModel
import Migration
import Policies
import Scenarios
import Simulator
import TestSupport
import Testing

/// Berth's own strategy beside the others, carried out in time on clouds drawn at random.
struct StrategyGoalTests {
  /// VMs left behind, a window that is not held, time off, time: less is better.
  private func goals(of answer: EvacuationAnswer) -> [Double] {
    let plan = answer.plan
    let off = (plan.moves.reduce(0) { $0 + $1.off } * 1e6).rounded()
    return [
      Double(plan.leftBehind.count), plan.verdict == .fits ? 0 : 1, off, plan.duration.p50,
    ]
  }

  private func question(
    _ cloud: Cloud, out: [Int], fallback: Fallback?, slots: Double
  ) throws -> EvacuationQuestion {
    var parameters = MigrationParameters()
    try parameters.slotsPerSource.set(slots, source: "test")
    return EvacuationQuestion(
      name: "random",
      task: EvacuationTask(cloud: cloud, out: out, rules: ClassRules(fallback: fallback)),
      strategy: Planned.name, window: SimulatedDuration(seconds: 86_400),
      work: SimulatedDuration(seconds: 600), parameters: parameters, network: ExecutionNetwork(),
      guests: GuestTable(all: .none, count: cloud.vms.count), seed: 1, replications: 10)
  }

  @Test(arguments: 0..<40)
  func `planned is no worse than any other in the order of the goals`(seed: UInt64) async throws {
    let (cloud, out) = RandomCloud.make(
      seed: 5000 + seed, hosts: seed % 2 == 0 ? 5 : 8, vms: seed % 2 == 0 ? 22 : 45)
    let fallback: Fallback? = [nil, .stop, .cold, .hold][Int(seed) % 4]
    var question = try question(cloud, out: out, fallback: fallback, slots: Double(1 + seed % 3))
    let planned = goals(of: try await EvacuationAnalysis.answer(question, workers: 1))
    for strategy in PolicyCatalog.evacuation where strategy.name != Planned.name {
      question.strategy = strategy.name
      let other = goals(of: try await EvacuationAnalysis.answer(question, workers: 1))
      // With more slots than one, starting fewer at once is another setting: the first goal holds.
      let compared = seed % 3 == 0 ? planned.count : 1
      #expect(
        !other.prefix(compared).lexicographicallyPrecedes(planned.prefix(compared)),
        "seed \(5000 + seed), \(strategy.name): \(other), planned \(planned)")
    }
  }

  @Test func `a strategy gets no more moves at once than the cloud has slots`() async throws {
    var tiny = TinyCloud()
    let source = tiny.host("source", memory: 100)
    tiny.host("target", memory: 100)
    for number in 0..<8 { tiny.vm("v\(number)", on: source, memory: 4) }
    var times: [String: Double] = [:]
    for (slots, name) in [(1.0, "one"), (8, "eight")] {
      var question = try question(tiny.cloud, out: [source], fallback: nil, slots: slots)
      question.strategy = "batches-8"
      times[name] =
        try await EvacuationAnalysis.answer(question, workers: 1).plan.duration.p50
        - 600
    }
    let (one, eight) = (try #require(times["one"]), try #require(times["eight"]))
    #expect(one > 2 * eight)
  }
}
