import Documents

/// A table of comma-separated values of a data set, plain or packed with gzip, read as bytes.
///
/// **Source**: RFC 4180 without line ends inside fields; lines may end in LF or CRLF, empty lines
/// are passed over.
struct DatasetTable {
  /// The path used in errors.
  let path: String
  /// The file as it lies there.
  let file: DatasetFile
  /// The names of the columns.
  private(set) var columns: [String] = []
  private let bytes: [UInt8]
  private let isASCII: Bool
  private var start = 0
  private var firstLine = 1

  /// The most that a table may unpack to; the largest one known has 30 MB.
  static let unpackedLimit: Int64 = 512 << 20

  /// Reads a file of a folder whole; unpacked it will do, too.
  init(_ name: String, in folder: String) throws(DatasetError) {
    let found = DatasetFolder.found(name, in: folder) ?? name
    let path = "\(folder)/\(found)"
    self.path = path
    do throws(DocumentError) {
      let stored = try FileContent.bytes(of: path, limit: Self.unpackedLimit)
      file = DatasetFile(found, sha256: SHA256.hexadecimal(stored), bytes: stored.count)
      let isPacked = stored.starts(with: [0x1F, 0x8B]) || path.hasSuffix(".gz")
      bytes = isPacked ? try GzipReader.unpack(stored, limit: Self.unpackedLimit) : stored
    } catch {
      throw DatasetError(.file(error), file: path)
    }
    isASCII = bytes.allSatisfy { $0 < 0x80 }
    // A byte-order mark, as spreadsheets write it.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    try readHeader()
  }

  private mutating func readHeader() throws(DatasetError) {
    var fields: [Range<Int>] = []
    while fields.isEmpty, start < bytes.count {
      try split(from: &start, line: firstLine, into: &fields)
      firstLine += 1
    }
    guard !fields.isEmpty else { throw DatasetError(.empty, file: path) }
    columns = fields.map { DatasetRow.text(of: bytes[$0]) }
    for (index, name) in columns.enumerated() where columns[..<index].contains(name) {
      throw DatasetError(.repeatedColumn(name), file: path, line: firstLine - 1)
    }
  }

  /// The index of a column that is needed.
  func column(_ name: String) throws(DatasetError) -> Int {
    guard let index = columns.firstIndex(of: name) else {
      throw DatasetError(.missingColumn(name), file: path, line: firstLine - 1)
    }
    return index
  }

  /// Hands out the rows in their order.
  ///
  /// **Errors**: `empty` without a row, and those of the rows.
  func forEachRow(
    _ body: (_ row: DatasetRow) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    var row = DatasetRow(table: self)
    var (position, line, isEmpty) = (start, firstLine, true)
    while position < bytes.count {
      try split(from: &position, line: line, into: &row.fields)
      row.line = line
      line += 1
      if row.fields.isEmpty { continue }
      guard row.fields.count == columns.count else {
        throw DatasetError(
          .fieldCount(found: row.fields.count, expected: columns.count), file: path,
          line: row.line)
      }
      isEmpty = false
      try body(row)
    }
    if isEmpty { throw DatasetError(.empty, file: path) }
  }

  /// Splits the next line into fields; an empty line has none.
  private func split(
    from position: inout Int, line: Int, into fields: inout [Range<Int>]
  ) throws(DatasetError) {
    fields.removeAll(keepingCapacity: true)
    var fieldStart = position
    var isQuoted = false
    let first = position
    while position < bytes.count, bytes[position] != 0x0A {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        if !isQuoted, position != fieldStart, bytes[position - 1] != UInt8(ascii: "\"") {
          throw DatasetError(.badQuote, file: path, line: line)
        }
        isQuoted.toggle()
      } else if byte == UInt8(ascii: ","), !isQuoted {
        fields.append(fieldStart..<position)
        fieldStart = position + 1
      } else if !isQuoted, position > fieldStart, bytes[fieldStart] == UInt8(ascii: "\"") {
        throw DatasetError(.badQuote, file: path, line: line)
      }
      if byte < 0x20, byte != 0x09, byte != 0x0D || !isLineEnd(position + 1) {
        throw DatasetError(
          .file(.notText(byte: Int64(position), value: byte)), file: path, line: line)
      }
      position += 1
    }
    if isQuoted { throw DatasetError(.badQuote, file: path, line: line) }
    if !isASCII, String(validating: bytes[first..<position], as: UTF8.self) == nil {
      throw DatasetError(.file(.notUTF8(byte: Int64(first))), file: path, line: line)
    }
    let isReturn = position > first && bytes[position - 1] == 0x0D
    let end = isReturn ? position - 1 : position
    if end > first { fields.append(fieldStart..<end) }
    position += 1
  }

  private func isLineEnd(_ position: Int) -> Bool {
    position == bytes.count || bytes[position] == 0x0A
  }

  /// The bytes of a field.
  func field(_ range: Range<Int>) -> ArraySlice<UInt8> { bytes[range] }
}
