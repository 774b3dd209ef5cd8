/// How far an incident reached.
package enum IncidentReach: String, CaseIterable, Sendable {
  /// One zone.
  case zone
  /// Several zones of one region.
  case multiZone = "multi-zone"
  /// A region.
  case region
  /// Several regions.
  case multiRegion = "multi-region"
  /// All regions, or what has no region.
  case global
  /// Not said.
  case unknown

  /// Whether it went beyond one zone; nil where it is not said.
  var isBeyondZone: Bool? { self == .unknown ? nil : self != .zone }

  /// Whether it stayed in one region.
  var isWithinRegion: Bool { self == .zone || self == .multiZone || self == .region }
}

/// An incident that a provider published.
struct Incident: Sendable, Equatable {
  /// When it began or was first told of, in seconds since 1970.
  var begin: Int64
  /// How long it stood; nil where that is not said.
  var hours: Double?
  var reach: IncidentReach
  /// The regions it names.
  var regions: [String]
  /// Whether VMs are its subject and were disturbed, not only mentioned.
  var isCompute: Bool
  /// Whether only calls that change something failed.
  var isControlPlane: Bool
  /// Whether identity and access is its subject.
  var isIdentity: Bool
}

/// The incidents of one provider.
struct IncidentHistory: Sendable {
  /// `google` or `aws`.
  var provider: String
  var incidents: [Incident]
  /// Whether the provider says which of them are about control planes alone.
  var knowsControlPlanes: Bool

  /// Zones that a region is taken to have.
  static let zonesOfRegion = 3.0

  var compute: [Incident] { incidents.filter(\.isCompute) }

  /// The regions that any incident names.
  var regions: Set<String> { Set(incidents.flatMap(\.regions)) }

  /// Years from the first incident of a kind to the last of the history; nil without a span.
  func years(from incidents: [Incident]) -> Double? {
    guard let first = incidents.map(\.begin).min(), let last = self.incidents.map(\.begin).max(),
      last > first
    else { return nil }
    return Double(last - first) / 3600 / HostFailures.hoursOfYear
  }

  /// Years of the incidents about VMs: Google's structured records begin with the first of them,
  /// those of AWS with the table.
  var computeYears: Double? { years(from: provider == "google" ? compute : incidents) }
}
