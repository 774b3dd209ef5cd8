/// One row of a table: where its fields lie, and how they are read.
struct DatasetRow {
  /// The table.
  let table: DatasetTable
  /// Where each field begins and ends.
  var fields: [Range<Int>] = []
  /// The line of the file, from 1.
  var line = 0

  init(table: DatasetTable) {
    self.table = table
  }

  /// A field as text, its quotes taken off.
  func text(_ column: Int) -> String { Self.text(of: table.field(fields[column])) }

  /// A field that must not be empty.
  func name(_ column: Int) throws(DatasetError) -> String {
    let found = text(column)
    if found.isEmpty { throw error(column, "a name") }
    return found
  }

  /// A whole number of zero or more.
  func whole(_ column: Int, atMost limit: Int64 = 1 << 40) throws(DatasetError) -> Int64 {
    let digits = table.field(fields[column])
    var value: Int64 = 0
    var isNumber = !digits.isEmpty && digits.count <= 18
    for byte in digits {
      guard byte >= 0x30, byte <= 0x39 else {
        isNumber = false
        break
      }
      if isNumber { value = value * 10 + Int64(byte - 0x30) }
    }
    guard isNumber, value <= limit else {
      throw error(column, "a whole number from 0 to \(limit)")
    }
    return value
  }

  /// A finite decimal number of zero or more.
  func decimal(_ column: Int, atMost limit: Double = 1e12) throws(DatasetError) -> Double {
    guard let value = Double(text(column)), value >= 0, value <= limit else {
      throw error(column, "a number from 0 to \(Int64(limit))")
    }
    return value
  }

  /// One of 0 and 1.
  func flag(_ column: Int) throws(DatasetError) -> Bool {
    switch text(column) {
    case "0": return false
    case "1": return true
    default: throw error(column, "0 or 1")
    }
  }

  /// The error that names a field.
  func error(_ column: Int, _ allowed: String) -> DatasetError {
    let found = text(column)
    return DatasetError(
      .badField(
        column: table.columns[column],
        found: found.count > 80 ? found.prefix(80) + "..." : found, allowed: allowed),
      file: table.path, line: line)
  }

  /// The text of a field's bytes, its quotes taken off.
  static func text(of field: ArraySlice<UInt8>) -> String {
    let quote = UInt8(ascii: "\"")
    guard field.first == quote, field.count >= 2 else {
      return String(decoding: field, as: UTF8.self)
    }
    var plain: [UInt8] = []
    var isEscape = false
    for byte in field.dropFirst().dropLast() {
      isEscape = byte == quote && !isEscape
      if !isEscape { plain.append(byte) }
    }
    return String(decoding: plain, as: UTF8.self)
  }
}

extension DatasetRow {
  /// A number of GiB as whole MiB, rounded down: what is offered is not more than there is.
  func mebibytes(ofGiB column: Int) throws(DatasetError) -> Int64 {
    Int64(try decimal(column, atMost: 1_048_576) * 1024)
  }
}
