import Foundation
import TestSupport
import Testing

/// All strategies beside one another on one cloud: Berth's own is no worse in any goal than another,
/// unless a goal before it is better.
@Suite struct StrategyTableTests {
  /// A row of the table.
  struct Row {
    let strategy: String
    /// VMs left behind, a window that is not held, seconds off, seconds: less is better.
    let goals: [Double]
    let beside: String

    init(_ row: [String: Any]) throws {
      strategy = try #require(row["strategy"] as? String)
      let verdict = try #require(row["verdict"] as? String)
      let numbers = try ["left_behind", "off_s", "p50_s"].map { key in
        try #require((row[key] as? NSNumber)?.doubleValue, "\(key)")
      }
      // Sums of microseconds, which are added in another order.
      let off = (numbers[1] * 1e6).rounded()
      goals = [numbers[0], verdict == "fits" ? 0 : 1, off, numbers[2]]
      beside = try #require(row["beside_planned"] as? String)
    }
  }

  /// The table for a cloud or scenario.
  private func table(_ file: String, _ options: [String] = []) throws -> [Row] {
    let path = Repository.root.appending(path: "scenarios/\(file)").path
    let result = try BerthProcess.run(
      ["plan", "evacuate", path, "--policy", "all", "--replications", "20", "-f", "json", "-q"]
        + options)
    #expect([0, 2].contains(result.code), Comment(rawValue: result.stderr))
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [[String: Any]])
    return try rows.map(Row.init)
  }

  /// Whether planned is no worse than each row in the order of the goals, and the table says so.
  private func check(_ rows: [Row], _ what: String) throws {
    #expect(rows.count >= 8)
    let planned = try #require(rows.first { $0.strategy == "planned" })
    #expect(planned.beside == "-")
    for row in rows where row.strategy != "planned" {
      #expect(
        !row.goals.lexicographicallyPrecedes(planned.goals),
        "\(what), \(row.strategy): \(row.goals), planned \(planned.goals)")
      let isEqual = row.goals == planned.goals
      #expect((row.beside == "equal") == isEqual, "\(what), \(row.strategy): \(row.beside)")
      let isWorse = ["more left behind", "does not fit", "more time off", "longer"]
        .contains { row.beside.split(separator: "(").first?.contains($0) == true }
      #expect(isWorse != isEqual, "\(what), \(row.strategy): \(row.beside)")
    }
  }

  /// The recorded cloud has four kinds of hosts, two of them standard, in each of three zones.
  @Test(arguments: ["std01", "std02", "mem03", "gpu04"])
  func `one host of each kind and zone of the recorded cloud`(kind: String) throws {
    for zone in ["a", "b", "c"] {
      let host = "cmp-\(zone)-\(kind)"
      let options = ["--hosts", host, "--window", "4h"]
      try check(try table("examples/testbed-a.json", options), host)
    }
  }

  @Test func `the scenario of the example`() throws {
    try check(try table("examples/evacuation.yaml"), "example")
  }

  @Test func `a packing instance as a cloud, where others leave more behind`() throws {
    let rows = try table("studies/evac-50-tight.yaml")
    try check(rows, "evac-50-tight")
    let planned = try #require(rows.first { $0.strategy == "planned" })
    #expect(planned.goals[0] <= 4, "packing alone leaves 4, helper moves may do better")
    for row in rows where row.strategy != "planned" {
      #expect(row.goals[0] > planned.goals[0], "\(row.strategy)")
    }
  }

  @Test func `groups, devices and answers of owners`() throws {
    let rows = try table("studies/strategies.yaml")
    try check(rows, "strategies")
    let planned = try #require(rows.first { $0.strategy == "planned" })
    #expect(planned.goals[0] == 0)
    #expect(rows.contains { $0.goals[0] > 0 })
  }
}
