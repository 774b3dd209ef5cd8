/// How numbers and names are written in the tables of a demand.
enum DemandText {
  /// Appends microseconds as decimal seconds, exact and as short as possible.
  static func append(seconds microseconds: Int64, to bytes: inout [UInt8]) {
    append(microseconds, digits: 6, to: &bytes)
  }

  /// Appends a number of units of 10 to the power of minus `digits`.
  static func append(_ amount: Int64, digits: Int, to bytes: inout [UInt8]) {
    if amount < 0 { bytes.append(UInt8(ascii: "-")) }
    var unit: UInt64 = 1
    for _ in 0..<digits { unit *= 10 }
    bytes += Array(String(amount.magnitude / unit).utf8)
    var rest = amount.magnitude % unit
    if rest > 0 { bytes.append(UInt8(ascii: ".")) }
    while rest > 0 {
      unit /= 10
      bytes.append(UInt8(ascii: "0") + UInt8(rest / unit))
      rest %= unit
    }
  }

  /// Appends a name, in quotes if it holds what separates fields.
  ///
  /// **Source**: RFC 4180.
  static func append(_ name: String, to bytes: inout [UInt8]) {
    let utf8 = Array(name.utf8)
    let isPlain = utf8.allSatisfy {
      $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"") && $0 >= 0x20
    }
    if isPlain, utf8.first != 0x20, utf8.last != 0x20 {
      bytes += utf8
      return
    }
    precondition(
      !utf8.contains(0x0A) && !utf8.contains(0x0D), "A name in a table must stand on one line.")
    bytes.append(UInt8(ascii: "\""))
    for byte in utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
