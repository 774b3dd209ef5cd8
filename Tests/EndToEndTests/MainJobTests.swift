import Foundation
import TestSupport
import Testing

/// The main job through the built program: from recorded answers to a plan that is proven right.
struct MainJobTests {
  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private func collect(in folder: TemporaryFolder, capture: String? = nil) throws -> String {
    let capture =
      capture ?? Repository.root.appending(path: "scenarios/captures/testbed-a").path
    let cloud = folder.path("cloud.json")
    let result = try BerthProcess.run(
      ["collect", "openstack", "--capture", capture, "--out", cloud, "-f", "json"])
    #expect(result.code == 0, "\(result.stderr)")
    let answer = try json(result.stdout)
    for (key, count) in ["hosts": 12, "vms": 119, "zones": 3, "flavors": 13, "groups": 12] {
      #expect(answer[key] as? Int == count, "\(key)")
    }
    let findings = try #require(answer["findings"] as? [[String: Any]])
    #expect(findings.count == 14)
    return cloud
  }

  @Test func `a capture becomes a cloud file, the same as the bundled one`() throws {
    let folder = try TemporaryFolder()
    let cloud = try collect(in: folder)
    let bundled = try Repository.text(of: "scenarios/examples/testbed-a.json")
    #expect(try String(contentsOfFile: cloud, encoding: .utf8) == bundled)
  }

  @Test(
    .enabled(if: Repository.shared("openstack") != nil, "skipped: there is no folder ../shared"))
  func `the full capture gives the same counts as the bundled part of it`() throws {
    let folder = try TemporaryFolder()
    let capture = try #require(Repository.shared("openstack/captures/a/read"))
    _ = try collect(in: folder, capture: capture.path)
  }

  @Test func `every pair of hosts gives a plan that breaks no rule at any moment`() throws {
    let folder = try TemporaryFolder()
    let cloud = try collect(in: folder)
    let document = try json(try String(contentsOfFile: cloud, encoding: .utf8))
    let hosts = try #require(document["hosts"] as? [[String: Any]])
    let names = hosts.compactMap { $0["name"] as? String }
    var verdicts: Set<String> = []
    for (index, first) in names.enumerated() {
      for second in names.dropFirst(index + 1) {
        let result = try BerthProcess.run([
          "plan", "evacuate", cloud, "--hosts", "\(first),\(second)", "--window", "60min",
          "--replications", "20", "-f", "json",
        ])
        let plan = try json(result.stdout)
        let verdict = try #require(plan["verdict"] as? String)
        verdicts.insert(verdict)
        #expect(result.code == (verdict == "fits" ? 0 : 2))
        let problems = PlanFileChecker.problems(plan: plan, cloud: document, devices: [])
        #expect(problems == [], "\(first),\(second)")
      }
    }
    #expect(verdicts.isSuperset(of: ["fits", "infeasible"]))
  }

  @Test func `the example has every kind of move and is proven right`() throws {
    let scenario = Repository.root.appending(path: "scenarios/examples/evacuation.yaml").path
    let result = try BerthProcess.run(["plan", "evacuate", scenario, "-f", "json"])
    #expect(result.code == 0, "\(result.stderr)")
    let plan = try json(result.stdout)
    let moves = try #require(plan["moves"] as? [[String: Any]])
    #expect(
      Set(moves.compactMap { $0["action"] as? String }) == ["live", "cold", "stop", "recreate"])
    #expect(Set(moves.compactMap { $0["reason"] as? String }).isSuperset(of: ["wish", "pci"]))
    for move in moves {
      let action = try #require(move["action"] as? String)
      #expect((move["target"] is String) == ["live", "cold"].contains(action))
      #expect((move["reason"] is String) == (action != "live"))
      #expect(move["start_s"] is NSNumber && move["wave"] is NSNumber)
    }
    let solver = try #require(plan["solver"] as? [String: Any])
    #expect(Set(solver.keys) == ["status", "objective", "bound", "gap", "seconds"])
    let duration = try #require(plan["duration_s"] as? [String: Any])
    #expect(Set(duration.keys).isSuperset(of: ["p50", "p95", "bound"]))
    let cloud = try json(try Repository.text(of: "scenarios/examples/testbed-a.json"))
    let gpus = ["a", "b", "c"].map { (host: "cmp-\($0)-gpu04", type: "gpu-h100", count: 4) }
    #expect(PlanFileChecker.problems(plan: plan, cloud: cloud, devices: gpus) == [])
  }

  @Test func `a window that is too short is answered with the slots of the source`() throws {
    let cloud = Repository.root.appending(path: "scenarios/examples/testbed-a.json").path
    let result = try BerthProcess.run([
      "plan", "evacuate", cloud, "--hosts", "cmp-c-std01", "--window", "10 s", "-f", "json",
      "--set", "policies.wishes=[{name: '*', class: live}]",
    ])
    #expect(result.code == 2)
    let plan = try json(result.stdout)
    #expect(plan["verdict"] as? String == "does_not_fit")
    #expect(plan["probability"] as? Double == 0)
    let bounds = try #require(plan["bounds"] as? [[String: Any]])
    #expect(bounds.first?["name"] as? String == "slots")
    #expect(bounds.first?["subject"] as? String == "cmp-c-std01")
  }

  @Test func `plan and run folder are the same bytes on one and on two workers`() throws {
    let scenario = Repository.root.appending(path: "scenarios/examples/evacuation.yaml").path
    var folders: [String] = []
    for workers in ["1", "2"] {
      let folder = try TemporaryFolder()
      let run = folder.path("run")
      let result = try BerthProcess.run(["run", scenario, "--workers", workers, "--out", run])
      #expect(result.code == 0, "\(result.stderr)")
      #expect(result.stdout.hasSuffix("run folder: \(run)\n"))
      folders.append(run)
      folder.keep()
    }
    defer { for folder in folders { try? FileManager.default.removeItem(atPath: folder) } }
    let names = try FileManager.default.subpathsOfDirectory(atPath: folders[0]).sorted()
    #expect(names.contains("plan.json") && names.contains("events.jsonl.gz"))
    #expect(names.contains("tables/summary.csv") && names.contains("scenario.yaml"))
    for name in names where !name.hasSuffix("tables") {
      let pair = folders.map { FileManager.default.contents(atPath: "\($0)/\(name)") }
      if name == "manifest.json" {
        var manifests = try pair.map { try json(String(decoding: $0 ?? Data(), as: UTF8.self)) }
        for index in manifests.indices {
          manifests[index]["start"] = nil
          manifests[index]["end"] = nil
        }
        #expect(NSDictionary(dictionary: manifests[0]).isEqual(to: manifests[1]))
      } else {
        #expect(pair[0] != nil && pair[0] == pair[1], "\(name)")
      }
    }
  }

  @Test func `asked for more, a plan says why each VM has its class and each number its value`()
    throws
  {
    let scenario = Repository.root.appending(path: "scenarios/examples/evacuation.yaml").path
    let plain = try BerthProcess.run(["plan", "evacuate", scenario])
    let more = try BerthProcess.run(["plan", "evacuate", scenario, "-v", "-v"])
    #expect(more.stdout == plain.stdout)
    #expect(!plain.stderr.contains("carrier"))
    #expect(more.stderr.contains("carrier") && more.stderr.contains("wish_refused"))
    #expect(more.stderr.contains("stream_rate"))
  }

  @Test func `an exported plan has the shape that tools carry out`() throws {
    let folder = try TemporaryFolder()
    let scenario = Repository.root.appending(path: "scenarios/examples/evacuation.yaml").path
    let plan = folder.path("plan.json")
    let made = try BerthProcess.run(["plan", "evacuate", scenario, "--out", plan, "-q"])
    #expect(made.code == 0, "\(made.stderr)")
    let moves = try json(
      try BerthProcess.run(["plan", "export", plan, "--format", "moves"]).stdout)
    #expect(moves["drain_hosts"] as? [String] == ["cmp-a-std02", "cmp-b-gpu04"])
    let list = try #require(moves["moves"] as? [[String: Any]])
    #expect(
      Set(list.compactMap { $0["action"] as? String }) == ["live", "cold", "shutdown"])
    #expect(list.allSatisfy { $0["wave"] is NSNumber && $0["server"] is String })
    let shown = try BerthProcess.run(["plan", "show", plan])
    #expect(made.stdout.hasPrefix(shown.stdout))
  }
}
