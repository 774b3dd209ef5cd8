package import Documents

/// Reads files of moves to be estimated.
package enum EstimateFile {
  /// The moves of a file, in its order.
  ///
  /// **Errors**: `ScenarioError` with everything that is wrong with the file.
  package static func read(path: String) throws(ScenarioError) -> [EstimateRecord] {
    var file = try ScenarioError.opened(path)
    let root = file.root()
    var reading = file.reading
    guard let root else { throw .invalid(reading) }
    let records = decode(root, &reading)
    guard reading.isValid, let records else { throw .invalid(reading) }
    return records
  }

  /// The moves of a document; reports what is wrong with it.
  package static func decode(_ root: Node, _ reading: inout Reading) -> [EstimateRecord]? {
    guard case .list(let nodes) = root.value else {
      reading.refuse(
        root, allowed: "a list of moves", help: "put `- ` before the first key of each move")
      return nil
    }
    if nodes.isEmpty {
      reading.report(
        .count, "the list of moves must have at least 1 value, found 0", at: root.place,
        help: "`berth schema migration` says what a move is")
    }
    guard let records = EstimateKeys.file.decode(root, &reading) else { return nil }
    var seen: Set<String> = []
    for record in records where !seen.insert(record.id).inserted {
      reading.report(
        .duplicateName, "two moves have the id `\(record.id)`", at: record.place,
        help: "give each move its own id")
    }
    return records
  }

  /// The answers to the moves, in their order.
  package static func answers(to records: [EstimateRecord]) -> [EstimateAnswer] {
    records.map { EstimateAnswer(to: $0) }
  }
}
