import Documents

extension Codec where Value == Node {
  /// Anything, kept with its place until it is known how to read it.
  static var node: Self {
    Codec(kind: .any, decode: { node, _ in node }, encode: { $0.value })
  }
}

extension Codec where Value == PlacedName {
  /// A name with its place.
  static var placedName: Self {
    let text = Codec<String>.text()
    return Codec(
      kind: text.kind,
      decode: { node, reading in
        text.decode(node, &reading).map { PlacedName(name: $0, place: node.place) }
      },
      encode: { .text($0.name) })
  }
}

extension Codec where Value == BasicEventRecord {
  /// A basic event: its probability alone, or a mapping.
  static var event: Self {
    let probability = Codec<Double>.fraction
    return Codec(
      kind: ExactKeys.eventKind,
      decode: { node, reading in
        if case .object = node.value { return ExactKeys.event.decode(node, &reading) }
        return probability.decode(node, &reading).map {
          BasicEventRecord(place: node.place, probability: $0)
        }
      },
      encode: { ExactKeys.event.encode($0) })
  }
}

extension ExactKeys {
  fileprivate static let eventKind = Codec<Double>.fraction.kind
}

extension Codec where Value == TransitionRecord {
  /// A transition as the list of its three parts.
  static var transition: Self {
    let state = Codec<Int>.wholeNumber(0...1_000_000)
    let rate = Codec<Double>.number(0 ... .greatestFiniteMagnitude)
    return Codec(
      kind: .list(rate.kind, count: 3...3),
      decode: { node, reading in
        guard case .list(let parts) = node.value, parts.count == 3 else {
          reading.refuse(
            node, allowed: "a list of from, to and rate", help: "write for example `[0, 1, 0.002]`")
          return nil
        }
        let from = reading.within(.index(0)) { state.decode(parts[0], &$0) }
        let to = reading.within(.index(1)) { state.decode(parts[1], &$0) }
        let value = reading.within(.index(2)) { rate.decode(parts[2], &$0) }
        guard let from, let to, let value else { return nil }
        return TransitionRecord(place: node.place, from: from, to: to, rate: value)
      },
      encode: { [Document($0.from), Document($0.to), .number($0.rate)] })
  }
}
