import Yams

/// Reads one YAML document.
///
/// The parser expands an alias wherever it stands and compares whole keys, which takes exponential
/// time for a few lines of nested aliases used as keys. So no alias reaches it: each `*` of the
/// text is replaced by a character that the text does not hold, which leaves lines and columns
/// alone, and the plain scalars that start with it are resolved here, where what they add is
/// counted.
///
/// One limit of the parser remains: a byte order mark at the start of a scalar is lost.
struct YAMLReader {
  private let limits: DocumentLimits
  private let marker: Unicode.Scalar
  private var anchors: [String: Anchored] = [:]
  private var valueCount = 0
  private var aliasedCount = 0

  private struct Anchored {
    var node: Node
    var valueCount: Int
    var depth: Int
  }

  /// The deepest point reached below the node just read, counted from the root.
  private var deepest = 0

  init(limits: DocumentLimits, marker: Unicode.Scalar) {
    self.limits = limits
    self.marker = marker
  }

  /// The document that the bytes hold; an empty text is null.
  static func read(
    _ bytes: [UInt8], limits: DocumentLimits
  ) throws(DocumentError) -> Node {
    let limit = min(limits.bytes, limits.yamlBytes)
    if Int64(bytes.count) > limit {
      throw .tooLarge(bytes: Int64(bytes.count), limit: limit)
    }
    let mark = try UTF8Check.markLength(bytes)
    try bytes.withUnsafeBufferPointer { (all) throws(DocumentError) in
      try UTF8Check.requireText(all)
    }
    var text = String(decoding: bytes[mark...], as: UTF8.self)
    let marker = unusedScalar(in: text)
    if text.utf8.contains(UInt8(ascii: "*")) {
      // Byte by byte: a star with a combining mark is one character, but still an alias.
      let replacement = Array(String(marker).utf8)
      text = String(
        decoding: bytes[mark...].flatMap { $0 == UInt8(ascii: "*") ? replacement : [$0] },
        as: UTF8.self)
    }
    var reader = YAMLReader(limits: limits, marker: marker)
    return try reader.compose(text)
  }

  /// A private-use character that the text does not hold. A text that holds all 6,400 of them is
  /// longer than the one found in it here.
  private static func unusedScalar(in text: String) -> Unicode.Scalar {
    let candidates = (0xE000 as UInt32)...0xF8FF
    // Private-use characters start with these three bytes; nearly no text holds one.
    guard text.utf8.contains(where: { $0 == 0xEE || $0 == 0xEF }) else { return "\u{E000}" }
    let used = Set(text.unicodeScalars.lazy.map(\.value).filter(candidates.contains))
    let free = candidates.first { !used.contains($0) }
    return free.flatMap(Unicode.Scalar.init) ?? "\u{F0000}"
  }

  private mutating func compose(_ text: String) throws(DocumentError) -> Node {
    let parser: Parser
    let root: Yams.Node?
    do {
      parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      root = try parser.singleRoot()
    } catch let error as YamlError {
      throw unmarked(Self.typed(error, depthLimit: limits.depth))
    } catch {
      throw .malformed(reason: "\(error)", place: .none)
    }
    guard let root else { return Node(.null, at: Place(line: 1, column: 1)) }
    // The parser owns the anchors that the nodes name.
    return try withExtendedLifetime(parser) { () throws(DocumentError) in
      try convert(root, depth: 1)
    }
  }

  private mutating func convert(_ node: Yams.Node, depth: Int) throws(DocumentError) -> Node {
    let place = Self.place(node.mark)
    deepest = max(deepest, depth)
    if depth > limits.depth { throw .tooDeep(limit: limits.depth, place: place) }
    valueCount += 1
    if valueCount > limits.values { throw .tooManyValues(limit: limits.values, place: place) }
    switch node {
    case .scalar(let scalar):
      if scalar.style == .plain, scalar.string.unicodeScalars.first == marker {
        return try expand(scalar, at: place, depth: depth)
      }
      let value = Node(try resolve(scalar, at: place), at: place)
      if let name = scalar.anchor?.rawValue {
        anchors[name] = Anchored(node: value, valueCount: 1, depth: 1)
      }
      return value
    case .sequence(let sequence):
      try requireTag(sequence.tag, "tag:yaml.org,2002:seq", at: place)
      return try anchored(sequence.anchor, depth: depth) { (reader) throws(DocumentError) in
        var elements: [Node] = []
        for element in sequence { elements.append(try reader.convert(element, depth: depth + 1)) }
        return Node(.list(elements), at: place)
      }
    case .mapping(let mapping):
      try requireTag(mapping.tag, "tag:yaml.org,2002:map", at: place)
      return try anchored(mapping.anchor, depth: depth) { (reader) throws(DocumentError) in
        Node(.object(try reader.members(of: mapping, depth: depth)), at: place)
      }
    case .alias:
      throw .syntax(found: "an alias", allowed: "a value", place: place)
    }
  }

  private mutating func members(
    of mapping: Yams.Node.Mapping, depth: Int
  ) throws(DocumentError) -> [Member] {
    var members: [Member] = []
    for (keyNode, valueNode) in mapping {
      let place = Self.place(keyNode.mark)
      guard case .scalar(let scalar) = keyNode else {
        throw .keyNotText(found: "a list or mapping", place: place)
      }
      if scalar.style == .plain, scalar.string.unicodeScalars.first == marker {
        throw .keyNotText(found: "an alias", place: place)
      }
      let key = unmarked(scalar.string)
      if let name = scalar.anchor?.rawValue {
        anchors[name] = Anchored(node: Node(.text(key), at: place), valueCount: 1, depth: 1)
      }
      let node = try convert(valueNode, depth: depth + 1)
      members.append(Member(key: key, at: place, node: node))
    }
    return members
  }

  /// Reads a list or mapping and remembers it if it has an anchor.
  private mutating func anchored(
    _ anchor: Anchor?, depth: Int,
    _ read: (inout YAMLReader) throws(DocumentError) -> Node
  ) throws(DocumentError) -> Node {
    guard let name = anchor?.rawValue else { return try read(&self) }
    let (countBefore, deepestBefore) = (valueCount, deepest)
    deepest = depth
    let node = try read(&self)
    anchors[name] = Anchored(
      node: node, valueCount: valueCount - countBefore + 1, depth: deepest - depth + 1)
    deepest = max(deepest, deepestBefore)
    return node
  }

  /// The node that an alias stands for, at the place of the alias.
  private mutating func expand(
    _ scalar: Yams.Node.Scalar, at place: Place, depth: Int
  ) throws(DocumentError) -> Node {
    let name = String(String.UnicodeScalarView(scalar.string.unicodeScalars.dropFirst()))
    guard let anchored = anchors[unmarked(name)] else {
      throw .unknownAnchor(unmarked(name), place: place)
    }
    valueCount += anchored.valueCount - 1
    aliasedCount += anchored.valueCount
    deepest = max(deepest, depth + anchored.depth - 1)
    if aliasedCount > limits.aliasedValues {
      throw .tooManyValues(limit: limits.aliasedValues, place: place)
    }
    if deepest > limits.depth { throw .tooDeep(limit: limits.depth, place: place) }
    return Node(anchored.node.value, at: place)
  }

  private func resolve(
    _ scalar: Yams.Node.Scalar, at place: Place
  ) throws(DocumentError) -> Document {
    try CoreSchema.value(
      of: unmarked(scalar.string), isPlain: scalar.style == .plain, tag: scalar.tag.rawValue,
      at: place)
  }

  private func requireTag(
    _ tag: Tag, _ allowed: String, at place: Place
  ) throws(DocumentError) {
    let name = tag.rawValue
    if !name.isEmpty, name != "!", name != allowed {
      throw .unknownTag(CoreSchema.written(name), place: place)
    }
  }

  /// The text with its stars put back.
  private func unmarked(_ text: String) -> String {
    guard text.unicodeScalars.contains(marker) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == marker ? "*" : $0 }))
  }

  private func unmarked(_ error: DocumentError) -> DocumentError {
    guard case .duplicateKey(let key, let place) = error else { return error }
    return .duplicateKey(unmarked(key), place: place)
  }

  private static func place(_ mark: Mark?) -> Place {
    mark.map { Place(line: $0.line, column: $0.column) } ?? .none
  }
}
