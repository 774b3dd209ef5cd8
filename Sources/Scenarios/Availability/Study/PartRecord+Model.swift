import Availability

extension PartRecord {
  /// Microseconds of a year of 8,760 h.
  static let year = 8760 * 3_600_000_000.0

  /// The part in a model; zones that the model does not have are left out.
  func part(zones names: [String]) -> DependencyPart {
    var part = DependencyPart(name, kind, in: domain)
    if !zones.isEmpty { part.zones = zones.compactMap(names.firstIndex(of:)) }
    part.count = Int(count)
    part.needed = Int(needed)
    part.beta = beta
    part.failure = failure
    part.share = share
    part.stops = Set(stops)
    part.degrades = Set(degrades)
    part.needs = needs
    part.needsAtLeast = needsAtLeast.map { Int($0) }
    part.isPlanned = isPlanned
    return part
  }

  private var failure: PartFailure? {
    if let onDemand { return .onDemand(onDemand) }
    guard let meanDown else { return nil }
    let hour = 3_600_000_000.0
    let down = Double(meanDown) / hour
    if let meanUp { return .times(up: Double(meanUp) / hour, down: down, sigma: sigma) }
    guard let perYear, perYear > 0 else { return nil }
    // A year holds so many times up and down.
    return .times(up: 8760 / perYear - down, down: down, sigma: sigma)
  }
}
