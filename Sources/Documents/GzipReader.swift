import CZlib

/// Unpacks gzip.
package enum GzipReader {
  /// The bytes that one or several gzip streams in a row hold.
  ///
  /// Errors: `notGzip` for anything else and for a stream that ends early or is damaged;
  /// `unpacksTooLarge` as soon as the limit is passed.
  package static func unpack(
    _ packed: [UInt8], limit: Int64 = 1 << 30
  ) throws(DocumentError) -> [UInt8] {
    var stream = z_stream()
    guard
      inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw .notGzip }
    defer { inflateEnd(&stream) }
    var unpacked: [UInt8] = []
    var position = 0
    var code = Z_OK
    while position < packed.count {
      if code == Z_STREAM_END { inflateReset(&stream) }
      let piece = inflatePiece(&stream, packed, &position, &code)
      guard code == Z_OK || code == Z_STREAM_END else { throw .notGzip }
      unpacked += piece
      if Int64(unpacked.count) > limit { throw .unpacksTooLarge(limit: limit) }
    }
    // Output may still be waiting when the input is used up.
    while code == Z_OK {
      let piece = inflatePiece(&stream, packed, &position, &code)
      guard !piece.isEmpty, code == Z_OK || code == Z_STREAM_END else { throw .notGzip }
      unpacked += piece
      if Int64(unpacked.count) > limit { throw .unpacksTooLarge(limit: limit) }
    }
    guard code == Z_STREAM_END else { throw .notGzip }
    return unpacked
  }

  private static func inflatePiece(
    _ stream: inout z_stream, _ packed: [UInt8], _ position: inout Int, _ code: inout Int32
  ) -> [UInt8] {
    let size = 1 << 18
    let count = min(packed.count - position, 1 << 20)
    var input = Array(packed[position..<position + count])
    return input.withUnsafeMutableBufferPointer { input in
      [UInt8](unsafeUninitializedCapacity: size) { output, filled in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(size)
        code = inflate(&stream, Z_NO_FLUSH)
        if code == Z_BUF_ERROR { code = Z_OK }
        filled = size - Int(stream.avail_out)
        position += count - Int(stream.avail_in)
      }
    }
  }
}
