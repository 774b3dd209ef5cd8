/// The lines of a text, to show the one where something is wrong.
package struct SourceText: Sendable {
  private let bytes: [UInt8]

  /// A text as it was read.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// A line without its end, counted from 1, or nil if there is none.
  ///
  /// Complexity: linear in the bytes before it.
  package func line(_ number: Int) -> String? {
    guard number >= 1 else { return nil }
    var current = 1
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while current < number {
      guard let end = bytes[start...].firstIndex(of: 0x0A) else { return nil }
      start = end + 1
      current += 1
    }
    let line = bytes[start...].prefix { $0 != 0x0A && $0 != 0x0D }
    return String(decoding: line, as: UTF8.self)
  }
}
