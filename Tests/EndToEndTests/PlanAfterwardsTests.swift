import Foundation
import TestSupport
import Testing

/// A plan of the recorded cloud after it was made: two plans side by side, the plan on a changed
/// cloud, and what is left of it in the middle.
struct PlanAfterwardsTests {
  private static let scenario =
    Repository.root.appending(path: "scenarios/examples/evacuation.yaml").path
  private static let cloud =
    Repository.root.appending(path: "scenarios/examples/testbed-a.json").path

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let result = try run(
      ["evacuate", Self.scenario, "--replications", "5", "--out", "plan.json"])
    #expect(result.code == 0, Comment(rawValue: result.stderr))
  }

  private func run(_ arguments: [String]) throws -> BoundedProcess.Result {
    try BoundedProcess.run(["plan"] + arguments, in: folder)
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private func moves(_ file: String) throws -> [[String: Any]] {
    let text = try String(contentsOfFile: folder.path(file), encoding: .utf8)
    return try #require(try object(text)["moves"] as? [[String: Any]])
  }

  /// Writes the recorded cloud with its hosts and VMs changed.
  private func writeCloud(_ name: String, _ change: (inout [String: Any]) -> Void) throws {
    var document = try object(try String(contentsOfFile: Self.cloud, encoding: .utf8))
    change(&document)
    try folder.write(try JSONSerialization.data(withJSONObject: document), to: name)
  }

  @Test func `two strategies side by side`() throws {
    let other = try run(
      [
        "evacuate", Self.scenario, "--replications", "5", "--policy", "one-by-one", "--out",
        "other.json",
      ])
    #expect(other.code == 0)
    let equal = try run(["diff", "plan.json", "plan.json", "--exit-code"])
    #expect(equal.code == 0 && equal.stdout == "the plans are equal\n")
    let text = try run(["diff", "plan.json", "other.json"])
    #expect(text.code == 0 && text.stdout.contains("strategy planned -> one-by-one"))
    let json = try run(["diff", "plan.json", "other.json", "-f", "json", "--exit-code"])
    let document = try object(json.stdout)
    #expect(json.code == 2 && document["equal"] as? Bool == false)
    let targets = { (file: String) in
      Dictionary(
        uniqueKeysWithValues: try moves(file).map { move in
          (move["vm_id"] as? String ?? "", move["target"] as? String)
        })
    }
    let (first, second) = (try targets("plan.json"), try targets("other.json"))
    let changed = first.filter { second[$0.key] != $0.value }.count
    #expect((document["moves"] as? [String: Int])?["other_target"] == changed && changed > 0)
    let csv = try run(["diff", "plan.json", "other.json", "-f", "csv"])
    #expect(csv.stdout.hasPrefix("part,subject,key,a,b\n"))
  }

  @Test func `the plan fits its own cloud and not one in which a target is closed`() throws {
    let own = try run(["check", "plan.json", Self.cloud])
    #expect(own.code == 0, Comment(rawValue: own.stdout + own.stderr))
    let first = try #require(try moves("plan.json").first { $0["target"] is String })
    let target = try #require(first["target"] as? String)
    let id = try #require(first["vm_id"] as? String)
    try writeCloud("now.json") { cloud in
      var hosts = cloud["hosts"] as? [[String: Any]] ?? []
      for index in hosts.indices where hosts[index]["name"] as? String == target {
        hosts[index]["state"] = "disabled"
      }
      cloud["hosts"] = hosts
      cloud["vms"] = (cloud["vms"] as? [[String: Any]] ?? []).filter { $0["id"] as? String != id }
    }
    let changed = try run(
      ["check", "plan.json", "now.json", "--scenario", Self.scenario, "-f", "json"])
    #expect(changed.code == 2, Comment(rawValue: changed.stderr))
    let findings = try #require(try object(changed.stdout)["findings"] as? [[String: Any]])
    let stops = findings.filter { $0["stops"] as? Bool == true }
    #expect(stops.map { $0["kind"] as? String } == ["host_state", "vm_gone"])
    #expect(stops.map { $0["host"] as? String ?? "" }[0] == target)
  }

  @Test func `in the middle the rest is planned and can be carried out`() throws {
    let moves = try moves("plan.json").filter { $0["target"] is String }
    let (done, failed) = (moves[0], moves[1])
    func line(_ move: [String: Any], _ result: String, _ host: String) -> String {
      "{\"server\": \"\(move["vm_id"] ?? "")\", \"action\": \"\(move["action"] ?? "")\", "
        + "\"target\": \"\(move["target"] ?? "")\", \"wave\": 1, \"result\": \"\(result)\", "
        + "\"host\": \"\(move[host] ?? "")\", \"started\": 1764000000.0, \"seconds\": 60.0}\n"
    }
    try folder.write(
      line(done, "done", "target") + line(failed, "failed", "source"), to: "journal.jsonl")
    let resume = ["resume", "plan.json", "--journal", "journal.jsonl"]
    let result = try run(resume + ["--out", "rest.json"])
    #expect(result.code == 0, Comment(rawValue: result.stderr))
    #expect(result.stdout.contains("done 1   failed 1"))
    let rest = try self.moves("rest.json")
    let ids = rest.map { $0["vm_id"] as? String }
    #expect(!ids.contains(done["vm_id"] as? String))
    let again = try #require(
      rest.first { $0["vm_id"] as? String == failed["vm_id"] as? String })
    #expect(again["target"] as? String != failed["target"] as? String)
    #expect(again["source"] as? String == failed["source"] as? String)

    try writeCloud("now.json") { cloud in
      var vms = cloud["vms"] as? [[String: Any]] ?? []
      for index in vms.indices where vms[index]["id"] as? String == done["vm_id"] as? String {
        vms[index]["host"] = done["target"]
      }
      cloud["vms"] = vms
    }
    let check = try run(["check", "rest.json", "now.json"])
    #expect(check.code == 0, Comment(rawValue: check.stdout))
    // The newer cloud alone tells the same, and the plan before does not fit it any more.
    let newer = try run(
      resume + ["--scenario", Self.scenario, "--snapshot", "now.json", "--out", "newer.json"])
    #expect(newer.code == 0, Comment(rawValue: newer.stderr))
    let difference = try run(["diff", "rest.json", "newer.json", "-f", "csv", "-c", "part"])
    #expect(!difference.stdout.contains("move"), Comment(rawValue: difference.stdout))
    let before = try run(["check", "plan.json", "now.json"])
    #expect(before.code == 2 && before.stdout.contains("vm_there"))
  }

  @Test func `bad journals and options`() throws {
    try folder.write("{\"server\": \"nobody\", \"result\": \"done\"}\n", to: "bad.jsonl")
    try folder.write("{\"server\": \n", to: "cut.jsonl")
    try folder.write("", to: "empty.jsonl")
    let resume = ["resume", "plan.json", "--journal"]
    expectError(try run(resume + ["bad.jsonl"]), 65, "E0121", at: "bad.jsonl:1:1")
    expectError(try run(resume + ["cut.jsonl"]), 65, "E0101", at: "cut.jsonl:1:12")
    expectError(try run(resume + ["absent.jsonl"]), 66, "E0130")
    expectError(
      try run(resume + ["empty.jsonl", "--cloud", "a", "--snapshot", "b"]), 64, "E0001")
    expectError(
      try run(resume + ["empty.jsonl", "--out", "plan.json"]), 73, "E0140")
    expectError(try run(["check", "plan.json", "absent.json"]), 66, "E0130")
    expectError(try run(["diff", "plan.json", "bad.jsonl"]), 65, "E0110")
  }
}
