/// Instants as data sets write them.
enum Timestamp {
  /// Seconds since 1970 of `2005-09-09T06:28`, with or without seconds, a fraction of them and an
  /// offset from UTC; nil for anything else. Without an offset the time counts as UTC.
  static func seconds(of text: String) -> Int64? {
    var reader = DigitReader(bytes: Array(text.utf8))
    guard let year = reader.digits(4), reader.skip("-"), let month = reader.digits(2),
      reader.skip("-"), let day = reader.digits(2), reader.skip("T") || reader.skip(" "),
      let hour = reader.digits(2), reader.skip(":"), let minute = reader.digits(2)
    else { return nil }
    var second: Int64 = 0
    if reader.skip(":") {
      guard let found = reader.digits(2) else { return nil }
      second = found
      if reader.skip(".") { guard reader.skipDigits() else { return nil } }
    }
    guard (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60,
      let offset = reader.offset(), reader.isAtEnd
    else { return nil }
    return days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
  }

  /// Days from 1970-01-01 to a day of the Gregorian calendar.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    // Years that begin in March end in the leap day.
    let (y, m) = month > 2 ? (year, month - 3) : (year - 1, month + 9)
    let century = y / 100
    return 146_097 * century / 4 + 1461 * (y - century * 100) / 4 + (153 * m + 2) / 5 + day
      - 719_469
  }
}

private struct DigitReader {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  mutating func digits(_ count: Int) -> Int64? {
    guard position + count <= bytes.count else { return nil }
    var value: Int64 = 0
    for byte in bytes[position..<position + count] {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int64(byte - 0x30)
    }
    position += count
    return value
  }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func skipDigits() -> Bool {
    let start = position
    while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
    return position > start
  }

  /// Seconds of an offset from UTC; 0 where there is none.
  mutating func offset() -> Int64? {
    if isAtEnd || skip("Z") { return 0 }
    let sign: Int64
    if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
    guard let hours = digits(2), skip(":"), let minutes = digits(2) else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }
}
