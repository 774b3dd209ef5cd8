import Foundation
import TestSupport
import Testing

/// `berth solve` and `berth bench placement` as a person runs them.
@Suite struct SolveCommandTests {
  private static let isSharedHere = Repository.shared("data/placement-instances") != nil

  private func answer(_ name: String, _ options: [String] = []) throws -> [String: Any] {
    let file = try #require(Repository.shared("data/placement-instances/\(name).json"))
    let result = try BerthProcess.run(["solve", file.path, "-f", "json"] + options)
    #expect(result.code == 0, "\(result.stderr)")
    let answers = try #require(
      try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [[String: Any]])
    return try #require(answers.first)
  }

  @Test(
    .enabled(if: isSharedHere, "skipped: there is no folder ../shared"),
    arguments: [("headroom-30", 3, [5, 3, 5]), ("headroom-120", 12, [24, 12, 14])])
  func `headroom instances are solved to their proven values`(
    name: String, least: Int, zones: [Int]
  ) throws {
    let answer = try answer(name)
    for key in ["objective", "bound"] {
      let value = try #require(answer[key] as? [String: Any])
      #expect(value["min_az_batches"] as? Int == least, "\(key)")
      let perZone = try #require(value["per_az"] as? [String: Int])
      #expect(zones.indices.map { perZone["\($0)"] } == zones, "\(key)")
    }
    let proven = try #require(answer["proven"] as? [String: Any])
    #expect(proven["min_az_batches"] as? Bool == true)
    #expect(proven["per_az"] as? [String: Bool] == ["0": true, "1": true, "2": true])
  }

  @Test(.enabled(if: isSharedHere, "skipped: there is no folder ../shared"))
  func `evacuations have both goals`() throws {
    let answer = try answer("evac-50-over")
    #expect(answer["objective"] as? [String: Int] == ["unplaced": 37, "ref_slots_left": 61])
    #expect(answer["bound"] as? [String: Int] == ["unplaced": 37, "ref_slots_left": 61])
    #expect((answer["assignment"] as? [Any])?.count == 125)
  }

  @Test(.enabled(if: isSharedHere, "skipped: there is no folder ../shared"))
  func `a consolidation names the hosts`() throws {
    let answer = try answer("consolidate-24")
    #expect(answer["objective"] as? [String: Int] == ["migrations": 13])
    #expect((answer["emptied"] as? [Int])?.count == 2)
  }

  @Test(.enabled(if: isSharedHere, "skipped: there is no folder ../shared"))
  func `a tenth of a second leaves an answer with a bound`() throws {
    let answer = try answer("evac-120-rack", ["--time-limit", "0.1"])
    let value = try #require(answer["objective"] as? [String: Int])
    let bound = try #require(answer["bound"] as? [String: Int])
    #expect(try #require(bound["unplaced"]) <= #require(value["unplaced"]))
    #expect(try #require(bound["ref_slots_left"]) >= #require(value["ref_slots_left"]))
  }

  @Test func `an unknown solver is refused`() throws {
    let result = try BerthProcess.run(["bench", "placement", "x.json", "--solver", "nosuch"])
    #expect(result.code == 64)
    #expect(result.stderr.contains("--solver"))
  }
}
