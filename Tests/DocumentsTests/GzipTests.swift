import Documents
import Testing

/// Packing and unpacking.
struct GzipTests {
  @Test(arguments: [0, 1, 10, 1000, 300_000, 3_000_000])
  func `what is packed unpacks`(count: Int) throws {
    var generator = SeededGenerator(seed: UInt64(count))
    let bytes = (0..<count).map { _ in UInt8.random(in: 0...31, using: &generator) }
    let packed = GzipWriter.pack(bytes)
    #expect(Array(packed.prefix(10)) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255])
    #expect(try GzipReader.unpack(packed) == bytes)
    #expect(try GzipReader.unpack(packed + packed) == bytes + bytes)
  }

  @Test func `pieces make one stream`() throws {
    var writer = GzipWriter()
    var packed: [UInt8] = []
    for piece in 0..<1000 { packed += writer.append(Array("line \(piece)\n".utf8)) }
    packed += writer.finish()
    let expected = (0..<1000).map { "line \($0)\n" }.joined()
    #expect(try GzipReader.unpack(packed) == Array(expected.utf8))
    #expect(packed[4..<8].allSatisfy { $0 == 0 })
  }

  @Test func `a stream of another program unpacks`() throws {
    // printf abc | gzip -n
    let packed: [UInt8] = [
      0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x4B, 0x4C, 0x4A, 6, 0, 0xC2, 0x41, 0x24, 0x35, 3, 0, 0,
      0,
    ]
    #expect(try GzipReader.unpack(packed) == Array("abc".utf8))
  }

  @Test func `damage is noticed`() {
    let packed = GzipWriter.pack(Array(repeating: 7, count: 100_000))
    #expect(throws: DocumentError.notGzip) { try GzipReader.unpack([]) }
    #expect(throws: DocumentError.notGzip) { try GzipReader.unpack(Array("plain".utf8)) }
    #expect(throws: DocumentError.notGzip) { try GzipReader.unpack(Array(packed.dropLast())) }
    var spoilt = packed
    spoilt[packed.count - 6] ^= 1
    #expect(throws: DocumentError.notGzip) { try GzipReader.unpack(spoilt) }
    #expect(throws: DocumentError.unpacksTooLarge(limit: 1000)) {
      try GzipReader.unpack(packed, limit: 1000)
    }
  }
}
