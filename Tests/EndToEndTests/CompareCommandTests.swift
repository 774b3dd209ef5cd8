import Foundation
import Testing

/// Runs beside one another through the built program.
struct CompareCommandTests {
  /// Holds runs of one evacuation with one and two migrations at a time.
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let text = SmallCloud.replacing(
      "vms:\n", "vms:\n" + (2...5).map { "  - {name: v\($0), flavor: f, host: host-1}\n" }.joined())
    try folder.write(text, to: "cloud.yaml")
    try folder.write(SmallCloud.scenario, to: "small.yaml")
    for (name, options) in [
      ("one", []), ("two", ["--set", "migration.slots_per_source=2"]),
      ("seed", ["--seed", "7", "--set", "migration.slots_per_source=2"]),
    ] {
      let run = try BoundedProcess.run(
        ["run", "small.yaml", "--replications", "20", "--out", name] + options, in: folder)
      #expect(run.code == 0, "\(run.stderr)")
    }
  }

  private func compare(_ arguments: [String]) throws -> BoundedProcess.Result {
    try BoundedProcess.run(["compare"] + arguments, in: folder)
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `the first line is the answer`() throws {
    let result = try compare(["one", "two"])
    #expect(result.code == 0 && result.stderr.isEmpty, "\(result.stderr)")
    let lines = result.stdout.split(separator: "\n").map(String.init)
    let pattern =
      /two ends [0-9.]+ \+- [0-9.]+ times sooner than one \(95 % interval [0-9.]+ to [0-9.]+\)/
    #expect(try #require(lines.first).prefixMatch(of: pattern) != nil, "\(result.stdout)")
    #expect(result.stdout.contains("migration.slots_per_source: 2"))
    #expect(result.stdout.contains("paired on 20 replications"))
  }

  @Test func `a run and its copy show no difference`() throws {
    let result = try compare(["a=one", "b=one", "--exit-code"])
    #expect(result.code == 0)
    #expect(
      result.stdout.hasPrefix(
        "b and a: no difference shown in duration_s, the same in all 20 replications\n"),
      "\(result.stdout)")
    #expect(try compare(["one", "two", "--exit-code"]).code == 2)
  }

  @Test func `the documents say what the tables of the runs hold`() throws {
    let result = try compare(["one", "two", "seed", "-f", "json"])
    let rows = try #require(try object(result.stdout)["measures"] as? [[String: Any]])
    func durations(_ run: String) throws -> [Double] {
      let text = try String(
        contentsOfFile: folder.path("\(run)/tables/replications.csv"), encoding: .utf8)
      return text.split(separator: "\n").dropFirst().compactMap {
        Double($0.split(separator: ",")[1])
      }
    }
    let first = try durations("one")
    for (run, isPaired) in [("two", true), ("seed", false)] {
      let row = try #require(
        rows.first { $0["run"] as? String == run && $0["measure"] as? String == "duration_s" })
      let own = try durations(run)
      let (mean, base) = (own.reduce(0, +) / 20, first.reduce(0, +) / 20)
      #expect(abs(try #require(row["mean"] as? Double) - mean) < 1e-6 * mean)
      #expect(abs(try #require(row["difference"] as? Double) - (mean - base)) < 1e-6 * mean)
      #expect(abs(try #require(row["ratio"] as? Double) - mean / base) < 1e-9)
      #expect((row["pairs"] as? Int == 20) == isPaired)
      #expect(row["shown"] as? Bool == true)
    }
    #expect(result.stderr.contains("another seed (7, not 1)"))
  }

  @Test func `all formats hold the same rows and the same bytes each time`() throws {
    let csv = try compare(["one", "two", "-f", "csv"])
    #expect(csv.stdout == (try compare(["one", "two", "-f", "csv"])).stdout)
    let header = try #require(csv.stdout.split(separator: "\n").first)
    let answer = try object(try compare(["one", "two", "--json"]).stdout)
    let rows = try #require(answer["measures"] as? [[String: Any]])
    #expect(
      Set(header.split(separator: ",").map(String.init)) == Set(try #require(rows.first).keys))
    #expect(csv.stdout.split(separator: "\n").count == rows.count + 1)
    let only = try compare(
      ["one", "two", "--metric", "duration_s", "-f", "value", "-c", "run", "-c", "measure"])
    #expect(only.stdout == "one duration_s\ntwo duration_s\n")
  }

  @Test func `conditions decide the exit code`() throws {
    let failing = try compare(["two", "one", "--fail-on", "duration_s > 1.05x"])
    #expect(failing.code == 2 && failing.stdout.contains("\n  FAIL  one"), "\(failing.stdout)")
    let passing = try compare([
      "one", "two", "--fail-on", "duration_s.p95 > 1.05x", "--fail-on", "failed > 0",
    ])
    #expect(passing.code == 0 && !passing.stdout.contains("FAIL"), "\(passing.stdout)")
    let told = try compare(["two", "one", "--fail-on", "failed >= 0", "-f", "json"])
    #expect(told.code == 2)
    let outcomes = try #require(try object(told.stdout)["fail_on"] as? [[String: Any]])
    #expect(outcomes.map { $0["failed"] as? Bool } == [true])
    #expect(told.stderr.contains("fails on failed >= 0: one has"))
  }

  @Test func `policies of a demand are compared`() throws {
    let folder = try TemporaryFolder()
    let demand =
      "policy,replication,rejected_share\nnova,0,0.5\nnova,1,0.4\nbest,0,0.3\nbest,1,0.2\n"
    try write(folder, "run", demand)
    let result = try BoundedProcess.run(["compare", "run"], in: folder)
    // Two replications leave open how small the first may be, and so the ratio.
    #expect(
      result.stdout.hasPrefix("rejected_share of best is 20.00 % below that of nova (95 % "),
      "\(result.stdout)")
    #expect(result.stdout.contains("20.00 % less"))
  }

  /// Writes the folder of a run.
  private func write(
    _ folder: TemporaryFolder, _ name: String, _ table: String, end: String = "\"end\": \"x\""
  ) throws {
    try FileManager.default.createDirectory(
      atPath: folder.path("\(name)/tables"), withIntermediateDirectories: true)
    try folder.write("{\"seed\": 1, \"cloud_sha256\": \"c\", \(end)}", to: "\(name)/manifest.json")
    try folder.write("name: x\n", to: "\(name)/scenario.yaml")
    try folder.write(table, to: "\(name)/tables/replications.csv")
  }

  @Test func `what is no finished run is named`() throws {
    let folder = try TemporaryFolder()
    let table = "replication,duration_s\n0,5\n1,6\n"
    try write(folder, "good", table)
    try write(folder, "cut", table, end: "\"interrupted_by\": \"row 7\"")
    try write(folder, "odd", "replication,duration_s\n0,5,6\n")
    try write(folder, "json", table, end: "\"end\": ")
    try write(folder, "bare", table)
    try FileManager.default.removeItem(atPath: folder.path("bare/manifest.json"))
    try write(folder, "lost", table)
    try FileManager.default.removeItem(atPath: folder.path("lost/tables/replications.csv"))
    func expect(
      _ arguments: [String], _ code: Int32, _ label: String, at place: String? = nil,
      help: String = ""
    ) throws {
      expectError(
        try BoundedProcess.run(["compare"] + arguments, in: folder), code, label, at: place,
        help: help)
    }
    try expect(["good", "cut"], 65, "E0420", at: "cut", help: "again")
    try expect(["good", "odd"], 65, "E0420", at: "odd")
    try expect(["good", "bare"], 65, "E0420", at: "bare")
    try expect(["good", "json"], 65, "E0420", at: "json", help: "again")
    try expect(["good", "lost"], 66, "E0130", at: "lost/tables/replications.csv")
    try expect(["good", "nosuch"], 66, "E0130", at: "nosuch")
    try expect(["good"], 64, "E0002")
    try expect(["good", "good"], 64, "E0002", help: "before=good")
    try expect(
      ["a=good", "b=good", "--fail-on", "duration > 1"], 64, "E0002", help: "duration_s")
    try expect(["a=good", "b=good", "--fail-on", "duration_s"], 64, "E0002", help: "METRIC one of")
    try expect(["a=good", "b=good", "--metric", "x"], 64, "E0002", help: "duration_s")
    try expect([], 64, "E0001")
  }
}
