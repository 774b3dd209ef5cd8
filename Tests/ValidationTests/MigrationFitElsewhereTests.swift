import Stochastics
import Testing
import Validation

/// Numbers fitted to one data set that predict another, made here with known answers.
@Suite struct MigrationFitElsewhereTests {
  private static let migrationHeader =
    "run,storage,tunnelled,completion_timeout,flavor,memory_mib,disk_gib,parallel,iteration,"
    + "direction,vm,migration_s\n"
  private static let evacuationHeader =
    "run,storage,tunnelled,completion_timeout,flavor,parallel,iteration,vms_expected,"
    + "vms_measured,failed,wall_s\n"

  static func data(
    _ migrations: [String], _ evacuations: [String]
  ) throws -> MigrationMeasurements {
    try MigrationMeasurements(
      migrations: CSVTable(
        text: migrationHeader + migrations.joined(separator: "\n"), file: "migrations.csv"),
      evacuations: CSVTable(
        text: evacuationHeader + evacuations.joined(separator: "\n"), file: "evacuations.csv"))
  }

  /// Serial migrations of 4 and 8 GiB: 5 s and 2 s/GiB, a tenth of a second about it; tunnelled
  /// ones take 6 s/GiB. Pairs wait 3 s longer each. The gap is 1 s, 2 s between pairs.
  static func known() throws -> MigrationMeasurements {
    var migrations: [String] = []
    for gib in [4, 8] {
      for iteration in 1...10 {
        let noise = iteration.isMultiple(of: 2) ? 0.1 : -0.1
        for (mode, slope) in [("off", 2.0), ("on", 6.0)] {
          migrations.append(
            "\(mode),shared,\(mode),default,f\(gib),\(gib * 1024),10,1,\(iteration),forward,1,"
              + "\(5 + slope * Double(gib) + noise)")
        }
      }
    }
    for (vm, seconds) in [(1, 24), (2, 48), (3, 24), (4, 48)] {
      migrations.append(
        "off,shared,off,default,f8,8192,10,2,1,forward,\(vm),\(seconds)")
    }
    return try data(
      migrations,
      [
        "off,shared,off,default,f4,1,1,6,6,0,84", "off,shared,off,default,f4,1,2,6,6,0,84",
        "off,shared,off,default,f8,2,1,4,4,0,100",
      ])
  }

  private func predicted(
    _ migrations: [String], _ evacuations: [String]
  ) throws -> MigrationValidation {
    try MigrationValidation(
      Self.data(migrations, evacuations), fittedTo: Self.known(), file: "known")
  }

  private func serial(
    _ run: String, _ mode: String, gib: Int, _ seconds: [Double], timeout: String = "default"
  ) -> [String] {
    seconds.enumerated().map { index, value in
      "\(run),shared,\(mode),\(timeout),g\(gib),\(gib * 1024),10,1,\(index + 1),back,1,\(value)"
    }
  }

  @Test func parametersHaveTheirIntervals() throws {
    let validation = try predicted(
      serial("other", "off", gib: 16, [37]), ["other,shared,off,default,g16,1,1,6,6,0,228"])
    func number(_ name: String) throws -> FittedParameter {
      try #require(validation.parameters.first { $0.name == "shared/off/default/\(name)" })
    }
    let overhead = try number("overhead_shared")
    #expect(abs(overhead.value - 5) < 1e-9 && overhead.interval?.contains(5) == true)
    #expect((overhead.interval?.halfWidth ?? 0) > 0.01)
    let rate = try number("stream_rate")
    #expect(abs(rate.value - 512) < 1e-6 && rate.interval?.contains(512) == true)
    #expect(abs(try number("seconds_per_gib").value - 2) < 1e-9)
    #expect(abs(try number("gap").value - 1) < 1e-9)
    #expect(abs(try number("contention").value - 3) < 1e-9)
    #expect(abs(try number("batch_gap").value - 2) < 1e-9)
  }

  @Test func anUnseenSizeIsPredictedByStorageAndTunnel() throws {
    let validation = try predicted(
      serial("other", "off", gib: 16, [36, 37, 39]) + serial("tunnel", "on", gib: 16, [101, 102]),
      ["other,shared,off,default,g16,1,1,6,6,0,230"])
    let rows = Dictionary(uniqueKeysWithValues: validation.rows.map { ($0.name, $0) })
    let off = try #require(rows["shared/off/default/g16/1/migration_s.median"])
    #expect(off.measured == 37 && abs(off.predicted - 37) < 1e-5 && !off.fitted)
    let on = try #require(rows["shared/on/default/g16/1/migration_s.median"])
    #expect(on.measured == 101.5 && abs(on.predicted - 101) < 1e-5)
    let wall = try #require(rows["shared/off/default/g16/1/wall_s.median"])
    #expect(abs(wall.predicted - 228) < 1e-5)
    #expect(abs(off.naive - 29) < 1e-5)
  }

  @Test func batchesQueueAndWait() throws {
    let batch = (1...4).map {
      "off,shared,off,default,f4,4096,10,4,1,forward,\($0),\($0 * 16)"
    }
    let validation = try predicted(batch, ["off,shared,off,default,f4,4,1,8,8,0,132"])
    let median = try #require(validation.rows.first { $0.name.hasSuffix("migration_s.median") })
    #expect(median.measured == 40 && abs(median.predicted - 40) < 1e-5)
    let wall = try #require(validation.rows.first { $0.name.hasSuffix("wall_s.median") })
    #expect(abs(wall.predicted - 132) < 1e-5)
  }

  /// Three of four were aborted: the median of what is left is that of the others.
  @Test func abortedRowsAreCountedAndLeftOut() throws {
    let rows = serial("other", "off", gib: 16, [37, 38, 150, 150, 150, 150, 151, 152])
    let validation = try predicted(
      rows + ["other,shared,off,default,g16,16384,10,1,9,back,1,"],
      [
        "other,shared,off,default,g16,1,1,6,6,0,228", "other,shared,off,default,g16,1,2,6,5,1,700",
      ])
    let median = try #require(validation.rows.first)
    #expect(median.measured == 37.5 && median.count == 2)
    #expect(validation.outliers == 6 && validation.unmeasured == 1 && validation.aborted == 7)
    #expect(validation.incompleteEvacuations == 1)
    #expect(validation.rows.last?.count == 1)
  }

  /// An evacuation lasts as long as an aborted migration in it, though all VMs were moved in the end.
  @Test func evacuationsWithAbortedRowsAreLeftOut() throws {
    let header = "run,storage,tunnelled,completion_timeout,flavor,"
    let rows = serial("other", "off", gib: 16, [37, 37, 150, 37])
    let moves = (1...4).map {
      "other,shared,off,default,g16,1,\($0),back,1,1,0,\($0 == 3 ? 151 : 38)"
    }
    let data = try MigrationMeasurements(
      migrations: CSVTable(
        text: Self.migrationHeader + rows.joined(separator: "\n"), file: "migrations.csv"),
      evacuations: CSVTable(
        text: header + "parallel,iteration,direction,vms_expected,vms_measured,failed,wall_s\n"
          + moves.joined(separator: "\n"), file: "evacuations.csv"))
    let validation = try MigrationValidation(data, fittedTo: Self.known(), file: "known")
    #expect(validation.aborted == 1 && validation.incompleteEvacuations == 1)
    let wall = try #require(validation.rows.first { $0.name.hasSuffix("wall_s.median") })
    #expect(wall.count == 3 && wall.measured == 38 && abs(wall.error) < 1e-6)
  }

  @Test func whatNothingWasFittedToIsSaid() throws {
    let validation = try predicted(
      ["b,block,off,default,f4,4096,20,1,1,back,1,40"],
      [
        "b,block,off,default,f4,1,1,6,6,0,240", "b,shared,off,default,nowhere,1,1,6,6,0,240",
      ])
    #expect(validation.notes.count == 2)
    #expect(validation.rows.count == 2)
    #expect(validation.rows.allSatisfy { $0.basis == "defaults of the model" })
  }

  @Test func nothingSerialIsNothingToFitTo() throws {
    let batches = try Self.data(
      ["r,shared,off,default,f8,8192,10,2,1,forward,1,9"],
      ["r,shared,off,default,f8,2,1,6,6,0,133"])
    #expect(throws: ValidationError.nothingToFit(file: "batches")) {
      try MigrationValidation(batches, fittedTo: batches, file: "batches")
    }
  }
}
