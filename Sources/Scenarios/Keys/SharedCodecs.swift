import CloudModel
import Documents

extension Codec where Value == Properties {
  /// Text keys with text values.
  static var properties: Self {
    Codec<[Entry<String>]>.entries(of: .text(isEmptyAllowed: true)).mapped(
      { Properties($0.map { ($0.key, $0.value) }) },
      { $0.entries.map { Entry(key: $0.key, value: $0.value) } })
  }
}

extension Codec where Value == [String] {
  /// A list of texts that are not empty.
  static var texts: Self { .list(of: .text()) }

  /// One text or a list of texts.
  static var textOrTexts: Self {
    let one = Codec<String>.text()
    let many = Codec<[String]>.list(of: .text())
    return Codec(
      kind: many.kind,
      decode: { node, reading in
        if case .text = node.value { return one.decode(node, &reading).map { [$0] } }
        return many.decode(node, &reading)
      }, encode: { $0.count == 1 ? .text($0[0]) : many.encode($0) })
  }
}

extension Codec where Value == Int64 {
  /// A number of virtual CPUs.
  static var vcpus: Self { .wholeNumber(0...1_000_000) }

  /// Memory or disk of a host or VM: at most 2^50 bytes, which no machine reaches.
  static var size: Self { .bytes(0...(1 << 50)) }
}

extension Codec where Value == String {
  /// The version of a file format: this program reads the major version 1. Keys that a later minor
  /// version added are ignored; about a file of another major version nothing else is said.
  static var formatVersion: Self {
    let rule = TextRule(
      pattern: "^1\\.[0-9]+$", words: "a version from \"1.0\" to \"1.99\", in quotes",
      isMet: { minorVersion($0) != nil })
    let kind = ValueKind.text(isEmptyAllowed: false, rule: rule)
    return Codec(
      kind: kind,
      decode: { node, reading in
        if case .text(let text) = node.value, let minor = minorVersion(text) {
          if minor > 0 { reading.allowsUnknownKeys = true }
          return text
        }
        var help = "make the file again with this program, or read it with the one that made it"
        if case .number = node.value { help = "put the version in quotes: \"1.0\"" }
        reading.refuse(node, allowed: kind.words, code: .formatVersion, help: help)
        return nil
      },
      encode: { .text($0) })
  }
}

/// The minor version of a text such as `1.4`; nil for another major version and for other texts.
private func minorVersion(_ text: String) -> Int? {
  let parts = text.split(separator: ".", omittingEmptySubsequences: false)
  guard parts.count == 2, parts[0] == "1", !parts[1].isEmpty, parts[1].count <= 9,
    parts[1].allSatisfy({ $0.isASCII && $0.isNumber })
  else { return nil }
  return Int(parts[1])
}
