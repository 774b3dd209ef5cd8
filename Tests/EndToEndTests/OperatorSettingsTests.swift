import Foundation
import TestSupport
import Testing

/// One host full of VMs, of which four write faster than they are sent, under each setting of the
/// operator.
@Suite struct OperatorSettingsTests {
  private static let settings: [(name: String, set: [String], code: Int32)] = [
    ("abort", [], 2),
    ("force", ["migration.timeout_action=force_complete"], 2),
    ("post-copy", ["migration.post_copy=true", "migration.force_after=60s"], 0),
    ("auto-converge", ["migration.auto_converge=true"], 0),
    ("two", ["migration.slots_per_source=2"], 2),
    ("four", ["migration.slots_per_source=4"], 2),
  ]

  /// The mean of each measure of each run.
  private func means(of rows: [[String: Any]]) throws -> [String: [String: Double]] {
    var means: [String: [String: Double]] = [:]
    for row in rows {
      let run = try #require(row["run"] as? String)
      let measure = try #require(row["measure"] as? String)
      means[run, default: [:]][measure] = try #require(row["mean"] as? Double)
    }
    return means
  }

  @Test func `each setting pays with another thing`() throws {
    let folder = try TemporaryFolder()
    let study = Repository.root.appending(path: "scenarios/studies/operator-settings.yaml").path
    for setting in Self.settings {
      let result = try BerthProcess.run(
        ["run", study, "--replications", "20", "--out", folder.path(setting.name)]
          + setting.set.flatMap { ["--set", $0] })
      #expect(result.code == setting.code, "\(setting.name): \(result.stderr)")
    }
    let result = try BerthProcess.run(
      ["compare", "-f", "json"] + Self.settings.map { folder.path($0.name) })
    #expect(result.code == 0, "\(result.stderr)")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [String: Any])
    let means = try means(of: try #require(document["measures"] as? [[String: Any]]))
    func mean(_ run: String, _ measure: String) throws -> Double {
      try #require(means[run]?[measure], "\(run) \(measure)")
    }
    // Given up, the busy ones stay, and each costs the timeout: 800 s/GiB x 4 GiB.
    #expect(try mean("abort", "left_behind") > 3)
    #expect(try mean("abort", "duration_s") > 3 * 3200)
    // Forced, nobody stays, but the guests are paused for seconds.
    #expect(try mean("force", "left_behind") == 0)
    #expect(try mean("force", "blackout_s") > 100 * mean("abort", "blackout_s"))
    // Switched before their memory, or throttled, they leave in minutes with a blink.
    for run in ["post-copy", "auto-converge"] {
      #expect(try mean(run, "left_behind") == 0)
      #expect(try mean(run, "duration_s") < 1000)
      #expect(try mean(run, "blackout_s") <= 0.1)
    }
    // More at a time shortens the wait for timeouts and moves nobody more.
    #expect(try mean("two", "duration_s") < 0.7 * mean("abort", "duration_s"))
    #expect(try mean("four", "duration_s") < mean("two", "duration_s"))
    #expect(try mean("four", "left_behind") == mean("abort", "left_behind"))
    #expect(try mean("abort", "off_s") == 0)
  }

  /// With its owner's consent a guest that does not converge is moved cold after its timeout.
  @Test func `the fallback takes over after the timeout`() throws {
    let plan = try EvacuationBoundTests.plan(
      "operator-settings", ["policies.fallback=cold", "replications=5", "evacuation.window=5 h"])
    #expect((plan["left_behind"] as? [Any])?.isEmpty == true)
    let moves = try #require(plan["moves"] as? [[String: Any]])
    let busy = try #require(moves.first { $0["vm"] as? String == "vm-03" })
    #expect(try #require(busy["off_s"] as? Double) > 10)
    #expect(try #require(busy["duration_s"] as? Double) > 3200)
    #expect(busy["blackout_s"] is NSNull)
  }

  /// Rules for single guests come before what holds for all.
  @Test func `guests are handled by load, class and state`() throws {
    let rule = "migration.handling=[{load: [ordinary], force_after: 0s}, "
    let plan = try EvacuationBoundTests.plan(
      "operator-settings",
      [
        rule + "{class: [live], state: [active], post_copy: true, force_after: 30s}]",
        "replications=5",
      ], code: 0)
    let moves = try #require(plan["moves"] as? [[String: Any]])
    let busy = try #require(moves.first { $0["vm"] as? String == "vm-03" })
    #expect(busy["blackout_s"] as? Double == 0.05)
    let other = try #require(moves.first { $0["vm"] as? String == "vm-01" })
    #expect(try #require(other["blackout_s"] as? Double) < 0.05)
  }

  /// What the section about migration cannot say, with the code and a part of the message.
  @Test(arguments: [
    ("stream_rate=0 MiB/s", "E0104", "at least"), ("stream_rate=100", "E0107", "unit"),
    ("stream_rate=.nan", "E0107", "rate"), ("downtime_steps=0", "E0104", "1"),
    ("loads=[{points: [[1, 5]]}]", "E0111", "at least 2"),
    ("loads=[{points: [[1, 5], [2, 4]]}]", "E0104", "must not fall"),
    ("loads=[{points: [[2, 4], [1, 5]]}]", "E0104", "must come later"),
    ("loads=[{dirty: {c: .nan}}]", "E0104", "number"),
    ("loads=[{dirty: {c: -1}}]", "E0104", "number"),
    ("loads=[{load: busy, dirty: {c: 1}}]", "E0122", "cannot both"),
    ("loads=[{name: vm-01}]", "E0105", "one of"),
    ("network_cards=[{hosts: nobody, rate: 1 Gbit/s}]", "E0121", "no host"),
    ("downtime=1h", "E0122", "more than"), ("handling=[{class: [lve]}]", "E0104", "live"),
    ("rack_uplink=10", "E0107", "unit"),
  ])
  func `bad settings are refused`(setting: String, code: String, words: String) throws {
    let study = Repository.root.appending(path: "scenarios/studies/operator-settings.yaml").path
    let result = try BerthProcess.run(
      ["plan", "evacuate", study, "--set", "migration.\(setting)"])
    #expect(result.code == 64 && result.stdout.isEmpty)
    #expect(
      result.stderr.contains("[\(code)]") && result.stderr.contains(words), "\(result.stderr)")
  }

  @Test func `a rule that means nobody is a warning`() throws {
    let study = Repository.root.appending(path: "scenarios/studies/operator-settings.yaml").path
    let result = try BerthProcess.run(
      ["plan", "evacuate", study, "--set", "migration.loads=[{name: nobody, load: busy}]"])
    #expect(result.code == 0)
    #expect(result.stderr.contains("W0201"), "\(result.stderr)")
  }
}
