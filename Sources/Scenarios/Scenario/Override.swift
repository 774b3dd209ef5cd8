package import Documents

/// A value given on the command line for a key of a scenario: `policies.default=cold`.
package struct Override: Sendable, Equatable {
  /// The keys and list positions that lead to the value.
  package var path: [PathStep]
  /// The value, read as YAML.
  package var value: Document
  /// The text as given.
  package var text: String
  /// The option that gave it, for messages.
  package var option: String

  /// Reads `path.to.key=value`; list positions are written `[0]`.
  ///
  /// **Errors**: `option` if the text has no `=`, an empty key, or a value that is no YAML.
  package init(parsing text: String) throws(ScenarioError) {
    self.text = text
    option = "--set \(text)"
    guard let split = text.firstIndex(of: "="), split != text.startIndex else {
      throw Self.malformed(text)
    }
    path = try Self.path(text[..<split], of: text)
    let value = String(text[text.index(after: split)...])
    do {
      self.value = try Node.read(value.isEmpty ? "\"\"" : value, as: .yaml).value
    } catch {
      throw Self.malformed(text)
    }
  }

  /// An override of a key at a path, with a value that is known already; without an option it is
  /// the one that is named like the last key.
  package init(_ keys: [String], _ value: Document, option: String? = nil) {
    path = keys.map { .key($0) }
    self.value = value
    text = keys.joined(separator: ".")
    let name = (keys.last ?? "").split(separator: "_").joined(separator: "-")
    self.option = option ?? "--\(name)"
  }

  /// Whether the override sets the value at a path such as `evacuation.hosts[0]`, or one around it.
  func sets(_ path: String) -> Bool {
    var own = ""
    for step in self.path {
      switch step {
      case .key(let key): own += (own.isEmpty ? "" : ".") + key
      case .index(let index): own += "[\(index)]"
      }
    }
    return path == own || path.hasPrefix(own + ".") || path.hasPrefix(own + "[")
  }

  private static func path(
    _ text: Substring, of whole: String
  ) throws(ScenarioError) -> [PathStep] {
    var steps: [PathStep] = []
    for part in text.split(separator: ".", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
      guard let key = pieces.first, !key.isEmpty else { throw malformed(whole) }
      steps.append(.key(String(key)))
      for piece in pieces.dropFirst() {
        guard piece.hasSuffix("]"), let index = Int(piece.dropLast()), index >= 0 else {
          throw malformed(whole)
        }
        steps.append(.index(index))
      }
    }
    return steps
  }

  private static func malformed(_ text: String) -> ScenarioError {
    .option(
      name: "--set", value: text, allowed: "path.to.key=value",
      help: "write for example --set migration.slots_per_source=2 or --set 'evacuation.hosts[0]=n1'"
    )
  }

  /// A document with the override applied; mappings on the way are made where they are absent.
  ///
  /// **Errors**: `option` if the path leads through a value that is no mapping or list.
  package func applied(to node: Node) throws(ScenarioError) -> Node {
    try Self.applied(value, at: path[...], to: node, of: self)
  }

  private static func applied(
    _ value: Document, at path: ArraySlice<PathStep>, to node: Node, of whole: Override
  ) throws(ScenarioError) -> Node {
    guard let step = path.first else { return Node(value) }
    var result = node
    switch (step, node.value) {
    case (.key(let key), .object(var members)):
      if let index = members.firstIndex(where: { $0.key == key }) {
        members[index].node = try applied(
          value, at: path.dropFirst(), to: members[index].node, of: whole)
      } else {
        let made = try applied(value, at: path.dropFirst(), to: Node(.object([])), of: whole)
        members.append(Member(key: key, node: made))
      }
      result.value = .object(members)
    case (.index(let index), .list(var elements)) where index < elements.count:
      elements[index] = try applied(
        value, at: path.dropFirst(), to: elements[index], of: whole)
      result.value = .list(elements)
    default:
      throw .option(
        name: String(whole.option.prefix { $0 != " " }), value: whole.text,
        allowed: "a path that the scenario has",
        help: "the path leads through \(node.value.kindName); see `berth schema scenario`")
    }
    return result
  }
}
