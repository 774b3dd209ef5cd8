/// How JSON is laid out.
package enum JSONLayout: Sendable {
  /// No blanks at all: one value a line when lines are joined.
  case compact
  /// Two blanks for each level, one key or element a line.
  case indented
}

extension Document {
  /// The document as JSON without a line end.
  ///
  /// The same document gives the same bytes in every locale. Doubles are written with the fewest
  /// digits that read back as the same double; those that JSON cannot hold become null.
  package func json(_ layout: JSONLayout = .compact) -> String {
    String(decoding: jsonBytes(layout), as: UTF8.self)
  }

  /// The document as the UTF-8 bytes of JSON without a line end.
  package func jsonBytes(_ layout: JSONLayout = .compact) -> [UInt8] {
    var bytes: [UInt8] = []
    appendJSON(to: &bytes, layout)
    return bytes
  }

  /// Appends the document as JSON to bytes, as `jsonBytes` gives them.
  package func appendJSON(to bytes: inout [UInt8], _ layout: JSONLayout = .compact) {
    JSONWriter.append(self, to: &bytes, indent: layout == .indented ? 0 : nil)
  }
}

private enum JSONWriter {
  /// `indent` is the level of the line that the value starts on, nil for compact.
  static func append(_ document: Document, to bytes: inout [UInt8], indent: Int?) {
    switch document {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .integer(let value): bytes.append(contentsOf: String(value).utf8)
    case .number(let value):
      bytes.append(contentsOf: (value.isFinite ? value.description : "null").utf8)
    case .text(let value): TextEscaping.append(value, to: &bytes, forYAML: false)
    case .list(let elements):
      appendGroup(elements, "[", "]", to: &bytes, indent: indent) { element, bytes, indent in
        append(element.value, to: &bytes, indent: indent)
      }
    case .object(let members):
      appendGroup(members, "{", "}", to: &bytes, indent: indent) { member, bytes, indent in
        TextEscaping.append(member.key, to: &bytes, forYAML: false)
        bytes.append(UInt8(ascii: ":"))
        if indent != nil { bytes.append(0x20) }
        append(member.node.value, to: &bytes, indent: indent)
      }
    }
  }

  private static func appendGroup<Part>(
    _ parts: [Part], _ opening: Unicode.Scalar, _ closing: Unicode.Scalar,
    to bytes: inout [UInt8], indent: Int?, _ appendPart: (Part, inout [UInt8], Int?) -> Void
  ) {
    bytes.append(UInt8(ascii: opening))
    for (index, part) in parts.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      appendLine(to: &bytes, indent: indent.map { $0 + 1 })
      appendPart(part, &bytes, indent.map { $0 + 1 })
    }
    if !parts.isEmpty { appendLine(to: &bytes, indent: indent) }
    bytes.append(UInt8(ascii: closing))
  }

  private static func appendLine(to bytes: inout [UInt8], indent: Int?) {
    guard let indent else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: 2 * indent))
  }
}
