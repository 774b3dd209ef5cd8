import Foundation
import TestSupport
import Testing

/// `berth plan recover` through the built program.
struct RecoverCommandTests {
  private var cloudPath: String {
    Repository.root.appending(path: "scenarios/examples/testbed-a.json").path
  }

  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `whatever host or zone fails, the plan breaks no rule at any moment`() throws {
    let cloud = try json(try Repository.text(of: "scenarios/examples/testbed-a.json"))
    let records = try #require(cloud["hosts"] as? [[String: Any]])
    let hosts = records.compactMap { $0["name"] as? String }
    let cases = hosts.map { ["--failed", $0] } + ["az1", "az2", "az3"].map { ["--zone", $0] }
    for options in cases + cases.map({ $0 + ["--lose-local-disks"] }) {
      let result = try BerthProcess.run(
        ["plan", "recover", cloudPath, "--replications", "5", "-f", "json"] + options)
      let plan = try json(result.stdout)
      #expect(PlanFileChecker.problems(plan: plan, cloud: cloud, devices: []) == [], "\(options)")
      #expect(result.code == (plan["verdict"] as? String == "fits" ? 0 : 2), "\(options)")
      let recovery = try #require(plan["recovery"] as? [String: Any])
      let left = try #require(plan["left_behind"] as? [[String: Any]])
      let moves = try #require(plan["moves"] as? [[String: Any]])
      #expect(recovery["vms"] as? Int == left.count + moves.count, "\(options)")
      if options.contains("--lose-local-disks") {
        #expect(!left.contains { $0["reason"] as? String == "waits" }, "\(options)")
      }
    }
  }

  @Test func `a plan is written, shown and exported, the same each time`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("recovery.json")
    let options = ["plan", "recover", cloudPath, "--failed", "cmp-b-std02", "--out"]
    let first = try BerthProcess.run(options + [path])
    #expect(first.code == 0, "\(first.stderr)")
    let second = try BerthProcess.run(options + [folder.path("again.json")])
    #expect(second.code == 0)
    let written = try String(contentsOfFile: path, encoding: .utf8)
    let again = try String(contentsOfFile: folder.path("again.json"), encoding: .utf8)
    #expect(written == again)
    let shown = try BerthProcess.run(["plan", "show", path])
    #expect(first.stdout.hasPrefix(shown.stdout))
    let exported = try json(try BerthProcess.run(["plan", "export", path]).stdout)
    #expect(exported["failed_hosts"] as? [String] == ["cmp-b-std02"])
  }

  @Test(
    arguments: [
      (["--failed", "nowhere"], "--failed must be a host of the cloud"),
      (["--zone", "az9"], "--zone must be a zone of the cloud"),
      (["--zone", "az1", "--failed", "cmp-b-std02"], "--zone must be left out"),
      (["--failed", "cmp-b-std02,cmp-b-std02"], "--failed must be different hosts"),
    ])
  func `what the cloud does not have is refused`(options: [String], message: String) throws {
    let result = try BerthProcess.run(["plan", "recover", cloudPath] + options)
    #expect(result.code == 64, "\(result.stderr)")
    #expect(result.stderr.contains(message), "\(result.stderr)")
  }

  @Test func `a tag with an unknown word is told with its VM`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("cloud.yaml")
    let text = SmallCloud.replacing(
      "{name: v1, flavor: f, host: host-1}",
      "{name: v1, flavor: f, host: host-1, tags: [\"scs:evacuate=later\"]}")
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let result = try BerthProcess.run(["plan", "recover", path, "--failed", "host-1"])
    #expect(result.code == 65)
    #expect(result.stderr.contains("E0150") && result.stderr.contains("rebuild, wait, none"))
  }
}
