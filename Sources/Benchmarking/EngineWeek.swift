package import CloudModel
package import Simulator
import Stochastics

/// The VMs of one week that Azure recorded in 2017, as the engine's benchmark uses them.
///
/// The table has the end of the five minutes in which a VM came and a bin for its life. The instant
/// is drawn uniformly within the five minutes and the life within its bin, which ends at the bin's
/// greatest life and begins 300 s before its least; VMs that were still there at the end never
/// leave. VMs of 16 virtual CPUs are cut to 8, and memory is rounded to 2 or 4 GiB a virtual CPU.
package struct EngineWeek: DemandSource {
  /// The types of requests: 1, 2, 4 and 8 virtual CPUs, each with 2 and with 4 GiB apiece.
  package let requests: [PlacementRequest] = [Int32(1), 2, 4, 8].flatMap { cores in
    [Int32(2), 4].map { perCore in
      PlacementRequest(milliCPU: cores * 1000, memoryMiB: cores * perCore * 1024)
    }
  }
  private var arrivals: [Arrival] = []
  private var next = 0

  private struct Arrival {
    var time: Int64
    var life: Int64
    var request: Int32
  }

  /// A row of the table as it stands there.
  private struct Row {
    var arrival: Int
    var cores: Int
    var gibibytes: Double
    var bin: Int
    var isCensored: Bool
  }

  /// What is wrong with a table.
  package struct TableError: Error, Sendable, Equatable {
    /// The line, from 1.
    package var line: Int
    /// What the line must hold.
    package var allowed: String
  }

  /// Reads the columns `arrival_s,batch,flavor,vcpus,memory_gib,lifetime_bin,censored` of the VMs
  /// and `bin,min_s,max_s` of the bins, and draws by a seed.
  ///
  /// **Errors**: the first line that does not hold what it must.
  ///
  /// **Complexity**: 24 bytes a VM.
  package init(vms: [UInt8], bins: [UInt8], seed: UInt64) throws(TableError) {
    let bounds = try Self.rows(bins, columns: 3) { fields -> (least: Int64, most: Int64)? in
      guard let least = Int64(fields[1]), let most = Int64(fields[2]), least <= most else {
        return nil
      }
      return (least, most)
    }
    let rows = try Self.rows(vms, columns: 7) { fields -> Row? in
      guard
        let arrival = Int(fields[0]), let cores = Int(fields[3]), let gibibytes = Double(fields[4]),
        let bin = Int(fields[5]), bounds.indices.contains(bin), cores > 0
      else { return nil }
      return Row(
        arrival: arrival, cores: cores, gibibytes: gibibytes, bin: bin,
        isCensored: fields[6] == "1")
    }
    let start = (rows.map(\.arrival).min() ?? 0) - 300
    for (number, row) in rows.enumerated() {
      var stream = RandomStream(
        seed: seed, replication: 0, purpose: .generation, subject: UInt64(number))
      let end = Double(row.arrival - start)
      let time = Int64((end - 300 * stream.uniform()) * 1e6)
      arrivals.append(
        Arrival(
          time: max(0, time), life: Self.life(row, bounds[row.bin], &stream),
          request: Self.request(row)))
    }
    // Equal instants keep the order of the table.
    arrivals = arrivals.enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }.map(\.element)
  }

  private static func life(
    _ row: Row, _ bounds: (least: Int64, most: Int64), _ stream: inout RandomStream
  ) -> Int64 {
    let draw = stream.uniform()
    if row.isCensored { return -1 }
    let least = Double(max(0, bounds.least - 300))
    let most = Double(max(bounds.most, 300))
    return Int64((most - (most - least) * (1 - draw)) * 1e6)
  }

  private static func request(_ row: Row) -> Int32 {
    let cores = min(8, row.cores)
    let isLarge = row.gibibytes / Double(row.cores) > 3
    return Int32(2 * cores.trailingZeroBitCount + (isLarge ? 1 : 0))
  }

  /// The lines after the first, each made into a value.
  private static func rows<Value>(
    _ table: [UInt8], columns: Int, _ make: ([Substring]) -> Value?
  ) throws(TableError) -> [Value] {
    var values: [Value] = []
    let lines = String(decoding: table, as: UTF8.self).split(separator: "\n")
    for (number, line) in lines.enumerated().dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard fields.count == columns, let value = make(fields) else {
        throw TableError(
          line: number + 1, allowed: "\(columns) columns as the first line names them")
      }
      values.append(value)
    }
    return values
  }

  /// The next VMs.
  package mutating func fill(_ block: inout DemandBlock) {
    let end = min(arrivals.count, next + block.limit)
    for arrival in arrivals[next..<end] {
      block.append(
        time: arrival.time, kind: .arrival, request: arrival.request, life: arrival.life)
    }
    next = end
  }
}
