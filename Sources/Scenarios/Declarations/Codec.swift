package import Documents

/// How a list is read element by element.
struct ElementReading<Value: Sendable>: Sendable {
  /// The list without elements.
  let empty: Value
  /// The least and the largest number of elements.
  let count: ClosedRange<Int>
  /// Reads one element to the end of the list.
  let append: @Sendable (Node, inout Value, inout Reading) -> Void
}

/// How a value of a type is read from a document, written to one, and described.
package struct Codec<Value: Sendable>: Sendable {
  /// What values are allowed, for schema and documentation.
  package let kind: ValueKind
  /// Reads a value; reports what is wrong and returns nil if it cannot.
  package let decode: @Sendable (Node, inout Reading) -> Value?
  /// Writes a value so that it reads back as the same.
  package let encode: @Sendable (Value) -> Document
  /// How the value is read element by element, for lists that come as a stream.
  let elements: ElementReading<Value>?

  /// A codec from its three parts.
  package init(
    kind: ValueKind,
    decode: @escaping @Sendable (Node, inout Reading) -> Value?,
    encode: @escaping @Sendable (Value) -> Document
  ) {
    self.init(kind: kind, decode: decode, encode: encode, elements: nil)
  }

  init(
    kind: ValueKind,
    decode: @escaping @Sendable (Node, inout Reading) -> Value?,
    encode: @escaping @Sendable (Value) -> Document,
    elements: ElementReading<Value>?
  ) {
    self.kind = kind
    self.decode = decode
    self.encode = encode
    self.elements = elements
  }

  /// The same values in files, held as another type: `.bytes.mapped({ Bytes($0) }, { $0.count })`.
  package func mapped<Other: Sendable>(
    _ wrap: @escaping @Sendable (Value) -> Other, _ unwrap: @escaping @Sendable (Other) -> Value
  ) -> Codec<Other> {
    Codec<Other>(
      kind: kind,
      decode: { node, reading in decode(node, &reading).map(wrap) },
      encode: { encode(unwrap($0)) })
  }

  /// The same values or null.
  package var optional: Codec<Value?> {
    Codec<Value?>(
      kind: .optional(kind),
      decode: { node, reading in
        if case .null = node.value { return .some(nil) }
        return decode(node, &reading).map(Optional.some)
      },
      encode: { $0.map(encode) ?? .null })
  }
}

extension Codec where Value == Document {
  /// Whatever the file holds.
  package static var any: Self {
    Codec(kind: .any, decode: { node, _ in node.value }, encode: { $0 })
  }
}

extension Codec where Value == Bool {
  /// True or false.
  package static var flag: Self {
    let kind = ValueKind.flag
    return Codec(
      kind: kind,
      decode: { node, reading in
        if case .bool(let value) = node.value { return value }
        reading.refuse(node, allowed: kind.words, help: "write `true` or `false`")
        return nil
      },
      encode: { .bool($0) })
  }
}

extension Codec where Value == String {
  /// A text, not empty unless said otherwise, that may have to follow a rule.
  package static func text(isEmptyAllowed: Bool = false, rule: TextRule? = nil) -> Self {
    let kind = ValueKind.text(isEmptyAllowed: isEmptyAllowed, rule: rule)
    return Codec(
      kind: kind,
      decode: { node, reading in
        if case .text(let text) = node.value, isEmptyAllowed || !text.isEmpty {
          if rule.map({ $0.isMet(text) }) ?? true { return text }
        }
        var help: String?
        switch node.value {
        case .bool, .integer, .number: help = "put the value in quotes to make it a text"
        default: break
        }
        reading.refuse(node, allowed: kind.words, help: help)
        return nil
      },
      encode: { .text($0) })
  }
}

extension Codec where Value: FixedWidthInteger {
  /// A whole number in a range.
  package static func wholeNumber(_ range: ClosedRange<Value>) -> Self {
    let kind = ValueKind.wholeNumber(
      Int64(clamping: range.lowerBound)...Int64(clamping: range.upperBound))
    return Codec(
      kind: kind,
      decode: { node, reading in
        if case .integer(let whole) = node.value, let value = Value(exactly: whole),
          range.contains(value)
        {
          return value
        }
        var help: String?
        switch node.value {
        case .text:
          help = "write a number without quotes, for example `\(max(1, range.lowerBound))`"
        case .integer, .number: help = "write for example `\(max(1, range.lowerBound))`"
        default: break
        }
        reading.refuse(node, allowed: kind.words, help: help)
        return nil
      },
      encode: { Document($0) })
  }
}

extension Codec where Value == Double {
  /// A number in a range; whole numbers are numbers too.
  package static func number(
    _ range: ClosedRange<Double> = -.greatestFiniteMagnitude ... .greatestFiniteMagnitude
  ) -> Self {
    let kind = ValueKind.number(range)
    return Codec(
      kind: kind,
      decode: { node, reading in
        switch node.value {
        case .number(let value) where range.contains(value): return value
        case .integer(let whole) where range.contains(Double(whole)): return Double(whole)
        case .text:
          reading.refuse(node, allowed: kind.words, help: "write a number without quotes or unit")
        default: reading.refuse(node, allowed: kind.words)
        }
        return nil
      },
      encode: { .number($0) })
  }

  /// A probability or another fraction, from 0 to 1.
  package static var fraction: Self { number(0...1) }
}

extension Codec where Value: RawRepresentable<String> & CaseIterable & Equatable {
  /// One of the words of an enumeration.
  package static func choice(_ type: Value.Type = Value.self) -> Self {
    choice(Value.allCases.map { ($0.rawValue, $0) })
  }
}

extension Codec where Value: Equatable {
  /// One of some words, each standing for a value; a value has exactly one word.
  package static func choice(_ words: [(String, Value)]) -> Self {
    let kind = ValueKind.choice(words.map(\.0))
    return Codec(
      kind: kind,
      decode: { node, reading in
        guard case .text(let text) = node.value else {
          reading.refuse(node, allowed: kind.words)
          return nil
        }
        if let word = words.first(where: { $0.0 == text }) { return word.1 }
        let near = NearMiss.nearest(to: text, among: words.map(\.0))
        reading.refuse(node, allowed: kind.words, help: near.map { "did you mean `\($0)`?" })
        return nil
      },
      encode: { value in
        guard let word = words.first(where: { $0.1 == value }) else {
          preconditionFailure("Every value of a choice must have a word.")
        }
        return .text(word.0)
      })
  }
}
