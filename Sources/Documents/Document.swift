/// A value as YAML and JSON files hold it.
///
/// Objects keep the order of their keys. The value knows nothing of the file it came from; a `Node`
/// adds the place.
package enum Document: Hashable, Sendable {
  /// The absence of a value.
  case null
  /// True or false.
  case bool(Bool)
  /// A whole number that was written as one.
  case integer(Int64)
  /// Any other number.
  case number(Double)
  /// A text.
  case text(String)
  /// Values in order.
  case list([Node])
  /// Values by key, in the order of the file; no key stands twice.
  case object([Member])

  /// A list of values that have no place.
  package static func items(_ elements: [Document]) -> Document {
    .list(elements.map { Node($0) })
  }

  /// An object of values that have no place.
  package static func fields(_ fields: [(String, Document)]) -> Document {
    .object(fields.map { Member(key: $0.0, node: Node($0.1)) })
  }

  /// What kind of value it is, with its article, for messages.
  package var kindName: String {
    switch self {
    case .null: "nothing"
    case .bool: "true or false"
    case .integer: "a whole number"
    case .number: "a number"
    case .text: "a text"
    case .list: "a list"
    case .object: "a mapping"
    }
  }

  /// The value of a key, or nil if this is no object or the key is absent.
  ///
  /// Complexity: linear in the number of keys.
  package subscript(key: String) -> Node? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.node
  }
}

/// A value with the place where it was read.
package struct Node: Sendable {
  /// The value.
  package var value: Document
  /// Where it was read.
  package var place: Place

  /// A value with its place.
  package init(_ value: Document, at place: Place = .none) {
    self.value = value
    self.place = place
  }

  /// The value of a key, or nil if the value is no object or the key is absent.
  package subscript(key: String) -> Node? { value[key] }
}

/// Nodes are equal when their values are, wherever they stand.
extension Node: Hashable {
  /// Compares the values alone.
  package static func == (left: Self, right: Self) -> Bool { left.value == right.value }

  /// Hashes the value alone.
  package func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

/// A key of an object with its value.
package struct Member: Sendable {
  /// The key.
  package var key: String
  /// Where the key was read.
  package var place: Place
  /// The value.
  package var node: Node

  /// A key with its value.
  package init(key: String, at place: Place = .none, node: Node) {
    self.key = key
    self.place = place
    self.node = node
  }
}

/// Members are equal when keys and values are, wherever they stand.
extension Member: Hashable {
  /// Compares key and value alone.
  package static func == (left: Self, right: Self) -> Bool {
    left.key == right.key && left.node == right.node
  }

  /// Hashes key and value alone.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(key)
    hasher.combine(node)
  }
}
