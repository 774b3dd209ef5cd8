import Documents

/// A table of records, plain or packed with gzip, read field by field.
struct RecordTable {
  let table: CSVTable

  /// The most that a table may unpack to.
  static let unpackedLimit: Int64 = 512 << 20

  /// Reads a file.
  init(path: String) throws(RecordError) {
    let bytes: [UInt8]
    do throws(DocumentError) {
      let stored = try FileContent.bytes(of: path, limit: Self.unpackedLimit)
      let isPacked = stored.starts(with: [0x1F, 0x8B]) || path.hasSuffix(".gz")
      bytes = isPacked ? try GzipReader.unpack(stored, limit: Self.unpackedLimit) : stored
    } catch {
      throw .file(path: path, error)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .table(.notText(file: path))
    }
    do {
      table = try CSVTable(text: text, file: path)
    } catch {
      throw .table(error)
    }
  }

  var count: Int { table.rows.count }

  /// The index of a column that is needed.
  func column(_ name: String) throws(RecordError) -> Int {
    do {
      return try table.column(name)
    } catch {
      throw .table(error)
    }
  }

  /// A field as it stands.
  func text(_ row: Int, _ column: Int) -> String { table.rows[row].fields[column] }

  /// A whole number of zero or more; nil for an empty field.
  func whole(_ row: Int, _ column: Int) throws(RecordError) -> Int? {
    let text = text(row, column)
    if text.isEmpty { return nil }
    guard let value = Int(text), value >= 0, value < 1 << 53 else {
      throw badField(row, column, "a whole number of zero or more, or empty")
    }
    return value
  }

  /// A number of zero or more; nil for an empty field.
  func number(_ row: Int, _ column: Int) throws(RecordError) -> Double? {
    let text = text(row, column)
    if text.isEmpty { return nil }
    guard let value = Double(text), value.isFinite, value >= 0 else {
      throw badField(row, column, "a number of zero or more, or empty")
    }
    return value
  }

  /// An instant in seconds since 1970.
  func instant(_ row: Int, _ column: Int) throws(RecordError) -> Int64 {
    guard let seconds = Timestamp.seconds(of: text(row, column)) else {
      throw badField(row, column, "an instant such as 2005-09-09T06:28")
    }
    return seconds
  }

  /// A field that must not be empty.
  func name(_ row: Int, _ column: Int) throws(RecordError) -> String {
    let text = text(row, column)
    if text.isEmpty { throw badField(row, column, "a name") }
    return text
  }

  /// One of some words.
  func word(
    _ row: Int, _ column: Int, among words: [String]
  ) throws(RecordError) -> String {
    let text = text(row, column)
    guard words.contains(text) else {
      throw badField(
        row, column, "one of " + words.map { $0.isEmpty ? "empty" : $0 }.joined(separator: ", "))
    }
    return text
  }

  /// The error that names a field.
  func badField(_ row: Int, _ column: Int, _ allowed: String) -> RecordError {
    let found = text(row, column)
    return .badField(
      file: table.file, line: table.rows[row].line, column: table.columns[column],
      found: found.count > 80 ? found.prefix(80) + "..." : found, allowed: allowed)
  }
}
