/// Writes rows of comma-separated values: UTF-8, decimal points, quotes only where needed.
///
/// Source: RFC 4180, with line feeds alone between rows.
package enum CSVWriter {
  /// One row with its line end.
  ///
  /// Null is an empty field and an empty text is `""`, so that the two stay apart. Lists and
  /// mappings are written as JSON inside the field.
  package static func row(_ fields: [Document]) -> String {
    var bytes: [UInt8] = []
    append(fields, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends one row with its line end.
  package static func append(_ fields: [Document], to bytes: inout [UInt8]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      switch field {
      case .null: break
      case .text(let text): append(Array(text.utf8), to: &bytes)
      case .list, .object: append(field.jsonBytes(), to: &bytes)
      case .number(let value) where !value.isFinite: break
      default: field.appendJSON(to: &bytes)
      }
    }
    bytes.append(0x0A)
  }

  private static func append(_ text: [UInt8], to bytes: inout [UInt8]) {
    let quote = UInt8(ascii: "\"")
    let isPlain = text.allSatisfy {
      $0 != quote && $0 != UInt8(ascii: ",") && $0 != 0x0A && $0 != 0x0D
    }
    if isPlain, !text.isEmpty, text.first != 0x20, text.last != 0x20 {
      bytes += text
      return
    }
    bytes.append(quote)
    for byte in text {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }
}
