/// Tells text from anything else before a parser sees it.
enum UTF8Check {
  /// The index of the first byte that is no part of well-formed UTF-8, or nil.
  ///
  /// Source: Unicode Standard, table 3-7 (well-formed UTF-8 byte sequences).
  static func firstFault(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
        continue
      }
      guard let length = sequenceLength(bytes, at: index) else { return index }
      index += length
    }
    return nil
  }

  private static func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
    let length: Int
    let second: ClosedRange<UInt8>
    switch bytes[index] {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return nil }
    for offset in 2..<max(2, length) where bytes[index + offset] & 0xC0 != 0x80 { return nil }
    return length
  }

  /// The length of the mark at the start that says "UTF-8", which is skipped: 0 or 3.
  ///
  /// Errors: `otherEncoding` for the marks of UTF-16 and UTF-32.
  static func markLength(_ bytes: some Collection<UInt8>) throws(DocumentError) -> Int {
    let head = Array(bytes.prefix(4))
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { return 3 }
    if head == [0xFF, 0xFE, 0, 0] || head == [0, 0, 0xFE, 0xFF] {
      throw .otherEncoding(name: "UTF-32")
    }
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
      throw .otherEncoding(name: "UTF-16")
    }
    return 0
  }

  /// Refuses bytes that are not text: control characters besides tab and line ends, and anything
  /// that is not UTF-8.
  static func requireText(_ bytes: UnsafeBufferPointer<UInt8>) throws(DocumentError) {
    for index in bytes.indices {
      let byte = bytes[index]
      if byte >= 0x20 && byte != 0x7F || byte == 0x0A || byte == 0x0D || byte == 0x09 { continue }
      throw .notText(byte: Int64(index), value: byte)
    }
    if let fault = firstFault(in: bytes) { throw .notUTF8(byte: Int64(fault)) }
  }
}
