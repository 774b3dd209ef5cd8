import Foundation
import TestSupport
import Testing

/// Single migrations, calibration and prediction of another campaign through the built program.
struct MigrationCommandTests {
  private let osic = Repository.root.appending(path: "data/openstack-livemigration-osic").path

  private func objects(_ arguments: [String]) throws -> [[String: Any]] {
    let result = try BerthProcess.run(arguments + ["-f", "json"])
    #expect(result.code == 0, "\(result.stderr)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [[String: Any]])
  }

  private func object(_ arguments: [String]) throws -> [String: Any] {
    let result = try BerthProcess.run(arguments + ["-f", "json"])
    #expect(result.code == 0, "\(result.stderr)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [String: Any])
  }

  @Test func `each move of a file gets a verdict, a time and what would help`() throws {
    let folder = try TemporaryFolder()
    try """
    - {id: idle, mode: live, memory_mib: 4096, rate_mib_s: 1024}
    - {id: busy, mode: live, memory_mib: 8192, rate_mib_s: 100, dirty: {c: 400, h: 2000, s: 5}}
    - {id: copied, mode: stop_copy, memory_mib: 2048, rate_mib_s: 256}

    """.write(toFile: folder.path("moves.yaml"), atomically: true, encoding: .utf8)
    let rows = try objects(["migration", "estimate", folder.path("moves.yaml")])
    #expect(rows.map { $0["id"] as? String } == ["idle", "busy", "copied"])
    #expect(rows[0]["verdict"] as? String == "converges")
    let total = try #require(rows[0]["total_s"] as? Double)
    #expect(abs(total - 4) < 0.1, "4 GiB at 1 GiB a second")
    #expect(rows[1]["verdict"] as? String == "not_convergent")
    #expect(rows[1]["total_s"] is NSNull)
    let remedy = try #require(rows[1]["would_converge_with"] as? [String: Any])
    #expect(try #require(remedy["rate_mib_s"] as? Double) > 100)
    #expect(abs(try #require(rows[2]["downtime_s"] as? Double) - 8) < 0.1)
  }

  @Test func `what was calibrated is what a scenario uses`() throws {
    let folder = try TemporaryFolder()
    let fitted = try BerthProcess.run(["calibrate", osic, "--out", folder.path("fitted.yaml")])
    #expect(fitted.code == 0, "\(fitted.stderr)")
    let again = try BerthProcess.run(["calibrate", osic, "--out", folder.path("fitted.yaml")])
    #expect(again.code == 73, "an existing file is not replaced")
    let cloud = Repository.root.appending(path: "scenarios/examples/testbed-a.json").path
    var times: [Double] = []
    for options in [[], ["--set", "migration.parameters=\(folder.path("fitted.yaml"))"]] {
      let plan = try BerthProcess.run(
        ["plan", "evacuate", cloud, "--hosts", "cmp-a-std02", "-f", "json"] + options)
      let answer = try #require(
        try JSONSerialization.jsonObject(with: Data(plan.stdout.utf8)) as? [String: Any])
      let duration = try #require(answer["duration_s"] as? [String: Any])
      times.append(try #require(duration["p50"] as? Double))
    }
    // 436 MiB/s and 6.9 s were fitted to the same set that the defaults come from.
    #expect(times[0] != times[1] && abs(times[0] - times[1]) < 0.1 * times[0], "\(times)")
  }

  @Test func `a campaign is predicted from the fit of another`() throws {
    let answer = try object(["validate", "migrations", osic, "--fit", osic])
    let rows = try #require(answer["rows"] as? [[String: Any]])
    #expect(!rows.isEmpty)
    for row in rows {
      #expect(row["name"] is String && row["fitted"] is Bool)
      let error = try #require(row["error"] as? Double)
      #expect(abs(error) < 0.12, "\(row)")
    }
    let parameters = try #require(answer["parameters"] as? [[String: Any]])
    #expect(!parameters.isEmpty)
    for parameter in parameters {
      let (value, low) = (parameter["value"] as? Double, parameter["low"] as? Double)
      if let value, let low { #expect(low <= value, "\(parameter)") }
    }
  }
}
