package import CloudModel

/// What the rows of one experiment have in common; another campaign may have other hosts.
package struct MigrationCampaign: Sendable, Hashable {
  /// The log the rows come from.
  package var run: String
  /// Where the disks lay.
  package var storage: String
  /// Whether libvirt tunnelled the stream.
  package var tunnelled: String
  /// How Nova's completion timeout was set.
  package var completionTimeout: String

  /// Whether disks were copied.
  package var copiesDisk: Bool { storage == "block" }
}

/// One measured live migration.
package struct MeasuredMigration: Sendable {
  /// The experiment.
  package var campaign: MigrationCampaign
  /// The flavor.
  package var flavor: String
  /// Its memory.
  package var memory: Bytes
  /// Its disk.
  package var disk: Bytes
  /// How many were requested at once.
  package var parallel: Int
  /// The number of the repetition.
  package var iteration: Int
  /// Which way the host was emptied.
  package var direction: String
  /// The number of the VM on its host, from 1.
  package var vm: Int
  /// How long it took.
  package var seconds: Double
}

/// One measured evacuation of a host.
package struct MeasuredEvacuation: Sendable {
  /// The experiment.
  package var campaign: MigrationCampaign
  /// The flavor of all its VMs.
  package var flavor: String
  /// How many were requested at once.
  package var parallel: Int
  /// The number of the repetition.
  package var iteration: Int
  /// Which way the host was emptied; nil where the data does not say it.
  package var direction: String?
  /// How many VMs there were.
  package var vms: Int
  /// Whether all of them were moved.
  package var isComplete: Bool
  /// How long it took.
  package var seconds: Double
}

/// The measured migrations and evacuations of a data set.
package struct MigrationMeasurements: Sendable {
  /// The migrations in the order of the file.
  package var migrations: [MeasuredMigration]
  /// The evacuations in the order of the file.
  package var evacuations: [MeasuredEvacuation]
  /// Migrations without a duration.
  package var unmeasured = 0

  /// Reads `migrations.csv` and `evacuations.csv` of a folder.
  ///
  /// **Errors**: those of `CSVTable`, `missingColumn` and `badField`.
  package init(folder: String) throws(ValidationError) {
    try self.init(
      migrations: CSVTable(path: folder + "/migrations.csv"),
      evacuations: CSVTable(path: folder + "/evacuations.csv"))
  }

  /// Reads two tables.
  ///
  /// **Errors**: `missingColumn` and `badField`.
  package init(
    migrations migrationTable: CSVTable, evacuations evacuationTable: CSVTable
  ) throws(ValidationError) {
    migrations = []
    evacuations = []
    try read(migrations: migrationTable)
    try read(evacuations: evacuationTable)
  }

  private mutating func read(migrations table: CSVTable) throws(ValidationError) {
    let group = try GroupColumns(table)
    let (memory, disk) = (try table.column("memory_mib"), try table.column("disk_gib"))
    let (direction, vm) = (try table.column("direction"), try table.column("vm"))
    let seconds = try table.column("migration_s")
    for row in table.rows.indices {
      let key = try group.read(row, of: table)
      let memoryMiB = try Self.size(row, memory, of: table)
      let diskGiB = try Self.size(row, disk, of: table)
      let number = try table.integer(row, vm)
      guard number > 0 else { throw table.badField(row, vm) }
      guard let duration = try table.number(row, seconds) else {
        unmeasured += 1
        continue
      }
      guard duration > 0 else { throw table.badField(row, seconds) }
      migrations.append(
        MeasuredMigration(
          campaign: key.campaign, flavor: key.flavor, memory: .mebibytes(memoryMiB),
          disk: .gibibytes(diskGiB), parallel: key.parallel, iteration: key.iteration,
          direction: table.rows[row].fields[direction], vm: number, seconds: duration))
    }
    if migrations.isEmpty { throw .nothingToFit(file: table.file) }
  }

  private mutating func read(evacuations table: CSVTable) throws(ValidationError) {
    let group = try GroupColumns(table)
    let (expected, measured) = (
      try table.column("vms_expected"), try table.column("vms_measured")
    )
    let (failed, seconds) = (try table.column("failed"), try table.column("wall_s"))
    let direction = table.columns.firstIndex(of: "direction")
    for row in table.rows.indices {
      let key = try group.read(row, of: table)
      let vms = try table.integer(row, expected)
      let moved = try table.integer(row, measured)
      let failures = try table.integer(row, failed)
      guard vms > 0, vms < 1 << 20 else { throw table.badField(row, expected) }
      let duration = try table.number(row, seconds)
      if let duration, duration <= 0 { throw table.badField(row, seconds) }
      evacuations.append(
        MeasuredEvacuation(
          campaign: key.campaign, flavor: key.flavor, parallel: key.parallel,
          iteration: key.iteration, direction: direction.map { table.rows[row].fields[$0] },
          vms: vms,
          isComplete: moved == vms && failures == 0 && duration != nil, seconds: duration ?? 0))
    }
  }

  /// A size whose count of bytes stays far from the end of 64 bits.
  private static func size(
    _ row: Int, _ column: Int, of table: CSVTable
  ) throws(ValidationError) -> Int64 {
    let value = try table.integer(row, column)
    guard value < 1 << 30 else { throw table.badField(row, column) }
    return Int64(value)
  }
}

/// The columns that both tables share.
private struct GroupColumns {
  let run, storage, tunnelled, timeout, flavor, parallel, iteration: Int

  init(_ table: CSVTable) throws(ValidationError) {
    run = try table.column("run")
    storage = try table.column("storage")
    tunnelled = try table.column("tunnelled")
    timeout = try table.column("completion_timeout")
    flavor = try table.column("flavor")
    parallel = try table.column("parallel")
    iteration = try table.column("iteration")
  }

  struct Key {
    var campaign: MigrationCampaign
    var flavor: String
    var parallel: Int
    var iteration: Int
  }

  func read(_ row: Int, of table: CSVTable) throws(ValidationError) -> Key {
    let fields = table.rows[row].fields
    guard fields[storage] == "shared" || fields[storage] == "block" else {
      throw table.badField(row, storage)
    }
    let campaign = MigrationCampaign(
      run: fields[run], storage: fields[storage], tunnelled: fields[tunnelled],
      completionTimeout: fields[timeout])
    let atOnce = try table.integer(row, parallel)
    guard atOnce > 0, atOnce < 1 << 20 else { throw table.badField(row, parallel) }
    return Key(
      campaign: campaign, flavor: fields[flavor], parallel: atOnce,
      iteration: try table.integer(row, iteration))
  }
}
