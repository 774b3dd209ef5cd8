/// The bytes of a text, all at hand or read from a file piece by piece.
///
/// Counts lines and columns by what its reader tells it: JSON allows line ends only between tokens
/// and bytes beyond ASCII only inside strings, so that nothing need be counted per byte.
struct ByteInput {
  private(set) var buffer: [UInt8]
  /// The index of the next byte in `buffer`.
  var position = 0
  /// The bytes before `buffer`.
  private var base: Int64 = 0
  private var file: FileReader?
  private var line = 1
  private var lineStart: Int64 = 0
  private var continuationBytes: Int64 = 0

  /// All bytes at once.
  init(_ bytes: [UInt8]) throws(DocumentError) {
    buffer = bytes
    position = try UTF8Check.markLength(bytes)
    lineStart = Int64(position)
  }

  /// A file read in pieces of the given size.
  init(file: FileReader, pieceSize: Int) throws(DocumentError) {
    buffer = []
    self.file = file
    buffer.reserveCapacity(max(pieceSize, 8))
    try file.read(into: &buffer, count: max(pieceSize, 8))
    position = try UTF8Check.markLength(buffer)
    lineStart = Int64(position)
    self.pieceSize = max(pieceSize, 8)
  }

  private var pieceSize = 0

  /// The bytes before the next one.
  var offset: Int64 { base + Int64(position) }

  /// Where the next byte stands.
  var place: Place {
    Place(line: line, column: Int(offset - lineStart - continuationBytes) + 1, byte: offset)
  }

  /// The next byte without taking it, or nil at the end.
  @inline(__always)
  mutating func peek() throws(DocumentError) -> UInt8? {
    if position < buffer.count { return buffer[position] }
    return try refill() ? buffer[position] : nil
  }

  /// Takes the next byte; call only after `peek` returned one.
  @inline(__always)
  mutating func advance() { position += 1 }

  /// Takes a line feed.
  mutating func advanceLine() {
    position += 1
    line += 1
    lineStart = offset
    continuationBytes = 0
  }

  /// Notes bytes that share a column with the one before them.
  mutating func noteContinuationBytes(_ count: Int) { continuationBytes += Int64(count) }

  /// Reads the next piece of the file after all of this one is taken; false at the end.
  mutating func refill() throws(DocumentError) -> Bool {
    guard let file else { return false }
    base += Int64(buffer.count)
    position -= buffer.count
    try file.read(into: &buffer, count: pieceSize)
    return !buffer.isEmpty
  }
}
