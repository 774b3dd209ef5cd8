import Foundation
import TestSupport
import Testing

/// Rolling instances through the built program.
@Suite struct RollingSolveTests {
  @Test(
    .enabled(
      if: Repository.shared("data/rolling-instances") != nil,
      "skipped: there is no folder ../shared"),
    arguments: ["roll-14-rack", "roll-90-spare"])
  func `waves, moves and bounds of both courses`(name: String) throws {
    let file = try #require(Repository.shared("data/rolling-instances/\(name).json")).path
    let result = try BerthProcess.run(["solve", file, "-f", "json"])
    #expect(result.code == 0, "\(result.stderr)")
    let reports = try #require(
      try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [[String: Any]])
    let instance = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: file)))
        as? [String: Any])
    let best = try #require(instance["best_known"] as? [String: Any])
    let objective = try #require(reports.first?["objective"] as? [String: [String: Any]])
    let plans = try #require(reports.first?["plan"] as? [String: [[String: Any]]])
    for course in ["back", "stay"] {
      let waves = try #require(objective[course]?["waves"] as? Int)
      let of = try #require((best[course] as? [String: Any])?["waves"] as? [String: Any])
      let known = try #require(of["best"] as? Int)
      #expect(waves <= known)
      #expect(try #require(objective[course]?["waves_bound"] as? Int) <= waves)
      #expect(plans[course]?.count == waves)
    }
    let moves = try #require(objective["stay"]?["moves"] as? Int)
    #expect(moves == (plans["stay"] ?? []).reduce(0) { $0 + (($1["moves"] as? [Any])?.count ?? 0) })
    #expect(try #require(objective["stay"]?["moves_bound"] as? Int) <= moves)
  }
}
