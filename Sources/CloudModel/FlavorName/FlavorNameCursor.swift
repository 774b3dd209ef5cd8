/// A place in the bytes of a name that moves forward over what it recognizes.
///
/// Bytes rather than characters: every letter of the grammar is ASCII, and a combining mark after
/// a letter must not merge with it.
struct FlavorNameCursor {
  private let bytes: [UInt8]
  private(set) var position = 0

  init(_ name: String) {
    bytes = Array(name.utf8)
  }

  var isAtEnd: Bool { position == bytes.count }

  /// What has not been read.
  var rest: String { String(decoding: bytes[position...], as: UTF8.self) }

  /// The next byte, if there is one.
  var next: UInt8? { isAtEnd ? nil : bytes[position] }

  /// Goes back (or forward) to a place noted before.
  mutating func move(to position: Int) {
    self.position = position
  }

  /// Whether `text` comes next.
  func sees(_ text: String) -> Bool {
    bytes[position...].starts(with: text.utf8)
  }

  /// Skips `text` if it comes next.
  mutating func skip(_ text: String) -> Bool {
    guard sees(text) else { return false }
    position += text.utf8.count
    return true
  }

  /// Reads as many bytes as satisfy `belongs`.
  mutating func take(while belongs: (UInt8) -> Bool) -> String {
    let start = position
    while position < bytes.count, belongs(bytes[position]) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// Reads as many decimal digits as follow.
  mutating func digits() -> String {
    take { (0x30...0x39).contains($0) }
  }

  /// Reads the one-letter code of an enumeration, if one comes next.
  mutating func letter<Code: RawRepresentable<String>>(_: Code.Type) -> Code? {
    guard let byte = next, let code = Code(rawValue: String(UnicodeScalar(byte))) else {
      return nil
    }
    position += 1
    return code
  }
}
