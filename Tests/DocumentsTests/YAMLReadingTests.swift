import Documents
import Testing

/// YAML under the core schema of version 1.2.
struct YAMLReadingTests {
  @Test(
    arguments: [
      ("true", .bool(true)), ("False", .bool(false)), ("null", .null), ("~", .null), ("", .null),
      ("no", "no"), ("on", "on"), ("yes", "yes"), ("1:30", "1:30"), ("2026-11-24", "2026-11-24"),
      ("12", 12), ("-7", -7), ("+3", 3), ("010", 10), ("0o17", 15), ("0xff", 255),
      ("1_000", "1_000"),
      ("1.5", 1.5), (".5", 0.5), ("1e3", 1000.0), ("1.", 1.0), (".inf", .number(.infinity)),
      ("0b1", "0b1"), ("12 h", "12 h"), ("\"12\"", "12"), ("'true'", "true"), ("!!str 12", "12"),
      ("!!float 1", .number(1)), ("<<", "<<"), ("-", .items([.null])), ("a-b", "a-b"), ("-.", "-."),
      ("9223372036854775808", .number(9_223_372_036_854_775_808)),
    ] as [(String, Document)])
  func `scalars have one meaning`(text: String, expected: Document) throws {
    #expect(try Node.read(text, as: .yaml).value == expected)
  }

  @Test(arguments: ["1e999", "0xffffffffffffffffff", String(repeating: "9", count: 400)])
  func `numbers that are too large are refused`(text: String) {
    let error = #expect(throws: DocumentError.self) { try Node.read(text, as: .yaml) }
    guard case .numberTooLarge = error else { return #expect(error == nil) }
  }

  @Test func `nodes know their line and column`() throws {
    let node = try Node.read("# c\r\nhosts:\r\n  - name: é\r\n    count: ten\r\n", as: .yaml)
    guard case .list(let hosts)? = node["hosts"]?.value else { return #expect(Bool(false)) }
    #expect(hosts[0].place == Place(line: 3, column: 5))
    #expect(hosts[0]["count"]?.place == Place(line: 4, column: 12))
    #expect(hosts[0]["name"]?.value == "é")
  }

  @Test func `aliases stand for what their anchor marks`() throws {
    let node = try Node.read("a: &x {k: [1, \"*\"]}\nb: *x\nc: &y 2\nd: *y\n", as: .yaml)
    let inner: Document = ["k": [1, "*"]]
    #expect(node.value == ["a": inner, "b": inner, "c": 2, "d": 2])
    #expect(node["b"]?.place == Place(line: 2, column: 4))
  }

  @Test func `an alias that refers to nothing is refused with its place`() {
    #expect(throws: DocumentError.unknownAnchor("x", place: Place(line: 1, column: 4))) {
      try Node.read("a: *x", as: .yaml)
    }
    #expect(throws: DocumentError.self) { try Node.read("&a [*a]", as: .yaml) }
  }

  @Test(arguments: [
    "- {[*a39, *a39]: y}\n", "- ? *a39\n  : x\n", "- *a39\n", "- {*a39 : 1}\n",
  ])
  func `a bomb of aliases is refused before it is written out`(end: String) {
    var text = "- &a0 [x, x]\n"
    for level in 1..<40 { text += "- &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    let error = #expect(throws: DocumentError.self) { try Node.read(text + end, as: .yaml) }
    guard case .tooManyValues = error else { return #expect(error == nil) }
  }

  @Test func `aliases count for the depth`() {
    var text = "- &a0 [x]\n"
    for level in 1..<200 { text += "- &a\(level) [*a\(level - 1)]\n" }
    let error = #expect(throws: DocumentError.self) { try Node.read(text, as: .yaml) }
    guard case .tooDeep = error else { return #expect(error == nil) }
  }

  @Test(arguments: ["[", "{", "- ", "? ", "[{a: "])
  func `deep nesting is refused`(piece: String) {
    for count in [500, 100_000] {
      let text = String(repeating: piece, count: count)
      #expect(throws: DocumentError.self) { try Node.read(text, as: .yaml) }
    }
  }

  @Test(arguments: [
    "a: 1\n---\nb: 2\n", "a: b: c", "[1, 2", "\"x", "a: !!binary aGk=", "a: !own x", "? [a]\n: b\n",
    "a: 1\n b: 2\n", "\tx: 1", "a: !!int x", "%YAML 9.9\n---\na", "a: \"\\ud800\"", "? *x\n: 1\n",
    "a: 1\nb: 2\na: 3\n",
  ])
  func `what is not one plain document is refused`(text: String) {
    #expect(throws: DocumentError.self) { try Node.read(text, as: .yaml) }
  }

  @Test func `a second document and a key that stands twice have places`() {
    #expect(throws: DocumentError.severalDocuments(place: Place(line: 2, column: 1))) {
      try Node.read("a: 1\n---\nb: 2\n", as: .yaml)
    }
    #expect(throws: DocumentError.duplicateKey("*a", place: Place(line: 1, column: 1))) {
      try Node.read("\"*a\": 1\nb: 2\n\"*a\": 3\n", as: .yaml)
    }
  }

  @Test func `bytes that are no text are refused before parsing`() {
    #expect(throws: DocumentError.notText(byte: 2, value: 0)) {
      try Node.read([0x61, 0x0A, 0, 0x62], as: .yaml)
    }
    #expect(throws: DocumentError.notUTF8(byte: 1)) {
      try Node.read([0x61, 0xC0, 0x80], as: .yaml)
    }
    var limits = DocumentLimits()
    limits.bytes = 3
    #expect(throws: DocumentError.tooLarge(bytes: 4, limit: 3)) {
      try Node.read("a: 1", as: .yaml, limits: limits)
    }
  }

  @Test func `a byte order mark is no part of the text`() throws {
    #expect(try Node.read([0xEF, 0xBB, 0xBF] + Array("a: 1".utf8), as: .yaml).value == ["a": 1])
  }
}
