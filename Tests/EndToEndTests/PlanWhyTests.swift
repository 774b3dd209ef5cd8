import Foundation
import TestSupport
import Testing

/// What blocks a plan, through the built program.
@Suite struct PlanWhyTests {
  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// Plans the evacuation of hosts of a cloud and asks why it does not do.
  private func why(
    _ cloud: String, hosts: String, window: String = "4 h", code: Int32 = 2
  ) throws -> [String: Any] {
    let folder = try TemporaryFolder()
    try folder.write(cloud, to: "cloud.yaml")
    _ = try BerthProcess.run(
      [
        "plan", "evacuate", "cloud.yaml", "--hosts", hosts, "--window", window, "--out",
        "plan.json",
      ],
      in: folder.path)
    let result = try BerthProcess.run(["plan", "why", "plan.json", "-f", "json"], in: folder.path)
    #expect(result.code == code, "\(result.stderr)")
    return try object(result.stdout)
  }

  private func families(_ explanation: [String: Any]) throws -> [(
    name: String, left: Int, change: String?
  )] {
    try (try #require(explanation["families"] as? [[String: Any]])).map { family in
      #expect((family["verified"] as? Bool) == (family["change"] is String))
      return (
        try #require(family["family"] as? String),
        try #require(family["left_behind_without"] as? Int), family["change"] as? String
      )
    }
  }

  private func conflict(_ explanation: [String: Any]) throws -> [String] {
    try (try #require(explanation["conflict"] as? [[String: Any]])).map {
      try #require($0["family"] as? String)
    }
  }

  /// Three VMs of 4 GiB and one other host with 5 GiB free: one more such host is enough.
  @Test func `memory that is missing is named with the host that it takes`() throws {
    let explanation = try why(
      """
      name: tight
      zones: [{name: az1}]
      flavors: [{name: f, vcpus: 1, memory: 4 GiB}]
      hosts:
        - {name: h1, vcpus: 99, memory: 16 GiB}
        - {name: h2, vcpus: 99, memory: 9 GiB}
      vms:
        - {name: a, flavor: f, host: h1}
        - {name: b, flavor: f, host: h1}
        - {name: c, flavor: f, host: h1}
        - {name: d, flavor: f, host: h2}

      """, hosts: "h1")
    #expect(try conflict(explanation) == ["memory"])
    let families = try families(explanation)
    #expect(families.first?.name == "memory" && families.first?.left == 0)
    #expect(families.first?.change == "1 more host like h2 in az1")
  }

  /// Four members of a group, five hosts, two taken out: one at a time fits.
  @Test func `a group of four on five hosts needs one host later`() throws {
    let hosts = (1...5).map { "  - {name: h\($0), vcpus: 9, memory: 9 GiB}" }
    let vms = (1...4).map { "  - {name: v\($0), flavor: f, host: h\($0), group: g}" }
    let explanation = try why(
      ([
        "name: group", "zones: [{name: az1}]", "flavors: [{name: f, vcpus: 1, memory: 1 GiB}]",
        "groups: [{name: g, policy: anti-affinity}]", "hosts:",
      ] + hosts + ["vms:"] + vms)
      .joined(separator: "\n") + "\n", hosts: "h1,h2")
    #expect(try conflict(explanation) == ["group"])
    let families = try families(explanation)
    #expect(families.contains { $0.name == "group" && $0.left == 0 && $0.change != nil })
    #expect(families.contains { $0.name == "out" && $0.change?.contains("another time") == true })
  }

  /// Twenty VMs of 4 GiB take 352 s with one slot: two slots hold five minutes.
  @Test func `a window that is too short is blamed on the slots`() throws {
    let folder = try TemporaryFolder()
    let cloud = Repository.root.appending(path: "scenarios/studies/one-host.yaml").path
    _ = try BerthProcess.run(
      [
        "plan", "evacuate", cloud, "--hosts", "source", "--window", "5 min", "--out",
        folder.path("plan.json"),
      ])
    let result = try BerthProcess.run(["plan", "why", folder.path("plan.json"), "-f", "json"])
    #expect(result.code == 2)
    let families = try families(try object(result.stdout))
    #expect(families.map(\.name) == ["time"])
    let change = try #require(families[0].change)
    #expect(change.contains("a window longer by") && change.contains("2 migrations at once"))
  }

  @Test func `a plan that fits needs no explanation`() throws {
    let explanation = try why(SmallCloud.text, hosts: "host-1", code: 0)
    #expect((explanation["conflict"] as? [Any])?.isEmpty == true)
  }

  @Test func `a cloud that has changed is refused`() throws {
    let folder = try TemporaryFolder()
    try folder.write(SmallCloud.text, to: "cloud.yaml")
    _ = try BerthProcess.run(
      ["plan", "evacuate", "cloud.yaml", "--hosts", "host-1", "--out", "plan.json"],
      in: folder.path)
    try folder.write(SmallCloud.text + "\n", to: "cloud.yaml")
    let result = try BerthProcess.run(["plan", "why", "plan.json"], in: folder.path)
    #expect(result.code == 64 && result.stderr.contains("--cloud"))
    let named = try BerthProcess.run(
      ["plan", "why", "plan.json", "--cloud", "cloud.yaml"], in: folder.path)
    #expect(named.code == 0)
  }
}
