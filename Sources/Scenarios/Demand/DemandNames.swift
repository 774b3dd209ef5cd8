package import CloudModel
package import Simulator

/// The names that requests of a demand mean by number: those of the fleet.
package struct DemandNames: Sendable, Equatable {
  /// Names of the zones.
  package var zones: [String]
  /// Names of the traits; bit i of a request is trait i.
  package var traits: [String]
  /// Names of the device types.
  package var deviceTypes: [String]

  /// Names as they stand.
  package init(zones: [String] = [], traits: [String] = [], deviceTypes: [String] = []) {
    self.zones = zones
    self.traits = traits
    self.deviceTypes = deviceTypes
  }

  /// The names of a fleet.
  package init(_ fleet: Fleet) {
    self.init(zones: fleet.zones, traits: fleet.traits, deviceTypes: fleet.deviceTypes)
  }

  /// The same names with those that flavors add, which no host has.
  ///
  /// **Errors**: `malformed` for more than 64 traits or device types.
  package func adding(_ flavors: [DemandFlavor]) throws(DemandError) -> DemandNames {
    var names = self
    for flavor in flavors {
      for trait in flavor.traits {
        let name = trait.hasPrefix("!") ? String(trait.dropFirst()) : trait
        if !names.traits.contains(name) { names.traits.append(name) }
      }
      for type in flavor.devices.flatMap(\.types) where !names.deviceTypes.contains(type) {
        names.deviceTypes.append(type)
      }
    }
    for (count, word) in [
      (names.traits.count, "traits"), (names.deviceTypes.count, "device types"),
    ]
    where count > 64 {
      throw DemandError(
        .malformed(found: "\(count) \(word) in cloud and flavors", allowed: "at most 64 \(word)"))
    }
    return names
  }

  /// The types of requests of some flavors: each without a zone or, with zones, first without one
  /// and then in each.
  ///
  /// **Shape**: flavor by flavor, `1 + zones` of each, or one where no request names a zone.
  package func requests(for flavors: [DemandFlavor], inZones: Bool) -> [PlacementRequest] {
    flavors.enumerated().flatMap { index, flavor in
      (-1..<(inZones ? Int32(zones.count) : 0)).map { zone in
        PlacementRequest(
          milliCPU: flavor.milliCPU, memoryMiB: flavor.memoryMiB, diskGiB: flavor.diskGiB,
          zone: zone, requiredTraits: bits(flavor.traits.filter { !$0.hasPrefix("!") }, traits),
          forbiddenTraits: bits(
            flavor.traits.filter { $0.hasPrefix("!") }.map { String($0.dropFirst()) }, traits),
          devices: flavor.devices.map {
            DeviceDemand(types: bits($0.types, deviceTypes), count: $0.count, share: $0.share)
          }, flavor: Int32(index))
      }
    }
  }

  private func bits(_ words: [String], _ names: [String]) -> UInt64 {
    words.reduce(0) { bits, word in
      guard let index = names.firstIndex(of: word) else {
        preconditionFailure("The names must hold those of the flavors.")
      }
      return bits | 1 << UInt64(index)
    }
  }
}
