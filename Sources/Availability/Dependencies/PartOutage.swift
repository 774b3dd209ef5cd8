/// An instance of a part, or the facility of a zone, that goes down and comes back as a whole.
package struct PartOutage: Sendable, Equatable {
  /// The name of the instance.
  package let name: String
  /// The zone that it takes; nil: all zones of its region.
  package let zone: Int?
  /// The region that it takes; nil: all.
  package let region: Int?
  /// The share of time down.
  package let unavailability: Double
  /// How often it goes down, per hour.
  package let frequencyPerHour: Double
  /// The standard deviation of the logarithm of the time down, for a part without spares; nil:
  /// exponential.
  package let sigma: Double?
  /// What is not possible meanwhile.
  package let stops: Set<Impact>
  /// The chance that a VM in its reach is hit.
  package let share: Double
}

extension DependencyModel {
  /// Everything wider than a rack that goes down by itself, each with its long-run figures: facilities
  /// of zones first, then parts that stop something. What is shared deeper down, as a grid behind two
  /// facilities, fails in each of them alone here.
  ///
  /// **Errors**: `FaultTreeRefusal` where a part is larger than the limits.
  package func outages() throws(FaultTreeRefusal) -> [PartOutage] {
    var result: [PartOutage] = []
    for zone in zones.indices {
      if let outage = try facilityOutage(of: zone) { result.append(outage) }
    }
    for part in parts where part.domain <= .zone && !part.stops.isEmpty {
      var seen: Set<String> = []
      for zone in zones.indices {
        guard let found = try outage(of: part, at: zone), seen.insert(found.name).inserted else {
          continue
        }
        result.append(found)
      }
    }
    return result
  }

  private func facilityOutage(of zone: Int) throws(FaultTreeRefusal) -> PartOutage? {
    var builder = partBuilder
    guard let top = builder.facility(of: zone) else { return nil }
    return try outage(builder, top, named: top, .zone, zone, Set(Impact.allCases), share: 1)
  }

  private func outage(
    of part: DependencyPart, at zone: Int
  ) throws(FaultTreeRefusal) -> PartOutage? {
    var builder = partBuilder
    guard let top = builder.input(part, at: ReplicaPlace(zone: zone)) else { return nil }
    let name = builder.instance(part, at: ReplicaPlace(zone: zone))
    return try outage(builder, top, named: name, part.domain, zone, part.stops, share: part.share)
  }

  private var partBuilder: ServiceTreeBuilder {
    ServiceTreeBuilder(self, ServiceShape(name: "", replicas: [], needed: 0), .asIs)
  }

  private func outage(
    _ builder: ServiceTreeBuilder, _ top: String, named name: String, _ domain: DependencyDomain,
    _ zone: Int, _ stops: Set<Impact>, share: Double
  ) throws(FaultTreeRefusal) -> PartOutage? {
    guard
      let tree = try? FaultTree(top: top, events: builder.events, gates: builder.gates)
    else { return nil }
    let analysis = try FaultTreeAnalysis(tree)
    guard let frequency = analysis.frequencyPerHour, frequency > 0 else { return nil }
    return PartOutage(
      name: name, zone: domain == .zone ? zone : nil,
      region: domain == .cloud ? nil : zones[zone].region,
      unavailability: analysis.probability, frequencyPerHour: frequency,
      sigma: builder.events.count == 1 ? builder.sigmas[0] : nil, stops: stops, share: share)
  }
}
