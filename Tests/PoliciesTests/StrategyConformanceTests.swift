import CloudModel
import Policies
import Stochastics
import TestSupport
import Testing

/// What every strategy of the catalogue must keep, on clouds drawn at random.
struct StrategyConformanceTests {
  @Test(arguments: 0..<60)
  func `every strategy keeps every rule at every moment and decides about every VM`(
    seed: UInt64
  ) throws {
    let (cloud, out) = RandomCloud.make(seed: seed)
    for strategy in PolicyCatalog.evacuation {
      let task = EvacuationTask(cloud: cloud, out: out)
      let decision = try strategy.init().decide(task)
      let problems = DecisionChecker.problems(of: decision, in: cloud, out: out)
      #expect(problems == [], "seed \(seed), \(strategy.name)")
      let again = try strategy.init().decide(task)
      #expect(decision.moves.map(\.target) == again.moves.map(\.target), "seed \(seed)")
    }
  }

  @Test(arguments: 0..<60)
  func `planned leaves no more behind than the others`(seed: UInt64) throws {
    let (cloud, out) = RandomCloud.make(seed: seed)
    let task = EvacuationTask(cloud: cloud, out: out)
    let planned = try Planned().decide(task).leftBehind.count
    for strategy in PolicyCatalog.evacuation {
      let other = try strategy.init().decide(task).leftBehind.count
      #expect(planned <= other, "seed \(seed), \(strategy.name)")
    }
  }

  @Test(arguments: 0..<40)
  func `what is called proven is confirmed by trying every placement`(seed: UInt64) throws {
    let (cloud, out) = RandomCloud.make(seed: seed, hosts: 4, vms: 7)
    let decision = try Planned().decide(EvacuationTask(cloud: cloud, out: out))
    guard decision.leftBehind.contains(where: { $0.isProven && $0.reason != .state }) else {
      return
    }
    #expect(!ExhaustivePlacement.exists(in: cloud, out: out), "seed \(seed)")
  }

  @Test func `the catalogue is sorted and its names are unique`() {
    let names = PolicyCatalog.evacuation.map { $0.name }
    #expect(names == names.sorted())
    #expect(Set(names).count == names.count)
  }
}
