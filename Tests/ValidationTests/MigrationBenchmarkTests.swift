import Foundation
import TestSupport
import Testing
import Validation

/// The figures of the OSIC live-migration benchmark 2017 that the model has to reproduce.
@Suite
struct MigrationBenchmarkTests {
  private let validation: MigrationValidation

  init() throws {
    validation = try MigrationValidation(
      folder: Repository.root.appending(path: "data/openstack-livemigration-osic").path)
  }

  private func row(_ name: String) throws -> ValidationRow {
    try #require(validation.rows.first { $0.name == name }, "\(name)")
  }

  @Test(arguments: [
    ("shared/off/default/small", 16.34), ("shared/off/default/medium", 25.74),
    ("shared/on/default/small", 30.46), ("shared/on/default/medium", 52.70),
    ("block/off/default/small", 66.19), ("block/off/default/medium", 122.24),
    ("block/on/default/small", 64.02), ("block/on/default/medium", 124.04),
  ])
  func serialMeansFit(group: String, measured: Double) throws {
    let all = try row("\(group)/1/migration_s.mean")
    #expect(abs(all.measured - measured) < 0.006)
    #expect(all.fitted && abs(all.error) < 1e-6)
    let even = try row("\(group)/1/even/migration_s.mean")
    #expect(!even.fitted && abs(even.error) < 0.02)
  }

  @Test(arguments: [
    (0, 6.94, 2.350), (1, 10.14, 2.335), (2, 4.00, 2.501), (3, 8.22, 5.560),
  ])
  func linesHaveTheKnownNumbers(index: Int, overhead: Double, slope: Double) {
    let fit = validation.fits[index]
    #expect(abs(fit.overheadSeconds - overhead) < 0.02)
    #expect(abs(fit.secondsPerGiB - slope) < 0.002)
    #expect(fit.method == .line && fit.sizes == 2)
  }

  @Test(arguments: [
    ("shared/off/default/small", 104.9, 0.01), ("shared/off/default/medium", 162.8, 0.01),
    ("block/off/default/small", 402.0, 0.01), ("block/off/default/medium", 738.5, 0.01),
    ("shared/on/default/small", 192.1, 0.02), ("shared/on/default/medium", 328.1, 0.02),
  ])
  func evacuationsOfSixArePredicted(group: String, measured: Double, tolerance: Double) throws {
    let wall = try row("\(group)/1/wall_s.mean")
    #expect(abs(wall.measured - measured) < 0.06)
    #expect(!wall.fitted && abs(wall.error) < tolerance)
    #expect(abs(wall.error) < abs(wall.naiveError))
  }

  @Test func batchesQueueInsteadOfSharing() throws {
    let group = "shared/off/unlimited/medium"
    let serial = try row("\(group)/1/wall_s.mean")
    #expect(abs(serial.measured - 205.9) < 0.05 && serial.fitted)
    #expect(abs(serial.error) < 0.01)
    let pairs = try row("\(group)/2/wall_s.mean")
    #expect(abs(pairs.measured - 253.15) < 0.05 && !pairs.fitted)
    #expect(abs(pairs.error) < 0.01)
    let first = try row("\(group)/2/migration_s.first")
    #expect(abs(first.measured - 22.86) < 0.01 && !first.fitted && abs(first.error) < 0.12)
    let second = try row("\(group)/2/migration_s.second")
    #expect(abs(second.measured - 41.04) < 0.01 && second.fitted && abs(second.error) < 1e-6)
    let mean = try row("\(group)/2/migration_s.mean")
    #expect(abs(mean.measured - 31.95) < 0.01 && !mean.fitted && abs(mean.error) < 0.12)
  }

  @Test func everyUnfittedFigureIsNearAndBeatsTheGuess() {
    let unfitted = validation.rows.filter { !$0.fitted }
    #expect(unfitted.count > 20)
    for row in unfitted { #expect(abs(row.error) < 0.12, "\(row.name)") }
    let model = unfitted.reduce(0) { $0 + abs($1.error) }
    let naive = unfitted.reduce(0) { $0 + abs($1.naiveError) }
    #expect(model < naive / 5)
  }

  @Test func nothingIsLeftOutUnsaid() {
    #expect(validation.outliers == 0 && validation.incompleteEvacuations == 0)
    #expect(validation.incompleteBatches == 0 && validation.unmeasured == 0)
    #expect(validation.notes.count == 1 && validation.fits.count == 5)
    #expect(Set(validation.rows.map(\.name)).count == validation.rows.count)
  }
}
