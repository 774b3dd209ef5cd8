extension Document {
  /// The document as YAML in block style, with a line end.
  ///
  /// Texts stand without quotes only where every reader of YAML 1.1 or 1.2 takes them for texts.
  package func yaml() -> String {
    var bytes: [UInt8] = []
    YAMLWriter.append(self, to: &bytes, indent: 0, after: .start)
    return String(decoding: bytes, as: UTF8.self)
  }
}

private enum YAMLWriter {
  /// What stands before the value on its line.
  enum Before { case start, key, dash }

  static func append(
    _ document: Document, to bytes: inout [UInt8], indent: Int, after before: Before
  ) {
    switch document {
    case .list(let elements) where !elements.isEmpty:
      if before == .key { bytes.append(0x0A) }
      for (index, element) in elements.enumerated() {
        if index > 0 || before != .dash { appendIndent(to: &bytes, indent) }
        bytes += [UInt8(ascii: "-"), 0x20]
        append(element.value, to: &bytes, indent: indent + 1, after: .dash)
      }
    case .object(let members) where !members.isEmpty:
      if before == .key { bytes.append(0x0A) }
      for (index, member) in members.enumerated() {
        if index > 0 || before != .dash { appendIndent(to: &bytes, indent) }
        append(member, to: &bytes, indent: indent)
      }
    default:
      if before == .key { bytes.append(0x20) }
      appendScalar(document, to: &bytes)
      bytes.append(0x0A)
    }
  }

  private static func append(_ member: Member, to bytes: inout [UInt8], indent: Int) {
    // Parsers look for the colon of a simple key within 1,024 characters only.
    let isLong = member.key.utf8.count > 100
    if isLong { bytes += [UInt8(ascii: "?"), 0x20] }
    appendText(member.key, to: &bytes)
    if isLong {
      bytes.append(0x0A)
      appendIndent(to: &bytes, indent)
    }
    bytes.append(UInt8(ascii: ":"))
    append(member.node.value, to: &bytes, indent: indent + 1, after: .key)
  }

  private static func appendScalar(_ document: Document, to bytes: inout [UInt8]) {
    switch document {
    case .text(let text): appendText(text, to: &bytes)
    case .number(let value) where value.isNaN: bytes += Array(".nan".utf8)
    case .number(let value) where value.isInfinite:
      bytes += Array((value < 0 ? "-.inf" : ".inf").utf8)
    default: document.appendJSON(to: &bytes)
    }
  }

  private static func appendText(_ text: String, to bytes: inout [UInt8]) {
    if isPlain(text) {
      bytes += Array(text.utf8)
    } else {
      TextEscaping.append(text, to: &bytes, forYAML: true)
    }
  }

  private static func appendIndent(to bytes: inout [UInt8], _ indent: Int) {
    bytes.append(contentsOf: repeatElement(0x20, count: 2 * indent))
  }

  /// Words that some version of YAML takes for something else.
  private static let words: Set<String> = [
    "null", "true", "false", "yes", "no", "on", "off", "y", "n",
  ]

  /// Whether the text is safe without quotes: it starts with a letter, or is a quantity such as
  /// `64 GiB`, and holds only characters that mean nothing to YAML.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 100, text.utf8.last != 0x20 else {
      return false
    }
    let isHarmless = text.utf8.allSatisfy { byte in
      isLetter(byte) || byte &- 0x30 < 10 || byte == 0x20 || byte == UInt8(ascii: "_")
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/")
    }
    guard isHarmless else { return false }
    if isLetter(first) { return !words.contains(text.lowercased()) }
    guard first &- 0x30 < 10, let blank = text.utf8.firstIndex(of: 0x20) else { return false }
    let unit = text.utf8[text.utf8.index(after: blank)...]
    return unit.first.map(isLetter) ?? false
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
  }
}
