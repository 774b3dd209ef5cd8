import Foundation
import TestSupport
import Testing

/// Recorded failures, incidents and promises through the built program.
struct FailureCommandTests {
  private static let events =
    "service,region,posted,status,stated_duration_min,az_scope,kind,cause_words,summary\n"
  private static let sla =
    "provider,service,deployment,monthly_uptime_pct,origin,as_of,terms_url\n"

  private func folder(_ tables: [String: String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (name, text) in tables {
      try text.write(toFile: folder.path(name), atomically: true, encoding: .utf8)
    }
    return folder
  }

  private func object(_ arguments: [String]) throws -> [String: Any] {
    let result = try BerthProcess.run(arguments + ["-f", "json"])
    #expect(result.code == 0, "\(result.stderr)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [String: Any])
  }

  /// Twelve failures of four nodes of one system.
  private func failures(_ minutes: Int) throws -> TemporaryFolder {
    let rows = (0..<12).map { number in
      "5,4,2,\(number % 4),4,compute,2001-\(number < 9 ? "0" : "")\(number + 1)-01T00:00,,"
        + "\(minutes + 5 * number),hardware,\n"
    }
    return try folder([
      "failures.csv":
        "system,nodes,procs_per_node,node,memory_gb,purpose,start,end,repair_min,cause,detail\n"
        + rows.joined()
    ])
  }

  @Test func `failures are predicted from another folder, the same each time`() throws {
    let (data, source) = (try failures(10), try failures(20))
    let arguments = ["validate", "failures", data.path, "--fit", source.path]
    let answer = try object(arguments)
    let rows = try #require(answer["rows"] as? [[String: Any]])
    let mean = try #require(rows.first { $0["name"] as? String == "system5/repair_h.mean" })
    #expect(mean["fitted"] as? Bool == false)
    let (measured, predicted) = (mean["measured"] as? Double, mean["predicted"] as? Double)
    #expect(abs(try #require(measured) - 37.5 / 60) < 1e-12)
    #expect(abs(try #require(predicted) - 47.5 / 60) < 1e-12)
    #expect(abs(try #require(mean["error"] as? Double) - 10 / 37.5) < 1e-9)
    #expect(mean["measured_low"] is Double && mean["predicted_high"] is Double)
    let first = try BerthProcess.run(arguments + ["-f", "csv"])
    let second = try BerthProcess.run(arguments + ["-f", "csv"])
    #expect(first.code == 0 && first.stdout == second.stdout)
  }

  @Test func `incidents and promises answer as text and as JSON`() throws {
    let rows = (0..<24).map { number in
      "ec2,r\(number % 2),2020-01-\(number + 10 < 32 ? number + 10 : 31)T00:00:00Z,1,"
        + "\(30 + number),\(number % 3 == 0 ? "" : "single"),other,,x\n"
    }
    let incidents = try folder(["events.csv": Self.events + rows.joined()])
    let answer = try object(["validate", "incidents", incidents.path])
    #expect(answer["rows"] is [[String: Any]] && answer["distributions"] is [[String: Any]])
    let plain = try BerthProcess.run(["validate", "incidents", incidents.path])
    #expect(plain.code == 0 && plain.stdout.contains("aws/compute/known/one_zone.share"))
    let promises = try folder(["sla.csv": Self.sla + "aws,ec2,single instance,99.5,o,2023,\n"])
    let credits = try object(["validate", "sla", promises.path, "--fit", incidents.path])
    let names = try #require(credits["rows"] as? [[String: Any]]).compactMap { $0["name"] }
    #expect(names.contains { "\($0)".hasSuffix("hit_all/expected_credit.share") })
  }

  @Test func `errors have a place, a code and a status`() throws {
    let empty = try folder([:])
    let broken = try folder(["events.csv": "service,region\nec2,r\n"])
    let bad = try folder(["sla.csv": Self.sla + "a,b,c,much,o,2023,\n"])
    let data = try failures(10)
    let promises = try folder(["sla.csv": Self.sla + "a,b,c,99,o,2023,\n"])
    for (arguments, code, part) in [
      (["validate", "failures", "/nowhere"], Int32(66), "/nowhere"),
      (["validate", "failures", empty.path], 66, "failures.csv.gz"),
      (["validate", "incidents", broken.path], 65, "`posted` is missing"),
      (["validate", "sla", bad.path], 65, "found \"much\""),
      (["validate", "sla", bad.path], 65, "sla.csv:2"),
      (["validate", "sla", promises.path, "--fit", data.path], 66, "events.csv"),
    ] {
      let result = try BerthProcess.run(arguments)
      #expect(result.code == code && result.stderr.contains(part), "\(result.stderr)")
      #expect(result.stderr.contains("help: ") && result.stdout.isEmpty)
    }
  }
}
