/// A natural number of any size: cut sets are counted exactly, however many there are.
package struct BigNatural: Hashable, Sendable {
  /// The digits to the base 2^64, the least first; no zero at the end.
  private var words: [UInt64]

  /// A number that fits a machine word.
  package init(_ value: UInt64) { words = value == 0 ? [] : [value] }

  /// A number from its digits to the base 2^64, the least first.
  package init(words: some Sequence<UInt64>) {
    self.words = Array(words)
    while self.words.last == 0 { self.words.removeLast() }
  }

  /// The number, or nil if it does not fit.
  package var small: UInt64? {
    switch words.count {
    case 0: 0
    case 1: words[0]
    default: nil
    }
  }

  /// The sum of two numbers.
  package static func + (left: BigNatural, right: BigNatural) -> BigNatural {
    var result = left
    result += right
    return result
  }

  /// Adds a number.
  package static func += (left: inout BigNatural, right: BigNatural) {
    var carry = false
    for place in 0..<max(left.words.count, right.words.count) {
      let first = place < left.words.count ? left.words[place] : 0
      let second = place < right.words.count ? right.words[place] : 0
      let (partial, overflow) = first.addingReportingOverflow(second)
      let (sum, carried) = partial.addingReportingOverflow(carry ? 1 : 0)
      carry = overflow || carried
      if place < left.words.count { left.words[place] = sum } else { left.words.append(sum) }
    }
    if carry { left.words.append(1) }
  }
}

/// The number in decimal digits.
extension BigNatural: CustomStringConvertible {
  /// All digits, without grouping.
  package var description: String {
    let base: UInt64 = 10_000_000_000_000_000_000
    var rest = words
    var groups: [String] = []
    while !rest.isEmpty {
      var remainder: UInt64 = 0
      for place in rest.indices.reversed() {
        (rest[place], remainder) = base.dividingFullWidth((remainder, rest[place]))
      }
      while rest.last == 0 { rest.removeLast() }
      groups.append(String(remainder))
    }
    guard let first = groups.last else { return "0" }
    return first
      + groups.dropLast().reversed().map {
        String(repeating: "0", count: 19 - $0.count) + $0
      }.joined()
  }
}
