/// Where a replica stands, or a zone as a whole.
struct ReplicaPlace {
  /// The zone.
  let zone: Int
  /// The rack within the zone; nil: none in particular.
  var rack: Int?
  /// The host within the zone.
  var host: Int?
}

/// Writes the tree of a service; the parts that it meets become events and gates as they are met.
///
/// Instances have the names of their part and where they are, with slashes between; members of an
/// instance a number after `#`, gates a word after a colon. Names of parts have none of these.
struct ServiceTreeBuilder {
  let model: DependencyModel
  let service: ServiceShape
  let sharing: ServiceTree.Sharing
  let places: [String: Int]
  var events: [BasicEvent] = []
  var sigmas: [Double?] = []
  var gates: [NamedGate] = []
  var planned: [Int] = []
  /// The gate or event of each instance that was met, by its name; an empty name: it never fails.
  var inputs: [String: String] = [:]
  /// The probabilities of facilities that stand as one event each; nil: as trees.
  var facilityShares: [Double]?
  /// The own events of each part; the last are those of facilities.
  var eventsOfPart: [[Int]]

  init(_ model: DependencyModel, _ service: ServiceShape, _ sharing: ServiceTree.Sharing) {
    self.model = model
    self.service = service
    self.sharing = sharing
    places = Dictionary(
      model.parts.enumerated().map { ($0.element.name, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    eventsOfPart = [[Int]](repeating: [], count: model.parts.count + 1)
  }

  /// The tree of fewer replicas than needed.
  mutating func running() -> ServiceTree {
    var down: [String] = []
    var placed = [Int](repeating: 0, count: model.zones.count)
    for (number, zone) in service.replicas.enumerated() {
      let host = placed[zone]
      placed[zone] += 1
      let rack = model.racksPerZone > 0 ? host % model.racksPerZone : host
      let place = ReplicaPlace(zone: zone, rack: rack, host: host)
      let name = ":replica\(number + 1)"
      let causes = causes(at: place, .running, hit: name)
      guard !causes.isEmpty else { continue }
      gates.append(NamedGate(name, .or, causes))
      down.append(name)
    }
    let spare = service.replicas.count - service.needed + 1
    return finished(down, .atLeast(spare), isPossible: spare <= down.count)
  }

  /// The tree of no zone in which something is possible.
  mutating func possible(_ impact: Impact) -> ServiceTree {
    var down: [String] = []
    for zone in service.zones {
      let causes = causes(at: ReplicaPlace(zone: zone), impact, hit: "")
      guard !causes.isEmpty else { continue }
      let name = "\(zoneName(zone)):stopped"
      gates.append(NamedGate(name, .or, causes))
      down.append(name)
    }
    return finished(down, .and, isPossible: down.count == service.zones.count)
  }

  /// What takes a place away: its facility, and the parts that stop the impact there.
  private mutating func causes(
    at place: ReplicaPlace, _ impact: Impact, hit: String
  ) -> [String] {
    var causes = [facility(of: place.zone)].compactMap { $0 }
    for part in model.parts where service.isStopped(impact, by: part) {
      guard let input = input(part, at: place) else { continue }
      causes.append(part.share < 1 ? self.hit(input, part.share, hit) : input)
    }
    return causes
  }

  /// The gate of a failure that hits only some.
  private mutating func hit(_ input: String, _ share: Double, _ hit: String) -> String {
    let name = "\(input):hit\(hit)"
    guard inputs[name] == nil else { return name }
    inputs[name] = name
    events.append(BasicEvent("\(name):chance", share))
    sigmas.append(nil)
    gates.append(NamedGate(name, .and, [input, "\(name):chance"]))
    return name
  }

  private mutating func finished(
    _ down: [String], _ operation: GateOperation, isPossible: Bool
  ) -> ServiceTree {
    if isPossible {
      gates.append(NamedGate(":outage", operation, down))
    } else {
      events.append(BasicEvent(":outage", 0))
      sigmas.append(nil)
    }
    let tree: FaultTree
    do throws(FaultTreeError) {
      tree = try FaultTree(top: ":outage", events: events, gates: gates)
    } catch {
      preconditionFailure("A checked model makes a sound tree: \(error.problems).")
    }
    return ServiceTree(tree: tree, nodes: nodes, sigmas: sigmas, planned: planned)
  }

  /// The name of a zone before those of its parts. Names with the characters that separate parts are
  /// numbered, so that no two things in a tree have one name.
  func zoneName(_ zone: Int) -> String {
    let name = model.zones[zone].name
    return name.contains { "/:#".contains($0) } ? "zone#\(zone + 1)" : name
  }

  private var nodes: [ServiceTree.Node] {
    eventsOfPart.enumerated().compactMap { place, events in
      guard !events.isEmpty else { return nil }
      let part = place < model.parts.count ? model.parts[place] : nil
      return ServiceTree.Node(
        name: part?.name ?? DependencyPart.facility, kind: part?.kind, events: events,
        zonesSharing: part.map(zonesSharing) ?? 1)
    }
  }

  /// How many of the service's zones share an instance at most.
  private func zonesSharing(_ part: DependencyPart) -> Int {
    guard sharing == .asIs, part.domain < .zone else { return 1 }
    let served = service.zones.filter { model.serves(part, zone: $0) }
    guard part.domain == .region else { return served.count }
    return Dictionary(grouping: served) { model.zones[$0].region }.values.map(\.count).max() ?? 0
  }
}
