import Foundation
import TestSupport
import Testing

/// `berth availability SCENARIO`, `sharing` and `simulate` as a person runs them.
@Suite struct AvailabilityServicesTests {
  private static let isSharedHere = Repository.shared("data/availability-vectors") != nil

  private func scenario(_ name: String) -> String {
    Repository.root.appending(path: "scenarios/studies/\(name).yaml").path
  }

  private func json(_ arguments: [String], code: Int32 = 0) throws -> Any {
    let result = try BerthProcess.run(arguments + ["-f", "json"])
    #expect(result.code == code, "\(result.stderr)")
    return try JSONSerialization.jsonObject(with: Data(result.stdout.utf8))
  }

  @Test func `zones named part by part have the exact answer`() throws {
    let answer = try #require(
      try json(["availability", scenario("zone-parts"), "--claim", "99.999"], code: 2)
        as? [String: Any])
    let services = try #require(answer["services"] as? [[String: Any]])
    let running = try #require(services.first { $0["impact"] as? String == "running" })
    let unavailability = try #require(running["unavailability"] as? Double)
    #expect(abs(unavailability / 1.03697488249363e-05 - 1) < 1e-9)
    #expect(running["verdict"] as? String == "not_met")
    #expect(running["limited_by"] as? String == "region")
    let blame = try #require(running["blame"] as? [[String: Any]])
    let region = try #require(blame.first { $0["node"] as? String == "region" })
    #expect(abs((region["birnbaum"] as? Double ?? 0) - 1) < 1e-5)
    #expect(
      (region["availability_without"] as? Double ?? 0) > (running["availability"] as? Double ?? 1))
    let simulated = try #require(running["simulated"] as? [String: Any])
    #expect(simulated["years"] as? Int == 2000)
  }

  @Test func `eighteen cases stand in one table`() throws {
    let answers = try #require(
      try json(["availability", scenario("availability")], code: 2) as? [[String: Any]])
    #expect(answers.count == 18)
    let table = try BerthProcess.run(["availability", scenario("availability"), "-f", "csv"])
    let rows = table.stdout.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    #expect(rows.count == 54)
    for row in rows {
      let (independent, shared) = (try #require(Double(row[4])), try #require(Double(row[5])))
      #expect(independent >= shared - 0.005, "\(row)")
    }
  }

  @Test func `a history agrees with the exact answer`() throws {
    let answer = try #require(
      try json(
        [
          "availability", scenario("availability"), "--set", "availability.variants={}", "--set",
          "availability.years=20000",
        ], code: 2) as? [String: Any])
    let services = try #require(answer["services"] as? [[String: Any]])
    for row in services where row["impact"] as? String == "running" {
      let simulated = try #require(row["simulated"] as? [String: Any])
      let exact = try #require(row["availability"] as? Double)
      let low = try #require(simulated["ci_low"] as? Double)
      let high = try #require(simulated["ci_high"] as? Double)
      // Three services with one seed: twice the interval is missed once in ten thousand seeds.
      let slack = (high - low) / 2
      #expect(low - slack <= exact && exact <= high + slack, "\(row["service"] ?? "")")
    }
  }

  @Test func `sharing says what the standard says`() throws {
    let rows = try #require(
      try json([
        "availability", "sharing", scenario("availability"), "--set",
        "availability.preset=shared_everything", "--set", "availability.variants={}",
      ]) as? [[String: Any]])
    let storage = try #require(rows.first { $0["part"] as? String == "block-storage" })
    #expect(storage["zones_sharing"] as? Int == 3)
    #expect((storage["scs"] as? String)?.hasPrefix("allowed, not recommended") == true)
    #expect(rows.contains { $0["part"] as? String == "grid" })
  }

  @Test(.enabled(if: isSharedHere, "skipped: there is no folder ../shared"))
  func `intervals of samples hold the exact value`() throws {
    let file = try #require(Repository.shared("data/availability-vectors/vectors.json"))
    let rows = try #require(
      try json(["availability", "simulate", file.path, "--seeds", "100"])
        as? [[String: Any]])
    let wanted = ["s07", "s08", "s10", "s11", "s12", "s13", "s14"]
    var seen = 0
    for row in rows {
      let id = try #require(row["id"] as? String)
      guard wanted.contains(where: id.hasPrefix) else { continue }
      seen += 1
      let covered = try #require(row["covered"] as? Int)
      let width = try #require(row["median_half_width"] as? Double)
      print("\(id): \(covered) of 100 intervals, median half-width \(width)")
      #expect(covered >= 88, "\(id)")
      #expect(width <= 0.2, "\(id)")
    }
    #expect(seen == 14)
  }

  @Test(.enabled(if: isSharedHere, "skipped: there is no folder ../shared"))
  func `a rare loss of capacity is known to a tenth`() throws {
    let file = try #require(Repository.shared("data/availability-vectors/vectors.json"))
    let all = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    let rare = (all["vectors"] as? [[String: Any]] ?? []).filter {
      ($0["id"] as? String)?.hasPrefix("s09") == true
    }
    let folder = try TemporaryFolder()
    let text = try JSONSerialization.data(withJSONObject: rare)
    try folder.write(String(decoding: text, as: UTF8.self), to: "s09.json")
    let rows = try #require(
      try json([
        "availability", "simulate", folder.path + "/s09.json", "--seeds", "20", "--half-width",
        "0.1",
      ]) as? [[String: Any]])
    let row = try #require(rows.first)
    let covered = try #require(row["covered"] as? Int)
    print("s09: \(covered) of 20 intervals, half-width \(row["median_half_width"] ?? "")")
    #expect(covered >= 16)
    #expect((row["median_half_width"] as? Double ?? 1) <= 0.12)
    // Sampling without bias would need a thousand times as many.
    let plain = try #require(row["plain_samples"] as? Double)
    #expect(plain > 1000 * (row["samples"] as? Double ?? .infinity))
  }

  private static let wrong: [(keys: String, says: String)] = [
    (
      "  tier: none\n",
      "availability.tier must be a class where a zone has no part that brings power"
    ),
    (
      "  parts:\n    - {name: a, needs: [b]}\n    - {name: b, needs: [c]}\n"
        + "    - {name: c, needs: [a]}\n", "a needs b needs c needs a"
    ), ("  parts:\n    - {name: a, count: 2, needed: 3}\n", "needed must be from 1 to `count`, 2"),
    ("  parts:\n    - {name: a, on_demand: 1.5}\n", "on_demand must be a number from 0.0 to 1.0"),
    ("  parts:\n    - {name: a, needs: [rak]}\n", "did you mean `rack`?"),
    ("  parts:\n    - {name: a, zones: [az9]}\n", "must be a zone, found \"az9\""),
    ("  parts:\n    - {name: a/b}\n", "letters, digits"),
    ("  parts:\n    - {name: a, mtbf: 5 h}\n", "needs `mttr`"),
    ("  without: [hots]\n", "did you mean `host`?"),
    ("  services:\n    - {name: x, replicas: 2, needed: 3}\n", "from 1 to `replicas`, 2"),
    ("  claim: 101\n", "claim must be a number from 0.0 to 100.0"),
  ]

  @Test(arguments: wrong.indices)
  func `what is wrong is said with its place`(_ place: Int) throws {
    let folder = try TemporaryFolder()
    let cloud = Repository.root.appending(path: "scenarios/examples/testbed-a.json").path
    let (keys, says) = Self.wrong[place]
    try folder.write("cloud: \(cloud)\navailability:\n\(keys)", to: "s.yaml")
    let result = try BerthProcess.run(["availability", "s.yaml"], in: folder.path)
    #expect(result.code == 65, "\(result.stderr)")
    #expect(result.stderr.contains(says), "\(result.stderr)")
    #expect(result.stderr.contains("s.yaml:"), "\(result.stderr)")
    #expect(result.stdout.isEmpty)
  }
}
