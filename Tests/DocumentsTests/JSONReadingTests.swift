import Documents
import Testing

/// JSON as RFC 8259 says it.
struct JSONReadingTests {
  @Test func `values keep their kind`() throws {
    let node = try Node.read(
      #"{"a":"12","b":12,"c":1.5,"d":1e3,"e":true,"f":null,"g":[],"h":{}}"#, as: .json)
    let expected: Document = [
      "a": "12", "b": 12, "c": 1.5, "d": 1000.0, "e": true, "f": .null, "g": [], "h": .object([]),
    ]
    #expect(node.value == expected)
  }

  @Test func `escapes and pairs of surrogates become characters`() throws {
    let node = try Node.read(#""\ud83d\ude00\u00e9\n\/\\\"\b\f\r\t\u0000""#, as: .json)
    #expect(node.value == "😀é\n/\\\"\u{8}\u{C}\r\t\u{0}")
  }

  @Test func `whole numbers beyond 64 bits become numbers`() throws {
    #expect(try Node.read("9223372036854775807", as: .json).value == .integer(.max))
    #expect(try Node.read("-9223372036854775808", as: .json).value == .integer(.min))
    #expect(
      try Node.read("9223372036854775808", as: .json).value == .number(9_223_372_036_854_775_808))
    #expect(throws: DocumentError.self) { try Node.read("1e999", as: .json) }
    let digits = String(repeating: "9", count: 500)
    #expect(throws: DocumentError.self) { try Node.read(digits, as: .json) }
  }

  @Test func `places count lines, scalars and bytes`() throws {
    let text = "{\r\n  \"é\\u00e9😀\": [1,\n   \"x\"], \"z\": 2}"
    let node = try Node.read(text, as: .json)
    let first = try #require(node["éé😀"])
    #expect(first.place == Place(line: 2, column: 15, byte: 21))
    guard case .list(let elements) = first.value else { return #expect(Bool(false)) }
    #expect(elements[1].place.line == 3)
    #expect(elements[1].place.column == 4)
    #expect(node["z"]?.place.column == 15)
  }

  @Test(arguments: [
    "", " ", "{", "[", "[1", "[1,", "[1,]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,}", "{a:1}",
    "{'a':1}", "tru", "nul", "truex", "01", "-", "1.", ".5", "1e", "+1", "0x10", "NaN", "Infinity",
    "\"", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"",
    "\"a\nb\"", "1 2", "{} {}", "[1 2]", "{\"a\" 1}", "// c\n1", "\u{FEFF}",
  ])
  func `what is not JSON is refused`(text: String) {
    #expect(throws: DocumentError.self) { try Node.read(text, as: .json) }
  }

  @Test func `an error names what was found and where`() {
    let error = #expect(throws: DocumentError.self) {
      try Node.read("{\"a\": 1,\n \"b\" 2}", as: .json)
    }
    #expect(
      error == .syntax(found: "`2`", allowed: "`:`", place: Place(line: 2, column: 6, byte: 14)))
  }

  @Test func `a key that stands twice is refused at the second`() {
    #expect(
      throws: DocumentError.duplicateKey("a", place: Place(line: 1, column: 9, byte: 8))
    ) { try Node.read("{\"a\":1, \"a\":2}", as: .json) }
    let many = (0..<40).map { "\"k\($0)\":0" }.joined(separator: ",")
    #expect(throws: DocumentError.self) { try Node.read("{\(many),\"k39\":1}", as: .json) }
    #expect(throws: Never.self) { try Node.read("{\(many)}", as: .json) }
  }

  @Test func `bytes that are not UTF-8 are named`() {
    #expect(throws: DocumentError.notUTF8(byte: 3)) {
      try Node.read([0x22, 0x61, 0x62, 0xFF, 0x22], as: .json)
    }
    #expect(throws: DocumentError.notUTF8(byte: 1)) {
      try Node.read([0x22, 0xED, 0xA0, 0x80, 0x22], as: .json)
    }
  }

  @Test func `byte order marks`() throws {
    #expect(try Node.read([0xEF, 0xBB, 0xBF, 0x31], as: .json).value == 1)
    #expect(throws: DocumentError.otherEncoding(name: "UTF-16")) {
      try Node.read([0xFF, 0xFE, 0x31, 0], as: .json)
    }
  }

  @Test func `nesting ends at the limit`() throws {
    let allowed = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
    #expect(throws: Never.self) { try Node.read(allowed, as: .json) }
    let error = #expect(throws: DocumentError.self) {
      try Node.read(String(repeating: "[", count: 1_000_000), as: .json)
    }
    #expect(error == .tooDeep(limit: 100, place: Place(line: 1, column: 101, byte: 100)))
  }
}
