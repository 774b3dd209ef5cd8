import Glibc

/// A table of comma-separated values with a first line of column names.
///
/// **Source**: RFC 4180; lines may end in LF or CRLF, empty lines are passed over.
package struct CSVTable: Sendable {
  /// The name used in errors.
  package let file: String
  /// The names of the columns.
  package let columns: [String]
  /// The fields of each row, and the line of the file on which it begins.
  package let rows: [(line: Int, fields: [String])]

  /// Reads a file.
  ///
  /// **Errors**: `unreadable`, `notText`, and those of `init(text:file:)`.
  package init(path: String) throws(ValidationError) {
    guard let stream = fopen(path, "rb") else { throw .unreadable(file: path) }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&block, 1, block.count, stream)
      if count == 0 { break }
      bytes.append(contentsOf: block[..<count])
    }
    guard ferror(stream) == 0 else { throw .unreadable(file: path) }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .notText(file: path) }
    try self.init(text: text, file: path)
  }

  /// Reads a text.
  ///
  /// **Errors**: `empty` without a row of data; `repeatedColumn`; `fieldCount`; `badQuote`.
  package init(text: String, file: String) throws(ValidationError) {
    var scanner = CSVScanner(text: text, file: file)
    guard let header = try scanner.nextRow() else { throw .empty(file: file) }
    var seen: Set<String> = []
    for name in header.fields where !seen.insert(name).inserted {
      throw .repeatedColumn(file: file, column: name)
    }
    var rows: [(line: Int, fields: [String])] = []
    while let row = try scanner.nextRow() {
      guard row.fields.count == header.fields.count else {
        throw .fieldCount(
          file: file, line: row.line, found: row.fields.count, expected: header.fields.count)
      }
      rows.append(row)
    }
    if rows.isEmpty { throw .empty(file: file) }
    self.file = file
    self.rows = rows
    columns = header.fields
  }

  /// The index of a column.
  ///
  /// **Errors**: `missingColumn`.
  package func column(_ name: String) throws(ValidationError) -> Int {
    guard let index = columns.firstIndex(of: name) else {
      throw .missingColumn(file: file, column: name)
    }
    return index
  }

  /// A whole number of zero or more.
  ///
  /// **Errors**: `badField`.
  package func integer(_ row: Int, _ column: Int) throws(ValidationError) -> Int {
    let text = rows[row].fields[column]
    guard let value = Int(text), value >= 0 else { throw badField(row, column) }
    return value
  }

  /// A finite number of zero or more; nil for an empty field.
  ///
  /// **Errors**: `badField`.
  package func number(_ row: Int, _ column: Int) throws(ValidationError) -> Double? {
    let text = rows[row].fields[column]
    if text.isEmpty { return nil }
    guard let value = Double(text), value.isFinite, value >= 0 else {
      throw badField(row, column)
    }
    return value
  }

  /// The error that names a field.
  package func badField(_ row: Int, _ column: Int) -> ValidationError {
    .badField(
      file: file, line: rows[row].line, column: columns[column],
      value: rows[row].fields[column])
  }
}

/// Splits a text into rows of fields.
private struct CSVScanner {
  private let bytes: [UInt8]
  private let file: String
  private var position = 0
  private var line = 1

  init(text: String, file: String) {
    var bytes = Array(text.utf8)
    // A byte-order mark, as spreadsheets write it.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    self.bytes = bytes
    self.file = file
  }

  /// The next row that is not an empty line; nil at the end.
  mutating func nextRow() throws(ValidationError) -> (line: Int, fields: [String])? {
    while position < bytes.count {
      let first = line
      var fields: [String] = []
      var isLast = false
      while !isLast {
        fields.append(try nextField())
        isLast = !skip(UInt8(ascii: ","))
      }
      endLine()
      if fields.count > 1 || fields[0] != "" { return (first, fields) }
    }
    return nil
  }

  private mutating func nextField() throws(ValidationError) -> String {
    if skip(UInt8(ascii: "\"")) { return try quotedField() }
    let start = position
    while position < bytes.count, !isEnd(bytes[position]) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func quotedField() throws(ValidationError) -> String {
    let first = line
    var field: [UInt8] = []
    while position < bytes.count {
      if skip(UInt8(ascii: "\"")) {
        if skip(UInt8(ascii: "\"")) {
          field.append(UInt8(ascii: "\""))
          continue
        }
        if position < bytes.count, !isEnd(bytes[position]) { break }
        return String(decoding: field, as: UTF8.self)
      }
      if bytes[position] == UInt8(ascii: "\n") { line += 1 }
      field.append(bytes[position])
      position += 1
    }
    throw .badQuote(file: file, line: first)
  }

  private func isEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func endLine() {
    _ = skip(UInt8(ascii: "\r"))
    if skip(UInt8(ascii: "\n")) { line += 1 }
  }
}
