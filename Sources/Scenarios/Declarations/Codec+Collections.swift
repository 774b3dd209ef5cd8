import Documents

/// A key of a mapping in a file with its value, where the order of the file matters.
package struct Entry<Value: Sendable>: Sendable {
  /// The key.
  package var key: String
  /// The value.
  package var value: Value

  /// A key with its value.
  package init(key: String, value: Value) {
    self.key = key
    self.value = value
  }
}

extension Entry: Equatable where Value: Equatable {}

extension Codec {
  /// A list of values, with a least and a largest number of them.
  ///
  /// Elements that are wrong are reported and left out, so that all of them are seen.
  package static func list<Element: Sendable>(
    of element: Codec<Element>, count: ClosedRange<Int> = 0 ... .max
  ) -> Codec where Value == [Element] {
    let kind = ValueKind.list(element.kind, count: count)
    return Codec(
      kind: kind,
      decode: { node, reading in
        guard case .list(let nodes) = node.value else {
          reading.refuse(node, allowed: kind.words, help: "write `[]` for none")
          return nil
        }
        var elements: [Element] = []
        elements.reserveCapacity(nodes.count)
        for (index, node) in nodes.enumerated() {
          reading.enter(.index(index))
          if let value = element.decode(node, &reading) { elements.append(value) }
          reading.leave()
        }
        reading.checkCount(nodes.count, count, at: node.place)
        return elements
      },
      encode: { .items($0.map(element.encode)) },
      elements: ElementReading(empty: [], count: count) { node, elements, reading in
        if let value = element.decode(node, &reading) { elements.append(value) }
      })
  }

  /// A mapping from names to values, in the order of the file.
  package static func entries<Element: Sendable>(
    of element: Codec<Element>
  ) -> Codec where Value == [Entry<Element>] {
    let kind = ValueKind.map(element.kind)
    return Codec(
      kind: kind,
      decode: { node, reading in
        guard case .object(let members) = node.value else {
          reading.refuse(node, allowed: kind.words, help: "write `{}` for none")
          return nil
        }
        var entries: [Entry<Element>] = []
        entries.reserveCapacity(members.count)
        for member in members {
          reading.enter(.key(member.key))
          if let value = element.decode(member.node, &reading) {
            entries.append(Entry(key: member.key, value: value))
          }
          reading.leave()
        }
        return entries
      },
      encode: { .fields($0.map { ($0.key, element.encode($0.value)) }) })
  }

  /// A mapping from names to values; written in the order of the names.
  package static func map<Element: Sendable>(
    of element: Codec<Element>
  ) -> Codec where Value == [String: Element] {
    Codec<[Entry<Element>]>.entries(of: element).mapped(
      { entries in
        Dictionary(entries.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
      },
      { dictionary in
        dictionary.sorted { $0.key < $1.key }.map { Entry(key: $0.key, value: $0.value) }
      })
  }

  /// A mapping with the keys of a section.
  ///
  /// The section is asked for when it is needed, so that a section may nest itself.
  package static func section(
    _ section: @escaping @autoclosure @Sendable () -> Section<Value>, named name: String
  ) -> Codec {
    Codec(
      kind: .section(name: name, { section().description }),
      decode: { node, reading in section().decode(node, &reading) },
      encode: { section().encode($0) })
  }

  /// A mapping with the keys of a section.
  package static func section(_ section: Section<Value>) -> Codec {
    let description = section.description
    return Codec(
      kind: .section(name: section.name, { description }),
      decode: { node, reading in section.decode(node, &reading) },
      encode: { section.encode($0) })
  }
}

extension Reading {
  /// Reports a number of elements outside its range.
  mutating func checkCount(_ found: Int, _ allowed: ClosedRange<Int>, at place: Place) {
    guard !allowed.contains(found) else { return }
    let bound =
      found < allowed.lowerBound
      ? "at least \(allowed.lowerBound)" : "at most \(allowed.upperBound)"
    let noun = bound.hasSuffix(" 1") ? "value" : "values"
    report(.count, "\(path) must have \(bound) \(noun), found \(found)", at: place)
  }
}
