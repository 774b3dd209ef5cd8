import Availability

/// What has to hold between the parts, services and zones of a scenario.
struct AvailabilityCheck {
  /// The scenario.
  let scenario: Scenario
  /// The zones that there are.
  let zones: [String]
  /// All parts, those of preset and cloud included.
  let parts: [PartRecord]

  /// Throws at the first zone that does not exist, and at a name that two services have.
  func names() throws(ScenarioError) {
    let asked = scenario.record.availability
    for (place, part) in asked.parts.enumerated() {
      try known(part.zones, "availability.parts[\(place)].zones")
    }
    for part in scenario.cloudParts { try known(part.zones, "the cloud's parts") }
    var seen: Set<String> = []
    for (place, service) in asked.services.enumerated() {
      try known(service.zones, "availability.services[\(place)].zones")
      guard seen.insert(service.name).inserted else {
        throw scenario.availabilityError(
          "availability.services[\(place)].name", service.name, "a name of its own",
          .duplicateName, help: "give each service another name")
      }
    }
  }

  private func known(_ names: [String], _ path: String) throws(ScenarioError) {
    for (place, name) in names.enumerated() where !zones.contains(name) {
      let near = NearMiss.nearest(to: name, among: zones).map { "did you mean `\($0)`? " } ?? ""
      throw scenario.availabilityError(
        "\(path)[\(place)]", name, "a zone", .unknownReference,
        help: near + "there are: \(zones.joined(separator: ", "))")
    }
  }

  /// The first problem of a model at its place in the file.
  func error(of error: DependencyError) -> ScenarioError {
    let problem = error.problems[0]
    switch problem {
    case .duplicateName(let part):
      return report(
        part, "name", parts[part].name, "a name of its own", .duplicateName,
        help: "`facility` is the power and cooling of a zone; every part has another name")
    case .unknownNeed(let part, let need):
      let near = NearMiss.nearest(to: parts[part].needs[need], among: parts.map(\.name))
      return report(
        part, "needs[\(need)]", parts[part].needs[need], "a part, or facility", .unknownReference,
        help: near.map { "did you mean `\($0)`?" }
          ?? "there are: \(parts.map(\.name).joined(separator: ", "))")
    case .narrowerNeed(let part, let need):
      return report(
        part, "needs[\(need)]", parts[part].needs[need],
        "a part of a zone or wider, as it is itself in each \(parts[part].domain.rawValue)", .value,
        help: "no single rack or host can be meant; make it a part with `count` and `needed`")
    case .neededOutOfRange(let part):
      return report(
        part, "needed", "\(parts[part].needed)", "from 1 to \(parts[part].count)", .value,
        help: "write more members or need fewer")
    case .needsOutOfRange(let part, let available):
      return report(
        part, "needs_at_least", "\(parts[part].needsAtLeast ?? 0)", "from 1 to \(available)",
        .value, help: "it needs \(available) in all: one of a zone counts once for each zone")
    case .cycle(let part, let names):
      return report(
        part, "needs", (names + [names[0]]).joined(separator: " needs "), "without a ring",
        .contradiction, help: "leave one of these needs out")
    case .noPower(let zone):
      return scenario.availabilityError(
        "availability.tier", "none", "a class where a zone has no part that brings power", .value,
        help:
          "`\(zones[zone])` has neither: write a tier, or a part of kind power_feed, grid, ups or "
          + "generator that serves it")
    }
  }

  /// A problem with a key of a part: at its place where the scenario states the part.
  private func report(
    _ part: Int, _ key: String, _ found: String, _ allowed: String, _ code: DiagnosticCode,
    help: String
  ) -> ScenarioError {
    let own = scenario.record.availability.parts
    let name = parts[part].name
    guard let place = own.firstIndex(where: { $0.name == name }) else {
      return scenario.availabilityError(
        "part \(name), \(key)", found, allowed, code, help: help)
    }
    return scenario.availabilityError(
      "availability.parts[\(place)].\(key)", found, allowed, code, help: help)
  }
}
