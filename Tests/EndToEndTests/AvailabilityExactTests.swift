import Foundation
import TestSupport
import Testing

/// `berth availability exact` as a person runs it.
@Suite struct AvailabilityExactTests {
  private static let isSharedHere = Repository.shared("data/availability-vectors") != nil

  private func objects(_ text: String) throws -> [[String: Any]] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
  }

  /// What differs between an answer and what is expected, by path.
  private func differences(
    _ found: Any?, _ expected: Any, _ tolerance: Double, at path: String
  ) -> [String] {
    if let expected = expected as? [String: Any] {
      let found = found as? [String: Any]
      return expected.keys.sorted().flatMap { key in
        differences(found?[key], expected[key] as Any, tolerance, at: "\(path).\(key)")
      }
    }
    if let expected = expected as? [Any] {
      guard let found = found as? [Any], found.count == expected.count else { return [path] }
      return expected.indices.flatMap {
        differences(found[$0], expected[$0], tolerance, at: "\(path)[\($0)]")
      }
    }
    if let expected = (expected as? NSNumber)?.doubleValue {
      guard let found = (found as? NSNumber)?.doubleValue else { return [path] }
      return abs(found - expected) <= tolerance * abs(expected) ? [] : ["\(path): \(found)"]
    }
    if let expected = expected as? String { return found as? String == expected ? [] : [path] }
    return expected is NSNull && found is NSNull ? [] : [path]
  }

  @Test(.enabled(if: isSharedHere, "skipped: there is no folder ../shared"))
  func `all vectors are met with all their keys`() throws {
    let file = try #require(Repository.shared("data/availability-vectors/vectors.json"))
    let vectors = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    let expected = try #require(vectors["vectors"] as? [[String: Any]])
    let result = try BerthProcess.run(["availability", "exact", file.path, "-f", "json"])
    #expect(result.code == 0, "\(result.stderr)")
    let answers = try objects(result.stdout)
    #expect(answers.count == expected.count)
    for (answer, vector) in zip(answers, expected) {
      let id = try #require(vector["id"] as? String)
      #expect(answer["id"] as? String == id)
      let tolerance = try #require((vector["tolerance"] as? [String: Double])?["relative"])
      let wrong = differences(answer, vector["expected"] as Any, tolerance, at: id)
      #expect(wrong.isEmpty, "\(wrong.prefix(5))")
    }
  }

  private static let problems = """
    [{"id": "power", "kind": "fault-tree", "input": {"top": "lost",
      "events": {"utility": {"mtbf_h": 8760, "mttr_h": 4}, "generator": 0.05},
      "gates": {"lost": {"op": "and", "args": ["utility", "generator"]}}}},
     {"id": "part", "kind": "ctmc", "input": {"states": ["up", "down"], "down": [1],
      "transitions": [[0, 1, 1], [1, 0, 3]]}}]
    """

  @Test func `people get sentences and programs get figures`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.problems, to: "p.json")
    let text = try BerthProcess.run(["availability", "exact", "p.json"], in: folder.path)
    #expect(text.code == 0, "\(text.stderr)")
    #expect(
      text.stdout == """
        power: unavailable 2.282e-5 of the time, 12 min a year; available 99.9977 %
          minimal cut sets: 1 (1 of order 2)
          most critical: utility 100 %, generator 100 %

        part: unavailable 0.2500 of the time, 91 d 6 h a year; available 75.00 %
          fails every 1 h of uptime for 20 min
          first failure after 1 h on average

        """)
    let csv = try BerthProcess.run(
      ["availability", "exact", "p.json", "-f", "csv"], in: folder.path)
    #expect(csv.stdout.hasPrefix("id,kind,key,value\npower,fault-tree,probability,"))
    #expect(csv.stdout.contains("part,ctmc,unavailability,0.25\n"))
  }

  @Test func `the same bytes twice`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.problems, to: "p.json")
    let arguments = ["availability", "exact", "p.json", "-f", "json"]
    let first = try BerthProcess.run(arguments, in: folder.path)
    #expect(first.stdout == (try BerthProcess.run(arguments, in: folder.path)).stdout)
  }

  @Test func `problems are written for other programs`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.problems, to: "p.json")
    let export = ["availability", "exact", "p.json", "--out", "x", "--export"]
    let trees = try BerthProcess.run(export + ["open-psa"], in: folder.path)
    #expect(trees.code == 0 && trees.stderr.contains("part: "))
    let tree = try String(contentsOfFile: folder.path("x/power.xml"), encoding: .utf8)
    #expect(tree.contains("<define-gate name=\"lost\">"))
    #expect(try BerthProcess.run(export + ["open-psa"], in: folder.path).code == 73)
    #expect(try BerthProcess.run(export + ["prism"], in: folder.path).code == 0)
    let chain = try String(contentsOfFile: folder.path("x/part.prism"), encoding: .utf8)
    #expect(chain.contains("[] state=0 -> 1.0 : (state'=1);"))
    let alone = try BerthProcess.run(
      ["availability", "exact", "p.json", "--export", "prism"], in: folder.path)
    #expect(alone.code == 64)
  }

  @Test func `bad files end with one clear error`() throws {
    let folder = try TemporaryFolder()
    let cases = [
      ("0.05", "1.05", "E0104"),
      ("[\"utility\", \"generator\"]", "[\"utility\", \"lost\"]", "E0122"),
      ("\"op\": \"and\"", "\"op\": \"atleast\", \"k\": 3", "E0104"), (", [1, 0, 3]", "", "E0122"),
    ]
    for (old, new, code) in cases {
      try folder.write(Self.problems.replacing(old, with: new), to: "bad.json")
      let result = try BerthProcess.run(["availability", "exact", "bad.json"], in: folder.path)
      #expect(result.code == 65 && result.stdout.isEmpty, "\(new)")
      #expect(result.stderr.hasPrefix("error[\(code)]: "), "\(result.stderr)")
      #expect(result.stderr.contains("--> bad.json:") && result.stderr.contains("help: "))
    }
    #expect(try BerthProcess.run(["availability", "exact", "none.json"]).code == 66)
  }

  @Test func `a tree of too many gates is refused with advice`() throws {
    let gates = (1..<210_000).map {
      "\"g\($0)\":{\"op\":\"or\",\"args\":[\"g\($0 - 1)\",\"e\"]}"
    }.joined(separator: ",")
    let text =
      "{\"id\":\"deep\",\"kind\":\"fault-tree\",\"input\":{\"top\":\"g209999\",\"events\":{\"e\":0.1},"
      + "\"gates\":{\"g0\":{\"op\":\"or\",\"args\":[\"e\"]},\(gates)}}}"
    let folder = try TemporaryFolder()
    try folder.write(text, to: "deep.json")
    let result = try BerthProcess.run(["availability", "exact", "deep.json"], in: folder.path)
    #expect(result.code == 65)
    #expect(result.stderr.contains("has 210000 gates; exact answers are for at most 200000"))
    #expect(result.stderr.contains("one event"))
  }
}
