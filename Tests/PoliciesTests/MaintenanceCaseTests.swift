import CloudModel
import Policies
import TestSupport
import Testing

/// Small clouds whose right answer can be found with pencil and paper.
struct MaintenanceCaseTests {
  private func plan(
    _ tiny: TinyCloud, out: [Int], rules: ClassRules = ClassRules()
  ) throws -> EvacuationDecision {
    let task = EvacuationTask(cloud: tiny.cloud, out: out, rules: rules)
    let decision = try Planned().decide(task)
    #expect(DecisionChecker.problems(of: decision, in: tiny.cloud, out: out) == [])
    return decision
  }

  @Test func `four anti-affine members do not fit three hosts, and one host at a time does`() throws
  {
    var tiny = TinyCloud()
    let hosts = (0..<5).map { tiny.host("h\($0)", memory: 10) }
    let group = tiny.group("apart", .antiAffinity)
    for host in hosts.prefix(4) { tiny.vm("m\(host)", on: host, memory: 1, group: group) }

    let two = try plan(tiny, out: [hosts[0], hosts[1]])
    #expect(two.moves.count == 1)
    let left = try #require(two.leftBehind.first)
    #expect(left.reason == .rule(.group))
    #expect(left.isProven)
    #expect(left.rejections.counts.map(\.rule) == [.out, .group])
    #expect(left.rejections.counts.map(\.hosts) == [1, 3])

    let one = try plan(tiny, out: [hosts[0]])
    #expect(one.leftBehind.isEmpty)
    #expect(one.moves.map(\.target) == [hosts[4]])
  }

  @Test func `a helper move makes room where the sums fit and the packing does not`() throws {
    var tiny = TinyCloud()
    let source = tiny.host("source", memory: 10)
    let targets = (0..<3).map { tiny.host("t\($0)", memory: 10) }
    let big = tiny.vm("big", on: source, memory: 4)
    for target in targets {
      tiny.vm("filler\(target)", on: target, memory: 6)
      tiny.vm("small\(target)", on: target, memory: 1)
    }
    let decision = try plan(tiny, out: [source])
    #expect(decision.leftBehind.isEmpty)
    #expect(decision.moves.count == 2)
    let helper = try #require(decision.moves.first)
    #expect(helper.isHelper)
    #expect(tiny.cloud.vms.demand[helper.vm].memoryMiB == 1024)
    #expect(helper.wave == 1)
    let moved = try #require(decision.moves.last)
    #expect(moved.vm == big)
    #expect(moved.wave == 2)
    #expect(moved.target == helper.source)
  }

  @Test func `without any room even the helper move is refused, with proof`() throws {
    var tiny = TinyCloud()
    let source = tiny.host("source", memory: 10)
    let target = tiny.host("target", memory: 10)
    tiny.vm("big", on: source, memory: 4)
    tiny.vm("filler", on: target, memory: 7)
    let decision = try plan(tiny, out: [source])
    let left = try #require(decision.leftBehind.first)
    #expect(left.reason == .rule(.memory))
    #expect(left.isProven)
    #expect(decision.solver.objective == 1)
    #expect(decision.solver.bound == 1)
  }

  @Test func `passthrough with a free device moves cold, without one it is stopped`() throws {
    var tiny = TinyCloud()
    let source = tiny.host("source", memory: 10, devices: [("gpu", 1)])
    let target = tiny.host("target", memory: 10, devices: [("gpu", 1)])
    tiny.vm("model", on: source, memory: 1, devices: [("gpu", 1)])
    let free = try plan(tiny, out: [source])
    #expect(free.moves.map(\.action) == [.cold])
    #expect(free.moves.first?.reason == .ceiling(.pci))

    tiny.vm("other", on: target, memory: 1, devices: [("gpu", 1)])
    let taken = try plan(tiny, out: [source])
    #expect(taken.moves.map(\.action) == [.stop])
    #expect(taken.moves.first?.reason == .ceiling(.pci))
    #expect(taken.leftBehind.isEmpty)
  }

  @Test func `two passthrough VMs share one free device: one moves, one is stopped`() throws {
    var tiny = TinyCloud()
    let source = tiny.host("source", memory: 10, devices: [("gpu", 2)])
    tiny.host("target", memory: 10, devices: [("gpu", 1)])
    tiny.vm("first", on: source, memory: 1, devices: [("gpu", 1)])
    tiny.vm("second", on: source, memory: 1, devices: [("gpu", 1)])
    let decision = try plan(tiny, out: [source])
    #expect(decision.moves.map(\.action) == [.cold, .stop])
    #expect(decision.leftBehind.isEmpty)
  }

  @Test func `fallback hold keeps a passthrough VM from being stopped`() throws {
    var tiny = TinyCloud()
    let source = tiny.host("source", memory: 10, devices: [("gpu", 1)])
    tiny.host("first", memory: 10)
    tiny.host("second", memory: 10)
    tiny.vm("model", on: source, memory: 1, devices: [("gpu", 1)])
    let decision = try plan(tiny, out: [source], rules: ClassRules(fallback: .hold))
    #expect(decision.moves.isEmpty)
    let left = try #require(decision.leftBehind.first)
    #expect(left.reason == .rule(.device))
    #expect(left.rejections.counts.map(\.rule) == [.device])
    #expect(left.rejections.counts.map(\.hosts) == [2])
    #expect(left.isProven)
  }

  @Test func `a passthrough VM tied to a zone without a free device is stopped`() throws {
    var tiny = TinyCloud(zones: ["az1", "az2"])
    let source = tiny.host("source", memory: 10, devices: [("gpu", 1)])
    tiny.host("near", memory: 10)
    tiny.host("far", zone: 1, memory: 10, devices: [("gpu", 1)])
    tiny.vm("model", on: source, memory: 1, pinnedZone: 0, devices: [("gpu", 1)])
    let decision = try plan(tiny, out: [source])
    #expect(decision.moves.map(\.action) == [.stop])
    #expect(decision.moves.first?.reason == .ceiling(.pci))
  }

  @Test func `a member that is stopped for want of a device needs no place in a proof`() throws {
    var tiny = TinyCloud(zones: ["az1", "az2"])
    let first = tiny.host("first", memory: 10, devices: [("gpu", 1)])
    let second = tiny.host("second", memory: 10)
    let third = tiny.host("third", memory: 10)
    let full = tiny.host("full", memory: 10)
    tiny.host("elsewhere", zone: 1, memory: 10, devices: [("gpu", 1)])
    let group = tiny.group("apart", .antiAffinity)
    tiny.vm("model", on: first, memory: 1, group: group, pinnedZone: 0, devices: [("gpu", 1)])
    tiny.vm("waiting", on: second, memory: 4, group: group, pinnedZone: 0)
    tiny.vm("settled", on: third, memory: 1, group: group, pinnedZone: 0)
    tiny.vm("filler", on: full, memory: 8)
    let task = EvacuationTask(
      cloud: tiny.cloud, out: [first, second], search: SearchLimits(allowsHelperMoves: false))
    let decision = try Planned().decide(task)
    #expect(decision.moves.map(\.action) == [.stop])
    // The filler could make room, so nothing is proven: two members, two hosts of their zone.
    #expect(decision.leftBehind.map(\.isProven) == [false])
  }

  @Test func `a paused orchestrated VM cannot be ended before it is unpaused`() throws {
    var tiny = TinyCloud()
    let source = tiny.host("source", memory: 10)
    tiny.host("target", memory: 10)
    tiny.vm("worker", on: source, memory: 1, state: .paused, tags: ["scs:migration=none"])
    let decision = try plan(tiny, out: [source])
    #expect(decision.leftBehind.map(\.reason) == [.state])
  }

  @Test func `an orchestrated group never falls below its minimum`() throws {
    var tiny = TinyCloud()
    let hosts = (0..<3).map { tiny.host("h\($0)", memory: 10) }
    let group = tiny.group(
      "workers", .softAntiAffinity, minimumRunning: 2, readyAfterSeconds: 180)
    for host in hosts {
      tiny.vm("w\(host)", on: host, memory: 1, group: group, tags: ["scs:migration=none"])
    }
    let decision = try plan(tiny, out: [hosts[0], hosts[1]])
    #expect(decision.leftBehind.isEmpty)
    #expect(decision.moves.map(\.action) == [.recreate, .recreate])
    #expect(decision.moves.map(\.wave) == [1, 2])
    #expect(decision.waits.map(\.wave) == [2])
    #expect(decision.waits.map(\.wait) == [SimulatedDuration(seconds: 180)])
  }

  @Test func `where successors have no room only as many members go as the minimum allows`() throws
  {
    var tiny = TinyCloud()
    let hosts = (0..<3).map { tiny.host("h\($0)", memory: 10) }
    let group = tiny.group("workers", .antiAffinity, minimumRunning: 2, readyAfterSeconds: 180)
    for host in hosts {
      tiny.vm("w\(host)", on: host, memory: 1, group: group, tags: ["scs:migration=none"])
    }
    let decision = try plan(tiny, out: [hosts[0], hosts[1]])
    #expect(decision.moves.map(\.action) == [.recreate])
    #expect(decision.leftBehind.map(\.reason) == [.rule(.group)])
  }

  @Test func `a VM of class hold keeps its host, and its owner is named as the way out`() throws {
    var tiny = TinyCloud()
    let source = tiny.host("source", memory: 10)
    tiny.host("target", memory: 10)
    tiny.vm("licence", on: source, memory: 1, tags: ["scs:migration=hold"])
    let decision = try plan(tiny, out: [source])
    let left = try #require(decision.leftBehind.first)
    #expect(left.reason == .policyClass)
    #expect(left.isProven)
  }

  @Test(arguments: [
    (VMState.suspended, "resume"), (.resized, "confirm"), (.error, "repair"), (.busy, "wait"),
  ])
  func `a state that Nova does not move is named, with what would free it`(
    state: VMState, advice: String
  ) throws {
    var tiny = TinyCloud()
    let source = tiny.host("source", memory: 10)
    tiny.host("target", memory: 10)
    tiny.vm("odd", on: source, memory: 1, state: state)
    let decision = try plan(tiny, out: [source])
    let left = try #require(decision.leftBehind.first)
    #expect(left.reason == .state)
    #expect(left.advice.contains(advice))
  }

  @Test func `a stopped VM moves cold because of its state`() throws {
    var tiny = TinyCloud()
    let source = tiny.host("source", memory: 10)
    tiny.host("target", memory: 10)
    tiny.vm("off", on: source, memory: 1, state: .stopped)
    let decision = try plan(tiny, out: [source])
    #expect(decision.moves.map(\.action) == [.cold])
    #expect(decision.moves.first?.reason == .ceiling(.state))
  }

  @Test func `zone, trait and CPU each refuse with their own word`() throws {
    var tiny = TinyCloud(zones: ["az1", "az2"])
    let modern = HostClass(cpuFeatures: ["avx", "avx512f"])
    let source = tiny.host("source", memory: 10, hostClass: modern)
    tiny.host("elsewhere", zone: 1, memory: 10, hostClass: modern)
    tiny.host("older", memory: 10, hostClass: HostClass(cpuFeatures: ["avx"]))
    tiny.vm("pinned", on: source, memory: 1, pinnedZone: 0)
    tiny.vm("picky", on: source, memory: 1, specs: [("trait:CUSTOM_FAST", "required")])
    tiny.vm("plain", on: source, memory: 1)
    let decision = try plan(tiny, out: [source])
    #expect(decision.moves.map(\.vm) == [2])
    let pinned = try #require(decision.leftBehind.first)
    #expect(pinned.rejections.counts.map(\.rule) == [.zone, .cpuModel])
    let picky = try #require(decision.leftBehind.last)
    #expect(picky.reason == .rule(.trait))
    #expect(picky.isProven)
  }

  @Test func `fallback cold crosses CPU generations that a running VM cannot`() throws {
    var tiny = TinyCloud()
    let modern = HostClass(cpuFeatures: ["avx", "avx512f"])
    let source = tiny.host("source", memory: 10, hostClass: modern)
    let older = tiny.host("older", memory: 10, hostClass: HostClass(cpuFeatures: ["avx"]))
    tiny.vm("plain", on: source, memory: 1)
    let stays = try plan(tiny, out: [source])
    #expect(stays.leftBehind.map(\.reason) == [.rule(.cpuModel)])
    let moves = try plan(tiny, out: [source], rules: ClassRules(fallback: .cold))
    #expect(moves.moves.map(\.action) == [.cold])
    #expect(moves.moves.map(\.target) == [older])
    #expect(moves.moves.first?.reason == .fallback)
  }
}
