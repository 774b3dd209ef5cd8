package import CloudModel

/// What the hosts of a network are connected by.
///
/// Links, in this order: network card out and in of each host; uplink out and in of each rack that
/// has one; link out and in of each zone that has one. Traffic within a rack meets network cards
/// only, traffic between racks the uplinks of both too, traffic between zones the links of both
/// zones too.
package struct NetworkTopology: Sendable {
  /// Capacities of all links.
  package private(set) var capacities: [Bandwidth]
  /// Number of hosts.
  package let hostCount: Int
  /// The rack of each host; empty if there are none.
  package let racks: [Int32]
  private let zones: [Int32]
  private var uplinks: Int32?
  private var zoneLinks: Int32?

  /// Hosts with a network card each.
  ///
  /// **Shape**: `racks` and `zones` give a number from 0 for each host or are empty; a rack lies in
  /// one zone. Without a capacity the uplinks, or the links of zones, hinder nobody.
  package init(
    cards: [Bandwidth], racks: [Int32] = [], uplink: Bandwidth? = nil, zones: [Int32] = [],
    zoneLink: Bandwidth? = nil
  ) {
    precondition(
      (racks.isEmpty || racks.count == cards.count)
        && (zones.isEmpty || zones.count == cards.count),
      "Racks and zones are given for each host or not at all.")
    hostCount = cards.count
    self.racks = racks
    self.zones = zones
    capacities = cards.flatMap { [$0, $0] }
    uplinks = Self.add(uplink, groups: racks, to: &capacities)
    zoneLinks = Self.add(zoneLink, groups: zones, to: &capacities)
  }

  private static func add(
    _ capacity: Bandwidth?, groups: [Int32], to capacities: inout [Bandwidth]
  ) -> Int32? {
    guard let capacity, let last = groups.max() else { return nil }
    defer {
      capacities.append(contentsOf: repeatElement(capacity, count: 2 * (Int(last) + 1)))
    }
    return Int32(capacities.count)
  }

  /// The link out of the network card of a host.
  package func cardOut(_ host: Int32) -> Int32 { 2 * host }

  /// The link into the network card of a host.
  package func cardIn(_ host: Int32) -> Int32 { 2 * host + 1 }

  /// The links that data crosses from one host to another.
  package func path(from source: Int32, to target: Int32) -> FlowPath {
    precondition(source != target, "Data flows between two hosts.")
    var path = FlowPath()
    path.append(cardOut(source))
    path.append(cardIn(target))
    Self.cross(uplinks, racks, source, target, &path)
    Self.cross(zoneLinks, zones, source, target, &path)
    return path
  }

  private static func cross(
    _ first: Int32?, _ groups: [Int32], _ source: Int32, _ target: Int32, _ path: inout FlowPath
  ) {
    guard let first else { return }
    let (from, to) = (groups[Int(source)], groups[Int(target)])
    guard from != to else { return }
    path.append(first + 2 * from)
    path.append(first + 2 * to + 1)
  }
}
