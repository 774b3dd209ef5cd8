/// The meaning of scalars under the core schema of YAML 1.2.
///
/// Unlike in YAML 1.1, `no` and `on` are texts, and so are dates and `1:30`.
///
/// Source: YAML 1.2.2, section 10.3 (core schema).
enum CoreSchema {
  private static let prefix = "tag:yaml.org,2002:"

  /// The value of a scalar.
  ///
  /// Errors: `unknownTag`; `syntax` for a text that its tag does not allow; `numberTooLarge`.
  static func value(
    of text: String, isPlain: Bool, tag: String, at place: Place
  ) throws(DocumentError) -> Document {
    switch tag {
    case "": return isPlain ? try resolved(text, at: place) : .text(text)
    case "!", prefix + "str": return .text(text)
    case prefix + "null", prefix + "bool", prefix + "int", prefix + "float":
      let value = try resolved(text, at: place)
      return try required(value, as: tag, text, place)
    default: throw .unknownTag(written(tag), place: place)
    }
  }

  /// A tag as it is mostly written: `!!binary` for the long form.
  static func written(_ tag: String) -> String {
    tag.hasPrefix(prefix) ? "!!" + tag.dropFirst(prefix.count) : tag
  }

  /// The value of a plain scalar without a tag.
  static func resolved(_ text: String, at place: Place) throws(DocumentError) -> Document {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .number(.infinity)
    case "-.inf", "-.Inf", "-.INF": return .number(-.infinity)
    case ".nan", ".NaN", ".NAN": return .number(.nan)
    default: break
    }
    guard let first = text.utf8.first, first <= UInt8(ascii: "9") else { return .text(text) }
    if let value = try wholeNumber(text, at: place) { return value }
    guard isDecimal(text) else { return .text(text) }
    guard let value = Double(text), value.isFinite else {
      throw .numberTooLarge(text: String(text.prefix(40)), place: place)
    }
    return .number(value)
  }

  private static func required(
    _ value: Document, as tag: String, _ text: String, _ place: Place
  ) throws(DocumentError) -> Document {
    switch (tag.dropFirst(prefix.count), value) {
    case ("null", .null), ("bool", .bool), ("int", .integer), ("float", .number): return value
    case ("float", .integer(let whole)): return .number(Double(whole))
    default:
      throw .syntax(
        found: "\"\(text)\"", allowed: "a value of type !!\(tag.dropFirst(prefix.count))",
        place: place)
    }
  }

  /// A whole number in base 10, 8 (`0o17`) or 16 (`0xff`); a number if it does not fit 64 bits.
  private static func wholeNumber(
    _ text: String, at place: Place
  ) throws(DocumentError) -> Document? {
    let radix = text.hasPrefix("0o") ? 8 : text.hasPrefix("0x") ? 16 : 10
    var digits = text.utf8.dropFirst(radix == 10 ? 0 : 2)
    if radix == 10, digits.first == UInt8(ascii: "-") || digits.first == UInt8(ascii: "+") {
      digits = digits.dropFirst()
    }
    guard !digits.isEmpty,
      digits.allSatisfy({ (Character(Unicode.Scalar($0)).hexDigitValue ?? 99) < radix })
    else { return nil }
    if radix == 10 {
      if let value = Int64(text) { return .integer(value) }
      guard let value = Double(text), value.isFinite else {
        throw .numberTooLarge(text: String(text.prefix(40)), place: place)
      }
      return .number(value)
    }
    guard let value = Int64(Substring(digits), radix: radix) else {
      throw .numberTooLarge(text: String(text.prefix(40)), place: place)
    }
    return .integer(value)
  }

  /// Whether the text is `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`.
  private static func isDecimal(_ text: String) -> Bool {
    var rest = text.utf8[...]
    func isSign(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") }
    func takeDigits() -> Int {
      let count = rest.prefix { $0 &- 0x30 < 10 }.count
      rest = rest.dropFirst(count)
      return count
    }
    if isSign(rest.first) { rest = rest.dropFirst() }
    var count = takeDigits()
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      count += takeDigits()
    }
    guard count > 0 else { return false }
    if let byte = rest.first, byte | 0x20 == UInt8(ascii: "e") {
      rest = rest.dropFirst()
      if isSign(rest.first) { rest = rest.dropFirst() }
      guard takeDigits() > 0 else { return false }
    }
    return rest.isEmpty
  }
}
