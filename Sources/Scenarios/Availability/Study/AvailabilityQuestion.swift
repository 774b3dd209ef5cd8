package import Availability
import Documents

/// Everything that decides the answer about the availability of services.
package struct AvailabilityQuestion: Sendable {
  /// The name of the scenario.
  package var name: String
  /// The zones and what they stand on.
  package var model: DependencyModel
  /// The parts as they were stated, for what the answer assumes.
  package var parts: [PartRecord]
  /// The services.
  package var services: [ServiceShape]
  /// The promise, an availability from 0 to 1.
  package var claim: Double
  /// The seed of all draws.
  package var seed: UInt64
  /// What was assumed about zones, in words.
  package var notes: [String]
}

/// One of the cases that a scenario compares.
package struct AvailabilityVariant: Sendable, Equatable {
  /// Zones in each region; nil: as the scenario has it.
  package var zones: Int64?
  /// In each of what block storage stands; nil: as the scenario has it.
  package var storage: DependencyDomain?
  /// The class of the facilities; nil: as the scenario has it.
  package var tier: FacilityWord?

  /// The scenario itself.
  package init() {}
}

extension VariantsRecord {
  /// Each with each, the first list slowest; the scenario itself where nothing is compared.
  package var all: [AvailabilityVariant] {
    var result = [AvailabilityVariant()]
    func spread<Value>(
      _ values: [Value], _ path: WritableKeyPath<AvailabilityVariant, Value?>
    ) {
      guard !values.isEmpty else { return }
      result = result.flatMap { variant in
        values.map { value in
          var variant = variant
          variant[keyPath: path] = value
          return variant
        }
      }
    }
    spread(zones, \.zones)
    spread(storage, \.storage)
    spread(tiers, \.tier)
    return result
  }
}

extension Scenario {
  /// The question about the scenario's services, in one of its variants.
  ///
  /// **Errors**: `invalid` or `option` for parts, services and zones that do not fit one another.
  package func availabilityQuestion(
    _ variant: AvailabilityVariant = AvailabilityVariant()
  ) throws(ScenarioError) -> AvailabilityQuestion {
    let ground = AvailabilityGround(self, variant)
    let parts = try availabilityParts(variant)
    let check = AvailabilityCheck(scenario: self, zones: ground.zones.map(\.name), parts: parts)
    try check.names()
    let names = ground.zones.map(\.name)
    let model: DependencyModel
    do throws(DependencyError) {
      model = try DependencyModel(
        regions: ground.regions, zones: ground.zones, racksPerZone: ground.racksPerZone,
        parts: parts.map { $0.part(zones: names) })
    } catch {
      throw check.error(of: error)
    }
    let asked = record.availability.services
    return AvailabilityQuestion(
      name: record.name, model: model, parts: parts,
      services: (asked.isEmpty ? ServiceRecord.usual : asked).map { $0.shape(zones: names) },
      claim: record.availability.claim / 100, seed: UInt64(record.seed), notes: ground.notes)
  }

  /// The parts of the preset, of the cloud and of the scenario; later ones take the place of earlier
  /// ones of the same name.
  private func availabilityParts(
    _ variant: AvailabilityVariant
  ) throws(ScenarioError) -> [PartRecord] {
    let asked = record.availability
    var parts = asked.preset.parts
    for part in cloudParts + asked.parts {
      if let place = parts.firstIndex(where: { $0.name == part.name }) {
        parts[place] = part
      } else {
        parts.append(part)
      }
    }
    for (place, name) in asked.without.enumerated()
    where !parts.contains(where: { $0.name == name }) {
      let near = NearMiss.nearest(to: name, among: parts.map(\.name))
      throw availabilityError(
        "availability.without[\(place)]", name, "one of the parts", .unknownReference,
        help: near.map { "did you mean `\($0)`?" }
          ?? "there are: \(parts.map(\.name).joined(separator: ", "))")
    }
    parts.removeAll { asked.without.contains($0.name) }
    if let storage = variant.storage {
      for place in parts.indices where parts[place].kind == .storage {
        parts[place].domain = storage
      }
    }
    return parts
  }

  /// A value of the section that does not fit, at its place in the file or as an option.
  func availabilityError(
    _ path: String, _ found: String, _ allowed: String, _ code: DiagnosticCode, help: String
  ) -> ScenarioError {
    let message = "\(path) must be \(allowed), found \(Reading.shown(.text(found)))"
    if let reading = problem(message, at: path, code: code, help: help) { return .invalid(reading) }
    return .option(name: path, value: found, allowed: allowed, help: help)
  }
}

extension ServiceRecord {
  /// The service on zones, its replicas dealt over them in turn.
  func shape(zones names: [String]) -> ServiceShape {
    let own = zones.compactMap(names.firstIndex(of:))
    let dealt = own.isEmpty ? Array(names.indices) : own
    return ServiceShape(
      name: name, replicas: (0..<Int(replicas)).map { dealt[$0 % dealt.count] },
      needed: Int(needed), hasVolumes: hasVolumes, isSeenFromOutside: isSeenFromOutside)
  }
}
