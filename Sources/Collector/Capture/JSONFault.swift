/// Finds the byte at which a text stops being JSON; only run on texts that failed to decode.
struct JSONFault {
  private let bytes: [UInt8]
  private var position = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The offset of the first byte that does not fit, the length if the text ends too early, or nil
  /// if the text is JSON.
  ///
  /// **Complexity**: O(n); nesting is kept on a list of its own, so depth is no danger.
  static func offset(in bytes: [UInt8]) -> Int? {
    var scanner = JSONFault(bytes)
    return scanner.scan() ? nil : scanner.position
  }

  private enum Expectation { case value, valueOrEnd, keyOrEnd, key, separator }

  private mutating func scan() -> Bool {
    // Bytes of the brackets that are open: 0x7B for an object, 0x5B for a list.
    var open: [UInt8] = []
    var expectation = Expectation.value
    while true {
      skipSpace()
      if expectation == .separator && open.isEmpty { return position == bytes.count }
      guard position < bytes.count else { return false }
      let byte = bytes[position]
      switch expectation {
      case .value where byte == 0x7B || byte == 0x5B,
        .valueOrEnd where byte == 0x7B || byte == 0x5B:
        open.append(byte)
        position += 1
        expectation = byte == 0x7B ? .keyOrEnd : .valueOrEnd
      case .valueOrEnd where byte == 0x5D, .keyOrEnd where byte == 0x7D:
        open.removeLast()
        position += 1
        expectation = .separator
      case .value, .valueOrEnd:
        guard scalar(byte) else { return false }
        expectation = .separator
      case .key, .keyOrEnd:
        guard byte == 0x22, string() else { return false }
        skipSpace()
        guard position < bytes.count, bytes[position] == 0x3A else { return false }
        position += 1
        expectation = .value
      case .separator:
        let isObject = open.last == 0x7B
        if byte == 0x2C {
          expectation = isObject ? .key : .value
        } else if byte == (isObject ? 0x7D : 0x5D) {
          open.removeLast()
        } else {
          return false
        }
        position += 1
      }
    }
  }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
  }

  private mutating func scalar(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x22: return string()
    case 0x74: return word("true")
    case 0x66: return word("false")
    case 0x6E: return word("null")
    case 0x2D, 0x30...0x39:
      // Close enough to find a cut: digits, signs, point and exponent.
      while position < bytes.count, "+-.eE0123456789".utf8.contains(bytes[position]) {
        position += 1
      }
      return true
    default: return false
    }
  }

  private mutating func word(_ word: String) -> Bool {
    for byte in word.utf8 {
      guard position < bytes.count, bytes[position] == byte else { return false }
      position += 1
    }
    return true
  }

  private mutating func string() -> Bool {
    position += 1
    while position < bytes.count {
      switch bytes[position] {
      case 0x22:
        position += 1
        return true
      case 0x5C:
        position += 2
      case 0..<0x20:
        return false
      default:
        position += 1
      }
    }
    position = bytes.count
    return false
  }
}
