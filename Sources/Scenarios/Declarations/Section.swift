package import Documents

/// The declaration of a mapping in a file: its keys and the record they fill.
package struct Section<Record: Sendable>: Sendable {
  /// The name, in snake case and in the singular, such as `vm_class`.
  package let name: String
  /// One sentence on what it is.
  package let summary: String
  /// The keys in the order in which they are written and documented.
  package let keys: [Key<Record>]
  /// A record with all defaults, from which reading starts.
  package let prototype: Record
  /// Checks what concerns several keys of a record that has no other errors.
  let check: (@Sendable (Record, Node, inout Reading) -> Void)?
  /// Notes where a record was read.
  private let setPlace: (@Sendable (inout Record, Place) -> Void)?
  private let indices: [String: Int]
  private let required: UInt64

  /// A section of records that `make` makes; defaults of keys are set on top.
  ///
  /// `check` reports contradictions between keys of a record that has no other errors.
  package init(
    _ name: String, _ summary: String, make: @Sendable () -> Record,
    check: (@Sendable (Record, Node, inout Reading) -> Void)? = nil,
    @KeyBuilder<Record> keys: () -> [Key<Record>]
  ) {
    self.init(name, summary, make(), keys: keys(), check: check, setPlace: nil)
  }

  /// A section whose records keep their place in the file, for later messages about them.
  package init(
    _ name: String, _ summary: String, make: @Sendable () -> Record,
    place: FieldPath<Record, Place>,
    check: (@Sendable (Record, Node, inout Reading) -> Void)? = nil,
    @KeyBuilder<Record> keys: () -> [Key<Record>]
  ) {
    self.init(name, summary, make(), keys: keys(), check: check) { $0[keyPath: place] = $1 }
  }

  private init(
    _ name: String, _ summary: String, _ record: Record, keys: [Key<Record>],
    check: (@Sendable (Record, Node, inout Reading) -> Void)?,
    setPlace: (@Sendable (inout Record, Place) -> Void)?
  ) {
    precondition(keys.count <= 64, "A section must not have more than 64 keys.")
    var prototype = record
    var indices: [String: Int] = [:]
    var required: UInt64 = 0
    for (index, key) in keys.enumerated() {
      let isNew = indices.updateValue(index, forKey: key.name) == nil
      precondition(isNew, "A section must not declare a key twice.")
      if key.isRequired { required |= 1 << UInt64(index) }
      key.setDefault(&prototype)
    }
    self.name = name
    self.summary = summary
    self.keys = keys
    self.prototype = prototype
    self.check = check
    self.indices = indices
    self.required = required
    self.setPlace = setPlace
  }

  /// The section without its record type.
  package var description: SectionDescription {
    SectionDescription(name: name, summary: summary, keys: keys.map(\.description))
  }

  /// Reads a record; reports all that is wrong with it and then returns nil.
  package func decode(_ node: Node, _ reading: inout Reading) -> Record? {
    guard case .object(let members) = node.value else {
      reading.refuse(node, allowed: "a mapping with the keys of `\(name)`")
      return nil
    }
    var progress = start(at: node.place, reading)
    for member in members {
      guard
        let index = index(of: member.key, at: member.place, &progress, members, &reading)
      else { continue }
      reading.enter(.key(member.key))
      keys[index].read(member.node, &progress.record, &reading)
      reading.leave()
    }
    return finish(progress, node, &reading)
  }

  /// Writes a record: required keys, and those that differ from their default.
  package func encode(_ record: Record) -> Document {
    var members: [Member] = []
    members.reserveCapacity(keys.count)
    // By index: the many closures of a declaration would be counted up and down.
    for index in keys.indices {
      guard let value = keys[index].write(record) else { continue }
      members.append(Member(key: keys[index].name, node: Node(value)))
    }
    return .object(members)
  }
}

/// The steps of reading a record, shared by records in memory and those read as a stream.
extension Section {
  /// A record that is being read.
  struct Progress {
    var record: Record
    let errorsBefore: Int
    /// A bit for each key that was seen.
    var seen: UInt64 = 0
    /// The key expected next: files mostly keep the order of the declaration.
    var expected = 0
  }

  func start(at place: Place, _ reading: Reading) -> Progress {
    var record = prototype
    setPlace?(&record, place)
    return Progress(record: record, errorsBefore: reading.errorCount)
  }

  /// The index of a key's declaration; nil if it is to be ignored or was reported as unknown.
  ///
  /// An index and not the declaration, whose many closures would be counted up and down.
  func index(
    of name: String, at place: Place, _ progress: inout Progress, _ members: [Member],
    _ reading: inout Reading
  ) -> Int? {
    let index: Int
    if progress.expected < keys.count, keys[progress.expected].name == name {
      index = progress.expected
    } else if let found = indices[name] {
      index = found
    } else {
      if !name.hasPrefix("x-"), !reading.allowsUnknownKeys {
        reportUnknown(name, place, members, &reading)
      }
      return nil
    }
    progress.expected = index + 1
    progress.seen |= 1 << UInt64(index)
    return index
  }

  /// The record if nothing is wrong with it; `node` holds at least the names of the record.
  func finish(_ progress: Progress, _ node: Node, _ reading: inout Reading) -> Record? {
    let missing = required & ~progress.seen
    if missing != 0 {
      for (index, key) in keys.enumerated() where missing >> UInt64(index) & 1 == 1 {
        reading.report(
          .missingKey, "\(subject(node.value)) needs the key `\(key.name)`", at: node.place,
          help: "add `\(key.name)`: \(key.kind.words)")
      }
    }
    guard reading.errorCount == progress.errorsBefore else { return nil }
    check?(progress.record, node, &reading)
    return reading.errorCount == progress.errorsBefore ? progress.record : nil
  }

  private func reportUnknown(
    _ key: String, _ place: Place, _ members: [Member], _ reading: inout Reading
  ) {
    let names = keys.map(\.name)
    let near = NearMiss.nearest(to: key, among: names).map { "did you mean `\($0)`? " } ?? ""
    let subject = subject(.object(members))
    reading.within(.key(key)) { reading in
      reading.report(
        .unknownKey, "unknown key `\(key)` in \(subject)", at: place,
        help: near + "allowed: \(names.sorted().joined(separator: ", "))")
    }
  }

  /// The section with the name of the record, as far as it has one: "vm_class `gold`".
  private func subject(_ value: Document) -> String {
    for key in ["name", "id"] {
      if case .text(let text)? = value[key]?.value { return "\(name) `\(text.prefix(60))`" }
    }
    return name
  }
}
