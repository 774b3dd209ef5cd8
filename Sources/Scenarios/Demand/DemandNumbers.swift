/// Reads the numbers of a demand from bytes.
enum DemandNumbers {
  /// The most seconds that a demand may name: 31,700 years.
  static let mostSeconds: Int64 = 1_000_000_000_000

  /// Decimal seconds as microseconds, further digits rounded; nil for anything that is no number
  /// from zero to the most.
  static func microseconds(_ bytes: [UInt8], _ range: Range<Int>) -> Int64? {
    var amount: Int64 = 0
    var index = range.lowerBound
    while index < range.upperBound, bytes[index] &- 0x30 < 10 {
      amount = amount * 10 + Int64(bytes[index] & 0x0F)
      if amount > mostSeconds { return nil }
      index += 1
    }
    if index == range.lowerBound { return nil }
    amount *= 1_000_000
    if index == range.upperBound { return amount }
    guard bytes[index] == UInt8(ascii: ".") else { return scientific(bytes, range) }
    index += 1
    var unit: Int64 = 1_000_000
    while index < range.upperBound, bytes[index] &- 0x30 < 10 {
      let digit = Int64(bytes[index] & 0x0F)
      if unit > 1 {
        unit /= 10
        amount += digit * unit
      } else if unit == 1 {
        amount += digit >= 5 ? 1 : 0
        unit = 0
      }
      index += 1
    }
    if index < range.upperBound { return scientific(bytes, range) }
    return amount <= mostSeconds * 1_000_000 ? amount : nil
  }

  /// A number with an exponent, as programs write large and small ones.
  private static func scientific(_ bytes: [UInt8], _ range: Range<Int>) -> Int64? {
    guard let seconds = number(bytes, range), seconds <= Double(mostSeconds) else { return nil }
    return Int64((seconds * 1_000_000).rounded())
  }

  /// A number of zero or more, with a point and an exponent if there is need; nil for anything
  /// else, infinity included.
  static func number(_ bytes: [UInt8], _ range: Range<Int>) -> Double? {
    let isPlain = bytes[range].allSatisfy {
      $0 &- 0x30 < 10 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
        || $0 == UInt8(ascii: "+") || $0 | 0x20 == UInt8(ascii: "e")
    }
    guard isPlain, let value = Double(String(decoding: bytes[range], as: UTF8.self)), value >= 0,
      value.isFinite
    else { return nil }
    return value
  }

  /// An amount as the next whole number, but without one more for what rounding alone adds.
  static func roundedUp(_ amount: Double) -> Int32 {
    let nearest = amount.rounded()
    return Int32(abs(amount - nearest) < 1e-6 ? nearest : amount.rounded(.up))
  }
}
