import Testing
import Validation

/// The comparison on small data sets made here, whose answers are known.
@Suite struct MigrationValidationTests {
  private static let migrationHeader =
    "run,storage,tunnelled,completion_timeout,flavor,memory_mib,disk_gib,parallel,iteration,"
    + "direction,vm,migration_s\n"
  private static let evacuationHeader =
    "run,storage,tunnelled,completion_timeout,flavor,parallel,iteration,vms_expected,"
    + "vms_measured,failed,wall_s\n"

  private func compare(
    _ migrations: [String], _ evacuations: [String]
  ) throws -> MigrationValidation {
    let first = Self.migrationHeader + migrations.joined(separator: "\n")
    let second = Self.evacuationHeader + evacuations.joined(separator: "\n")
    return MigrationValidation(
      try MigrationMeasurements(
        migrations: CSVTable(text: first, file: "migrations.csv"),
        evacuations: CSVTable(text: second, file: "evacuations.csv")))
  }

  /// Migrations of one size; the duration is the overhead and 2 s/GiB.
  private func sized(_ run: String, _ gibibytes: Int, overhead: Int = 5) -> [String] {
    (1...4).map {
      "\(run),shared,off,default,f\(gibibytes),\(gibibytes * 1024),10,1,\($0),forward,1,"
        + "\(overhead + 2 * gibibytes)"
    }
  }

  private func names(_ validation: MigrationValidation) -> [String] {
    validation.rows.map(\.name)
  }

  @Test func threeSizesTestTheLine() throws {
    let validation = try compare(
      sized("r", 4) + sized("r", 8) + sized("r", 16),
      ["r,shared,off,default,f4,1,1,6,6,0,85.2", "r,shared,off,default,f4,1,2,6,5,1,300"])
    #expect(validation.fits.count == 1 && validation.fits.first?.sizes == 3)
    #expect(validation.incompleteEvacuations == 1 && validation.notes.isEmpty)
    let third = try #require(
      validation.rows.first {
        $0.name == "shared/off/default/f16/1/other_sizes/migration_s.mean"
      })
    #expect(!third.fitted && abs(third.error) < 1e-6)
    let wall = try #require(validation.rows.first { $0.name.hasSuffix("f4/1/wall_s.mean") })
    #expect(wall.count == 1 && abs(wall.error) < 1e-6 && !wall.fitted)
  }

  @Test func oneSizeTakesTheDefaultOverhead() throws {
    let validation = try compare(sized("r", 8), ["r,shared,off,default,f8,1,1,6,6,0,133"])
    let fit = try #require(validation.fits.first)
    #expect(fit.method == .defaultOverhead && fit.overheadSeconds == 7)
    #expect(abs(fit.secondsPerGiB - 14.0 / 8) < 1e-9)
    #expect(validation.notes.count == 1)
    #expect(validation.assumedRows.count == 1)
  }

  @Test func abortedMigrationsAreLeftOut() throws {
    let aborted = "r,shared,off,default,f8,8192,10,1,5,forward,1,150"
    let unmeasured = "r,shared,off,default,f8,8192,10,1,5,forward,2,"
    let validation = try compare(
      sized("r", 4) + sized("r", 8) + [aborted, unmeasured],
      ["r,shared,off,default,f8,1,1,6,6,0,133"])
    #expect(validation.outliers == 1 && validation.unmeasured == 1)
    let mean = validation.rows.first { $0.name == "shared/off/default/f8/1/migration_s.mean" }
    #expect(mean?.measured == 21 && mean?.count == 4)
  }

  @Test func degenerateSizesStillEnd() throws {
    let shrinking = try compare(
      sized("r", 4, overhead: 30) + sized("r", 8), ["r,shared,off,default,f8,1,1,6,6,0,133"])
    #expect(shrinking.fits.first?.method == .noSlope)
    let steep = try compare(
      sized("r", 4, overhead: -7) + sized("r", 8), ["r,shared,off,default,f8,1,1,6,6,0,133"])
    #expect(steep.fits.first?.method == .noOverhead)
    for row in shrinking.rows + steep.rows { #expect(row.predicted.isFinite, "\(row.name)") }
  }

  @Test func runsOfOneNameStayApart() throws {
    let validation = try compare(
      sized("a", 4) + sized("a", 8) + sized("b", 8, overhead: 1),
      ["a,shared,off,default,f8,1,1,6,6,0,133"])
    let found = names(validation)
    #expect(found.contains("shared/off/default/f8/1/migration_s.mean"))
    #expect(found.contains("a/shared/off/default/f8/1/migration_s.mean"))
    #expect(found.contains("b/shared/off/default/f8/1/migration_s.mean"))
    #expect(!found.contains("a/shared/off/default/f4/1/migration_s.mean"))
    let pooled = validation.rows.first { $0.name == "shared/off/default/f8/1/migration_s.mean" }
    #expect(pooled?.measured == 19 && pooled?.count == 8)
    #expect(Set(found).count == found.count)
  }

  /// Three at once on one slot: 10, 20, 30 s; a fourth without its companions is left out.
  @Test func batchesOfThree() throws {
    let header = "r,shared,off,default,f8,8192,10"
    let batches = [(1, 20), (2, 30), (3, 10), (4, 11)].map {
      "\(header),3,1,forward,\($0.0),\($0.1)"
    }
    let serial = (1...4).map { "\(header),1,\($0),forward,1,9" }
    let validation = try compare(
      serial + batches, ["r,shared,off,default,f8,3,1,3,3,0,31.2"])
    #expect(validation.incompleteBatches == 1)
    let name = "shared/off/default/f8/3/migration_s."
    for (rank, expected) in [("first", 10.0), ("second", 20), ("third", 30), ("mean", 20)] {
      let row = try #require(validation.rows.first { $0.name == name + rank })
      #expect(row.measured == expected && abs(row.error) < 1e-6)
      #expect(row.fitted == (rank == "third"))
    }
    let wall = validation.rows.first { $0.name == "shared/off/default/f8/3/wall_s.mean" }
    #expect(abs(wall?.error ?? 1) < 1e-6 && wall?.fitted == false)
  }

  @Test func batchesAloneAreNotPredicted() throws {
    let validation = try compare(
      ["r,shared,off,default,f8,8192,10,2,1,forward,1,9"],
      ["r,shared,off,default,f8,2,1,6,6,0,133"])
    #expect(validation.rows.isEmpty && validation.notes.count == 1)
  }

  @Test func badFieldsAreNamed() {
    #expect(
      throws: ValidationError.badField(
        file: "migrations.csv", line: 2, column: "storage", value: "tape")
    ) {
      try compare(
        ["r,tape,off,default,f8,8192,10,2,1,forward,1,9"],
        ["r,shared,off,default,f8,2,1,6,6,0,133"])
    }
    #expect(throws: ValidationError.nothingToFit(file: "migrations.csv")) {
      try compare(
        ["r,shared,off,default,f8,8192,10,2,1,forward,1,"],
        ["r,shared,off,default,f8,2,1,6,6,0,133"])
    }
  }
}
