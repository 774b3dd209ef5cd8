import CZlib

/// Packs bytes as gzip, piece by piece, without time stamp or name: the same bytes give the same
/// stream.
///
/// The header says that the system is unknown, so that the output does not depend on it either.
package struct GzipWriter: ~Copyable {
  private let stream: UnsafeMutablePointer<z_stream>

  /// A writer that has packed nothing yet.
  ///
  /// `level` goes from 1 (fast) to 9 (small).
  package init(level: Int32 = 6) {
    precondition((1...9).contains(level), "The level of gzip must lie between 1 and 9.")
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 16 more than the window's logarithm asks for the gzip header; its time is zero by default.
    let code = deflateInit2_(
      stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    precondition(code == Z_OK, "zlib must have the memory for one more stream.")
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  /// Packs further bytes; returns what is ready to be written.
  package mutating func append(_ bytes: [UInt8]) -> [UInt8] { run(bytes, Z_NO_FLUSH) }

  /// Ends the stream; returns its last bytes.
  package consuming func finish() -> [UInt8] { run([], Z_FINISH) }

  /// The bytes as one gzip stream.
  package static func pack(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8] {
    var writer = GzipWriter(level: level)
    return writer.append(bytes) + writer.finish()
  }

  private func run(_ bytes: [UInt8], _ flush: Int32) -> [UInt8] {
    var bytes = bytes
    var packed: [UInt8] = []
    let isFirst = stream.pointee.total_out == 0
    bytes.withUnsafeMutableBufferPointer { input in
      var taken = 0
      repeat {
        let count = min(input.count - taken, 1 << 30)
        stream.pointee.next_in = input.baseAddress.map { $0 + taken }
        stream.pointee.avail_in = UInt32(count)
        packed += deflatePieces(taken + count == input.count ? flush : Z_NO_FLUSH)
        taken += count
      } while taken < input.count
    }
    if isFirst, packed.count >= 10 { packed[9] = 255 }
    return packed
  }

  private func deflatePieces(_ flush: Int32) -> [UInt8] {
    let size = 1 << 16
    var packed: [UInt8] = []
    while true {
      let piece = [UInt8](unsafeUninitializedCapacity: size) { output, filled in
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(size)
        _ = deflate(stream, flush)
        filled = size - Int(stream.pointee.avail_out)
      }
      packed += piece
      if piece.count < size { return packed }
    }
  }
}
