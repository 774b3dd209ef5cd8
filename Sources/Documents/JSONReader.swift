/// Reads JSON value by value, from memory or from a file of any size.
///
/// Only one value is held at a time; whoever walks an object or a list with `forEachMember` and
/// `forEachElement` decides what to keep.
///
/// Source: RFC 8259. Stricter in one point: a key may not stand twice in an object.
struct JSONReader {
  var input: ByteInput
  let limits: DocumentLimits
  private var depth = 0
  private var valueCount = 0
  /// Bytes of the string being read, kept to save allocations.
  var scratch: [UInt8] = []
  /// Continuation bytes in `scratch` that came from escapes, which the file does not hold.
  var escapedContinuations = 0

  init(_ input: ByteInput, limits: DocumentLimits) {
    self.input = input
    self.limits = limits
  }

  /// The only value of the text.
  mutating func readDocument() throws(DocumentError) -> Node {
    try skipBlank()
    let node = try readValue()
    try requireEnd()
    return node
  }

  /// Refuses anything but blanks up to the end.
  mutating func requireEnd() throws(DocumentError) {
    try skipBlank()
    if try input.peek() != nil { throw try unexpected("the end of the file") }
  }

  /// Reads the value that starts at the next byte.
  mutating func readValue() throws(DocumentError) -> Node {
    let place = input.place
    valueCount += 1
    if valueCount > limits.values { throw .tooManyValues(limit: limits.values, place: place) }
    guard let first = try input.peek() else { throw try unexpected("a value") }
    switch first {
    case UInt8(ascii: "\""):
      return Node(.text(try readString()), at: place)
    case UInt8(ascii: "{"):
      var members: [Member] = []
      try forEachMember { (reader, key, keyPlace) throws(DocumentError) in
        members.append(Member(key: key, at: keyPlace, node: try reader.readValue()))
      }
      return Node(.object(members), at: place)
    case UInt8(ascii: "["):
      var elements: [Node] = []
      try forEachElement { (reader) throws(DocumentError) in
        elements.append(try reader.readValue())
      }
      return Node(.list(elements), at: place)
    case UInt8(ascii: "t"): return try readWord("true", .bool(true))
    case UInt8(ascii: "f"): return try readWord("false", .bool(false))
    case UInt8(ascii: "n"): return try readWord("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try readNumber()
    default: throw try unexpected("a value")
    }
  }

  /// Walks the object that starts at the next byte; `body` must read the value of each key.
  ///
  /// Errors: `duplicateKey` at the second of two equal keys.
  mutating func forEachMember(
    _ body: (inout JSONReader, String, Place) throws(DocumentError) -> Void
  ) throws(DocumentError) {
    try enter()
    var keys = KeySet()
    if try !takeBlank(then: UInt8(ascii: "}")) {
      repeat {
        try skipBlank()
        let place = input.place
        guard try input.peek() == UInt8(ascii: "\"") else {
          throw try unexpected("a key in quotes")
        }
        let key = try readString()
        guard keys.insert(key) else { throw .duplicateKey(key, place: place) }
        guard try takeBlank(then: UInt8(ascii: ":")) else { throw try unexpected("`:`") }
        try skipBlank()
        try body(&self, key, place)
      } while try takeBlank(then: UInt8(ascii: ","))
      guard try takeBlank(then: UInt8(ascii: "}")) else { throw try unexpected("`,` or `}`") }
    }
    depth -= 1
  }

  /// Walks the list that starts at the next byte; `body` must read each element.
  mutating func forEachElement(
    _ body: (inout JSONReader) throws(DocumentError) -> Void
  ) throws(DocumentError) {
    try enter()
    if try !takeBlank(then: UInt8(ascii: "]")) {
      repeat {
        try skipBlank()
        try body(&self)
      } while try takeBlank(then: UInt8(ascii: ","))
      guard try takeBlank(then: UInt8(ascii: "]")) else { throw try unexpected("`,` or `]`") }
    }
    depth -= 1
  }

  /// Forgets how many values were read: the caller keeps none of them.
  mutating func forgetValues() { valueCount = 0 }

  private mutating func enter() throws(DocumentError) {
    depth += 1
    if depth > limits.depth { throw .tooDeep(limit: limits.depth, place: input.place) }
    input.advance()
  }

  private mutating func takeBlank(then byte: UInt8) throws(DocumentError) -> Bool {
    try skipBlank()
    guard try input.peek() == byte else { return false }
    input.advance()
    return true
  }

  /// Takes blanks, tabs and line ends.
  mutating func skipBlank() throws(DocumentError) {
    while let byte = try input.peek() {
      switch byte {
      case 0x20, 0x09, 0x0D: input.advance()
      case 0x0A: input.advanceLine()
      default: return
      }
    }
  }

  private mutating func readWord(
    _ word: StaticString, _ value: Document
  ) throws(DocumentError) -> Node {
    let place = input.place
    for index in 0..<word.utf8CodeUnitCount {
      guard try input.peek() == word.utf8Start[index] else {
        throw .syntax(found: "an unknown word", allowed: "`\(word)`", place: place)
      }
      input.advance()
    }
    return Node(value, at: place)
  }

  /// The error for a byte that may not stand here.
  mutating func unexpected(_ allowed: String) throws(DocumentError) -> DocumentError {
    .syntax(found: Self.name(of: try input.peek()), allowed: allowed, place: input.place)
  }

  private static func name(of byte: UInt8?) -> String {
    guard let byte else { return "the end of the file" }
    if byte == 0x0A || byte == 0x0D { return "the end of the line" }
    if byte > 0x20 && byte < 0x7F { return "`\(Character(Unicode.Scalar(byte)))`" }
    let digits = String(byte, radix: 16, uppercase: true)
    return "the byte 0x" + (digits.count < 2 ? "0" : "") + digits
  }
}

/// The keys of one object: a list while they are few, since most objects have a handful.
private struct KeySet {
  private var few: [String] = []
  private var many: Set<String> = []

  /// Adds a key; false if it is there already.
  mutating func insert(_ key: String) -> Bool {
    if few.count < 16 {
      if few.contains(key) { return false }
      few.append(key)
      return true
    }
    if many.isEmpty { many = Set(few) }
    return many.insert(key).inserted
  }
}
