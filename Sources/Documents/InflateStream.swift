import CZlib

/// A gzip stream that is being unpacked piece by piece.
///
/// Sendable although it changes: whoever holds it makes a copy of its own before a change, unless
/// nobody else holds it.
final class InflateStream: @unchecked Sendable {
  /// How a step went.
  enum Status: Sendable {
    /// More of the stream follows.
    case open
    /// The stream is complete; another may follow.
    case complete
    /// The bytes are no gzip stream.
    case broken
  }

  private let stream: UnsafeMutablePointer<z_stream>
  private(set) var status = Status.open

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 16 more than the window's logarithm asks for the gzip header and its check sums.
    let code = inflateInit2_(
      stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(code == Z_OK, "zlib must have the memory for one more stream.")
  }

  /// A stream that goes on from where another one stands.
  init(copy other: InflateStream) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    status = other.status
    let code = inflateCopy(stream, other.stream)
    precondition(code == Z_OK, "zlib must have the memory for one more stream.")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Unpacks some of the input; returns how many bytes were taken and how many were made.
  func step(
    _ input: UnsafeMutableRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> (taken: Int, made: Int) {
    if status == .complete, !input.isEmpty {
      inflateReset(stream)
      status = .open
    }
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(input.count)
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(output.count)
    switch inflate(stream, Z_NO_FLUSH) {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: status = .complete
    default: status = .broken
    }
    return (
      input.count - Int(stream.pointee.avail_in), output.count - Int(stream.pointee.avail_out)
    )
  }
}
