extension ServiceTreeBuilder {
  /// The gate or event of a part at a place; nil if it does not serve the place or never fails.
  mutating func input(_ part: DependencyPart, at place: ReplicaPlace) -> String? {
    guard model.serves(part, zone: place.zone) else { return nil }
    if part.domain == .rack && place.rack == nil || part.domain == .host && place.host == nil {
      return nil
    }
    let name = instance(part, at: place)
    if let known = inputs[name] { return known.isEmpty ? nil : known }
    var causes = [ownFailure(part, named: name)].compactMap { $0 }
    if let missing = missingNeeds(part, named: name, at: place) { causes.append(missing) }
    let input: String
    switch causes.count {
    case 0: input = ""
    case 1: input = causes[0]
    default:
      input = "\(name):down"
      gates.append(NamedGate(input, .or, causes))
    }
    inputs[name] = input
    return input.isEmpty ? nil : input
  }

  /// The name of the instance that serves a place.
  func instance(_ part: DependencyPart, at place: ReplicaPlace) -> String {
    let zone = zoneName(place.zone)
    switch part.domain {
    case .cloud, .region:
      if sharing == .split { return "\(zone)/\(part.name)" }
      let isOne = part.domain == .cloud || model.regions.count < 2
      return isOne ? part.name : "@\(model.regions[model.zones[place.zone].region])/\(part.name)"
    case .zone: return "\(zone)/\(part.name)"
    case .rack: return "\(zone)/rack\((place.rack ?? 0) + 1)/\(part.name)"
    case .host: return "\(zone)/host\((place.host ?? 0) + 1)/\(part.name)"
    }
  }

  /// The gate or event that fewer members than needed work; nil for a part without failures.
  private mutating func ownFailure(_ part: DependencyPart, named name: String) -> String? {
    guard let failure = part.failure else { return nil }
    let event: BasicEvent
    var sigma: Double?
    switch failure {
    case .times(let up, let down, let spread):
      event = BasicEvent(name, meanUpHours: up, meanDownHours: down)
      sigma = spread
    case .onDemand(let probability): event = BasicEvent(name, probability)
    }
    let owner = places[part.name] ?? 0
    guard part.count > 1 else {
      add([event], sigma, owner, isPlanned: part.isPlanned)
      return name
    }
    let members = (1...part.count).map { "\(name)#\($0)" }
    let group = CommonCause.beta(
      event, members: members, beta: part.beta, common: "\(name)#ccf")
    add(group.events, sigma, owner, isPlanned: part.isPlanned)
    gates.append(
      NamedGate("\(name):short", .atLeast(part.count - part.needed + 1), members))
    guard let common = group.common.first else { return "\(name):short" }
    gates.append(NamedGate("\(name):lost", .or, ["\(name):short", common]))
    return "\(name):lost"
  }

  private mutating func add(
    _ new: [BasicEvent], _ sigma: Double?, _ owner: Int, isPlanned: Bool
  ) {
    for event in new {
      eventsOfPart[owner].append(events.count)
      if isPlanned { planned.append(events.count) }
      events.append(event)
      sigmas.append(sigma)
    }
  }

  /// The gate that too few of the needed parts are there.
  private mutating func missingNeeds(
    _ part: DependencyPart, named name: String, at place: ReplicaPlace
  ) -> String? {
    guard !part.needs.isEmpty else { return nil }
    var (total, down) = (0, [String]())
    for need in part.needs {
      for zone in zones(of: need, for: part, at: place) {
        total += 1
        var place = place
        if zone != place.zone { place = ReplicaPlace(zone: zone) }
        let input =
          places[need].map { model.parts[$0] }.map { self.input($0, at: place) }
          ?? facility(of: zone)
        if let input { down.append(input) }
      }
    }
    // A private copy stands over one zone and cannot need more of them.
    let needed = min(part.needsAtLeast ?? total, total)
    let spare = total - needed + 1
    guard spare <= down.count, !down.isEmpty else { return nil }
    let gate = "\(name):without"
    gates.append(NamedGate(gate, .atLeast(spare), down))
    return gate
  }

  /// The zones in which the instances of a need stand: that of the place, or for a need of zones by
  /// a part of a region or of the cloud all that it serves.
  private func zones(
    of need: String, for part: DependencyPart, at place: ReplicaPlace
  ) -> [Int] {
    let domain = places[need].map { model.parts[$0].domain } ?? .zone
    guard domain > part.domain, sharing == .asIs else { return [place.zone] }
    let region = model.zones[place.zone].region
    return model.zones.indices.filter {
      model.serves(part, zone: $0) && (part.domain == .cloud || model.zones[$0].region == region)
    }
  }

  /// The gate of a zone's power and cooling; nil for a zone whose parts say all.
  mutating func facility(of zone: Int) -> String? {
    guard let tier = model.zones[zone].tier else { return nil }
    let name = "\(zoneName(zone))/\(DependencyPart.facility)"
    if let known = inputs[name] { return known }
    inputs[name] = name
    if let share = facilityShares?[zone] {
      add([BasicEvent(name, share)], nil, model.parts.count, isPlanned: false)
      return name
    }
    let grids = model.parts.filter { $0.kind == .grid }.compactMap {
      input($0, at: ReplicaPlace(zone: zone))
    }
    let facility = tier.parts(prefix: "\(name)/", top: name, grids: grids)
    for event in facility.events {
      add([event], nil, model.parts.count, isPlanned: event.name == "\(name)/planned")
    }
    gates += facility.gates
    return name
  }
}
