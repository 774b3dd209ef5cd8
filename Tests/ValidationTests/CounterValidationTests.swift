import Foundation
import TestSupport
import Testing
import Validation

/// The figures of the QEMU measurements of 2026 that the round-by-round model has to reproduce.
@Suite
struct CounterValidationTests {
  private static let folder = Repository.root.appending(path: "data/qemu-migration-postgres").path
  private let validation: CounterValidation

  init() throws { validation = try CounterValidation(folder: Self.folder) }

  private func row(_ name: String) throws -> CounterRow {
    try #require(validation.rows.first { $0.name == name }, "\(name)")
  }

  @Test(arguments: [
    ("Precopy_Convergent/total_s.mean", 17.188, 16.72),
    ("Precopy_Convergent/sent_mib.mean", 2246.8, 2187),
    ("Stop_Copy_4T/total_s.mean", 14.055, 14.05),
    ("Postcopy_16T/total_s.mean", 2.0749, 1.95),
    ("Postcopy_Late_16T_40s/total_s.mean", 40.494, 40.46),
    ("Cold_Restart_4T/service_gap_s.median", 14.68, 14.7),
  ])
  func figuresAreNear(name: String, measured: Double, predicted: Double) throws {
    let found = try row(name)
    #expect(abs(found.measured / measured - 1) < 0.001)
    #expect(abs(found.predicted / predicted - 1) < 0.002)
    #expect(found.isMet == true)
  }

  @Test func everyFigureButTheRunThatSlippedThroughIsMet() {
    let missed = validation.rows.filter { $0.isMet == false }
    #expect(missed.map(\.name) == ["Precopy_Nonconvergent_16T/8/total_s"])
    #expect(validation.rows.filter { $0.isMet == true }.count == 19)
    #expect(validation.notes.count == 1 && validation.incomplete == 0)
  }

  @Test func theEdgeIsNotConvergent() throws {
    let verdict = try #require(
      validation.verdicts.first { $0.name == "Precopy_Nonconvergent_16T" })
    #expect(verdict.predicted == "not_convergent" && verdict.isMet)
    #expect(verdict.count == 9 && verdict.runs == 10)
    let other = try #require(validation.verdicts.first { $0.name == "Precopy_Convergent" })
    #expect(other.predicted == "converges" && other.isMet && other.count == 10)
  }

  @Test func aGuessWithTheWholeMemoryIsFarOff() throws {
    let total = try row("Precopy_Convergent/total_s.mean")
    #expect(abs((total.naive ?? 0) / total.measured - 3.695) < 0.01)
  }

  @Test func foldersAreToldApart() {
    #expect(CounterValidation.recognises(folder: Self.folder))
    let other = Repository.root.appending(path: "data/openstack-livemigration-osic").path
    #expect(!CounterValidation.recognises(folder: other))
  }

  @Test func tolerancesAreSharesOrFactors() throws {
    var row = try row("Stop_Copy_4T/total_s.mean")
    (row.measured, row.predicted, row.tolerance) = (10, 10.4, .share(0.05))
    #expect(row.isMet == true)
    row.predicted = 9.4
    #expect(row.isMet == false)
    row.tolerance = .factor(2)
    #expect(row.isMet == true)
    row.predicted = 4.9
    #expect(row.isMet == false)
    row.predicted = 20.1
    #expect(row.isMet == false)
    row.tolerance = nil
    #expect(row.isMet == nil)
  }

  @Test func otherLoadsAndUnfinishedRunsAreSaid() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "berth-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let header =
      "scenario,run,mode,workload,threads,postcopy_delay_s,guest_memory_mib,total_time_ms,"
      + "downtime_ms,transferred_bytes,status\n"
    let rows = [
      "Reads,1,precopy,ycsb-reads,4,0,8192,15000,10,2000000000,completed",
      "Half,1,precopy,ycsb-updates,4,0,8192,,,,failed",
      "Throttled,1,precopy-autoconverge,ycsb-updates,16,0,8192,60000,30,9000000000,completed",
    ]
    try (header + rows.joined(separator: "\n")).write(
      to: folder.appending(path: "runs.csv"), atomically: true, encoding: .utf8)
    let found = try CounterValidation(folder: folder.path)
    #expect(found.incomplete == 1 && found.notes.count == 1)
    #expect(found.notes.allSatisfy { $0.hasPrefix("Reads: ") })
    let throttled = found.verdicts.first { $0.name == "Throttled" }
    #expect(throttled?.predicted == "converges")
    #expect(found.rows.allSatisfy { $0.name.hasPrefix("Throttled/") && $0.isMet == nil })
    #expect(found.rows.count == 3)
  }
}
