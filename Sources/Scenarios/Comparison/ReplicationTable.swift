import Documents
import Simulator

/// The table of a run with one row for each replication, or for each policy and replication.
struct ReplicationTable {
  /// The rows of one policy, or of the whole run, in ascending order of the replication.
  struct Part {
    /// The policy; nil in a table without them.
    var policy: String?
    /// The numbers of the replications.
    var replications: [Int64] = []
    /// The fields of each replication, one per column.
    var rows: [[String]] = []
  }

  /// The names of the columns.
  let columns: [String]
  /// The parts in the order of the table.
  private(set) var parts: [Part] = []

  /// Reads a table.
  ///
  /// **Errors**: `unusable` with the line; `document` if there is no such file.
  init(path: String, of folder: String) throws(ComparisonError) {
    var reader: LineReader
    do {
      reader = try LineReader(path: path)
    } catch {
      throw .document(error, file: path)
    }
    do throws(DemandError) {
      guard let header = try Self.nextLine(of: &reader) else {
        throw DemandError(
          .malformed(found: "an empty file", allowed: "a first line with columns"), line: 1)
      }
      let names = Self.names(reader.bytes[header])
      columns = names
      var row = FieldRow(columns: names.count)
      _ = try row.takeHeader(
        reader.bytes[header], names: names, required: ["replication"], at: 1)
      try readRows(from: &reader, into: &row)
    } catch {
      throw Self.unusable(error, folder)
    }
    try sortParts(of: folder)
  }

  private static func nextLine(of reader: inout LineReader) throws(DemandError) -> Range<Int>? {
    do throws(LineError) { return try reader.next() } catch { throw DemandError(error) }
  }

  private mutating func readRows(
    from reader: inout LineReader, into row: inout FieldRow
  ) throws(DemandError) {
    let (policy, number) = (columns.firstIndex(of: "policy"), columns.firstIndex(of: "replication"))
    while let line = try Self.nextLine(of: &reader) {
      if line.isEmpty { continue }
      try row.take(reader.bytes, line, at: reader.lineNumber)
      let fields = columns.indices.map { row.text($0) }
      row.release()
      guard let replication = number.flatMap({ Int64(fields[$0]) }) else {
        throw DemandError(
          .malformed(
            found: "\"\(number.map { fields[$0] } ?? "")\"", allowed: "the number of a replication"),
          line: reader.lineNumber, column: "replication")
      }
      append(fields, replication, policy.map { fields[$0] })
    }
  }

  private mutating func append(_ fields: [String], _ replication: Int64, _ policy: String?) {
    let place: Int
    if parts.last?.policy == policy, !parts.isEmpty {
      place = parts.count - 1
    } else if let known = parts.firstIndex(where: { $0.policy == policy }) {
      place = known
    } else {
      place = parts.count
      parts.append(Part(policy: policy))
    }
    parts[place].replications.append(replication)
    parts[place].rows.append(fields)
  }

  private mutating func sortParts(of folder: String) throws(ComparisonError) {
    if parts.isEmpty {
      throw .unusable(
        folder: folder, reason: "tables/replications.csv has no row", help: Self.help)
    }
    for index in parts.indices {
      let part = parts[index]
      let order = part.replications.indices.sorted {
        part.replications[$0] < part.replications[$1]
      }
      parts[index].replications = order.map { part.replications[$0] }
      parts[index].rows = order.map { part.rows[$0] }
      let numbers = parts[index].replications
      for (number, next) in zip(numbers, numbers.dropFirst()) where number == next {
        throw .unusable(
          folder: folder, reason: "tables/replications.csv has replication \(number) twice",
          help: Self.help)
      }
    }
  }

  /// The columns that hold numbers, and nothing else where they are not empty.
  func numbers(of part: Part) -> [ComparedEntry.Column] {
    columns.indices.compactMap { column in
      guard columns[column] != "replication", columns[column] != "policy" else { return nil }
      var values: [Double?] = []
      for row in part.rows {
        if row[column].isEmpty {
          values.append(nil)
        } else if let value = Double(row[column]), value.isFinite {
          values.append(value)
        } else {
          return nil
        }
      }
      guard values.contains(where: { $0 != nil }) else { return nil }
      return ComparedEntry.Column(measure: columns[column], values: values)
    }
  }

  /// The names in a header, quotes taken off.
  private static func names(_ line: ArraySlice<UInt8>) -> [String] {
    var names: [[UInt8]] = [[]]
    var isQuoted = false
    for byte in line {
      if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if byte == UInt8(ascii: ","), !isQuoted {
        names.append([])
      } else {
        names[names.count - 1].append(byte)
      }
    }
    return names.map { String(decoding: $0, as: UTF8.self) }
  }

  private static let help = "the folder must be as `berth run` left it; run the scenario again"

  private static func unusable(_ error: DemandError, _ folder: String) -> ComparisonError {
    .unusable(
      folder: folder,
      reason: "tables/replications.csv\(error.line.map { ", line \($0)" } ?? ""): \(error.message)",
      help: help)
  }
}
