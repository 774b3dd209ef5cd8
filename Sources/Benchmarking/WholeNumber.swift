/// A whole number whose refusal names its place: the decoder of Foundation calls a fraction where
/// an `Int` is wanted "not valid JSON" without saying where.
struct WholeNumber: Decodable {
  let value: Int

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let value = Int(exactly: try container.decode(Double.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "must be a whole number")
    }
    self.value = value
  }
}

extension UnkeyedDecodingContainer {
  /// Decodes the next cell as a whole number.
  mutating func decodeWhole() throws -> Int {
    let key = CellKey(index: currentIndex)
    guard let value = Int(exactly: try decode(Double.self)) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: codingPath + [key], debugDescription: "must be a whole number"))
    }
    return value
  }
}

/// The place of a cell in its row.
private struct CellKey: CodingKey {
  let index: Int

  init(index: Int) { self.index = index }
  init?(intValue: Int) { self.init(index: intValue) }
  init?(stringValue: String) { nil }

  var intValue: Int? { index }
  var stringValue: String { "Index \(index)" }
}
