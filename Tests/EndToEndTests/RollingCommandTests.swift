import Foundation
import TestSupport
import Testing

/// `berth plan roll` through the built program.
struct RollingCommandTests {
  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test(arguments: ["host", "rack", "none"], ["back", "stay"])
  func `no rule is broken and the reserve is kept at any moment`(
    reserve: String, policy: String
  ) throws {
    for seed: UInt64 in 1...3 {
      var random = TestRandom(seed: seed)
      let fleet = RollingPlanChecker.Fleet.random(hosts: 24, &random)
      let folder = try TemporaryFolder()
      try folder.write(fleet.yaml, to: "cloud.yaml")
      let result = try BerthProcess.run([
        "plan", "roll", folder.path("cloud.yaml"), "--reserve", reserve, "--policy", policy,
        "--replications", "5", "-f", "json",
      ])
      let plan = try json(result.stdout)
      let problems = RollingPlanChecker.problems(
        plan: plan, of: fleet, reserve: reserve, returns: policy == "back")
      #expect(problems == [], "seed \(seed)")
      #expect(result.code == (plan["verdict"] as? String == "fits" ? 0 : 2), "seed \(seed)")
      let rolling = try #require(plan["rolling"] as? [String: Any])
      let waves = try #require(rolling["waves"] as? [[String: Any]])
      #expect(try #require(rolling["waves_bound"] as? Int) <= waves.count)
      let duration = try #require(plan["duration_s"] as? [String: Any])
      let bound = try #require(rolling["time_bound_s"] as? Double)
      #expect(bound <= (duration["bound"] as? Double ?? 0) + 1e-6, "seed \(seed)")
    }
  }

  @Test func `a checker that is given a broken plan says so`() throws {
    var random = TestRandom(seed: 1)
    let fleet = RollingPlanChecker.Fleet.random(hosts: 12, &random)
    let names = fleet.hosts.map(\.name)
    let plan: [String: Any] = ["rolling": ["waves": [["wave": 1, "hosts": names]]], "moves": []]
    #expect(
      !RollingPlanChecker.problems(plan: plan, of: fleet, reserve: "host", returns: false).isEmpty)
  }

  @Test func `a zone of a hundred hosts goes in waves at their bound`() throws {
    let scenario = Repository.root.appending(path: "scenarios/studies/rolling-100.yaml").path
    let result = try BerthProcess.run(["plan", "roll", scenario, "-f", "json"])
    #expect(result.code == 0, "\(result.stderr)")
    let plan = try json(result.stdout)
    let rolling = try #require(plan["rolling"] as? [String: Any])
    let waves = try #require(rolling["waves"] as? [[String: Any]])
    #expect(waves.count == rolling["waves_bound"] as? Int)
    #expect(waves.reduce(0) { $0 + ($1["hosts"] as? [String] ?? []).count } == 100)
    for wave in waves {
      let racks = Dictionary(grouping: wave["hosts"] as? [String] ?? []) { $0.dropLast(3) }
      #expect(racks.values.allSatisfy { $0.count <= 3 })
    }
  }

  @Test func `a plan is written, shown and exported, the same each time`() throws {
    var random = TestRandom(seed: 4)
    let fleet = RollingPlanChecker.Fleet.random(hosts: 12, &random)
    let folder = try TemporaryFolder()
    try folder.write(fleet.yaml, to: "cloud.yaml")
    let options = [
      "plan", "roll", folder.path("cloud.yaml"), "--work", "20min", "--reserve", "none", "--out",
    ]
    let first = try BerthProcess.run(options + [folder.path("one.json"), "--workers", "1"])
    let second = try BerthProcess.run(options + [folder.path("two.json"), "--workers", "2"])
    #expect(first.code == 0 && second.code == 0, "\(first.stderr)")
    let written = try String(contentsOfFile: folder.path("one.json"), encoding: .utf8)
    #expect(try String(contentsOfFile: folder.path("two.json"), encoding: .utf8) == written)
    let shown = try BerthProcess.run(["plan", "show", folder.path("one.json")])
    #expect(shown.stdout.contains("wave 1  out "))
    let moves = try json(try BerthProcess.run(["plan", "export", folder.path("one.json")]).stdout)
    let numbers = try #require(moves["moves"] as? [[String: Any]]).compactMap { $0["wave"] as? Int }
    #expect(numbers == numbers.sorted() && numbers.contains(2))
    let script = try BerthProcess.run(
      ["plan", "export", folder.path("one.json"), "--format", "openstack-cli"])
    try folder.write(script.stdout, to: "moves.sh")
    let checked = try BoundedProcess.shell("sh -n moves.sh", in: folder)
    #expect(checked.code == 0, "\(checked.stderr)")
    for command in ["check", "resume", "why"] {
      let refused = try BerthProcess.run(
        ["plan", command, folder.path("one.json")]
          + (command == "check" ? [folder.path("cloud.yaml")] : []))
      #expect(refused.code != 0)
    }
  }

  @Test func `policies side by side`() throws {
    var random = TestRandom(seed: 5)
    let fleet = RollingPlanChecker.Fleet.random(hosts: 12, &random)
    let folder = try TemporaryFolder()
    try folder.write(fleet.yaml, to: "cloud.yaml")
    let result = try BerthProcess.run([
      "plan", "roll", folder.path("cloud.yaml"), "--policy", "all", "-f", "csv", "--reserve",
      "none",
      "--column", "policy", "--column", "waves", "--column", "waves_bound",
    ])
    let rows = result.stdout.split(separator: "\n").map {
      $0.split(separator: ",").map(String.init)
    }
    #expect(rows.map(\.first) == ["policy", "back", "stay", "one-by-one"])
    #expect(rows.last == ["one-by-one", "12", "12"])
  }

  @Test(
    arguments: [
      (["--zone", "az9"], "--zone must be a zone of the cloud"),
      (["--hosts", "h1,nowhere"], "--hosts must be a host of the cloud"),
      (["--policy", "sideways"], "policy"), (["--reserve", "all"], "reserve"),
      (["--policy", "back,stay", "--out", "x.json"], "--out takes one plan"),
    ])
  func `what cannot be is refused`(options: [String], message: String) throws {
    var random = TestRandom(seed: 6)
    let folder = try TemporaryFolder()
    try folder.write(
      RollingPlanChecker.Fleet.random(hosts: 6, &random).yaml, to: "cloud.yaml")
    let result = try BerthProcess.run(["plan", "roll", folder.path("cloud.yaml")] + options)
    #expect(result.code == 1 || result.code == 64, "\(result.code)")
    #expect(result.stderr.contains(message), "\(result.stderr)")
  }

  /// Class cold, 72 hours of notice, a window in 24: refused with the earliest date.
  @Test(arguments: [false, true])
  func `an evacuation keeps the notices of its calendar`(partial: Bool) throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      name: two
      flavors: [{name: f, vcpus: 1, memory: 1 GiB}]
      hosts:
        - {name: host-1, vcpus: 8, memory: 8 GiB}
        - {name: host-2, vcpus: 8, memory: 8 GiB}
      vms:
        - {name: quick, flavor: f, host: host-1}
        - {name: slow, flavor: f, host: host-1, tags: ["scs:migration=cold"]}

      """, to: "cloud.yaml")
    func evacuation(_ windows: String) throws -> (code: Int32, plan: [String: Any]) {
      try folder.write(
        """
        name: noticed
        cloud: cloud.yaml
        evacuation: {hosts: [host-1]}
        calendar:
          told: 2026-12-01T09:00:00Z
          partial_work: \(partial)
          windows: [\(windows)]

        """, to: "scenario.yaml")
      let result = try BerthProcess.run(
        ["plan", "evacuate", folder.path("scenario.yaml"), "-f", "json"])
      return (result.code, try json(result.stdout))
    }
    let soon = "{start: 2026-12-02T09:00:00Z, end: 2026-12-02T13:00:00Z}"
    let late = "{start: 2026-12-04T10:00:00+01:00, end: 2026-12-04T14:00:00+01:00}"
    let refused = try evacuation(soon)
    #expect(refused.code == 2 && refused.plan["verdict"] as? String == "infeasible")
    let left = try #require(refused.plan["left_behind"] as? [[String: Any]])
    let advice = try #require(left.first { $0["vm"] as? String == "slow" }?["advice"] as? String)
    #expect(advice.contains("not before 2026-12-04T09:00:00Z"))
    #expect(left.map { $0["reason"] as? String } == left.map { _ in "notice" })
    let moves = try #require(refused.plan["moves"] as? [[String: Any]])
    #expect(moves.compactMap { $0["vm"] as? String } == (partial ? ["quick"] : []))
    let held = try evacuation(soon + ", " + late)
    #expect(held.code == 0 && held.plan["window_s"] as? Double == 4 * 3600)
    let dates = try #require(held.plan["dates"] as? [String: Any])
    #expect(dates["start"] as? String == "2026-12-04T09:00:00Z")
    let notice = try #require((dates["notices"] as? [[String: Any]])?.first)
    #expect(notice["by"] as? String == "2026-12-01T09:00:00Z")
  }
}
