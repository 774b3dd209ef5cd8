import CloudModel
import Policies
import TestSupport
import Testing

/// What every recovery must keep, on clouds drawn at random.
struct RecoveryPropertyTests {
  @Test(arguments: 0..<80)
  func `every rule holds, every VM is decided, the bound holds and the answer repeats`(
    seed: UInt64
  ) throws {
    let (cloud, failed) = RandomCloud.make(seed: seed)
    let task = RecoveryTask(cloud: cloud, failed: failed)
    let decision = try RecoveryPlanner.decide(task)
    #expect(
      RecoveryChecker.problems(of: decision, in: cloud, failed: failed) == [], "seed \(seed)")
    #expect(decision.solver.bound <= decision.solver.objective, "seed \(seed)")
    let unplaced = decision.leftBehind.filter { left in
      guard case .rule = left.reason else { return false }
      return decision.classes.contains { $0.vm == left.vm && $0.resolved.effective != .none }
    }
    #expect(Double(unplaced.count) == decision.solver.objective, "seed \(seed)")
    let again = try RecoveryPlanner.decide(task)
    #expect(decision.moves.map(\.target) == again.moves.map(\.target), "seed \(seed)")
    #expect(decision.moves.map(\.vm) == again.moves.map(\.vm), "seed \(seed)")
  }

  @Test(arguments: 0..<80)
  func `no choice of hosts rebuilds more of what ran, and none beats the bound`(
    seed: UInt64
  ) throws {
    let (cloud, failed) = RandomCloud.make(seed: seed, hosts: 5, vms: 16)
    let decision = try RecoveryPlanner.decide(RecoveryTask(cloud: cloud, failed: failed))
    let search = RecoverySearch(cloud: cloud, failed: failed)
    let ran = search.rebuilt.filter { cloud.vms.state[$0] == .active }
    let placed = decision.moves.filter {
      $0.action == .rebuild && cloud.vms.state[$0.vm] == .active
    }
    #expect(placed.count == search.most(of: ran), "seed \(seed)")
    let least = search.rebuilt.count - search.most(of: search.rebuilt)
    #expect(decision.solver.bound <= Double(least), "seed \(seed)")
  }
}

/// Tries every choice of hosts for a few VMs: the slow and obvious answer.
private struct RecoverySearch {
  let cloud: Cloud
  let rules: TargetRules
  /// VMs that a recovery would rebuild.
  let rebuilt: [Int]

  init(cloud: Cloud, failed: [Int]) {
    self.cloud = cloud
    rules = TargetRules(cloud: cloud, out: failed)
    rebuilt = (0..<cloud.vms.count).filter { vm in
      failed.contains(cloud.vms.host[vm])
        && [.active, .stopped, .error].contains(cloud.vms.state[vm])
        && !cloud.labels[cloud.vms.labels[vm]].tags.contains("scs:migration=none")
    }
  }

  func most(of vms: [Int]) -> Int { most(of: vms[...], CloudState(of: cloud)) }

  private func most(of vms: ArraySlice<Int>, _ state: CloudState) -> Int {
    guard let vm = vms.first else { return 0 }
    var best = 0
    for host in 0..<cloud.hosts.count where best < vms.count {
      let refusals = rules.refusals(
        of: host, for: vm, requirement: rules.requirement(of: vm), arriving: .stopped,
        state: state)
      guard refusals.isEmpty else { continue }
      var next = state
      next.claim(vm, on: host, in: cloud)
      best = max(best, 1 + most(of: vms.dropFirst(), next))
    }
    return best < vms.count ? max(best, most(of: vms.dropFirst(), state)) : best
  }
}
