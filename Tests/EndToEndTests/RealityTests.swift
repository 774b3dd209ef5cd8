import Foundation
import TestSupport
import Testing

/// What the program says beside what was measured and what the standard's own checker answers.
struct RealityTests {
  @Test func `recorded evacuations are predicted within the tolerance of each figure`() throws {
    let data = Repository.root.appending(path: "data/openstack-livemigration-osic").path
    let result = try BerthProcess.run(["validate", "migrations", data, "-f", "json"])
    #expect(result.code == 0, "\(result.stderr)")
    let answer = try #require(
      try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [String: Any])
    let rows = try #require(answer["rows"] as? [[String: Any]])
    var errors: [String: (error: Double, fitted: Bool)] = [:]
    for row in rows {
      let name = try #require(row["name"] as? String)
      let measured = try #require(row["measured"] as? Double)
      let predicted = try #require(row["predicted"] as? Double)
      let error = try #require(row["error"] as? Double)
      #expect(abs(predicted / measured - 1 - error) < 1e-9)
      errors[name] = (error, try #require(row["fitted"] as? Bool))
    }
    let predictions: [(name: String, tolerance: Double)] = [
      ("shared/off/default/small/1/wall_s.mean", 0.01),
      ("shared/off/default/medium/1/wall_s.mean", 0.01),
      ("shared/off/unlimited/medium/2/wall_s.mean", 0.01),
      ("shared/off/unlimited/medium/2/migration_s.mean", 0.12),
      ("shared/off/unlimited/medium/2/migration_s.first", 0.12),
      ("shared/off/default/small/1/even/migration_s.mean", 0.02),
      ("block/on/default/medium/1/even/migration_s.mean", 0.02),
    ]
    for (name, tolerance) in predictions {
      let found = try #require(errors[name], "no row \(name)")
      #expect(!found.fitted, "\(name)")
      #expect(abs(found.error) <= tolerance, "\(name): \(found.error)")
    }
  }

  @Test(
    .enabled(if: Repository.shared("data") != nil, "skipped: there is no folder ../shared"),
    arguments: ["strict", "checker"])
  func `flavor names mean what the standard's checker says`(mode: String) throws {
    let names = try #require(Repository.shared("data/scs-flavors/names.csv"))
    let table = try String(contentsOf: names, encoding: .utf8)
    let lines = table.split(separator: "\n", omittingEmptySubsequences: true).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let rows = lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
    let folder = try TemporaryFolder()
    let file = folder.path("names.txt")
    try rows.map { ($0["name"] ?? "") + "\n" }.joined().write(
      toFile: file, atomically: true, encoding: .utf8)
    let result = try BerthProcess.run([
      "flavor", "parse", "--file", file, "--mode", mode, "-f", "json",
    ])
    #expect(result.code == 2)
    let answers = try #require(
      try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [[String: Any]])
    #expect(answers.count == rows.count)
    for (row, answer) in zip(rows, answers) {
      guard let expected = expectation(for: row, mode: mode) else { continue }
      #expect(answer["name"] as? String == row["name"])
      #expect(answer["valid"] as? Bool == expected, "\(row["name"] ?? "")")
      guard expected, row["cpus"] != "" else { continue }
      for (key, value) in answer where row[key] != nil && key != "name" {
        #expect(Self.text(value) == row[key], "\(row["name"] ?? ""): \(key)")
      }
    }
  }

  /// Whether a name is valid in a mode; nil where the prose leaves it free.
  private func expectation(for row: [String: String], mode: String) -> Bool? {
    let isValidForPeer = row["peer_v1"] == "valid" || row["peer_v3"] == "valid"
    guard mode == "strict" else { return isValidForPeer }
    switch row["text"] {
    case "valid", "valid-example": return true
    case "invalid": return false
    case "unclear": return nil
    default: return isValidForPeer
    }
  }

  private static func text(_ value: Any) -> String {
    if value is NSNull { return "" }
    guard let number = value as? NSNumber, !(value is String) else { return "\(value)" }
    let whole = number.doubleValue.rounded()
    return whole == number.doubleValue ? "\(Int(whole))" : "\(number.doubleValue)"
  }
}
