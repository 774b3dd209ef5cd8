import CloudModel
import Scenarios

/// Which zone each host is in, and the aggregates.
struct ZoneMap: Sendable {
  /// Nova's name for the zone of hosts that no aggregate puts into one.
  static let defaultZone = "nova"

  /// By host.
  private(set) var zoneOfHost: [String]
  /// In ascending order, by host.
  private(set) var aggregatesOfHost: [[String]]
  /// In ascending order of name.
  private(set) var aggregates: [AggregateRecord] = []

  /// **Errors**: `contradiction` for a host in two zones or an aggregate's name that is there twice.
  init(_ answers: OpenStackAnswers, directory: HostDirectory) throws(CollectorError) {
    let count = directory.entries.count
    zoneOfHost = Array(repeating: "", count: count)
    aggregatesOfHost = Array(repeating: [], count: count)
    var names: Set<String> = []
    for aggregate in answers.aggregates ?? [] {
      let value = aggregate.value
      guard names.insert(value.name).inserted else {
        throw aggregate.contradiction("name", value.name, allowed: "a name that is listed once")
      }
      var record = AggregateRecord()
      record.name = value.name
      for (key, text) in value.metadata { record.metadata[key] = text }
      aggregates.append(record)
      for (place, name) in value.hosts.enumerated() {
        for host in directory.hosts(ofService: name) {
          aggregatesOfHost[host].append(value.name)
          guard let zone = value.zone, !zone.isEmpty else { continue }
          guard zoneOfHost[host].isEmpty || zoneOfHost[host] == zone else {
            throw aggregate.contradiction(
              "hosts[\(place)]", name,
              allowed: "a host of no other zone (it is in \(zoneOfHost[host]))")
          }
          zoneOfHost[host] = zone
        }
      }
    }
    aggregates.sort { $0.name < $1.name }
    for host in aggregatesOfHost.indices { aggregatesOfHost[host].sort() }
    if answers.aggregates == nil { fillIn(answers, directory: directory) }
    for host in zoneOfHost.indices where zoneOfHost[host].isEmpty {
      zoneOfHost[host] = Self.defaultZone
    }
  }

  /// Without aggregates the services say where they are, else the list of zones, else the servers.
  private mutating func fillIn(_ answers: OpenStackAnswers, directory: HostDirectory) {
    func fill(_ service: String, _ zone: String?) {
      guard let zone, !zone.isEmpty else { return }
      for host in directory.hosts(ofService: service) where zoneOfHost[host].isEmpty {
        zoneOfHost[host] = zone
      }
    }
    for service in answers.services ?? [] { fill(service.value.host, service.value.zone) }
    for zone in answers.zones ?? [] where zone.value.zoneName != "internal" {
      for host in (zone.value.hosts ?? [:]).keys.sorted() { fill(host, zone.value.zoneName) }
    }
    for server in answers.servers {
      if let host = server.value.host { fill(host, server.value.zone) }
    }
  }
}
