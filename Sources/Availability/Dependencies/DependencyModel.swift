/// What a cloud stands on: its zones with their facilities, and the parts that VMs need.
package struct DependencyModel: Sendable {
  /// Names of the regions.
  package let regions: [String]
  /// The zones.
  package let zones: [DependencyZone]
  /// Racks in each zone over which replicas are dealt; 0: as many as there are replicas.
  package let racksPerZone: Int
  /// The parts.
  package let parts: [DependencyPart]

  /// Joins zones and parts.
  ///
  /// **Errors**: `DependencyError` with everything that is wrong.
  package init(
    regions: [String], zones: [DependencyZone], racksPerZone: Int = 0, parts: [DependencyPart]
  ) throws(DependencyError) {
    self.regions = regions
    self.zones = zones
    self.racksPerZone = racksPerZone
    self.parts = parts
    let problems = problems
    guard problems.isEmpty else { throw DependencyError(problems: problems) }
  }

  /// The same cloud with other parts.
  ///
  /// **Errors**: as for the first.
  package func with(parts: [DependencyPart]) throws(DependencyError) -> DependencyModel {
    try DependencyModel(
      regions: regions, zones: zones, racksPerZone: racksPerZone, parts: parts)
  }

  /// Whether a part serves a zone.
  package func serves(_ part: DependencyPart, zone: Int) -> Bool {
    part.zones?.contains(zone) ?? true
  }

  /// How many zones share one instance of a part at most.
  package func zonesSharing(_ part: DependencyPart) -> Int {
    let served = zones.indices.filter { serves(part, zone: $0) }
    switch part.domain {
    case .cloud: return served.count
    case .region:
      let byRegion = Dictionary(grouping: served) { zones[$0].region }
      return byRegion.values.map(\.count).max() ?? 0
    case .zone, .rack, .host: return min(1, served.count)
    }
  }
}

/// A zone with the facility that it stands in.
package struct DependencyZone: Sendable, Equatable {
  /// The name, unique in the cloud.
  package var name: String
  /// Index of its region.
  package var region: Int
  /// The class of its facility; nil: what stands among the parts.
  package var tier: FacilityTier?

  /// A zone.
  package init(name: String, region: Int = 0, tier: FacilityTier? = nil) {
    self.name = name
    self.region = region
    self.tier = tier
  }
}

/// A service, as far as failures concern it.
package struct ServiceShape: Sendable, Equatable {
  /// The name.
  package var name: String
  /// The zone of each replica; replicas of a zone are on different hosts.
  package var replicas: [Int]
  /// How many of them have to run.
  package var needed: Int
  /// Whether they have volumes.
  package var hasVolumes: Bool
  /// Whether it is used from outside the cloud.
  package var isSeenFromOutside: Bool

  /// A service.
  package init(
    name: String, replicas: [Int], needed: Int, hasVolumes: Bool = true,
    isSeenFromOutside: Bool = true
  ) {
    self.name = name
    self.replicas = replicas
    self.needed = needed
    self.hasVolumes = hasVolumes
    self.isSeenFromOutside = isSeenFromOutside
  }

  /// The zones that it uses, in ascending order.
  package var zones: [Int] { Set(replicas).sorted() }

  /// Whether a part makes something impossible for this service.
  func isStopped(_ impact: Impact, by part: DependencyPart) -> Bool {
    guard part.stops.contains(impact) else { return false }
    switch part.kind {
    case .storage: return hasVolumes
    case .uplink: return isSeenFromOutside
    case .images: return impact != .recovery || !hasVolumes
    default: return true
    }
  }
}
