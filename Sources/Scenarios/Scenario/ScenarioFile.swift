import Documents

/// Reads scenarios with what the command line changes in them.
enum ScenarioFile {
  /// A scenario as it was read, with the document it came from.
  struct Text: Sendable {
    /// The record, overrides applied.
    var record: ScenarioRecord
    /// The document, overrides applied; values of the file have a place in it, others none.
    var root: Node
    /// The reading of the file, without problems.
    var reading: Reading
    /// The overrides, in the order in which they were applied.
    var overrides: [Override]
  }

  /// The scenario of a file with overrides applied.
  ///
  /// **Errors**: `invalid` for what is wrong in the file, `override` for what an option sets.
  static func read(
    _ file: OpenedFile, overrides: [Override] = []
  ) throws(ScenarioError) -> Text {
    var file = file
    guard let root = file.root() else { throw .invalid(file.reading) }
    return try decode(root, file.reading, overrides)
  }

  /// A scenario of which only the cloud is given, with overrides applied.
  ///
  /// **Errors**: `override`.
  static func read(
    _ record: ScenarioRecord, overrides: [Override]
  ) throws(ScenarioError) -> Text {
    try decode(Node(ScenarioKeys.scenario.encode(record)), Reading(), overrides)
  }

  private static func decode(
    _ root: Node, _ reading: Reading, _ overrides: [Override]
  ) throws(ScenarioError) -> Text {
    guard case .object = root.value else {
      var reading = reading
      _ = ScenarioKeys.scenario.decode(root, &reading)
      throw .invalid(reading)
    }
    var node = root
    for override in overrides { node = try override.applied(to: node) }
    var last = reading
    if let record = ScenarioKeys.scenario.decode(node, &last) {
      return Text(record: record, root: node, reading: last, overrides: overrides)
    }
    // Which of them is to blame: the first after which there is a problem more.
    var before = reading
    _ = ScenarioKeys.scenario.decode(root, &before)
    guard before.isValid else { throw .invalid(last) }
    node = root
    for override in overrides {
      node = try override.applied(to: node)
      var after = Reading(file: override.option)
      if ScenarioKeys.scenario.decode(node, &after) == nil { throw .override(after) }
    }
    throw .invalid(last)
  }
}

extension ScenarioFile.Text {
  /// Where the file says what stands at a path such as `evacuation.hosts[0]`; nil: an option or
  /// nobody says it.
  func place(of path: String) -> Place? {
    var node = root
    for part in path.split(whereSeparator: { ".[".contains($0) }) {
      switch node.value {
      case .list(let elements):
        guard let index = Int(part.dropLast()), elements.indices.contains(index) else { return nil }
        node = elements[index]
      case .object:
        guard let next = node[String(part)] else { return nil }
        node = next
      default: return nil
      }
    }
    return node.place.line == nil ? nil : node.place
  }

  /// A reading in which to report what only the cloud shows to be wrong.
  var later: Reading { Reading(file: reading.file, source: reading.source) }

  /// What such a reading means: its problems get their place in the file, or their option.
  func error(of later: Reading) -> ScenarioError {
    let first = later.diagnostics.first { $0.level == .error }
    if let path = first?.path, let override = overrides.last(where: { $0.sets(path) }) {
      return .override(later.moved(to: override.option))
    }
    return .invalid(later.located { place(of: $0) })
  }
}
