/// Tables of instance files: a list of column names, and rows of cells in that order.
extension KeyedDecodingContainer {
  /// The names of a table's columns, each needed one once, others beside them.
  func columns(_ key: Key, needed: [String]) throws -> [String] {
    let columns = try decode([String].self, forKey: key)
    for name in needed where columns.count(where: { $0 == name }) != 1 {
      throw DecodingError.dataCorruptedError(
        forKey: key, in: self, debugDescription: "the column \(name) must be named once")
    }
    return columns
  }

  /// The rows of a table, each of which `parse` reads to its end.
  func rows<Row>(
    _ key: Key, _ parse: (inout any UnkeyedDecodingContainer) throws -> Row
  ) throws -> [Row] {
    var table = try nestedUnkeyedContainer(forKey: key)
    var rows: [Row] = []
    rows.reserveCapacity(table.count ?? 0)
    while !table.isAtEnd {
      var cells = try table.nestedUnkeyedContainer()
      rows.append(try parse(&cells))
      guard cells.isAtEnd else {
        throw DecodingError.dataCorruptedError(
          in: cells, debugDescription: "the row has more cells than there are columns")
      }
    }
    return rows
  }
}
