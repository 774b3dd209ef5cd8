import Documents
import Testing

/// What is written reads back as the same document.
struct RoundTripTests {
  @Test(arguments: 0..<300 as Range<UInt64>)
  func `JSON reads back`(seed: UInt64) throws {
    var random = RandomDocument(seed: seed)
    let document = random.make()
    for layout in [JSONLayout.compact, .indented] {
      let text = document.json(layout)
      let read = try Node.read(text, as: .json)
      #expect(read.value == document, "seed \(seed): \(text)")
      #expect(read.value.json(layout) == text, "seed \(seed)")
    }
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func `YAML reads back`(seed: UInt64) throws {
    var random = RandomDocument(seed: seed)
    let document = random.make()
    let text = document.yaml()
    let read = try Node.read(text, as: .yaml)
    #expect(read.value == document, "seed \(seed): \(text)")
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func `a stream in small pieces reads as the whole`(seed: UInt64) throws {
    var random = RandomDocument(seed: seed)
    var sections: [(String, Document)] = []
    for index in 0..<6 { sections.append(("s\(index)é", random.make())) }
    let document = Document.fields(sections)
    let folder = try TemporaryFolder()
    let path = folder.path("part.json")
    try AtomicFile.write(document.json(.indented), to: path)
    for pieceSize in [8, 9, 31, 1 << 16] {
      let streamed = try Parts(DocumentSource(path: path, pieceSize: pieceSize))
      let whole = try Parts(DocumentSource(Node.read(document.json(.indented), as: .json)))
      #expect(streamed == whole, "seed \(seed), pieces of \(pieceSize)")
    }
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `text spoilt at one place is refused or read, never a crash`(seed: UInt64) {
    var random = RandomDocument(seed: seed)
    let document = random.make()
    for format in DocumentFormat.allCases {
      let text = format == .json ? document.json(.indented) : document.yaml()
      for _ in 0..<20 {
        var bytes = Array(text.utf8)
        let at = Int.random(in: 0..<bytes.count, using: &random.generator)
        switch Int.random(in: 0..<3, using: &random.generator) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &random.generator)
        case 1: bytes.removeSubrange(at...)
        default: bytes.insert(UInt8.random(in: 32...126, using: &random.generator), at: at)
        }
        do throws(DocumentError) {
          // What is read at all must be a document that can be written again.
          let node = try Node.read(bytes, as: format)
          #expect(!node.value.json().isEmpty)
        } catch {
          #expect(!"\(error)".isEmpty, "seed \(seed)")
        }
      }
    }
  }
}

/// The parts that a source hands out, with their places.
struct Parts: Equatable {
  var lines: [String] = []

  init(_ source: DocumentSource) throws(DocumentError) {
    try source.forEachSection { part in
      switch part {
      case .value(let key, let at, let node): add("value", key, at, node)
      case .list(let key, let at, let listAt): add("list", key, at, Node(.null, at: listAt))
      case .element(let key, let index, let node): add("\(index)", key, .none, node)
      }
    }
  }

  private mutating func add(_ kind: String, _ key: String, _ place: Place, _ node: Node) {
    lines.append("\(kind) \(key) \(place) \(node.place) \(node.value.json())")
  }
}
