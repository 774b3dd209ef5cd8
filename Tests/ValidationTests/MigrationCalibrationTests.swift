import Documents
import Foundation
import Scenarios
import Stochastics
import TestSupport
import Testing
import Validation

/// Numbers for scenarios from measured migrations.
@Suite struct MigrationCalibrationTests {
  private func benchmark() throws -> MigrationCalibration {
    try MigrationCalibration(
      folder: Repository.root.appending(path: "data/openstack-livemigration-osic").path)
  }

  @Test(arguments: [
    ("overhead_shared", 6.94), ("overhead_block", 10.14), ("stream_rate", 435.7),
    ("contention", 3.98), ("spread", 0.053), ("gap", 1.24),
  ])
  func theBenchmarkGivesItsKnownNumbers(name: String, value: Double) throws {
    let found = try #require(try benchmark().chosen.first { $0.name == name })
    #expect(abs(found.value / value - 1) < 0.01)
    let interval = try #require(found.interval)
    #expect(interval.contains(value) && interval.low > 0)
  }

  @Test func theFileIsReadAsItWasWritten() throws {
    let calibration = try benchmark()
    let folder = FileManager.default.temporaryDirectory.appending(path: "berth-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "fitted.yaml").path
    try AtomicFile.write(calibration.yaml, to: path)
    let read = try MigrationRecord.load(path: path)
    #expect(read.source == "fitted by berth calibrate to openstack-livemigration-osic")
    #expect(read.values.keys.sorted() == calibration.record.values.keys.sorted())
    for (name, value) in calibration.record.values {
      #expect(abs((read[parameter: name] ?? 0) / value - 1) < 1e-9, "\(name)")
    }
  }

  @Test func oneSizeLeavesTheOverheadAlone() throws {
    let rows = (1...4).map { "r,shared,off,default,f8,8192,10,1,\($0),forward,1,\(20 + $0)" }
    let data = try MigrationFitElsewhereTests.data(
      rows, ["r,shared,off,default,f8,1,1,6,6,0,150"])
    let calibration = try MigrationCalibration(data, dataset: "own")
    #expect(calibration.chosen.map(\.name) == ["stream_rate", "gap", "spread"])
    #expect(calibration.chosen.first?.value == 1024 / ((22.5 - 7) / 8))
    #expect(calibration.notes.count == 3)
  }

  @Test func abortedMigrationsAreNotFittedTo() throws {
    let rows =
      [4, 8].flatMap { gib in
        (1...4).map {
          "r,shared,off,default,f\(gib),\(gib * 1024),10,1,\($0),forward,1,\(5 + 2 * gib)"
        }
      } + ["r,shared,off,default,f8,8192,10,1,5,forward,1,150"]
    let data = try MigrationFitElsewhereTests.data(
      rows, ["r,shared,off,default,f8,1,1,6,6,0,132"])
    let calibration = try MigrationCalibration(data, dataset: "own")
    #expect(calibration.aborted == 1)
    #expect(abs((calibration.record[parameter: "overhead_shared"] ?? 0) - 5) < 1e-9)
    #expect(calibration.record[parameter: "stream_rate"] == 512)
  }
}
