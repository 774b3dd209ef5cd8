import Glibc

/// Numbers of sets by order, each in the same number of words.
struct OrderCounts {
  /// The least order that is counted.
  private var start = 0
  /// The order after the largest that is counted.
  private(set) var end = 0
  private let words: Int
  private var digits: [UInt64] = []

  /// No sets.
  init(words: Int) { self.words = words }

  /// One set, the empty one.
  static func empty(words: Int) -> OrderCounts {
    var result = OrderCounts(words: words)
    result.end = 1
    result.digits = [1] + [UInt64](repeating: 0, count: words - 1)
    return result
  }

  /// One set of one event.
  static let event: OrderCounts = {
    var result = OrderCounts.empty(words: 1)
    (result.start, result.end) = (1, 2)
    return result
  }()

  /// The sets of this family, and those of another, each joined with each set of a third. The sums
  /// fit the words of this family.
  func adding(_ other: OrderCounts, times factor: OrderCounts) -> OrderCounts {
    if other.end == 0 || factor.end == 0 { return self }
    var result = OrderCounts(words: words)
    let least = other.start + factor.start
    result.start = end == 0 ? least : min(start, least)
    result.end = max(end, other.end + factor.end - 1)
    result.digits = [UInt64](repeating: 0, count: (result.end - result.start) * words)
    result.add(self, order: 0, digit: 1, place: 0)
    for order in factor.start..<factor.end {
      for (place, digit) in factor.words(of: order).enumerated() where digit > 0 {
        result.add(other, order: order, digit: digit, place: place)
      }
    }
    return result
  }

  /// Adds the counts of another family, times a digit at a place, a number of orders higher.
  private mutating func add(_ other: OrderCounts, order: Int, digit: UInt64, place: Int) {
    var first = (other.start + order - start) * words
    for from in stride(from: 0, to: other.digits.count, by: words) {
      var carry: UInt64 = 0
      for word in 0..<words - place {
        let (high, low) = digit.multipliedFullWidth(by: other.digits[from + word])
        let (partial, overflow) = low.addingReportingOverflow(carry)
        let (sum, carried) = digits[first + place + word].addingReportingOverflow(partial)
        digits[first + place + word] = sum
        carry = high &+ (overflow ? 1 : 0) &+ (carried ? 1 : 0)
      }
      first += words
    }
  }

  private func words(of order: Int) -> ArraySlice<UInt64> {
    let first = (order - start) * words
    return digits[first..<first + words]
  }

  /// The number of sets of an order.
  func count(of order: Int) -> BigNatural {
    guard order >= start, order < end else { return BigNatural(0) }
    return BigNatural(words: words(of: order))
  }

  /// The logarithm to the base two of the number of all sets.
  var bits: Double {
    var result = -Double.infinity
    for (index, digit) in digits.enumerated() where digit > 0 {
      let bits = log2(Double(digit)) + 64 * Double(index % words)
      let (less, more) = result < bits ? (result, bits) : (bits, result)
      result = less == -.infinity ? more : more + log2(1 + exp2(less - more))
    }
    return result
  }
}
