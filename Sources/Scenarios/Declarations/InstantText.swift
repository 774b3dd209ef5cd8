/// Reads and writes points in time: ISO 8601 with offset, held as microseconds since 1970.
///
/// Source: ISO 8601 in the profile of RFC 3339; days by the civil calendar algorithms of H. Hinnant
/// (proleptic Gregorian). Leap seconds are not allowed, as in POSIX time.
package enum InstantText {
  /// Microseconds since 1970-01-01T00:00:00Z, or nil if the text is no time with offset.
  package static func microseconds(_ text: String) -> Int64? {
    var bytes = Array(text.utf8)[...]
    guard let year = number(&bytes, 4), take(&bytes, "-"), let month = number(&bytes, 2),
      take(&bytes, "-"), let day = number(&bytes, 2),
      take(&bytes, "T") || take(&bytes, "t") || take(&bytes, " "),
      let hour = number(&bytes, 2), take(&bytes, ":"), let minute = number(&bytes, 2),
      year >= 1, (1...12).contains(month), (1...days(in: month, of: year)).contains(day),
      hour < 24, minute < 60
    else { return nil }
    var second: Int64 = 0
    var fraction: Int64 = 0
    if take(&bytes, ":") {
      guard let seconds = number(&bytes, 2), seconds < 60 else { return nil }
      second = seconds
      if take(&bytes, ".") {
        guard let part = fractionMicroseconds(&bytes) else { return nil }
        fraction = part
      }
    }
    guard let offset = offsetMinutes(&bytes), bytes.isEmpty else { return nil }
    let minutes = (daysSince1970(year, month, day) * 24 + hour) * 60 + minute - offset
    return (minutes * 60 + second) * 1_000_000 + fraction
  }

  /// The time in UTC, with as many decimals of the second as it needs.
  package static func text(_ microseconds: Int64) -> String {
    let seconds = floorQuotient(microseconds, 1_000_000)
    let fraction = microseconds - seconds * 1_000_000
    let days = floorQuotient(seconds, 86_400)
    let time = seconds - days * 86_400
    let (year, month, day) = civil(days)
    var text = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    text += "T\(padded(time / 3600, 2)):\(padded(time / 60 % 60, 2)):\(padded(time % 60, 2))"
    if fraction > 0 {
      var digits = padded(fraction, 6)[...]
      while digits.last == "0" { digits.removeLast() }
      text += ".\(digits)"
    }
    return text + "Z"
  }

  private static func fractionMicroseconds(_ bytes: inout ArraySlice<UInt8>) -> Int64? {
    let digits = bytes.prefix { $0 &- 0x30 < 10 }
    guard !digits.isEmpty, digits.count <= 6 else { return nil }
    bytes = bytes.dropFirst(digits.count)
    let value = digits.reduce(0 as Int64) { $0 * 10 + Int64($1 &- 0x30) }
    return (digits.count..<6).reduce(value) { value, _ in value * 10 }
  }

  private static func offsetMinutes(_ bytes: inout ArraySlice<UInt8>) -> Int64? {
    if take(&bytes, "Z") || take(&bytes, "z") { return 0 }
    let isNegative = take(&bytes, "-")
    guard isNegative || take(&bytes, "+"), let hours = number(&bytes, 2), hours < 24 else {
      return nil
    }
    _ = take(&bytes, ":")
    guard let minutes = number(&bytes, 2), minutes < 60 else { return nil }
    return (hours * 60 + minutes) * (isNegative ? -1 : 1)
  }

  private static func number(_ bytes: inout ArraySlice<UInt8>, _ count: Int) -> Int64? {
    let digits = bytes.prefix(count)
    guard digits.count == count, digits.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    bytes = bytes.dropFirst(count)
    return digits.reduce(0) { $0 * 10 + Int64($1 &- 0x30) }
  }

  private static func take(_ bytes: inout ArraySlice<UInt8>, _ scalar: Unicode.Scalar) -> Bool {
    guard bytes.first == UInt8(ascii: scalar) else { return false }
    bytes = bytes.dropFirst()
    return true
  }

  private static func days(in month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func daysSince1970(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = floorQuotient(shifted, 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = floorQuotient(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  private static func floorQuotient(_ value: Int64, _ divisor: Int64) -> Int64 {
    value >= 0 ? value / divisor : -((-(value + 1)) / divisor) - 1
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
