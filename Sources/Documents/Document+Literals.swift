/// Literals, so that code that writes documents reads like the document.
///
/// `nil` is not one of them: where a document is optional, it would mean null in one half of a
/// condition and "no document" elsewhere.
extension Document: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  /// True or false.
  package init(booleanLiteral value: Bool) { self = .bool(value) }

  /// A whole number.
  package init(integerLiteral value: Int64) { self = .integer(value) }

  /// A number.
  package init(floatLiteral value: Double) { self = .number(value) }

  /// A text.
  package init(stringLiteral value: String) { self = .text(value) }

  /// A list.
  package init(arrayLiteral elements: Document...) { self = .items(elements) }

  /// An object with its keys in the order written.
  package init(dictionaryLiteral elements: (String, Document)...) { self = .fields(elements) }
}

extension Document {
  /// A whole number, or a number if it does not fit 64 bits with sign.
  package init(_ value: some BinaryInteger) {
    self = Int64(exactly: value).map(Document.integer) ?? .number(Double(value))
  }

  /// A whole number, or null if there is none.
  package init(_ value: (some BinaryInteger)?) {
    self = value.map { Document($0) } ?? .null
  }

  /// A number, or null if there is none.
  package init(_ value: Double?) {
    self = value.map(Document.number) ?? .null
  }

  /// A text, or null if there is none.
  package init(_ value: String?) {
    self = value.map(Document.text) ?? .null
  }
}
