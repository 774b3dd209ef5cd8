import Documents
import Testing

/// Files on disk.
struct FileTests {
  @Test func `a file appears whole and is not replaced unless asked`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.txt")
    try AtomicFile.write("one", to: path, synchronise: true)
    #expect(throws: DocumentError.exists(path: path)) { try AtomicFile.write("two", to: path) }
    #expect(try FileContent.bytes(of: path) == Array("one".utf8))
    try AtomicFile.write("three", to: path, replace: true)
    #expect(try FileContent.bytes(of: path) == Array("three".utf8))
    #expect(try FileContent.size(of: path) == 5)
    #expect(try folder.names() == ["a.txt"])
  }

  @Test func `a file that is given up leaves nothing`() throws {
    let folder = try TemporaryFolder()
    do {
      let file = try AtomicFile(path: folder.path("a.txt"))
      try file.write([1, 2, 3])
      #expect(try folder.names().count == 1)
    }
    #expect(try folder.names().isEmpty)
  }

  @Test func `a name taken meanwhile is not replaced`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.txt")
    let slow = try AtomicFile(path: path)
    try slow.write(Array("slow".utf8))
    try AtomicFile.write("fast", to: path)
    #expect(throws: DocumentError.exists(path: path)) { try slow.commit() }
    #expect(try FileContent.bytes(of: path) == Array("fast".utf8))
    #expect(try folder.names() == ["a.txt"])
  }

  @Test func `files that cannot be used have typed errors`() throws {
    let folder = try TemporaryFolder()
    let missing = folder.path("none")
    #expect(throws: DocumentError.missing(path: missing)) { try FileContent.bytes(of: missing) }
    let here = folder.path("")
    #expect(throws: DocumentError.isFolder(path: here)) { try FileContent.bytes(of: here) }
    #expect(throws: DocumentError.isFolder(path: here)) {
      try AtomicFile.write("x", to: here, replace: true)
    }
    let inside = folder.path("no/such")
    let error = #expect(throws: DocumentError.self) { try AtomicFile.write("x", to: inside) }
    #expect(error == .unwritable(path: inside, code: 2))
    #expect(error.map { "\($0)" }?.contains("No such file") == true)
    try AtomicFile.write("12345", to: folder.path("big"))
    #expect(throws: DocumentError.tooLarge(bytes: 5, limit: 4)) {
      try FileContent.bytes(of: folder.path("big"), limit: 4)
    }
  }

  @Test func `a source reads YAML and JSON files alike`() throws {
    let folder = try TemporaryFolder()
    let document: Document = [
      "name": "x", "hosts": [["name": "a"], 2], "none": [], "last": ["k": 1],
    ]
    try AtomicFile.write(document.json(), to: folder.path("c.json"))
    try AtomicFile.write(document.yaml(), to: folder.path("c.yaml"))
    var texts: [[String]] = []
    for name in ["c.json", "c.yaml"] {
      var parts: [String] = []
      try DocumentSource(path: folder.path(name)).forEachSection { part in
        switch part {
        case .value(let key, _, let node): parts.append("\(key)=\(node.value.json())")
        case .list(let key, _, _): parts.append(key)
        case .element(let key, let index, let node):
          parts.append("\(key)[\(index)]=\(node.value.json())")
        }
      }
      texts.append(parts)
    }
    #expect(
      texts[0] == [
        "name=\"x\"", "hosts", "hosts[0]={\"name\":\"a\"}", "hosts[1]=2", "none", "last={\"k\":1}",
      ])
    #expect(texts[1] == texts[0])
  }

  @Test(arguments: ["[1]", "1", "", "{\"a\":[1,2", "{\"a\":1} x", "{\"a\":1,\"a\":[]}"])
  func `a stream that is no mapping of sections, or ends early, is refused`(text: String) throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write(text, to: folder.path("a.json"))
    let source = try DocumentSource(path: folder.path("a.json"), pieceSize: 8)
    let error = #expect(throws: DocumentError.self) { try source.forEachSection { _ in } }
    #expect(error?.place.byte != nil)
  }
}
