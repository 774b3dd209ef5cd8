import Documents

extension Codec where Value == Int64 {
  /// An amount of data such as `64 GiB`, in bytes.
  package static var bytes: Self { bytes(0 ... .max) }

  /// An amount of data in a range of bytes.
  package static func bytes(_ range: ClosedRange<Int64>) -> Self { whole(.bytes, range) }

  /// A duration such as `4 h`, `60min` or `3 h 12 min`, in microseconds.
  package static var duration: Self { duration(0 ... .max) }

  /// A duration in a range of microseconds.
  package static func duration(_ range: ClosedRange<Int64>) -> Self { whole(.duration, range) }

  /// A point in time such as `2026-11-24T08:00:00+01:00`, in microseconds since 1970.
  package static var instant: Self {
    let kind = ValueKind.instant
    return Codec(
      kind: kind,
      decode: { node, reading in
        if case .text(let text) = node.value, let value = InstantText.microseconds(text) {
          return value
        }
        reading.refuse(
          node, allowed: kind.words, code: .instant,
          help: "write date, time and the offset from UTC; `Z` stands for +00:00")
        return nil
      },
      encode: { .text(InstantText.text($0)) })
  }

  private static func whole(_ dimension: Dimension, _ range: ClosedRange<Int64>) -> Self {
    let kind = ValueKind.quantity(
      dimension, Double(range.lowerBound)...Double(range.upperBound))
    let reader = QuantityText(dimension: dimension)
    return Codec(
      kind: kind,
      decode: { node, reading in
        decodeQuantity(node, &reading, dimension, kind) { (text) throws(QuantityText.Fault) in
          let amount = try reader.wholeAmount(text)
          return range.contains(amount) ? amount : nil
        }
      },
      encode: { .text(dimension.written(whole: $0)) })
  }
}

extension Codec where Value == Double {
  /// A rate of data such as `25 Gbit/s`, in bytes per second.
  package static var bandwidth: Self { bandwidth(0...1e18) }

  /// A rate of data in a range of bytes per second.
  package static func bandwidth(_ range: ClosedRange<Double>) -> Self {
    let kind = ValueKind.quantity(.bandwidth, range)
    let reader = QuantityText(dimension: .bandwidth)
    return Codec(
      kind: kind,
      decode: { node, reading in
        decodeQuantity(node, &reading, .bandwidth, kind) { (text) throws(QuantityText.Fault) in
          let amount = try reader.amount(text)
          return range.contains(amount) ? amount : nil
        }
      },
      encode: { .text(Dimension.bandwidth.written($0)) })
  }
}

/// Reads a quantity, or says why it is none; `amount` returns nil outside the range.
private func decodeQuantity<Value>(
  _ node: Node, _ reading: inout Reading, _ dimension: Dimension, _ kind: ValueKind,
  _ amount: (String) throws(QuantityText.Fault) -> Value?
) -> Value? {
  let units = dimension.unitNames.joined(separator: ", ")
  switch node.value {
  case .text(let text):
    do throws(QuantityText.Fault) {
      if let value = try amount(text) { return value }
      reading.refuse(node, allowed: kind.words, help: "write for example `\(dimension.example)`")
    } catch {
      refuse(node, &reading, error, dimension, kind)
    }
  case .integer, .number:
    let number = Reading.shown(node.value)
    let unit = dimension.example.split(separator: " ").last ?? ""
    reading.refuse(
      node, allowed: kind.words, code: .unit,
      help: "a number alone has no unit; write for example `\(number) \(unit)`; units: \(units)")
  default:
    reading.refuse(node, allowed: kind.words, help: "write for example `\(dimension.example)`")
  }
  return nil
}

private func refuse(
  _ node: Node, _ reading: inout Reading, _ fault: QuantityText.Fault, _ dimension: Dimension,
  _ kind: ValueKind
) {
  let units = dimension.unitNames.joined(separator: ", ")
  switch fault {
  case .noNumber:
    reading.refuse(node, allowed: kind.words, help: "write for example `\(dimension.example)`")
  case .noUnit(let number):
    let unit = dimension.example.split(separator: " ").last ?? ""
    reading.refuse(
      node, allowed: kind.words, code: .unit,
      help: "a number alone has no unit; write for example `\(number) \(unit)`; units: \(units)")
  case .unknownUnit(let name):
    let near = NearMiss.nearest(to: name, among: dimension.unitNames)
    reading.refuse(
      node, allowed: kind.words, code: .unit,
      help: (near.map { "did you mean `\($0)`? " } ?? "") + "units: \(units)")
  case .tooLarge:
    reading.refuse(node, allowed: kind.words, help: "the amount does not fit 64 bits")
  }
}
