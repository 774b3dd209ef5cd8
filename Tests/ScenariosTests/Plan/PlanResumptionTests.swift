import CloudModel
import Documents
import Foundation
import Scenarios
import Testing

/// What is left of a plan after what its journal says.
struct PlanResumptionTests {
  private let fixture: PlanFixture

  init() throws { fixture = try PlanFixture() }

  private func rest(_ resumption: PlanResumption) async throws -> PlanRecord {
    resumption.completing(
      try await EvacuationAnalysis.answer(resumption.question, workers: 1)
    ).plan
  }

  private func targets(_ plan: PlanRecord) -> [String] {
    plan.moves.map { "\($0.vm)>\($0.target ?? "-")" }.sorted()
  }

  @Test func `an empty journal leaves the whole plan`() async throws {
    let scenario = try fixture.scenario()
    let plan = try await PlanFixture.plan(scenario)
    let resumption = try fixture.resumption(plan, "\n", in: scenario)
    #expect(resumption.progress.standing == [.open, .open])
    let again = try await rest(resumption)
    #expect(again.moves == plan.moves && again.window == 3600)
  }

  @Test func `what is done is left out, and the window is what is left of it`() async throws {
    let scenario = try fixture.scenario()
    let plan = try await PlanFixture.plan(scenario)
    let target = try #require(plan.moves.first { $0.vm == "v1" }?.target)
    let journal = """
      {"server": "v1", "action": "live", "target": "\(target)", "source": "a", "wave": 1, \
      "result": "done", "host": "\(target)", "started": 1000.5, "seconds": 30.5}
      {"server": "v2", "result": "skipped", "seconds": 0, "wave": 1}
      {"wave_over": 1, "moves": 2, "done": 1, "seconds": 31}
      {"plan_over": true, "moves": 2, "results": {"done": 1}, "seconds": 31}
      """
    let resumption = try fixture.resumption(plan, journal, in: scenario)
    #expect(resumption.moves(.done).map(\.vm) == ["v1"])
    let rest = try await rest(resumption)
    #expect(targets(rest) == ["v2>c"] && rest.verdict == .fits)
    #expect(rest.window == 3569.5)
    #expect(rest.notes.contains { $0.contains("1 done") })
  }

  @Test func `when all is done nothing is left`() async throws {
    let scenario = try fixture.scenario()
    let plan = try await PlanFixture.plan(scenario)
    let lines = plan.moves.map { "{\"server\": \"\($0.vm)\", \"result\": \"done\"}\n" }
    let rest = try await rest(try fixture.resumption(plan, lines.joined(), in: scenario))
    #expect(rest.moves.isEmpty && rest.leftBehind.isEmpty && rest.verdict == .fits)
  }

  /// v1 fits b and c; each refused once, the other is left.
  @Test(arguments: ["b", "c"])
  func `a host that refused is not asked again`(refusing: String) async throws {
    let scenario = try fixture.scenario()
    var plan = try await PlanFixture.plan(scenario)
    let index = try #require(plan.moves.firstIndex { $0.vm == "v1" })
    plan.moves[index].target = refusing
    let journal = "{\"server\": \"v1\", \"result\": \"failed\", \"http\": 202, \"host\": \"a\"}"
    for strategy in ["planned", "one-by-one", "backup-host"] {
      let resumption = try fixture.resumption(
        plan, journal,
        in: try fixture.scenario(PlanFixture.cloud, ["evacuation.strategy=\(strategy)"]))
      #expect(resumption.progress.standing[index] == .failed)
      let rest = try await rest(resumption)
      #expect(targets(rest).contains("v1>\(refusing == "b" ? "c" : "b")"), "\(strategy)")
    }
  }

  @Test func `if all that could take it refused, it stays`() async throws {
    let scenario = try fixture.scenario(
      PlanFixture.replacing("name: b, vcpus: 16", "name: b, state: disabled, vcpus: 16"))
    let plan = try await PlanFixture.plan(scenario)
    #expect(targets(plan) == ["v1>c", "v2>c"])
    let journal = "{\"server\": \"v1\", \"result\": \"failed\"}"
    let rest = try await rest(try fixture.resumption(plan, journal, in: scenario))
    #expect(targets(rest) == ["v2>c"] && rest.leftBehind.map(\.vm) == ["v1"])
    #expect(rest.leftBehind[0].reason == "out" && rest.verdict == .infeasible)
  }

  /// A conflict is about the VM: its target was never asked.
  @Test func `a conflict does not count against the target`() async throws {
    let scenario = try fixture.scenario()
    let plan = try await PlanFixture.plan(scenario)
    let journal = "{\"server\": \"v1\", \"result\": \"refused\", \"http\": 409}"
    let resumption = try fixture.resumption(plan, journal, in: scenario)
    #expect(resumption.progress.refusedTargets.isEmpty)
    #expect(resumption.progress.findings.map(\.kind) == [.vmState])
    #expect(targets(try await rest(resumption)) == targets(plan))
  }

  /// v1 takes 4 GiB of c while it is under way: beside it v9 of 7 GiB fits only b, without it also c.
  @Test(arguments: ["\"timeout\"", "\"running\"", "null"])
  func `what is under way counts on both hosts`(result: String) async throws {
    let cloud = PlanFixture.replacing("vms:\n", "vms:\n  - {name: v9, flavor: huge, host: a}\n")
      .replacing("name: a, vcpus: 16, memory: 8 GiB", with: "name: a, vcpus: 16, memory: 16 GiB")
      .replacing("  - {name: w2, flavor: small, host: b, group: apart}\n", with: "")
    let scenario = try fixture.scenario(cloud)
    var plan = try await PlanFixture.plan(scenario)
    for index in plan.moves.indices where plan.moves[index].vm == "v1" {
      plan.moves[index].target = "c"
    }
    let journal = "{\"server\": \"v1\", \"result\": \(result), \"host\": \"a\"}"
    let resumption = try fixture.resumption(plan, journal, in: scenario)
    let progress = resumption.progress
    #expect(resumption.moves(.running).map(\.vm) == ["v1"])
    let state = CloudState(of: progress.cloud)
    // a: 16 - 7 - 2 - 4 held; c: 8 - 4.
    #expect(state.free.map(\.memoryMiB) == [3072, 8192, 4096])
    let rest = try await rest(resumption)
    #expect(targets(rest) == ["v2>c", "v9>b"])
    #expect(rest.notes.contains { $0.contains("under way") && $0.contains("v1 (to c)") })
  }

  @Test func `a VM that ended elsewhere is taken from there`() async throws {
    let scenario = try fixture.scenario()
    let plan = try await PlanFixture.plan(scenario)
    let other = plan.moves.first { $0.vm == "v1" }?.target == "b" ? "c" : "b"
    for (line, standing) in [
      ("{\"server\": \"v1\", \"result\": \"elsewhere\", \"host\": \"\(other)\"}", .done),
      ("{\"server\": \"v1\", \"result\": \"failed\", \"host\": \"\(other)\"}", .done),
      ("{\"server\": \"v1\", \"result\": \"elsewhere\", \"host\": \"a\"}", MoveStanding.failed),
    ] {
      let resumption = try fixture.resumption(plan, line, in: scenario)
      let index = try #require(plan.moves.firstIndex { $0.vm == "v1" })
      #expect(resumption.progress.standing[index] == standing)
      #expect(resumption.progress.findings.map(\.kind) == [.journal])
    }
  }

  @Test func `what was stopped is not stopped again, and is named for its start`() async throws {
    let scenario = try fixture.scenario(
      PlanFixture.replacing("large, host: a", "large, host: a, tags: [\"scs:migration=stop\"]"))
    let plan = try await PlanFixture.plan(scenario)
    let journal = "{\"server\": \"v1\", \"action\": \"shutdown\", \"result\": \"done\"}"
    let rest = try await rest(try fixture.resumption(plan, journal, in: scenario))
    #expect(targets(rest) == ["v2>c"])
    #expect(rest.notes.contains { $0.contains("to be started after the work: v1") })
  }

  @Test func `the successor of an ended member holds its place`() throws {
    let scenario = try fixture.scenario(
      PlanFixture.replacing("large, host: a", "large, host: a, tags: [\"scs:migration=none\"]"))
    var plan = PlanRecord()
    plan.hosts = ["a"]
    plan.window = 60
    plan.moves = [
      PlanFixture.move("v1", "a", nil, action: .recreate), PlanFixture.move("v2", "a", "c"),
    ]
    let progress = try fixture.resumption(
      plan, "{\"server\": \"v1\", \"result\": \"done\"}", in: scenario
    ).progress
    #expect(progress.cloud.vms.host[0] == 1 && progress.standing == [.done, .open])
    #expect(progress.findings.map(\.host) == ["b"])
  }

  @Test func `a newer cloud is believed more than the journal`() async throws {
    let plan = try await PlanFixture.plan(try fixture.scenario())
    let journal = plan.moves.map { "{\"server\": \"\($0.vm)\", \"result\": \"done\"}\n" }.joined()
    let newer = try fixture.scenario(
      PlanFixture.replacing("name: v2, flavor: small, host: a", "name: v2, flavor: small, host: c"),
      name: "now.yaml")
    let resumption = try fixture.resumption(plan, journal, in: newer, isNewer: true)
    #expect(resumption.moves(.done).map(\.vm) == ["v2"])
    #expect(resumption.moves(.failed).map(\.vm) == ["v1"])
    #expect(resumption.progress.findings.map(\.kind) == [.journal])
    #expect(try await rest(resumption).moves.map(\.vm) == ["v1"])
  }

  /// Its cloud file does not show what the plan before it moved.
  @Test func `to resume a resumed plan a newer cloud is needed`() async throws {
    let scenario = try fixture.scenario()
    let plan = try await PlanFixture.plan(scenario)
    let journal = "{\"server\": \"v1\", \"result\": \"done\"}"
    let rest = try await rest(try fixture.resumption(plan, journal, in: scenario))
    #expect(throws: ScenarioError.self) {
      _ = try fixture.resumption(rest, "", in: scenario)
    }
    let newer = try fixture.scenario(
      PlanFixture.replacing("flavor: large, host: a", "flavor: large, host: c"), name: "now.yaml")
    let again = try await self.rest(
      try fixture.resumption(rest, "", in: newer, isNewer: true))
    #expect(targets(again) == ["v2>c"])
  }

  @Test func `VMs that came or went since are those of the newer cloud`() async throws {
    let plan = try await PlanFixture.plan(try fixture.scenario())
    let newer = try fixture.scenario(
      PlanFixture.replacing("name: v1, flavor: large", "name: v9, flavor: small"),
      name: "now.yaml")
    let resumption = try fixture.resumption(plan, "", in: newer, isNewer: true)
    #expect(resumption.moves(.gone).map(\.vm) == ["v1"])
    #expect(try await rest(resumption).moves.map(\.vm).sorted() == ["v2", "v9"])
  }

  @Test func `bad journals are refused with their lines`() async throws {
    let plan = try await PlanFixture.plan(try fixture.scenario())
    let done = "{\"server\": \"v2\", \"result\": \"done\"}"
    for (journal, problems) in [
      ("\(done)\nno JSON\n", ["E0101:2"]), ("\(done)\n{\"server\": \"v1\", \"resu", ["E0101:2"]),
      ("[]\n", ["E0104:1"]), ("\n\n{\"server\": \"v7\", \"result\": \"done\"}", ["E0121:3"]),
      ("\(done)\n\(done)", ["E0120:2"]), ("{\"more\": 1}", ["E0105:1"]),
      ("{\"server\": \"v2\", \"result\": \"won\"}", ["E0104:1"]),
      ("{\"server\": \"v2\", \"result\": \"done\", \"host\": \"b\"}", ["E0122:1"]),
      ("{\"server\": \"v2\", \"result\": \"done\", \"target\": \"b\"}", ["E0122:1"]),
      ("{\"server\": \"v2\", \"result\": \"done\", \"action\": \"cold\"}", ["E0122:1"]),
      ("{\"server\": \"v2\", \"result\": \"done\", \"wave\": 4}", ["E0122:1"]),
      ("{\"server\": \"v2\", \"result\": \"elsewhere\"}", ["E0122:1"]),
      ("{\"server\": \"v2\", \"result\": \"running\"}\n\(done)", []),
      ("\(done)\r\n{\"server\": \"v1\", \"result\": null, \"extra\": {\"a\": [1]}}\r\n", []),
    ] {
      #expect(try fixture.problems(journal, of: plan) == problems, "\(journal)")
    }
  }

  @Test func `a host that the cloud does not have is refused with its line`() async throws {
    let scenario = try fixture.scenario()
    let plan = try await PlanFixture.plan(scenario)
    do {
      _ = try fixture.resumption(
        plan, "\n{\"server\": \"v1\", \"result\": \"elsewhere\", \"host\": \"z\"}", in: scenario)
      Issue.record("a host that nobody has was accepted")
    } catch ScenarioError.invalid(let reading) {
      #expect(reading.diagnostics.map(\.code) == [.unknownReference])
      #expect(reading.diagnostics.first?.place.line == 2)
    }
  }
}
