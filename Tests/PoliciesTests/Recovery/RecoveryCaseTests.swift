import CloudModel
import Policies
import TestSupport
import Testing

/// Failures of small clouds whose right answer can be found with pencil and paper.
struct RecoveryCaseTests {
  private func decide(
    _ tiny: TinyCloud, failed: [Int], losesLocalDisks: Bool = false
  ) throws -> RecoveryDecision {
    let task = RecoveryTask(
      cloud: tiny.cloud, failed: failed, losesLocalDisks: losesLocalDisks)
    let decision = try RecoveryPlanner.decide(task)
    #expect(RecoveryChecker.problems(of: decision, in: tiny.cloud, failed: failed) == [])
    return decision
  }

  @Test func `of three hosts one fails and a VM is larger than what is left on the others`() throws
  {
    var tiny = TinyCloud()
    let hosts = (0..<3).map { tiny.host("h\($0)", memory: 10) }
    let small = tiny.vm("small", on: hosts[0], memory: 3)
    let large = tiny.vm("large", on: hosts[0], memory: 7)
    tiny.vm("one", on: hosts[1], memory: 6)
    tiny.vm("two", on: hosts[2], memory: 5)
    let decision = try decide(tiny, failed: [hosts[0]])
    #expect(decision.moves.map(\.vm) == [small])
    let left = try #require(decision.leftBehind.first)
    #expect(left.vm == large)
    #expect(left.reason == .rule(.memory))
    #expect(left.rejections.counts.map(\.hosts) == [2])
    // 4 and 5 GiB are free: even with everything placed anew 7 GiB fit beside neither of the two.
    #expect(left.isProven)
    #expect(decision.solver.objective == 1 && decision.solver.bound == 1)
    #expect(decision.solver.status == "optimal")
  }

  @Test func `a member of an anti-affine group finds no host without another member`() throws {
    var tiny = TinyCloud()
    let hosts = (0..<3).map { tiny.host("h\($0)", memory: 100) }
    let group = tiny.group("apart", .antiAffinity)
    let members = hosts.map { tiny.vm("m\($0)", on: $0, memory: 1, group: group) }
    let free = tiny.vm("free", on: hosts[0], memory: 1)
    let decision = try decide(tiny, failed: [hosts[0]])
    #expect(decision.moves.map(\.vm) == [free])
    let left = try #require(decision.leftBehind.first)
    #expect(left.vm == members[0] && left.reason == .rule(.group) && left.isProven)

    let spare = tiny.host("spare", memory: 2)
    let rescued = try decide(tiny, failed: [hosts[0]])
    #expect(rescued.leftBehind.isEmpty)
    #expect(rescued.moves.first { $0.vm == members[0] }?.target == spare)
  }

  @Test func `builds are shared out where there is room for all`() throws {
    var tiny = TinyCloud()
    let failed = tiny.host("failed", memory: 100)
    let targets = (0..<4).map { tiny.host("t\($0)", memory: 100) }
    for index in 0..<20 { tiny.vm("v\(index)", on: failed, memory: 2) }
    let decision = try decide(tiny, failed: [failed])
    for target in targets {
      let own = decision.moves.filter { $0.target == target }
      #expect(own.count == 5)
    }
  }

  @Test func `what gave service comes before what was off where room is short`() throws {
    var tiny = TinyCloud()
    let failed = tiny.host("failed", memory: 100)
    tiny.host("target", memory: 10)
    let off = (0..<5).map { tiny.vm("off\($0)", on: failed, memory: 2, state: .stopped) }
    let on = (0..<4).map { tiny.vm("on\($0)", on: failed, memory: 2) }
    let decision = try decide(tiny, failed: [failed])
    #expect(decision.moves.prefix(4).map(\.vm) == on)
    #expect(decision.moves.map(\.wave) == [1, 1, 1, 1, 2])
    #expect(Set(decision.leftBehind.map(\.vm)).isSubset(of: off))
    #expect(decision.leftBehind.count == 4)
    #expect(decision.solver.bound == 4)
  }

  @Test func `only what a rebuild would lose, or Nova refuses, stays`() throws {
    var tiny = TinyCloud()
    let failed = tiny.host("failed", memory: 100)
    let target = tiny.host("target", memory: 100)
    let disks = [Disk(kind: .local, size: .gibibytes(10))]
    let local = tiny.vm("local", on: failed, memory: 1, disks: disks)
    let asked = tiny.vm(
      "asked", on: failed, memory: 1, tags: ["scs:evacuate=rebuild"], disks: disks)
    let waits = tiny.vm("waits", on: failed, memory: 1, tags: ["scs:evacuate=wait"])
    let nothing = tiny.vm("nothing", on: failed, memory: 1, tags: ["scs:evacuate=none"])
    let sealed = tiny.vm("tpm", on: failed, memory: 1, specs: [("hw:tpm_version", "2.0")])
    let paused = tiny.vm("paused", on: failed, memory: 1, state: .paused)
    let broken = tiny.vm("broken", on: failed, memory: 1, state: .error)
    let orchestrated = tiny.vm("worker", on: failed, memory: 1, tags: ["scs:migration=none"])
    let decision = try decide(tiny, failed: [failed])
    #expect(decision.moves.map(\.vm) == [asked, broken, orchestrated])
    #expect(decision.moves.map(\.action) == [.rebuild, .rebuild, .recreate])
    #expect(decision.moves.map(\.target) == [target, target, nil])
    #expect(decision.dataLost == [asked])
    let reasons = Dictionary(
      uniqueKeysWithValues: decision.leftBehind.map { ($0.vm, $0.reason) })
    let expected: [Int: LeftReason] = [
      local: .waits, waits: .waits, nothing: .waits, sealed: .refused, paused: .state,
    ]
    #expect(reasons == expected)
    let without = try decide(tiny, failed: [failed], losesLocalDisks: true)
    #expect(without.dataLost == [local, asked])
  }

  @Test func `zones, devices and hard affinity bind as they bind a move`() throws {
    var tiny = TinyCloud(zones: ["az1", "az2"])
    let failed = tiny.host("failed", zone: 0, memory: 100, devices: [("gpu", 2)])
    tiny.host("other", zone: 1, memory: 100, devices: [("gpu", 1)])
    let volume = [Disk(kind: .volume, size: .gibibytes(10), zone: 0)]
    let pinned = tiny.vm("pinned", on: failed, memory: 1, pinnedZone: 0)
    let tied = tiny.vm("tied", on: failed, memory: 1, disks: volume)
    let cards = (0..<2).map { tiny.vm("card\($0)", on: failed, memory: 1, devices: [("gpu", 1)]) }
    let group = tiny.group("together", .affinity)
    let bonded = tiny.vm("bonded", on: failed, memory: 1, group: group)
    let decision = try decide(tiny, failed: [failed])
    #expect(decision.moves.count == 1 && cards.contains(decision.moves[0].vm))
    let reasons = Dictionary(
      uniqueKeysWithValues: decision.leftBehind.map { ($0.vm, $0.reason) })
    #expect(reasons[pinned] == .rule(.zone) && reasons[tied] == .rule(.zone))
    #expect(reasons[bonded] == .rule(.group))
    let without = cards.filter { reasons[$0] == .rule(.device) }
    #expect(without.count == 1)
    #expect(decision.leftBehind.filter { !$0.isProven }.isEmpty)
    #expect(decision.solver.objective == 4 && decision.solver.bound == 4)
  }

  @Test func `a word that the tag does not know is an error`() {
    var tiny = TinyCloud()
    let failed = tiny.host("failed", memory: 100)
    tiny.vm("odd", on: failed, memory: 1, tags: ["scs:evacuate=later"])
    #expect(throws: RecoveryError.unknownWish(vm: "odd", value: "later")) {
      _ = try RecoveryPlanner.decide(RecoveryTask(cloud: tiny.cloud, failed: [failed]))
    }
  }
}
