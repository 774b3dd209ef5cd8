package import Documents

/// The path to a field of a record; `\.name` is one.
package typealias FieldPath<Record, Value> = any WritableKeyPath<Record, Value> & Sendable

/// The one declaration of a key: its name, type, range, default and meaning.
///
/// Parser, checker, schema and documentation all read it.
package struct Key<Record: Sendable>: Sendable {
  /// The key as files spell it, in snake case.
  package let name: String
  /// What the value means, in one phrase without a full stop.
  package let meaning: String
  /// What values are allowed.
  package let kind: ValueKind
  /// Whether the key must be there.
  package let isRequired: Bool
  /// The value of an absent key as it would be written, or nil where absence means "none".
  package let defaultValue: Document?
  /// Sets the default in a record.
  let setDefault: @Sendable (inout Record) -> Void
  /// Reads the value into a record; reports what is wrong.
  let read: @Sendable (Node, inout Record, inout Reading) -> Void
  /// Reads the list in a record element by element; nil for values that are no lists.
  let elements: ElementsOfRecord?
  /// The value of a record as it is written, or nil if it equals the default.
  let write: @Sendable (Record) -> Document?

  /// How a list in a record is read element by element.
  struct ElementsOfRecord: Sendable {
    let count: ClosedRange<Int>
    let clear: @Sendable (inout Record) -> Void
    let append: @Sendable (Node, inout Record, inout Reading) -> Void
  }

  /// A key that may be absent and then has a default.
  package init<Value: Sendable & Equatable>(
    _ name: String, _ path: FieldPath<Record, Value>, _ codec: Codec<Value>,
    default value: Value, _ meaning: String
  ) {
    self.init(
      name, path, codec, meaning, isRequired: false, defaultValue: codec.encode(value),
      setDefault: { $0[keyPath: path] = value },
      write: { $0[keyPath: path] == value ? nil : codec.encode($0[keyPath: path]) })
  }

  /// A key that must be there.
  package init<Value: Sendable>(
    _ name: String, _ path: FieldPath<Record, Value>, _ codec: Codec<Value>,
    _ meaning: String
  ) {
    self.init(
      name, path, codec, meaning, isRequired: true, defaultValue: nil, setDefault: { _ in },
      write: { codec.encode($0[keyPath: path]) })
  }

  /// A key that may be absent or null; both mean "none".
  package init<Value: Sendable>(
    _ name: String, _ path: FieldPath<Record, Value?>,
    optional codec: Codec<Value>, _ meaning: String
  ) {
    self.init(
      name, path, codec.optional, meaning, isRequired: false, defaultValue: nil,
      setDefault: { $0[keyPath: path] = nil },
      write: { $0[keyPath: path].map(codec.encode) })
  }

  private init<Value: Sendable>(
    _ name: String, _ path: FieldPath<Record, Value>, _ codec: Codec<Value>,
    _ meaning: String, isRequired: Bool, defaultValue: Document?,
    setDefault: @escaping @Sendable (inout Record) -> Void,
    write: @escaping @Sendable (Record) -> Document?
  ) {
    precondition(
      !name.isEmpty && !name.hasPrefix("x-"), "A key must not start like an ignored one.")
    self.name = name
    self.meaning = meaning
    self.kind = codec.kind
    self.isRequired = isRequired
    self.defaultValue = defaultValue
    self.setDefault = setDefault
    self.write = write
    read = { node, record, reading in
      if let value = codec.decode(node, &reading) { record[keyPath: path] = value }
    }
    elements = codec.elements.map { elements in
      ElementsOfRecord(
        count: elements.count, clear: { $0[keyPath: path] = elements.empty },
        append: { node, record, reading in
          elements.append(node, &record[keyPath: path], &reading)
        })
    }
  }

  /// The key without its record type.
  package var description: KeyDescription {
    KeyDescription(
      name: name, meaning: meaning, kind: kind, isRequired: isRequired, defaultValue: defaultValue)
  }
}

/// Collects the keys of a section, one on each line.
@resultBuilder
package enum KeyBuilder<Record: Sendable> {
  /// One key.
  package static func buildExpression(_ key: Key<Record>) -> [Key<Record>] { [key] }

  /// Keys that several sections share.
  package static func buildExpression(_ keys: [Key<Record>]) -> [Key<Record>] { keys }

  /// All keys in their order.
  package static func buildBlock(_ groups: [Key<Record>]...) -> [Key<Record>] {
    groups.flatMap { $0 }
  }
}
