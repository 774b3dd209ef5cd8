import Documents
import Testing

/// Files read line by line.
struct LineReaderTests {
  private static func lines(
    of path: String, limit: Int = 1 << 20, pieceSize: Int = 1 << 18
  ) throws -> [String] {
    var reader = try LineReader(path: path, limit: limit, pieceSize: pieceSize)
    var found: [String] = []
    while let range = try reader.next() {
      found.append(String(decoding: reader.bytes[range], as: UTF8.self))
    }
    #expect(reader.lineNumber == found.count)
    return found
  }

  @Test(arguments: [
    ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\n\nb", ["a", "", "b"]), ("\n", [""]),
    ("a\r\nb\r\n", ["a", "b"]), ("\u{FEFF}a\nb", ["a", "b"]), ("ä\n€\n", ["ä", "€"]),
    ("a\rb\n", ["a\rb"]),
  ])
  func `lines end in line feeds`(text: String, expected: [String]) throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write(text, to: folder.path("a"))
    try AtomicFile.write(GzipWriter.pack(Array(text.utf8)), to: folder.path("b"))
    for piece in [1, 2, 3, 1000] {
      #expect(try Self.lines(of: folder.path("a"), pieceSize: piece) == expected)
      #expect(try Self.lines(of: folder.path("b"), pieceSize: piece) == expected)
    }
  }

  @Test func `any lines come back, plain and packed, in pieces of any size`() throws {
    let folder = try TemporaryFolder()
    for seed in 1...20 as ClosedRange<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let lines = (0..<Int.random(in: 0...200, using: &generator)).map { _ in
        String(repeating: "x", count: Int.random(in: 0...50, using: &generator))
      }
      for name in ["a", "a.gz"] {
        var writer = try LineWriter(path: folder.path(name), replace: true)
        for line in lines { try writer.append(Array(line.utf8)) }
        try writer.commit()
        let piece = Int.random(in: 1...300, using: &generator)
        #expect(try Self.lines(of: folder.path(name), pieceSize: piece) == lines, "seed \(seed)")
      }
    }
    #expect(try folder.names() == ["a", "a.gz"])
  }

  @Test func `several gzip streams in a row are one file`() throws {
    let folder = try TemporaryFolder()
    let packed = GzipWriter.pack(Array("a\nb".utf8)) + GzipWriter.pack(Array("c\nd\n".utf8))
    try AtomicFile.write(packed, to: folder.path("a"))
    #expect(try Self.lines(of: folder.path("a")) == ["a", "bc", "d"])
  }

  @Test func `a copy goes on from where the original stands`() throws {
    let folder = try TemporaryFolder()
    let text = (1...30_000).map { "line \($0)" }.joined(separator: "\n")
    try AtomicFile.write(text, to: folder.path("a"))
    try AtomicFile.write(GzipWriter.pack(Array(text.utf8)), to: folder.path("b"))
    for name in ["a", "b"] {
      var reader = try LineReader(path: folder.path(name), pieceSize: 1000)
      for _ in 1...10_000 { _ = try reader.next() }
      var copy = reader
      for number in 10_001...30_000 {
        let range = try #require(try reader.next())
        #expect(reader.bytes[range].elementsEqual("line \(number)".utf8))
      }
      let range = try #require(try copy.next())
      #expect(copy.bytes[range].elementsEqual("line 10001".utf8))
      for _ in 10_002...30_000 { _ = try copy.next() }
      #expect(try copy.next() == nil)
    }
  }

  @Test func `a line beyond the limit is refused with its number and not read to its end`() throws {
    let folder = try TemporaryFolder()
    let text = "short\n" + String(repeating: "x", count: 11) + "\n"
    try AtomicFile.write(text, to: folder.path("a"))
    #expect(throws: LineError(.longLine(limit: 10), line: 2)) {
      try Self.lines(of: folder.path("a"), limit: 10)
    }
    #expect(try Self.lines(of: folder.path("a"), limit: 11).count == 2)
    // 100 MB of one line, packed to a few KB.
    var packer = GzipWriter()
    var packed = packer.append(Array("short\n".utf8))
    let piece = [UInt8](repeating: 0x61, count: 1_000_000)
    for _ in 0..<100 { packed += packer.append(piece) }
    packed += packer.finish()
    try AtomicFile.write(packed, to: folder.path("b"))
    var reader = try LineReader(path: folder.path("b"))
    _ = try reader.next()
    #expect(throws: LineError(.longLine(limit: 1 << 20), line: 2)) { try reader.next() }
    #expect(reader.bytes.count < 3 << 20)
  }

  @Test func `damage is noticed at the line that was reached`() throws {
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(seed: 3)
    let lines = (0..<50_000).map { _ in "\(UInt64.random(in: 0 ... .max, using: &generator))" }
    let packed = GzipWriter.pack(Array(lines.joined(separator: "\n").utf8))
    try AtomicFile.write(Array(packed.prefix(packed.count / 2)), to: folder.path("cut"))
    var reader = try LineReader(path: folder.path("cut"))
    let error = #expect(throws: LineError.self) {
      while let range = try reader.next() {
        #expect(reader.bytes[range].elementsEqual(lines[reader.lineNumber - 1].utf8))
      }
    }
    #expect(error?.problem == .brokenGzip)
    #expect(error?.line == reader.lineNumber + 1)
    #expect((20_000..<30_000).contains(error?.line ?? 0))
    for spoilt in [packed.count - 6, packed.count - 1] {
      var bytes = packed
      bytes[spoilt] ^= 1
      try AtomicFile.write(bytes, to: folder.path("sum"), replace: true)
      #expect(throws: LineError(.brokenGzip, line: 50_000)) {
        try Self.lines(of: folder.path("sum"))
      }
    }
    try AtomicFile.write(packed + [1, 2, 3], to: folder.path("more"))
    #expect(throws: LineError.self) { try Self.lines(of: folder.path("more")) }
  }

  @Test func `what is no text is refused`() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write(Array("ok\n".utf8) + [0x61, 0xFF, 0x0A], to: folder.path("a"))
    #expect(throws: LineError(.notUTF8(column: 2), line: 2)) {
      try Self.lines(of: folder.path("a"))
    }
    #expect(throws: DocumentError.missing(path: folder.path("none"))) {
      try LineReader(path: folder.path("none"))
    }
    #expect(throws: DocumentError.isFolder(path: folder.path(""))) {
      try LineReader(path: folder.path(""))
    }
  }
}

/// Files written line by line.
struct LineWriterTests {
  @Test func `equal lines give equal bytes, and a file that is given up leaves nothing`() throws {
    let folder = try TemporaryFolder()
    for name in ["a.gz", "b.gz"] {
      var writer = try LineWriter(path: folder.path(name))
      for line in 0..<100_000 { try writer.append(Array("line \(line)".utf8)) }
      try writer.commit()
    }
    let bytes = try FileContent.bytes(of: folder.path("a.gz"))
    #expect(bytes == (try FileContent.bytes(of: folder.path("b.gz"))))
    #expect(bytes[4..<8].allSatisfy { $0 == 0 })
    do {
      var writer = try LineWriter(path: folder.path("c"))
      try writer.append([1])
    }
    #expect(try folder.names() == ["a.gz", "b.gz"])
    let taken = folder.path("a.gz")
    #expect(throws: DocumentError.exists(path: taken)) { _ = try LineWriter(path: taken) }
  }

  @Test func `a place that cannot be written is an error with its name`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("no/such.csv")
    let error = #expect(throws: DocumentError.self) { _ = try LineWriter(path: path) }
    #expect(error == .unwritable(path: path, code: 2))
  }
}
