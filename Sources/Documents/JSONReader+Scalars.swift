extension JSONReader {
  /// Reads the string that starts with the quote at the next byte.
  mutating func readString() throws(DocumentError) -> String {
    input.advance()
    scratch.removeAll(keepingCapacity: true)
    escapedContinuations = 0
    var isASCII = true
    let start = input.offset
    while true {
      let from = input.position
      var index = from
      var high: UInt8 = 0
      input.buffer.withUnsafeBufferPointer { bytes in
        while index < bytes.count {
          let byte = bytes[index]
          if byte == 0x22 || byte == 0x5C || byte < 0x20 { break }
          high |= byte
          index += 1
        }
      }
      if high >= 0x80 { isASCII = false }
      input.position = index
      guard index < input.buffer.count else {
        scratch.append(contentsOf: input.buffer[from..<index])
        if try input.refill() { continue }
        throw try unexpected("the closing quote of a string")
      }
      let byte = input.buffer[index]
      if byte == 0x22, scratch.isEmpty, isASCII {
        input.advance()
        return String(decoding: input.buffer[from..<index], as: UTF8.self)
      }
      scratch.append(contentsOf: input.buffer[from..<index])
      if byte == 0x22 { break }
      if byte < 0x20 { throw try unexpected("a control character written as an escape") }
      try readEscape()
    }
    if !isASCII { try checkScratch(from: start) }
    input.advance()
    return String(decoding: scratch, as: UTF8.self)
  }

  /// Refuses a string that is not UTF-8. Escapes give well-formed bytes, but shift what follows, so
  /// that the byte named is exact for strings without them and the string's start otherwise.
  private mutating func checkScratch(from start: Int64) throws(DocumentError) {
    let fault = scratch.withUnsafeBufferPointer { UTF8Check.firstFault(in: $0) }
    let length = input.offset - start
    if let fault {
      throw .notUTF8(byte: length == Int64(scratch.count) ? start + Int64(fault) : start)
    }
    input.noteContinuationBytes(scratch.count { $0 & 0xC0 == 0x80 } - escapedContinuations)
  }

  private mutating func readEscape() throws(DocumentError) {
    input.advance()
    let byte = try input.peek()
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scratch.append(byte ?? 0)
    case UInt8(ascii: "b"): scratch.append(0x08)
    case UInt8(ascii: "f"): scratch.append(0x0C)
    case UInt8(ascii: "n"): scratch.append(0x0A)
    case UInt8(ascii: "r"): scratch.append(0x0D)
    case UInt8(ascii: "t"): scratch.append(0x09)
    case UInt8(ascii: "u"):
      input.advance()
      try appendScalar(try readUnicodeEscape())
      return
    default: throw try unexpected("an escape: one of \" \\ / b f n r t u")
    }
    input.advance()
  }

  private mutating func readUnicodeEscape() throws(DocumentError) -> UInt32 {
    let place = input.place
    let first = try readHexadecimal()
    guard (0xD800...0xDFFF).contains(first) else { return first }
    let low = "the second half of a surrogate pair"
    guard first < 0xDC00 else {
      throw .syntax(
        found: "the second half of a surrogate pair alone", allowed: "a character", place: place)
    }
    for expected in [UInt8(ascii: "\\"), UInt8(ascii: "u")] {
      guard try input.peek() == expected else { throw try unexpected(low) }
      input.advance()
    }
    let second = try readHexadecimal()
    guard (0xDC00...0xDFFF).contains(second) else {
      throw .syntax(found: "another character", allowed: low, place: place)
    }
    return 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
  }

  private mutating func readHexadecimal() throws(DocumentError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = try input.peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue
      else { throw try unexpected("four hexadecimal digits") }
      value = value << 4 + UInt32(digit)
      input.advance()
    }
    return value
  }

  private mutating func appendScalar(_ value: UInt32) throws(DocumentError) {
    guard let scalar = Unicode.Scalar(value) else { throw try unexpected("a character") }
    let bytes = UTF8.encode(scalar)
    escapedContinuations += (bytes?.count ?? 1) - 1
    scratch.append(contentsOf: Array(bytes ?? UTF8.encodedReplacementCharacter))
  }

  /// Reads the number that starts at the next byte.
  ///
  /// Errors: `numberTooLarge` beyond the doubles. Whole numbers beyond 64 bits become numbers.
  mutating func readNumber() throws(DocumentError) -> Node {
    let place = input.place
    scratch.removeAll(keepingCapacity: true)
    var isWhole = true
    if try input.peek() == UInt8(ascii: "-") { try keep() }
    if try input.peek() == UInt8(ascii: "0") {
      try keep()
      if let byte = try input.peek(), Self.isDigit(byte) {
        throw try unexpected("a number without leading zeros")
      }
    } else {
      try keepDigits()
    }
    if try input.peek() == UInt8(ascii: ".") {
      isWhole = false
      try keep()
      try keepDigits()
    }
    if let byte = try input.peek(), byte | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      try keep()
      if let sign = try input.peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        try keep()
      }
      try keepDigits()
    }
    if isWhole, let value = Self.wholeNumber(scratch) { return Node(.integer(value), at: place) }
    let text = String(decoding: scratch, as: UTF8.self)
    guard let value = Double(text), value.isFinite else {
      throw .numberTooLarge(text: String(text.prefix(40)), place: place)
    }
    return Node(.number(value), at: place)
  }

  /// The value of digits with an optional minus sign, or nil beyond 64 bits.
  private static func wholeNumber(_ digits: [UInt8]) -> Int64? {
    let isNegative = digits.first == UInt8(ascii: "-")
    var value: Int64 = 0
    for byte in digits.dropFirst(isNegative ? 1 : 0) {
      let digit = Int64(byte - UInt8(ascii: "0"))
      let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, further) =
        isNegative
        ? scaled.subtractingReportingOverflow(digit) : scaled.addingReportingOverflow(digit)
      if overflow || further { return nil }
      value = sum
    }
    return value
  }

  private mutating func keep() throws(DocumentError) {
    if let byte = try input.peek() { scratch.append(byte) }
    input.advance()
  }

  private mutating func keepDigits() throws(DocumentError) {
    guard let first = try input.peek(), Self.isDigit(first) else { throw try unexpected("a digit") }
    while let byte = try input.peek(), Self.isDigit(byte) {
      scratch.append(byte)
      input.advance()
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
}
