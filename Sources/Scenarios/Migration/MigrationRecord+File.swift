import Documents

extension MigrationRecord {
  /// Reads a file of values: a mapping with the keys of the section `migration`.
  ///
  /// **Errors**: `document` if it cannot be opened, `invalid` for what is wrong in it.
  package static func load(path: String) throws(ScenarioError) -> MigrationRecord {
    let file = try ScenarioError.opened(path)
    let (record, reading) = ScenarioKeys.migration.load(file)
    guard let record, reading.isValid else { throw .invalid(reading) }
    guard record.parametersFile == nil else {
      var reading = reading
      reading.report(
        .contradiction, "a file of parameters cannot name another in `parameters`", at: .none,
        help: "write the values into this file")
      throw .invalid(reading)
    }
    return record
  }

  /// Takes the values of the file that `parametersFile` names where none are stated here, so that
  /// the record stands for itself.
  ///
  /// **Errors**: those of `load`.
  mutating func readParameters(in folder: String) throws(ScenarioError) {
    guard let name = parametersFile else { return }
    let file = try Self.load(path: Scenario.path(name, in: folder))
    let own = values.keys.sorted()
    let origin = file.source ?? "stated in \(name)"
    if own.isEmpty {
      source = source ?? origin
    } else {
      source = "\(origin); \(own.joined(separator: ", ")): \(source ?? "stated in the scenario")"
    }
    values.merge(file.values) { stated, _ in stated }
    timeoutAction = timeoutAction ?? file.timeoutAction
    networkCard = networkCard ?? file.networkCard
    networkCards += file.networkCards
    rackUplink = rackUplink ?? file.rackUplink
    zoneLink = zoneLink ?? file.zoneLink
    background += file.background
    load = load ?? file.load
    loads += file.loads
    handling += file.handling
    parametersFile = nil
  }
}
