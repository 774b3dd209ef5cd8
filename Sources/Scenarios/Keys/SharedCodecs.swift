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
  /// The version of a file format: this program reads the major version 1.
  static var formatVersion: Self {
    .text(
      rule: TextRule(
        pattern: "^1\\.[0-9]+$", words: "a version from \"1.0\" to \"1.99\", in quotes",
        isMet: { text in
          let parts = text.split(separator: ".", omittingEmptySubsequences: false)
          return parts.count == 2 && parts[0] == "1" && !parts[1].isEmpty
            && parts[1].allSatisfy { $0.isASCII && $0.isNumber }
        }))
  }
}
