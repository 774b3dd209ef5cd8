import CloudModel
import Documents
import Foundation
import Migration
import Policies
import Scenarios
import TestSupport
import Testing

/// Recoveries in time, against times that can be added up by hand, and what is exported of them.
struct RecoveryPlanTests {
  private func answer(
    _ tiny: TinyCloud, failed: [Int], window: Double = 3600, replications: Int = 0,
    losesLocalDisks: Bool = false
  ) throws -> PlanRecord {
    try RecoveryAnalysis.answer(
      RecoveryQuestion(
        name: "tiny",
        task: RecoveryTask(
          cloud: tiny.cloud, failed: failed, losesLocalDisks: losesLocalDisks),
        window: SimulatedDuration(seconds: window), parameters: MigrationParameters(), seed: 1,
        replications: replications))
  }

  /// One target, 25 VMs, ten at once: three rows of 10 s behind 60 s and 30 s, and 12 s of boot.
  @Test func `a target builds ten at once`() throws {
    var tiny = TinyCloud()
    let failed = tiny.host("failed", memory: 100)
    tiny.host("target", memory: 100)
    for index in 0..<25 { tiny.vm("v\(index)", on: failed, memory: 1) }
    let plan = try answer(tiny, failed: [failed], replications: 50)
    let rows: [Double] = [90, 100, 110]
    let starts = (0..<25).map { rows[$0 / 10] }
    #expect(plan.moves.map(\.start) == starts)
    let services = starts.map { $0 + 22 }
    #expect(plan.moves.map(\.off) == services)
    let recovery = try #require(plan.recovery)
    #expect(recovery.vms == 25 && recovery.ran == 25)
    // Half of 25 is 13, 95 % of it 24.
    #expect(recovery.back.map(\.nominal) == [122, 132, 132])
    #expect(plan.verdict == .fits && plan.probability == 1)
    #expect(plan.duration.bound <= plan.duration.p50)
    #expect(abs(plan.duration.p50 - 132) < 5)
    // 25 builds of 10 s by ten are 25 s.
    #expect(plan.duration.bound == 127)
  }

  @Test func `a host that is down already needs no detection`() throws {
    var tiny = TinyCloud()
    let failed = tiny.host("failed", memory: 100, state: .down)
    tiny.host("target", memory: 100)
    tiny.vm("v", on: failed, memory: 1)
    let plan = try answer(tiny, failed: [failed])
    #expect(plan.recovery?.back.map(\.nominal) == [52, 52, 52])
  }

  @Test func `what was off comes in a second wave and is not started`() throws {
    var tiny = TinyCloud()
    let failed = tiny.host("failed", memory: 100)
    tiny.host("target", memory: 100)
    tiny.vm("off", on: failed, memory: 1, state: .stopped)
    tiny.vm("on", on: failed, memory: 1)
    tiny.vm("worker", on: failed, memory: 1, tags: ["scs:migration=none"])
    let plan = try answer(tiny, failed: [failed])
    #expect(plan.moves.map(\.vm) == ["on", "off", "worker"])
    #expect(plan.moves.map(\.start) == [90, 112, 60])
    // 5 s of scheduling, 12 s of boot, 30 s until the application is ready.
    #expect(plan.moves.map(\.duration) == [22, 10, 47])
    #expect(plan.moves.map(\.off) == [112, 0, 107])
    #expect(plan.recovery?.ran == 2)
    #expect(plan.recovery?.back.map(\.nominal) == [107, 112, 112])
    #expect(plan.steps.map(\.kind) == [.fence, .rebuild, .start, .rebuild, .recreate])
  }

  @Test func `a share that never comes back has no time, and what waits is no failure`() throws {
    var tiny = TinyCloud()
    let failed = tiny.host("failed", memory: 100)
    tiny.host("target", memory: 100)
    tiny.vm("a", on: failed, memory: 1)
    tiny.vm("b", on: failed, memory: 1)
    tiny.vm("local", on: failed, memory: 1, disks: [Disk(kind: .local, size: .gibibytes(1))])
    let plan = try answer(tiny, failed: [failed], replications: 5)
    #expect(plan.recovery?.back.map(\.nominal) == [112, nil, nil])
    #expect(plan.recovery?.back.map(\.p95).last == .some(nil))
    #expect(plan.verdict == .fits)
    #expect(plan.leftBehind.map(\.reason) == ["waits"])
    let lost = try answer(tiny, failed: [failed], replications: 5, losesLocalDisks: true)
    #expect(lost.recovery?.dataLost == ["local"])
    #expect(lost.recovery?.back.map(\.nominal) == [112, 112, 112])
  }

  @Test func `a window that is too short, and a VM without a place, are negative answers`() throws {
    var tiny = TinyCloud()
    let failed = tiny.host("failed", memory: 100)
    tiny.host("target", memory: 3)
    tiny.vm("a", on: failed, memory: 2)
    let late = try answer(tiny, failed: [failed], window: 100, replications: 5)
    #expect(late.verdict == .doesNotFit)
    tiny.vm("b", on: failed, memory: 2)
    let short = try answer(tiny, failed: [failed], replications: 5)
    #expect(short.verdict == .infeasible)
  }

  @Test func `the plan is written, read and exported`() throws {
    var tiny = TinyCloud()
    let failed = tiny.host("failed", memory: 100)
    tiny.host("target", memory: 100)
    tiny.vm("a", on: failed, memory: 1)
    tiny.vm("worker", on: failed, memory: 1, tags: ["scs:migration=none"])
    tiny.vm("w\nrm -rf x", on: failed, memory: 1, tags: ["scs:evacuate=wait"])
    let plan = try answer(tiny, failed: [failed], replications: 3)
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "berth-recovery-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "plan.json").path
    try PlanFile.text(of: plan).write(toFile: path, atomically: true, encoding: .utf8)
    let read = try PlanFile.read(path: path)
    #expect(read == plan)

    let moves = try #require(
      try JSONSerialization.jsonObject(with: Data(PlanExport.moves.text(of: plan).utf8))
        as? [String: Any])
    #expect(moves["failed_hosts"] as? [String] == ["failed"])
    #expect(moves["drain_hosts"] as? [String] == [])
    let exported = try #require(moves["moves"] as? [[String: Any]])
    #expect(exported.count == 1)
    #expect(exported.first?["action"] as? String == "recreate")
    #expect(exported.first?["target"] as? String == "target")

    let script = PlanExport.openstackCLI.text(of: plan)
    #expect(script.contains("openstack compute service set --down failed nova-compute\n"))
    #expect(script.contains("openstack server evacuate --host target --wait id-a  # a, failure\n"))
    #expect(!script.split(separator: "\n").contains { $0.hasPrefix("rm ") })
    #expect(!script.contains("server stop"))
  }
}
