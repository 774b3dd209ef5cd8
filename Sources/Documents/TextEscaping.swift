/// Writes texts in double quotes as both JSON and YAML read them.
enum TextEscaping {
  private static let digits = Array("0123456789abcdef".utf8)

  /// Appends the text in quotes.
  ///
  /// JSON needs escapes for quotes, backslashes and control characters only; YAML also for the
  /// characters that it takes for line ends or does not allow.
  static func append(_ text: String, to bytes: inout [UInt8], forYAML: Bool) {
    bytes.append(0x22)
    var text = text
    text.withUTF8 { source in
      if isHarmless(source) {
        bytes.append(contentsOf: source)
      } else {
        for scalar in String(decoding: source, as: UTF8.self).unicodeScalars {
          append(scalar, to: &bytes, forYAML: forYAML)
        }
      }
    }
    bytes.append(0x22)
  }

  private static func isHarmless(_ source: UnsafeBufferPointer<UInt8>) -> Bool {
    source.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }
  }

  private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8], forYAML: Bool) {
    switch scalar.value {
    case 0x22: bytes += [0x5C, 0x22]
    case 0x5C: bytes += [0x5C, 0x5C]
    case 0x0A: bytes += Array(#"\n"#.utf8)
    case 0x0D: bytes += Array(#"\r"#.utf8)
    case 0x09: bytes += Array(#"\t"#.utf8)
    case 0..<0x20: appendEscape(scalar.value, to: &bytes)
    case 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF:
      if forYAML {
        appendEscape(scalar.value, to: &bytes)
      } else {
        bytes += Array(String(scalar).utf8)
      }
    default: bytes += Array(String(scalar).utf8)
    }
  }

  private static func appendEscape(_ value: UInt32, to bytes: inout [UInt8]) {
    bytes += [0x5C, UInt8(ascii: "u")]
    for shift in [12, 8, 4, 0] as [UInt32] { bytes.append(digits[Int(value >> shift & 0xF)]) }
  }
}
