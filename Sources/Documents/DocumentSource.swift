/// A part of a document whose top level is a mapping of sections.
package enum SectionPart: Sendable {
  /// A key whose value is no list.
  case value(key: String, at: Place, Node)
  /// A key whose value is a list; its elements follow.
  case list(key: String, at: Place, listAt: Place)
  /// One element of the list under a key, counted from 0.
  case element(key: String, index: Int, Node)
}

/// A document handed out part by part: a file of any size, or one that is in memory.
///
/// JSON files are read as a stream, so that the largest cloud takes the memory of its largest part;
/// YAML is held whole. Whoever consumes the parts sees no difference.
package struct DocumentSource: Sendable {
  private enum Origin {
    case node(Node)
    case bytes([UInt8])
    case file(String)
  }

  private let origin: Origin
  private let limits: DocumentLimits
  /// The bytes read from a file at a time.
  private let pieceSize: Int

  /// A document that was read or made already.
  package init(_ node: Node) {
    (origin, limits, pieceSize) = (.node(node), .usual, 0)
  }

  /// A text in memory, of any size if it is JSON.
  ///
  /// Errors: YAML is read at once and throws what is wrong with it.
  package init(
    _ bytes: [UInt8], as format: DocumentFormat, limits: DocumentLimits = .usual
  ) throws(DocumentError) {
    self.limits = limits
    pieceSize = 0
    origin =
      switch format {
      case .json: .bytes(bytes)
      case .yaml: .node(try YAMLReader.read(bytes, limits: limits))
      }
  }

  /// A file; a name that ends in `.json` is read as a stream each time parts are asked for.
  ///
  /// Errors: YAML is read at once and throws what is wrong with it; JSON only has to be there.
  package init(
    path: String, limits: DocumentLimits = .usual, pieceSize: Int = 1 << 20
  ) throws(DocumentError) {
    self.limits = limits
    self.pieceSize = pieceSize
    let file = try FileReader(path: path)
    switch DocumentFormat(path: path) {
    case .json: origin = .file(path)
    case .yaml:
      let bytes = try file.readAll(limit: min(limits.bytes, limits.yamlBytes))
      origin = .node(try YAMLReader.read(bytes, limits: limits))
    }
  }

  /// The whole document in memory.
  ///
  /// Errors: as `forEachSection`; `tooLarge` for a file beyond the limit that is well formed.
  package func root() throws(DocumentError) -> Node {
    switch origin {
    case .node(let node): return node
    case .bytes(let bytes): return try Node.read(bytes, as: .json, limits: limits)
    case .file(let path):
      let size = try FileContent.size(of: path)
      if size > limits.bytes {
        // What is wrong with the text tells more than its size.
        try forEachSection { (_) throws(DocumentError) in }
        throw .tooLarge(bytes: size, limit: limits.bytes)
      }
      return try Node.read(try FileContent.bytes(of: path), as: .json, limits: limits)
    }
  }

  /// Hands out the parts in the order of the document.
  ///
  /// Shape: for each key either one `value`, or one `list` followed by its elements.
  /// Errors: of the document, at the first fault; parts before it were handed out already. Those
  /// of `handle` end the walk.
  package func forEachSection(
    _ handle: (SectionPart) throws(DocumentError) -> Void
  ) throws(DocumentError) {
    switch origin {
    case .node(let node): try Self.walk(node, handle)
    case .bytes(let bytes): try stream(try ByteInput(bytes), handle)
    case .file(let path):
      let file = try FileReader(path: path)
      try stream(try ByteInput(file: file, pieceSize: pieceSize), handle)
    }
  }

  private static func walk(
    _ root: Node, _ handle: (SectionPart) throws(DocumentError) -> Void
  ) throws(DocumentError) {
    guard case .object(let members) = root.value else {
      throw .syntax(
        found: root.value.kindName, allowed: "a mapping of sections", place: root.place)
    }
    for member in members {
      guard case .list(let elements) = member.node.value else {
        try handle(.value(key: member.key, at: member.place, member.node))
        continue
      }
      try handle(.list(key: member.key, at: member.place, listAt: member.node.place))
      for (index, element) in elements.enumerated() {
        try handle(.element(key: member.key, index: index, element))
      }
    }
  }

  private func stream(
    _ input: ByteInput, _ handle: (SectionPart) throws(DocumentError) -> Void
  ) throws(DocumentError) {
    var reader = JSONReader(input, limits: limits)
    try reader.skipBlank()
    guard try reader.input.peek() == UInt8(ascii: "{") else {
      throw try reader.unexpected("a mapping of sections")
    }
    try reader.forEachMember { (reader, key, place) throws(DocumentError) in
      guard try reader.input.peek() == UInt8(ascii: "[") else {
        try handle(.value(key: key, at: place, try reader.readValue()))
        return
      }
      try handle(.list(key: key, at: place, listAt: reader.input.place))
      var index = 0
      try reader.forEachElement { (reader) throws(DocumentError) in
        reader.forgetValues()
        try handle(.element(key: key, index: index, try reader.readValue()))
        index += 1
      }
    }
    try reader.requireEnd()
  }
}
