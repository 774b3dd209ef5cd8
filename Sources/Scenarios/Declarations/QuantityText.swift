/// Reads amounts with units, such as `64 GiB`, `60min` or `3 h 12 min`.
struct QuantityText {
  /// Why a text is no quantity.
  enum Fault: Error, Equatable {
    case noNumber
    case noUnit(after: String)
    case unknownUnit(String)
    case tooLarge
  }

  let dimension: Dimension

  /// The amount in base units.
  ///
  /// Only durations may have several parts.
  func amount(_ text: String) throws(Fault) -> Double {
    var sum = 0.0
    try forEachPart(text) { (number, unit) throws(Fault) in
      guard let value = Double(number) else { throw .noNumber }
      sum += value * unit.factor
    }
    guard sum.isFinite else { throw .tooLarge }
    return sum
  }

  /// The amount in whole base units, exact for whole numbers and rounded once for others.
  func wholeAmount(_ text: String) throws(Fault) -> Int64 {
    var sum: Int64 = 0
    try forEachPart(text) { (number, unit) throws(Fault) in
      let part: Int64
      if let whole = Int64(number) {
        let (product, overflow) = whole.multipliedReportingOverflow(by: Int64(unit.factor))
        if overflow { throw .tooLarge }
        part = product
      } else {
        guard let value = Double(number) else { throw .noNumber }
        guard let rounded = Int64(exactly: (value * unit.factor).rounded()) else {
          throw .tooLarge
        }
        part = rounded
      }
      let (total, overflow) = sum.addingReportingOverflow(part)
      if overflow { throw .tooLarge }
      sum = total
    }
    return sum
  }

  private func forEachPart(
    _ text: String, _ body: (Substring, Dimension.Unit) throws(Fault) -> Void
  ) throws(Fault) {
    var rest = text[...]
    repeat {
      let number = takeNumber(&rest)
      guard !number.isEmpty else { throw .noNumber }
      rest = Substring(rest.utf8.drop { $0 == 0x20 })
      let name = Substring(rest.utf8.prefix(while: Self.isUnitByte))
      guard !name.isEmpty else { throw .noUnit(after: String(number)) }
      guard let unit = dimension.unit(named: name) else { throw .unknownUnit(String(name)) }
      rest = Substring(rest[name.endIndex...].utf8.drop { $0 == 0x20 })
      try body(number, unit)
      if !rest.isEmpty, dimension != .duration { throw .unknownUnit(name + " " + rest) }
    } while !rest.isEmpty
  }

  /// Whether a byte may be part of a unit: a letter, a slash, or part of the Greek mu.
  private static func isUnitByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "/")
      || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
  }

  /// Takes digits with sign, point and exponent off the front.
  private func takeNumber(_ rest: inout Substring) -> Substring {
    let start = rest.startIndex
    var bytes = rest.utf8[...]
    func isDigit(_ byte: UInt8?) -> Bool { byte.map { $0 &- 0x30 < 10 } ?? false }
    func isSign(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") }
    if isSign(bytes.first) { bytes = bytes.dropFirst() }
    let whole = bytes.prefix(while: isDigit)
    guard !whole.isEmpty else { return "" }
    bytes = bytes[whole.endIndex...]
    if bytes.first == UInt8(ascii: "."), isDigit(bytes.dropFirst().first) {
      bytes = bytes.dropFirst().drop(while: isDigit)
    }
    if let byte = bytes.first, byte | 0x20 == UInt8(ascii: "e") {
      var exponent = bytes.dropFirst()
      if isSign(exponent.first) { exponent = exponent.dropFirst() }
      if isDigit(exponent.first) { bytes = exponent.drop(while: isDigit) }
    }
    let number = rest[start..<bytes.startIndex]
    rest = rest[bytes.startIndex...]
    return number
  }
}
