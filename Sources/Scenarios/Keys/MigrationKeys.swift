import CloudModel
import Documents
package import Migration

extension ScenarioKeys {
  /// The section `migration`: one key for each number of the model, with the name, range, default
  /// and origin that the model itself states.
  static let migration = Section<MigrationRecord>(
    "migration", "Numbers of the migration model; those not given keep their default.",
    make: MigrationRecord.init
  ) {
    MigrationParameters().all.map(key)
    Key(
      "timeout_action", \.timeoutAction, optional: .choice(TimeoutAction.self),
      "what happens to a migration that passes its completion timeout; absent: abort")
    Key(
      "network_card", \.networkCard, optional: .bandwidth(1...1e15),
      "rate of each host's card for migrations, out and in; absent: no limit")
    Key(
      "network_cards", \.networkCards, .list(of: .section(hostRate)), default: [],
      "hosts whose card differs; the first that means a host counts")
    Key(
      "rack_uplink", \.rackUplink, optional: .bandwidth(1...1e15),
      "rate of each rack's uplink, out and in; absent: no limit")
    Key(
      "zone_link", \.zoneLink, optional: .bandwidth(1...1e15),
      "rate of each zone's link to the others, out and in; absent: no limit")
    Key(
      "background", \.background, .list(of: .section(hostRate)), default: [],
      "what other traffic takes of hosts' cards; the first that means a host counts")
    Key(
      "load", \.load, optional: .choice(LoadClass.self),
      "what guests write of which nothing else is said; absent: idle, assumed")
    Key(
      "loads", \.loads, .list(of: .section(load)), default: [],
      "what some guests write; the first that means a VM counts")
    Key(
      "handling", \.handling, .list(of: .section(handling)), default: [],
      "what is permitted and done for some guests; the first that means a VM counts")
    Key(
      "parameters", \.parametersFile, optional: .text(),
      "path of a file with these keys, as `berth calibrate --out` writes it, relative to the "
        + "scenario; what the scenario says itself comes before it")
    Key("source", \.source, optional: .text(), "where the values come from")
  }

  private static func key(_ parameter: MigrationParameter) -> Key<MigrationRecord> {
    let name = parameter.name
    return Key(
      name, \.[parameter: name], optional: codec(parameter),
      "\(parameter.meaning); default \(shown(parameter)) (\(parameter.source))")
  }

  private static func shown(_ parameter: MigrationParameter) -> String {
    if parameter.unit == "flag" { return parameter.value > 0 ? "true" : "false" }
    let value = Document.number(parameter.value).json()
    let number = value.hasSuffix(".0") ? String(value.dropLast(2)) : value
    return parameter.unit.isEmpty ? number : "\(number) \(parameter.unit)"
  }

  /// How a number is written in files, by its unit.
  private static func codec(_ parameter: MigrationParameter) -> Codec<Double> {
    switch parameter.unit {
    case "s":
      Codec<Int64>.duration(0...(366 * 86_400_000_000)).mapped(
        { Double($0) / 1_000_000 }, { Int64(($0 * 1_000_000).rounded()) })
    case "MiB/s":
      Codec<Double>.bandwidth(
        (parameter.minimum * 1_048_576)...(parameter.maximum * 1_048_576)
      ).mapped({ $0 / 1_048_576 }, { $0 * 1_048_576 })
    case "slots", "streams", "steps":
      Codec<Int64>.wholeNumber(Int64(parameter.minimum)...Int64(parameter.maximum)).mapped(
        { Double($0) }, { Int64($0) })
    case "flag":
      Codec<Bool>.flag.mapped({ $0 ? 1 : 0 }, { $0 > 0 })
    default:
      .number(parameter.minimum...parameter.maximum)
    }
  }
}

extension MigrationRecord {
  /// The value of a parameter by its name; nil: the default of the model.
  package subscript(parameter name: String) -> Double? {
    get { values[name] }
    set { values[name] = newValue }
  }

  /// The numbers of the model with these values.
  package var parameters: MigrationParameters {
    var parameters = MigrationParameters()
    for parameter in parameters.all {
      guard let value = values[parameter.name] else { continue }
      do {
        _ = try parameters.set(
          parameter.name, to: value, source: source ?? "stated in the scenario")
      } catch {
        preconditionFailure("The key of a parameter has the parameter's own range.")
      }
    }
    if let timeoutAction { parameters.timeoutAction = timeoutAction }
    return parameters
  }
}
