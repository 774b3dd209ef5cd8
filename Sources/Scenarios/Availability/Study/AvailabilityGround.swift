import Availability
import CloudModel

/// The regions and zones that a question about availability is about: those of the cloud, or as many
/// as the scenario supposes.
struct AvailabilityGround {
  /// Names of the regions.
  var regions: [String]
  /// The zones.
  var zones: [DependencyZone]
  /// Racks in a zone; 0: as many as needed.
  var racksPerZone = 0
  /// What was assumed, in words.
  var notes: [String] = []

  init(_ scenario: Scenario, _ variant: AvailabilityVariant) {
    let (asked, cloud) = (scenario.record.availability, scenario.cloud)
    let isPair = asked.preset == .regionPair
    let perRegion = variant.zones ?? asked.zones
    if perRegion == nil, asked.regions == nil, !isPair, !cloud.zones.isEmpty {
      regions = cloud.regions.map(\.name)
      zones = cloud.zones.map { DependencyZone(name: $0.name, region: $0.region) }
      racksPerZone = Self.racks(of: cloud)
    } else {
      let count = Int(asked.regions ?? (isPair ? 2 : 1))
      let each = Int(perRegion ?? Int64(max(1, cloud.zones.count)))
      regions = (1...count).map { "region\($0)" }
      zones = (0..<count).flatMap { region in
        (1...each).map { zone in
          DependencyZone(
            name: count > 1 ? "region\(region + 1)-az\(zone)" : "az\(zone)", region: region)
        }
      }
    }
    setTiers(variant.tier ?? asked.tier, cloud)
  }

  /// The least number of racks of a zone; 0 where the cloud does not say.
  private static func racks(of cloud: Cloud) -> Int {
    var counts = [Int](repeating: 0, count: cloud.zones.count)
    for rack in cloud.racks { counts[rack.zone] += 1 }
    return counts.min() ?? 0
  }

  private mutating func setTiers(_ word: FacilityWord?, _ cloud: Cloud) {
    var assumed: [String] = []
    for place in zones.indices {
      let stated = cloud.zones.first { $0.name == zones[place].name }?.tier
      if let word {
        zones[place].tier = word.facility
      } else if let stated {
        zones[place].tier = FacilityTier(rawValue: stated.rawValue)
      } else {
        zones[place].tier = .three
        assumed.append(zones[place].name)
      }
    }
    if !assumed.isEmpty {
      notes.append(
        "nothing says what facility \(Self.list(assumed)) stands in: Tier III is assumed")
    }
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(6).joined(separator: ", ")
    return names.count > 6 ? "\(shown) and \(names.count - 6) more" : shown
  }
}
