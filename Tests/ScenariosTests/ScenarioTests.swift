import CloudModel
import Documents
import Foundation
import Scenarios
import TestSupport
import Testing

/// Scenario files, overrides, and what they do to the cloud.
struct ScenarioTests {
  private let example = Repository.root.appending(path: "scenarios/examples/evacuation.yaml").path

  @Test func `the example is read with its cloud`() throws {
    let scenario = try Scenario.load(path: example)
    #expect(scenario.cloud.hosts.count == 12)
    #expect(scenario.cloud.vms.count == 119)
    #expect(scenario.record.evacuation.hosts == ["cmp-a-std02", "cmp-b-gpu04"])
    let gpu = try #require(scenario.cloud.deviceTypes.firstIndex { $0.name == "gpu-h100" })
    let totals = scenario.cloud.devicePools.filter { $0.type == gpu }.map(\.total)
    #expect(totals == [4, 4, 4])
  }

  @Test func `overrides change keys at any depth`() throws {
    let scenario = try Scenario.load(
      path: example,
      overrides: [
        try Override(parsing: "migration.slots_per_source=2"),
        try Override(parsing: "evacuation.hosts[0]=cmp-c-std01"),
        try Override(parsing: "policies.wishes[3].class=hold"),
        try Override(parsing: "evacuation.window=90 min"),
      ])
    #expect(scenario.record.migration[parameter: "slots_per_source"] == 2)
    #expect(scenario.record.evacuation.hosts[0] == "cmp-c-std01")
    #expect(scenario.record.policies.wishes[3].policyClass == .hold)
    #expect(scenario.record.evacuation.window == 90 * 60_000_000)
  }

  @Test(arguments: [
    "no-equal-sign", "=5", "a..b=1", "evacuation.hosts[9]=x", "name.part=1", "seed=[unclosed",
  ])
  func `an override that cannot be applied is an option error`(text: String) {
    #expect(throws: ScenarioError.self) {
      _ = try Scenario.load(path: example, overrides: [try Override(parsing: text)])
    }
  }

  @Test(arguments: [
    "seed=-1", "replications=0", "evacuation.window=0 min", "evacuation.window=60",
    "evacuation.strategy=plannd", "policies.fallback=live", "migration.memory_share=1.5",
    "migration.slots_per_source=0", "release=\"zed\"", "nonsense=1",
  ])
  func `an override whose value does not fit is reported with its option`(text: String) throws {
    let override = try Override(parsing: text)
    do {
      _ = try Scenario.load(path: example, overrides: [override])
      Issue.record("\(text) was accepted")
    } catch {
      guard case .override(let reading) = error else {
        Issue.record("\(text): \(error)")
        return
      }
      #expect(reading.errorCount > 0)
      #expect(reading.diagnostics.allSatisfy { $0.file == "--set \(text)" })
    }
  }

  @Test func `hosts that the cloud does not have are named with their near miss`() throws {
    let scenario = try Scenario.load(
      path: example, overrides: [Override(["evacuation", "hosts"], ["cmp-a-std20"])])
    do {
      _ = try scenario.evacuationQuestion()
      Issue.record("the host was accepted")
    } catch {
      guard case .option(_, let value, _, _) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(value == "cmp-a-std20")
    }
  }

  @Test func `a cloud file stands for a scenario with defaults`() throws {
    let path = Repository.root.appending(path: "scenarios/examples/testbed-a.json").path
    let scenario = try Scenario.load(path: path)
    #expect(scenario.record.replications == nil)
    #expect(scenario.record.name == "testbed-a")
  }

  @Test func `the resolved copy reads back as the same scenario`() throws {
    let scenario = try Scenario.load(
      path: example, overrides: [try Override(parsing: "policies.default=cold")])
    var reading = Reading()
    let node = try Node.read(scenario.resolvedYAML, as: .yaml)
    #expect(ScenarioKeys.scenario.decode(node, &reading) == scenario.record)
  }

  @Test func `every number of the migration model is a key with its own range`() throws {
    let keys = ScenarioKeys.scenario.keys.first { $0.name == "migration" }
    guard case .section(_, let description)? = keys?.kind else {
      Issue.record("no section migration")
      return
    }
    let names = Set(description().keys.map(\.name))
    #expect(names.isSuperset(of: ["gap", "stream_rate", "memory_share", "slots_per_source"]))
  }
}
