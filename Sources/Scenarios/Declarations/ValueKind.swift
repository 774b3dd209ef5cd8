package import Documents

/// What values a key takes, for checking, schema and documentation.
package indirect enum ValueKind: Sendable {
  /// A text, with the pattern it must match as the schema states it and words for the rule.
  case text(isEmptyAllowed: Bool, rule: TextRule?)
  /// True or false.
  case flag
  /// A whole number in a range.
  case wholeNumber(ClosedRange<Int64>)
  /// A number in a range.
  case number(ClosedRange<Double>)
  /// One of some words.
  case choice([String])
  /// An amount with its unit, in a range of base units.
  case quantity(Dimension, ClosedRange<Double>)
  /// A point in time: ISO 8601 with offset.
  case instant
  /// The kind, or null.
  case optional(ValueKind)
  /// A list of a kind, with the least and the largest number of elements.
  case list(ValueKind, count: ClosedRange<Int>)
  /// Names with a value of a kind each.
  case map(ValueKind)
  /// A mapping with declared keys; asked for when needed, because sections may nest themselves.
  case section(name: String, @Sendable () -> SectionDescription)
  /// Whatever the file holds.
  case any
}

/// A rule for texts.
package struct TextRule: Sendable {
  /// The rule as a regular expression of JSON Schema.
  package let pattern: String
  /// The rule in words, to follow "must be", such as "a name of letters, digits and hyphens".
  package let words: String
  /// Whether a text follows the rule.
  package let isMet: @Sendable (String) -> Bool

  /// A rule stated three times: for programs, for people and for the reader.
  package init(
    pattern: String, words: String, isMet: @escaping @Sendable (String) -> Bool
  ) {
    self.pattern = pattern
    self.words = words
    self.isMet = isMet
  }
}

/// A section without its record type: what schema and documentation need.
package struct SectionDescription: Sendable {
  /// The name, such as `vm_class`.
  package let name: String
  /// One sentence on what it is.
  package let summary: String
  /// The keys in the order declared.
  package let keys: [KeyDescription]
}

/// A key without its record type.
package struct KeyDescription: Sendable {
  /// The key as files spell it.
  package let name: String
  /// What the value means, in one sentence without a full stop.
  package let meaning: String
  /// What values are allowed.
  package let kind: ValueKind
  /// Whether the key must be there.
  package let isRequired: Bool
  /// The value of an absent key, or nil where absence means "none".
  package let defaultValue: Document?
}

extension ValueKind {
  /// The kind in words, to follow "must be".
  package var words: String {
    switch self {
    case .text(let isEmptyAllowed, let rule):
      rule?.words ?? (isEmptyAllowed ? "a text" : "a text that is not empty")
    case .flag: "true or false"
    case .wholeNumber(let range): "a whole number\(Self.rangeWords(range, from: .min, to: .max))"
    case .number(let range): "a number\(Self.rangeWords(range, from: -Self.most, to: Self.most))"
    case .choice(let words): "one of \(words.joined(separator: ", "))"
    case .quantity(let dimension, let range): dimension.words(range)
    case .instant: "a time such as 2026-11-24T08:00:00+01:00"
    case .optional(let kind): kind.words
    case .list(let kind, let count): "a list\(Self.countWords(count)), each \(kind.words)"
    case .map(let kind): "a mapping from names to values, each \(kind.words)"
    case .section(let name, _): "a mapping with the keys of `\(name)`"
    case .any: "any value"
    }
  }

  private static let most = Double.greatestFiniteMagnitude

  /// " from 0 to 1", " of at least 1", " of at most 5" or nothing.
  static func rangeWords<Bound>(_ range: ClosedRange<Bound>, from: Bound, to: Bound) -> String {
    switch (range.lowerBound > from, range.upperBound < to) {
    case (true, true): " from \(range.lowerBound) to \(range.upperBound)"
    case (true, false): " of at least \(range.lowerBound)"
    case (false, true): " of at most \(range.upperBound)"
    case (false, false): ""
    }
  }

  private static func countWords(_ count: ClosedRange<Int>) -> String {
    switch (count.lowerBound > 0, count.upperBound < .max) {
    case (true, true): " of \(count.lowerBound) to \(count.upperBound) values"
    case (true, false):
      " of at least \(count.lowerBound) \(count.lowerBound == 1 ? "value" : "values")"
    case (false, true): " of at most \(count.upperBound) values"
    case (false, false): ""
    }
  }
}
