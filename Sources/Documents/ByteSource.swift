/// The bytes of a file in order, unpacked if they are gzip.
///
/// A value: a copy goes on from where the original stands. The compression is known by the first
/// two bytes; several gzip streams in a row count as one.
struct ByteSource: Sendable {
  private let file: FileReader
  private var offset: Int64 = 0
  private var inflater: InflateStream?
  /// Packed bytes that were read and not yet unpacked.
  private var packed: [UInt8] = []
  private var packedStart = 0
  private var packedEnd = 0

  /// Opens a file.
  ///
  /// Errors: `missing`, `isFolder`, `unreadable`.
  init(path: String) throws(DocumentError) {
    file = try FileReader(path: path)
    var magic: [UInt8] = [0, 0]
    let got = try Self.read(file, into: &magic, from: 0, at: 0)
    if got == 2, magic == [0x1F, 0x8B] {
      inflater = InflateStream()
      packed = [UInt8](repeating: 0, count: 1 << 16)
    }
  }

  /// How a read went.
  enum Outcome: Sendable {
    case bytes(Int)
    case end
    case brokenGzip
  }

  /// Fills the rest of a buffer, from an index on, as far as one step reaches.
  ///
  /// Errors: `unreadable`.
  mutating func read(
    into buffer: inout [UInt8], from start: Int
  ) throws(DocumentError) -> Outcome {
    guard inflater != nil else {
      let got = try Self.read(file, into: &buffer, from: start, at: offset)
      offset += Int64(got)
      return got == 0 ? .end : .bytes(got)
    }
    while true {
      let made = unpack(into: &buffer, from: start)
      if made > 0 { return .bytes(made) }
      if inflater?.status == .broken { return .brokenGzip }
      guard packedStart == packedEnd else { continue }
      let got = try Self.read(file, into: &packed, from: 0, at: offset)
      if got == 0 { return inflater?.status == .complete ? .end : .brokenGzip }
      offset += Int64(got)
      (packedStart, packedEnd) = (0, got)
    }
  }

  private mutating func unpack(into buffer: inout [UInt8], from start: Int) -> Int {
    if !isKnownUniquelyReferenced(&inflater) { inflater = inflater.map(InflateStream.init(copy:)) }
    guard let inflater, inflater.status != .broken else { return 0 }
    let range = packedStart..<packedEnd
    let step = packed.withUnsafeMutableBytes { input in
      buffer.withUnsafeMutableBytes { output in
        inflater.step(
          UnsafeMutableRawBufferPointer(rebasing: input[range]),
          into: UnsafeMutableRawBufferPointer(rebasing: output[start...]))
      }
    }
    packedStart += step.taken
    return step.made
  }

  private static func read(
    _ file: FileReader, into buffer: inout [UInt8], from start: Int, at offset: Int64
  ) throws(DocumentError) -> Int {
    var span = buffer.mutableSpan
    return try span.withUnsafeMutableBytes { (memory) throws(DocumentError) in
      try file.read(into: UnsafeMutableRawBufferPointer(rebasing: memory[start...]), at: offset)
    }
  }
}
