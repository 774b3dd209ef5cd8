import Documents
import Glibc

/// One migration with the hypervisor's own counters at its end.
///
/// **Units**: seconds, MiB.
struct CountedMigration: Sendable {
  var scenario: String
  var run: Int
  var mode: String
  var workload: String
  var threads: Int
  var postCopyDelay: Double
  var memory: Double
  var total: Double
  var downtime: Double
  var sent: Double
}

/// The migrations of a data set with counters of QEMU.
struct CounterMeasurements: Sendable {
  /// Those that were completed, in the order of the file.
  private(set) var migrations: [CountedMigration] = []
  /// Migrations that were not completed.
  private(set) var incomplete = 0
  /// From the request to service, of guests that were shut down and booted elsewhere.
  private(set) var restarts: [(scenario: String, seconds: Double)] = []
  /// The samples taken on the way; empty where the file is absent.
  private(set) var progress: [CounterSample] = []

  /// Whether a folder has this kind of data and not that of migrations as Nova sees them.
  static func isIn(_ folder: String) -> Bool {
    access(folder + "/runs.csv", R_OK) == 0 && access(folder + "/migrations.csv", R_OK) != 0
  }

  init(folder: String) throws(ValidationError) {
    try read(CSVTable(path: folder + "/runs.csv"))
    let restarts = folder + "/cold_restart.csv"
    if access(restarts, R_OK) == 0 { try read(restarts: CSVTable(path: restarts)) }
    let progress = folder + "/progress.csv.gz"
    if access(progress, R_OK) == 0 { try read(progress: Self.unpacked(progress)) }
  }

  private mutating func read(_ table: CSVTable) throws(ValidationError) {
    let scenario = try table.column("scenario")
    let run = try table.column("run")
    let (mode, workload) = (try table.column("mode"), try table.column("workload"))
    let threads = try table.column("threads")
    let delay = try table.column("postcopy_delay_s")
    let memory = try table.column("guest_memory_mib")
    let (total, downtime) = (try table.column("total_time_ms"), try table.column("downtime_ms"))
    let sent = try table.column("transferred_bytes")
    let status = try table.column("status")
    for row in table.rows.indices {
      let fields = table.rows[row].fields
      let number = try table.integer(row, run)
      guard fields[status] == "completed", let time = try table.number(row, total), time > 0,
        let down = try table.number(row, downtime), let bytes = try table.number(row, sent)
      else {
        incomplete += 1
        continue
      }
      guard let size = try table.number(row, memory), size > 0, size < 1e9 else {
        throw table.badField(row, memory)
      }
      migrations.append(
        CountedMigration(
          scenario: fields[scenario], run: number, mode: fields[mode],
          workload: fields[workload], threads: try table.integer(row, threads),
          postCopyDelay: try table.number(row, delay) ?? 0, memory: size, total: time / 1000,
          downtime: down / 1000, sent: bytes / 1_048_576))
    }
    if migrations.isEmpty { throw .nothingToFit(file: table.file) }
  }

  private mutating func read(restarts table: CSVTable) throws(ValidationError) {
    let scenario = try table.column("scenario")
    let gap = try table.column("service_gap_s")
    for row in table.rows.indices {
      guard let seconds = try table.number(row, gap), seconds > 0 else { continue }
      restarts.append((table.rows[row].fields[scenario], seconds))
    }
  }

  private mutating func read(progress table: CSVTable) throws(ValidationError) {
    let (scenario, run) = (try table.column("scenario"), try table.column("run"))
    let (status, elapsed) = (try table.column("status"), try table.column("elapsed_ms"))
    let (sent, rounds) = (
      try table.column("transferred_bytes"), try table.column("dirty_sync_count")
    )
    for row in table.rows.indices where table.rows[row].fields[status] == "active" {
      guard let time = try table.number(row, elapsed), let bytes = try table.number(row, sent),
        let count = try table.number(row, rounds)
      else { continue }
      progress.append(
        CounterSample(
          scenario: table.rows[row].fields[scenario], run: try table.integer(row, run),
          seconds: time / 1000, sent: bytes / 1_048_576, rounds: count))
    }
  }

  private static func unpacked(_ path: String) throws(ValidationError) -> CSVTable {
    let bytes: [UInt8]
    do throws(DocumentError) {
      bytes = try GzipReader.unpack(FileContent.bytes(of: path, limit: 1 << 30))
    } catch {
      throw .unreadable(file: path)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .notText(file: path) }
    return try CSVTable(text: text, file: path)
  }
}

/// What the hypervisor said while a migration went on.
struct CounterSample: Sendable {
  var scenario: String
  var run: Int
  var seconds: Double
  var sent: Double
  var rounds: Double
}
