import CloudModel
import Foundation
import Scenarios
import Testing

/// What of a newer cloud stops a plan, and what is only to be known.
struct PlanCheckTests {
  private let fixture: PlanFixture

  init() throws { fixture = try PlanFixture() }

  /// The findings about the plan of the fixture's cloud in a changed one, as `kind` or `kind!`.
  private func findings(_ changed: String) async throws -> [String] {
    let plan = try await PlanFixture.plan(try fixture.scenario())
    // Both go to c: v2 may not go to b, where its group has a member.
    #expect(plan.verdict == .fits && plan.moves.map(\.flavor) == ["large", "small"])
    #expect(plan.moves.map(\.target) == ["c", "c"])
    let check = PlanCheck(
      plan, in: try fixture.scenario(changed, name: "now.yaml"), knowsWishes: false)
    #expect(check.fits == !check.findings.contains(where: \.stops))
    return check.findings.map { $0.kind.rawValue + ($0.stops ? "!" : "") }
  }

  @Test func `the plan fits the cloud that it was made of`() async throws {
    let scenario = try fixture.scenario()
    let check = PlanCheck(try await PlanFixture.plan(scenario), in: scenario, knowsWishes: true)
    #expect(check.findings.isEmpty && check.fits && check.isSameFile)
    #expect(try await findings(PlanFixture.replacing("name: three", "name: later")).isEmpty)
  }

  @Test(arguments: [
    ("  - {name: v1, flavor: large, host: a}\n", "", ["vm_gone!"]),
    (
      "vms:\n", "vms:\n  - {name: v9, flavor: small, host: a}\n", ["vm_new!"]
    ),
    ("name: v2, flavor: small, host: a", "name: v2, flavor: small, host: c", ["vm_there!"]),
    (
      "name: v2, flavor: small, host: a, group: apart", "name: v2, flavor: small, host: b",
      ["vm_moved!"]
    ),
    ("large, host: a", "large, host: a, state: paused", ["vm_state"]),
    ("large, host: a", "large, host: a, state: stopped", ["vm_state!", "vm_class!"]),
    ("large, host: a", "large, host: a, state: error", ["vm_state!"]),
    ("large, host: a", "large, host: a, tags: [\"scs:migration=cold\"]", ["vm_class!"]),
    ("large, host: a", "large, host: a, tags: [\"scs:migration=hold\"]", ["vm_class!"]),
    ("name: v1, flavor: large", "name: v1, flavor: small", ["vm_flavor"]),
    ("name: a, vcpus: 16", "name: a, state: disabled, vcpus: 16", []),
    ("name: a, vcpus: 16", "name: a, state: down, vcpus: 16", ["host_state!"]),
    ("name: c, vcpus: 16", "name: c, state: disabled, vcpus: 16", ["host_state!"]),
    ("  - {name: c, vcpus: 16, memory: 8 GiB}\n", "", ["host_gone!"]),
    ("vms:\n", "vms:\n  - {name: v9, flavor: large, host: c}\n", ["target_refuses!"]),
    ("vms:\n", "vms:\n  - {name: v9, flavor: small, host: c, group: apart}\n", ["group!"]),
    ("vms:\n", "held: [{host: a, vcpus: 1, memory: 1 GiB, holder: x}]\nvms:\n", ["held"]),
  ])
  func `each change is found`(old: String, new: String, kinds: [String]) async throws {
    #expect(try await findings(PlanFixture.replacing(old, new)) == kinds)
  }

  @Test func `a refusal says what is missing`() async throws {
    let plan = try await PlanFixture.plan(try fixture.scenario())
    let changed = PlanFixture.replacing("vms:\n", "vms:\n  - {name: v9, flavor: large, host: c}\n")
    let check = PlanCheck(
      plan, in: try fixture.scenario(changed, name: "now.yaml"), knowsWishes: false)
    let finding = try #require(check.findings.first)
    #expect(finding.vm == "v2" && finding.host == "c" && finding.wave == 1)
    #expect(finding.now == "memory: needs 2048 MiB, free 0 MiB")
  }

  /// Capacity is claimed on both sides until a wave is over: what leaves makes no room before.
  @Test func `room that a wave frees counts from the next wave on`() throws {
    let cloud = PlanFixture.replacing("flavor: large, host: a", "flavor: huge, host: a")
    let scenario = try fixture.scenario(cloud)
    func kinds(helper: Int64, mover: Int64) -> [String] {
      var plan = PlanRecord()
      plan.hosts = ["a"]
      plan.moves = [
        PlanFixture.move("w2", "b", "c", wave: helper),
        PlanFixture.move("v1", "a", "b", wave: mover),
      ]
      plan.moves[0].isHelper = true
      return PlanCheck(plan, in: scenario, knowsWishes: true).findings.map(\.kind.rawValue)
        .filter { $0 != "vm_new" }
    }
    #expect(kinds(helper: 1, mover: 1) == ["target_refuses"])
    #expect(kinds(helper: 1, mover: 2) == [])
    #expect(kinds(helper: 2, mover: 1) == ["target_refuses"])
  }

  @Test func `a group that is broken already is to be known`() async throws {
    let changed = PlanFixture.replacing(
      "vms:\n",
      "vms:\n  - {name: w3, flavor: small, host: b, group: apart}\n")
    let found = try await findings(changed)
    #expect(found == ["group"])
  }

  @Test func `a group falls below its minimum when one more member has gone`() throws {
    func found(_ members: Int) throws -> [PlanFinding] {
      let more = (0..<members).map { "  - {name: m\($0), flavor: small, host: c, group: quorum}\n" }
      let cloud =
        PlanFixture.replacing(
          "groups: [", "groups: [{name: quorum, policy: soft-affinity, minimum_running: 1}, "
        )
        .replacing("large, host: a", with: "large, host: a, group: quorum")
        + more.joined()
      var plan = PlanRecord()
      plan.hosts = ["a"]
      plan.moves = [
        PlanFixture.move("v1", "a", nil, action: .stop), PlanFixture.move("v2", "a", "c"),
      ]
      return PlanCheck(plan, in: try fixture.scenario(cloud), knowsWishes: false).findings
    }
    #expect(try found(1).filter { $0.kind == .group }.isEmpty)
    let finding = try #require(try found(0).first { $0.kind == .group })
    #expect(finding.stops && finding.vm == "v1" && finding.now == "0 would run")
  }

  @Test func `a wish of the scenario is believed where only the cloud is known`() async throws {
    let scenario = try fixture.scenario(
      PlanFixture.cloud, ["policies.wishes=[{name: v1, class: cold}]"])
    let plan = try await PlanFixture.plan(scenario)
    #expect(plan.moves.first { $0.vm == "v1" }?.action == .cold)
    let bare = try fixture.scenario()
    #expect(PlanCheck(plan, in: bare, knowsWishes: false).findings.isEmpty)
    let known = PlanCheck(plan, in: bare, knowsWishes: true).findings
    #expect(known.map(\.kind) == [.vmClass] && known.allSatisfy { !$0.stops })
  }
}
