import Foundation
import TestSupport
import Testing

/// The commands about engine, scheduler, demand and capacity through the built program.
struct EngineCommandTests {
  private func object(_ arguments: [String], code: Int32 = 0) throws -> [String: Any] {
    let result = try BerthProcess.run(arguments + ["-f", "json"])
    #expect(result.code == code, "\(arguments) \(result.stderr)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [String: Any])
  }

  /// Hashes that the reference in C++ and other programs for the same workload gave.
  @Test(arguments: [("100", "cd7b720249019240"), ("1000", "26e2b970132b77b6")])
  func `the engine places a million VMs as the reference does`(
    hosts: String, hash: String
  ) throws {
    for policy in ["best-fit", "example-tightest"] {
      let answer = try object([
        "bench", "engine", "--hosts", hosts, "--vms", "1000000", "--policy", policy,
      ])
      #expect(answer["placement_hash"] as? String == hash, "\(policy)")
      #expect(answer["events"] as? Int == 2_000_000)
      #expect(answer["rejected"] as? Int == 0)
    }
  }

  @Test func `a demand of millions takes the memory of a small one`() throws {
    var peaks: [Int] = []
    for vms in ["200000", "4000000"] {
      let answer = try object(["bench", "engine", "--hosts", "200", "--vms", vms, "--streamed"])
      peaks.append(try #require(answer["peak_rss_bytes"] as? Int))
    }
    #expect(peaks[1] < peaks[0] + 4 << 20, "\(peaks)")
  }

  @Test func `a hundred thousand hosts with a million VMs stay below a GiB`() throws {
    let answer = try object([
      "bench", "engine", "--hosts", "100000", "--vms", "1200000", "--streamed",
    ])
    #expect(try #require(answer["peak_rss_bytes"] as? Int) < 1 << 30)
  }

  @Test func `both documented policies are listed with the built-in ones`() throws {
    let result = try BerthProcess.run(["policies", "list", "-f", "value", "-c", "name"])
    for name in ["best-fit", "nova", "glpk-batch", "example-tightest", "example-scored"] {
      #expect(result.stdout.split(separator: "\n").contains(Substring(name)))
      let shown = try object(["policies", "show", name])
      #expect(shown["kind"] as? String == "placement")
      #expect((shown["source"] as? String)?.isEmpty == false)
    }
  }

  @Test(
    .enabled(if: Repository.shared("openstack") != nil, "skipped: there is no folder ../shared"))
  func `Nova's recorded decisions are predicted one and all`() throws {
    let trace = try #require(Repository.shared("openstack/traces/a.jsonl.gz"))
    let answer = try object(["validate", "scheduler", trace.path])
    #expect(answer["decisions"] as? Int == 323)
    #expect(answer["decisions_exact"] as? Int == 323)
    #expect(answer["rounds"] as? Int == 338)
    #expect(answer["rounds_exact"] as? Int == 338)
    #expect(answer["chain_agree"] as? Int == 277)
    #expect(answer["chain_choices"] as? Int == 289)
    #expect((answer["differences"] as? [Any])?.isEmpty == true)
    let chain = try #require(answer["chain_differences"] as? [[String: Any]])
    #expect(chain.count == 12)
    for difference in chain {
      #expect((difference["explanation"] as? String)?.contains("live migration") == true)
    }
  }

  @Test func `the bundled week has the published figures`() throws {
    let folder = Repository.root.appending(path: "data/azure-vm-2017").path
    let rows = try #require(try object(["validate", "demand", folder])["rows"] as? [[String: Any]])
    let measured = rows.compactMap { $0["measured"] as? Double }
    for figure in [410_276, 82_946, 1404, 1806, 26_756, 64_345, 174_958, 129_750] {
      #expect(measured.contains { Int($0.rounded()) == figure }, "\(figure)")
    }
  }

  @Test func `capacity says how many more fit, now and with a zone lost`() throws {
    let cloud = Repository.root.appending(path: "scenarios/examples/testbed-a.json").path
    let rows = try #require(try object(["capacity", cloud])["rows"] as? [[String: Any]])
    #expect(!rows.isEmpty)
    for row in rows {
      let (now, bound) = (row["now"] as? Int, row["now_bound"] as? Int)
      let greedy = try #require(row["greedy"] as? Int)
      #expect(try #require(now) <= #require(bound) && greedy <= #require(now), "\(row)")
    }
  }
}
