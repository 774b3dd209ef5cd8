package import CloudModel

/// What the data of a plan cross: network cards, uplinks of racks, links of zones.
///
/// **Source**: `docs/physics.md`, sharing of links.
package struct ExecutionNetwork: Sendable {
  /// The rate of each host's card for migrations, out and in; nil: no limit.
  package var card: Bandwidth?
  /// Hosts whose card differs, by index.
  package var cards: [Int: Bandwidth] = [:]
  /// The rate of each rack's uplink, out and in; nil: no limit.
  package var uplink: Bandwidth?
  /// The rate of each zone's link to the others, out and in; nil: no limit.
  package var zoneLink: Bandwidth?
  /// What other traffic takes of a host's card, out and in, by index.
  package var background: [Int: Bandwidth] = [:]

  /// A network without limits.
  package init() {}

  /// A link that hinders nobody.
  private static let unlimited = Bandwidth(bytesPerSecond: 1e15)

  /// What a host's card leaves for migrations; nil: no limit.
  package func available(on host: Int) -> Bandwidth? {
    guard let rate = cards[host] ?? card else { return nil }
    let taken = background[host]?.bytesPerSecond ?? 0
    return Bandwidth(bytesPerSecond: max(0, rate.bytesPerSecond - taken))
  }

  /// What is left for one move that is alone; nil: no limit.
  package func alone(from source: Int, to target: Int?, in cloud: Cloud) -> Bandwidth? {
    var limits = [available(on: source)]
    if let target {
      limits.append(available(on: target))
      if Self.rack(of: source, in: cloud) != Self.rack(of: target, in: cloud) {
        limits.append(uplink)
      }
      if cloud.hosts.zone[source] != cloud.hosts.zone[target] { limits.append(zoneLink) }
    }
    return limits.compactMap { $0 }.min()
  }

  /// The racks of all hosts; a host without one is a rack of its own.
  static func racks(of cloud: Cloud) -> [Int32] {
    (0..<cloud.hosts.count).map { Int32(rack(of: $0, in: cloud)) }
  }

  private static func rack(of host: Int, in cloud: Cloud) -> Int {
    let rack = cloud.hosts.rack[host]
    return rack >= 0 ? rack : cloud.racks.count + host
  }

  /// The links of a cloud at so many times their rate.
  func topology(of cloud: Cloud, times factor: Double) -> NetworkTopology {
    func scaled(_ rate: Bandwidth?) -> Bandwidth? {
      rate.map { Bandwidth(bytesPerSecond: $0.bytesPerSecond * factor) }
    }
    return NetworkTopology(
      cards: (0..<cloud.hosts.count).map { scaled(available(on: $0)) ?? Self.unlimited },
      racks: Self.racks(of: cloud), uplink: scaled(uplink),
      zones: cloud.hosts.zone.map { Int32($0) }, zoneLink: scaled(zoneLink))
  }
}
