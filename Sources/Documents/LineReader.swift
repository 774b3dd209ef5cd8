import Glibc

/// Reads a file line by line, plain or gzip, in constant memory.
///
/// A value that is advanced: a copy goes on from where the original stands. Lines end in a line
/// feed, with or without a carriage return before it; the last one may lack it. A byte order mark
/// at the start is skipped.
///
/// **Complexity**: linear in the bytes; it holds the longest line and one piece of the file.
package struct LineReader: Sendable {
  /// The bytes among which the line last handed out stands.
  package private(set) var bytes: [UInt8]
  /// The number of lines handed out, which is the number of the last one.
  package private(set) var lineNumber = 0
  /// The most bytes that a line may have.
  package let limit: Int

  private var source: ByteSource
  private let pieceSize: Int
  /// What is in `bytes` and not handed out yet.
  private var start = 0
  private var end = 0
  /// Whether a byte beyond ASCII is among them.
  private var hasWideText = false
  private var isAtEnd = false
  private var isBroken = false

  /// Opens a file.
  ///
  /// **Errors**: `missing`, `isFolder`, `unreadable`; a pipe is unreadable, as it cannot be gone
  /// back in.
  package init(
    path: String, limit: Int = 1 << 20, pieceSize: Int = 1 << 18
  ) throws(DocumentError) {
    precondition(limit > 0 && pieceSize > 0, "A line and a piece of a file need some bytes.")
    source = try ByteSource(path: path)
    self.limit = limit
    self.pieceSize = pieceSize
    bytes = []
  }

  /// The next line, as the range of `bytes` that holds it without its end; nil after the last.
  ///
  /// **Errors**: `LineError` with the line that was reached; what was handed out before stands.
  package mutating func next() throws(LineError) -> Range<Int>? {
    var scanned = start
    while true {
      if let feed = firstFeed(from: scanned) {
        return try line(to: feed, next: feed + 1)
      }
      scanned = end
      if end - start > limit { throw LineError(.longLine(limit: limit), line: lineNumber + 1) }
      if isAtEnd {
        if isBroken { throw LineError(.brokenGzip, line: lineNumber + 1) }
        return start == end ? nil : try line(to: end, next: end)
      }
      scanned -= start
      try refill()
    }
  }

  private func firstFeed(from index: Int) -> Int? {
    guard index < end else { return nil }
    return bytes.withUnsafeBytes { memory in
      guard let base = memory.baseAddress,
        let found = memchr(base + index, 0x0A, end - index)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }

  private mutating func line(to feed: Int, next: Int) throws(LineError) -> Range<Int> {
    var first = start
    var last = feed
    if last - first > limit { throw LineError(.longLine(limit: limit), line: lineNumber + 1) }
    if last > first, bytes[last - 1] == 0x0D { last -= 1 }
    if lineNumber == 0, bytes[first..<last].starts(with: [0xEF, 0xBB, 0xBF]) { first += 3 }
    if hasWideText { try requireText(first..<last) }
    start = next
    lineNumber += 1
    return first..<last
  }

  private func requireText(_ range: Range<Int>) throws(LineError) {
    let fault = bytes.withUnsafeBufferPointer {
      UTF8Check.firstFault(in: UnsafeBufferPointer(rebasing: $0[range]))
    }
    if let fault { throw LineError(.notUTF8(column: fault + 1), line: lineNumber + 1) }
  }

  /// Moves what is left to the front and reads one more piece behind it.
  private mutating func refill() throws(LineError) {
    let rest = end - start
    if start > 0 {
      let from = start
      bytes.withUnsafeMutableBytes { memory in
        guard let base = memory.baseAddress else { return }
        memmove(base, base + from, rest)
      }
    }
    (start, end) = (0, rest)
    if bytes.count < rest + pieceSize {
      bytes.append(contentsOf: repeatElement(0, count: rest + pieceSize - bytes.count))
    }
    let outcome: ByteSource.Outcome
    do throws(DocumentError) { outcome = try source.read(into: &bytes, from: end) } catch {
      throw LineError(.unreadable(error), line: lineNumber + 1)
    }
    switch outcome {
    case .bytes(let count): end += count
    case .end: isAtEnd = true
    case .brokenGzip: (isAtEnd, isBroken) = (true, true)
    }
    hasWideText = hasWideBytes()
  }

  private func hasWideBytes() -> Bool {
    bytes.withUnsafeBufferPointer { memory in
      var all: UInt8 = 0
      for byte in memory[0..<end] { all |= byte }
      return all >= 0x80
    }
  }
}
