package import CloudModel

/// When hosts of a cloud may be out, and when tenants have to be told.
///
/// Times are microseconds since 1970.
package struct MaintenanceCalendar: Sendable {
  /// A time without interruption in which hosts may be out.
  package struct Opening: Sendable, Equatable {
    /// When it begins.
    package var start: Int64
    /// When it ends.
    package var end: Int64
  }

  private let record: CalendarRecord
  private let windows: [(record: WindowRecord, openings: [Opening])]
  private let cloud: Cloud

  /// The calendar of a scenario for its cloud.
  package init(_ record: CalendarRecord, cloud: Cloud) {
    self.record = record
    self.cloud = cloud
    windows = record.windows.map { window in
      let whole = Opening(start: window.start, end: window.end)
      return (window, record.excluded.reduce([whole]) { Self.cut($0, by: $1) })
    }
  }

  /// Whether there are dates at which work may happen.
  package var hasWindows: Bool { !windows.isEmpty }

  /// When tenants are told; nil: no date yet.
  package var told: Int64? { record.told }

  /// Whether what can be done is done where the rest cannot.
  package var isPartialWorkAllowed: Bool { record.isPartialWorkAllowed }

  private static func cut(_ openings: [Opening], by time: ExcludedTimeRecord) -> [Opening] {
    openings.flatMap { opening in
      [
        Opening(start: opening.start, end: min(opening.end, time.start)),
        Opening(start: max(opening.start, time.end), end: opening.end),
      ].filter { $0.start < $0.end }
    }
  }

  /// Whether a window means a host.
  private func means(_ host: Int, _ window: WindowRecord) -> Bool {
    let zone = cloud.zones[cloud.hosts.zone[host]].name
    let name = cloud.hosts.names[host]
    return (window.zones.isEmpty || window.zones.contains(zone))
      && (window.hosts.isEmpty
        || window.hosts.contains { VMSelector.wildcard($0, matches: name) })
  }

  /// The windows that mean a host, by number; hosts with the same windows may be out together.
  package func windows(of host: Int) -> [Int] {
    windows.indices.filter { means(host, windows[$0].record) }
  }

  /// The times in which all of some hosts may be out, by start.
  package func openings(of hosts: [Int]) -> [Opening] {
    windows.filter { window in hosts.allSatisfy { means($0, window.record) } }
      .flatMap(\.openings).sorted { ($0.start, $0.end) < ($1.start, $1.end) }
  }

  /// How long before it is touched the tenant of a VM of a class is told.
  package func notice(for policyClass: PolicyClass) -> SimulatedDuration {
    let notices = record.notices
    let microseconds =
      switch policyClass {
      case .live: notices.live
      case .cold: notices.cold
      case .stop: notices.stop
      case .none: notices.none
      case .hold: notices.hold
      }
    return SimulatedDuration(microseconds: microseconds)
  }

  /// The earliest time at which VMs of these classes may be touched; nil: nothing is dated.
  package func earliest(for classes: some Sequence<PolicyClass>) -> Int64? {
    guard let told else { return nil }
    return told + (classes.map { notice(for: $0).microseconds }.max() ?? 0)
  }
}
