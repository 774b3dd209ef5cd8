import Foundation
import TestSupport
import Testing

/// Demands through the built program: placed under several policies, the same on any machine, and
/// stopped with one clear error where a row is wrong.
struct PlacementRunTests {
  private let example = Repository.root.appending(path: "scenarios/examples/placement.yaml").path
  private let studies = Repository.root.appending(path: "scenarios/studies").path

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func `the number of workers changes nothing but the manifest`() throws {
    let folder = try TemporaryFolder()
    for workers in ["1", "2", "5"] {
      let result = try BerthProcess.run(
        ["run", example, "--out", folder.path(workers), "--workers", workers, "-f", "json"])
      #expect(result.code == 0, "\(result.stderr)")
    }
    for file in ["results.json", "scenario.yaml", "tables/replications.csv", "tables/series.csv"] {
      let first = try text(folder.path("1/\(file)"))
      #expect(!first.isEmpty)
      #expect(try text(folder.path("2/\(file)")) == first, "\(file)")
      #expect(try text(folder.path("5/\(file)")) == first, "\(file)")
    }
  }

  @Test func `a week of recorded demand is placed with intervals and reasons`() throws {
    let folder = try TemporaryFolder()
    let result = try BerthProcess.run([
      "run", "\(studies)/azure-week.yaml", "--replications", "2", "--policy",
      "best-fit,worst-fit", "--out", folder.path("run"), "-f", "json",
    ])
    #expect(result.code == 0, "\(result.stderr)")
    let answer = try object(result.stdout)
    #expect(answer["hosts"] as? Int == 2000)
    #expect(answer["complete"] as? Bool == true)
    let policies = try #require(answer["policies"] as? [[String: Any]])
    #expect(policies.map { $0["policy"] as? String } == ["best-fit", "worst-fit"])
    for policy in policies {
      #expect(policy["arrivals"] as? Double == 410_276)
      let (low, high) = (policy["host_hours_low"] as? Double, policy["host_hours_high"] as? Double)
      let mean = try #require(policy["host_hours"] as? Double)
      #expect(try #require(low) <= mean && mean <= #require(high))
    }
    let shares = policies.compactMap { $0["rejected_share"] as? Double }
    #expect(shares[0] < shares[1], "packing refuses fewer than spreading")
    #expect(result.stderr.contains("events a CPU second"))
  }

  @Test func `replications are added until the interval is narrow`() throws {
    let folder = try TemporaryFolder()
    let result = try BerthProcess.run([
      "run", example, "--until-ci", "0.4 %", "--replications", "5", "--policy", "nova", "--out",
      folder.path("run"), "-f", "json",
    ])
    #expect(result.code == 0, "\(result.stderr)")
    let answer = try object(result.stdout)
    let policy = try #require((answer["policies"] as? [[String: Any]])?.first)
    let count = try #require(answer["replications"] as? Int)
    #expect(count > 5 && count % 5 == 0)
    let (low, high) = (
      try #require(policy["rejected_share_low"] as? Double),
      try #require(policy["rejected_share_high"] as? Double)
    )
    #expect((high - low) / 2 <= 0.004)
  }

  @Test func `the starter about capacity runs as it is`() throws {
    let folder = try TemporaryFolder()
    #expect(
      try BerthProcess.run(["init", "demo", "--template", "capacity"], in: folder.path).code == 0)
    #expect(try BerthProcess.run(["check", "demo/week.yaml"], in: folder.path).code == 0)
    let result = try BerthProcess.run(["run", "demo/week.yaml"], in: folder.path)
    #expect(result.code == 0, "\(result.stderr)")
    #expect(result.stdout.contains("fewest refused: "))
    #expect(try BerthProcess.run(["capacity", "demo/cloud.yaml"], in: folder.path).code == 0)
  }

  /// A demand with something wrong, the code and the line to be named, and whether some of it could
  /// be placed before.
  static let spoilt: [(rows: String, code: String, line: Int, isBegun: Bool)] = [
    ("0,depart,a,,", "E0161", 2, true),
    ("0,arrive,a,SCS-2V-8,9\n7,arrive,a,SCS-2V-8,9", "E0120", 3, true),
    ("9,arrive,a,SCS-2V-8,9\n7,arrive,b,SCS-2V-8,9", "E0160", 3, false),
    ("0,arrive,a,SCS-2V-9,9", "E0121", 2, false),
    ("0,arrive,a,SCS-2V-8,-9", "E0104", 2, false),
    ("0,arrive,a,SCS-2V-8,nan", "E0104", 2, false),
    ("0,arrive,a", "E0104", 2, false),
    ("0,arrive," + String(repeating: "x", count: 2 << 20) + ",SCS-2V-8,9", "E0102", 2, false),
  ]

  @Test(arguments: 0..<spoilt.count)
  func `a wrong row is named with its line`(index: Int) throws {
    let (rows, code, line, isBegun) = Self.spoilt[index]
    let folder = try TemporaryFolder()
    try "time_s,event,vm,flavor,lifetime_s\n\(rows)\n".write(
      toFile: folder.path("demand.csv"), atomically: true, encoding: .utf8)
    let result = try run(trace: "demand.csv", in: folder)
    #expect(result.code == 65, "\(result.stderr)")
    let error = try #require(result.stderr.split(separator: "\n").last.map { String($0) })
    let problem = try object(error)
    #expect(problem["code"] as? String == code, "\(error)")
    #expect(problem["line"] as? Int == line, "\(error)")
    #expect((problem["file"] as? String)?.hasSuffix("demand.csv") == true)
    #expect(FileManager.default.fileExists(atPath: folder.path("run")) == isBegun)
    if isBegun {
      let manifest = try object(try text(folder.path("run/manifest.json")))
      #expect(manifest["end"] == nil && manifest["interrupted_by"] != nil)
      let results = try object(try text(folder.path("run/results.json")))
      #expect(results["complete"] as? Bool == false)
    }
  }

  @Test func `a broken gzip is named`() throws {
    let folder = try TemporaryFolder()
    let whole = try Data(
      contentsOf: Repository.root.appending(path: "data/azure-vm-2017/demand.csv.gz"))
    try whole.prefix(whole.count / 2).write(to: URL(filePath: folder.path("demand.csv.gz")))
    let result = try run(trace: "demand.csv.gz", in: folder)
    #expect(result.code == 65)
    #expect(result.stderr.contains("\"E0103\"") || result.stderr.contains("\"E0121\""))
  }

  @Test func `a study whose data are not there names the command that gets them`() throws {
    for study in ["azure-on-chameleon", "gpu-packing"] {
      let result = try BerthProcess.run(["run", "\(studies)/\(study).yaml"])
      #expect(result.code == 69, "\(result.stderr)")
      #expect(result.stderr.contains("berth collect dataset"), "\(result.stderr)")
    }
  }

  @Test(
    .enabled(if: Repository.shared("data") != nil, "skipped: there is no folder ../shared"))
  func `the GPU study lays each policy beside what no placement can exceed`() throws {
    let folder = try TemporaryFolder()
    let tables = try #require(Repository.shared("data/alibaba-gpu-2023"))
    let collected = try BerthProcess.run([
      "collect", "dataset", "alibaba-gpu-2023", "--static", "--from", tables.path, "--out",
      folder.path("alibaba"),
    ])
    #expect(collected.code == 0, "\(collected.stderr)")
    try FileManager.default.copyItem(
      atPath: "\(studies)/gpu-packing.yaml", toPath: folder.path("gpu-packing.yaml"))
    let result = try BerthProcess.run(
      ["run", folder.path("gpu-packing.yaml"), "--out", folder.path("run"), "-f", "json"])
    #expect(result.code == 0, "\(result.stderr)")
    let rows = try #require(try object(result.stdout)["bounds"] as? [[String: Any]])
    for row in rows {
      let (mean, bound) = (row["mean"] as? Double, row["bound"] as? Double)
      #expect(try #require(mean) <= #require(bound) + 1e-6, "\(row)")
    }
    let given = rows.filter { $0["measure"] as? String == "device_end" }
    let best = given.max { ($0["mean"] as? Double ?? 0) < ($1["mean"] as? Double ?? 0) }
    #expect(best?["policy"] as? String == "fragmentation-gradient", "as its authors found")
  }

  private func run(trace: String, in folder: TemporaryFolder) throws -> BerthProcess.Result {
    let cloud = Repository.root.appending(path: "scenarios/examples/testbed-a.json").path
    try "name: spoilt\ncloud: \(cloud)\ndemand: {trace: \(trace)}\n".write(
      toFile: folder.path("spoilt.yaml"), atomically: true, encoding: .utf8)
    return try BerthProcess.run([
      "run", folder.path("spoilt.yaml"), "--out", folder.path("run"), "--error-format", "json",
    ])
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }
}
