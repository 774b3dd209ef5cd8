import Documents
import Simulator

/// The fields of one row of a table, as ranges of bytes in the order of the declared columns.
///
/// One row after another is put in; the storage stays.
struct FieldRow: Sendable {
  /// The bytes among which the fields stand.
  private(set) var bytes: [UInt8] = []
  /// For each declared column where its field stands; empty if it is absent.
  private(set) var fields: [Range<Int>]
  /// For each column of the table the declared one, or -1 if it is ignored.
  private var layout: [Int] = []

  init(columns: Int) {
    fields = Array(repeating: 0..<0, count: columns)
  }

  /// The text of a field.
  func text(_ column: Int) -> String { String(decoding: bytes[fields[column]], as: UTF8.self) }

  /// Takes a header; the columns found, in the order declared.
  ///
  /// **Errors**: `malformed` for a column that is not declared or stands twice, or a required one
  /// that is absent.
  mutating func takeHeader(
    _ line: ArraySlice<UInt8>, names: [String], required: [String], at lineNumber: Int
  ) throws(DemandError) -> Set<String> {
    let found = try Self.split(line, at: lineNumber)
    var seen: Set<String> = []
    layout = []
    for name in found {
      if name.hasPrefix("x-") {
        layout.append(-1)
        continue
      }
      guard let index = names.firstIndex(of: name) else {
        throw Self.unknown(name, among: names, at: lineNumber)
      }
      guard seen.insert(name).inserted else {
        throw DemandError(
          .malformed(found: "column `\(name)` twice", allowed: "each column once"),
          line: lineNumber, column: name)
      }
      layout.append(index)
    }
    for name in required where !seen.contains(name) {
      throw DemandError(
        .malformed(
          found: "no column `\(name)`", allowed: "the columns \(required.joined(separator: ", "))"),
        line: lineNumber, column: name)
    }
    return seen
  }

  /// What is wrong with a column or key that is not declared.
  static func unknown(_ name: String, among names: [String], at line: Int) -> DemandError {
    let near = NearMiss.nearest(to: name, among: names).map { "; did you mean `\($0)`?" } ?? ""
    return DemandError(
      .malformed(
        found: "unknown column `\(name.prefix(60))`",
        allowed: "\(names.joined(separator: ", "))\(near)"),
      line: line, column: String(name.prefix(60)))
  }

  /// Takes a row of comma-separated values.
  ///
  /// **Errors**: `malformed` for a number of fields other than the header's, or broken quotes.
  mutating func take(
    _ source: [UInt8], _ range: Range<Int>, at lineNumber: Int
  ) throws(DemandError) {
    var field = 0
    var start = range.lowerBound
    for index in range {
      let byte = source[index]
      if byte == UInt8(ascii: ",") {
        if field < layout.count, layout[field] >= 0 { fields[layout[field]] = start..<index }
        field += 1
        start = index + 1
      } else if byte == UInt8(ascii: "\"") {
        try takeQuoted(source[range], at: lineNumber)
        return
      }
    }
    if field < layout.count, layout[field] >= 0 {
      fields[layout[field]] = start..<range.upperBound
    }
    bytes = source
    if field + 1 != layout.count { throw wrongCount(field + 1, at: lineNumber) }
  }

  private mutating func takeQuoted(
    _ line: ArraySlice<UInt8>, at lineNumber: Int
  ) throws(DemandError) {
    let found = try Self.split(line, at: lineNumber)
    guard found.count == layout.count else { throw wrongCount(found.count, at: lineNumber) }
    bytes = []
    for (text, column) in zip(found, layout) where column >= 0 { put(text, in: column) }
  }

  /// Forgets all fields.
  mutating func clear() {
    bytes = []
    for index in fields.indices { fields[index] = 0..<0 }
  }

  /// Lets go of the bytes, so that their owner can write to them without a copy.
  mutating func release() { bytes = [] }

  /// Puts a text in a column.
  mutating func put(_ text: String, in column: Int) {
    let start = bytes.count
    bytes += Array(text.utf8)
    fields[column] = start..<bytes.count
  }

  private func wrongCount(_ count: Int, at line: Int) -> DemandError {
    DemandError(
      .malformed(found: "\(count) fields", allowed: "\(layout.count) fields, as in the header"),
      line: line)
  }

  /// The fields of a line, quotes taken off.
  ///
  /// **Source**: RFC 4180, without line ends inside quotes.
  private static func split(
    _ line: ArraySlice<UInt8>, at lineNumber: Int
  ) throws(DemandError) -> [String] {
    let quote = UInt8(ascii: "\"")
    var found: [String] = []
    var rest = line
    while true {
      var field: [UInt8] = []
      if rest.first == quote {
        rest.removeFirst()
        while true {
          guard let end = rest.firstIndex(of: quote) else {
            throw brokenQuotes(lineNumber, "a quote that is not closed")
          }
          field += rest[..<end]
          rest = rest[(end + 1)...]
          guard rest.first == quote else { break }
          field.append(quote)
          rest.removeFirst()
        }
        if let next = rest.first, next != UInt8(ascii: ",") {
          throw brokenQuotes(lineNumber, "text behind a closed quote")
        }
      } else {
        field = Array(rest.prefix { $0 != UInt8(ascii: ",") })
        if field.contains(quote) { throw brokenQuotes(lineNumber, "a quote inside a field") }
        rest = rest.dropFirst(field.count)
      }
      found.append(String(decoding: field, as: UTF8.self))
      guard rest.first == UInt8(ascii: ",") else { return found }
      rest.removeFirst()
    }
  }

  private static func brokenQuotes(_ line: Int, _ found: String) -> DemandError {
    DemandError(
      .malformed(found: found, allowed: "quotes around a whole field, doubled inside it"),
      line: line)
  }
}
