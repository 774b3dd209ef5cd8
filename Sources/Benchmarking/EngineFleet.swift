package import CloudModel

/// The hosts of the benchmark's clouds.
package enum EngineFleet {
  /// Virtual CPUs and GiB of a host.
  package typealias Shape = (cores: Int32, gibibytes: Int32)

  /// Five shapes of hosts.
  package static let shapes: [Shape] = [(32, 128), (48, 192), (64, 256), (64, 512), (96, 384)]

  /// Hosts of 48 cores and 192 GiB.
  package static func equal(_ count: Int) -> Fleet {
    var fleet = Fleet()
    fleet.zones = ["az1"]
    for _ in 0..<count { fleet.append((48, 192), kind: 0) }
    return fleet
  }

  /// Hosts of five shapes in three zones, a trait on each fiftieth.
  ///
  /// **Shape**: host i lies in zone i mod 3 and has the shape of index floor(i / 3) mod 5; hosts 0,
  /// 50, 100 and so on have the trait.
  package static func unequal(_ count: Int) -> Fleet {
    var fleet = Fleet()
    fleet.zones = ["az1", "az2", "az3"]
    fleet.traits = ["CUSTOM_RARE"]
    for host in 0..<count {
      let shape = host / 3 % shapes.count
      let isRare = host % 50 == 0
      fleet.append(
        shapes[shape], zone: Int32(host % 3), kind: Int32(2 * shape + (isRare ? 1 : 0)),
        traitBits: isRare ? 1 : 0)
    }
    return fleet
  }
}

extension Fleet {
  /// Adds an empty host.
  fileprivate mutating func append(
    _ shape: EngineFleet.Shape, zone: Int32 = 0, kind: Int32, traitBits: UInt64 = 0
  ) {
    capacityMilliCPU.append(shape.cores * 1000)
    capacityMemoryMiB.append(shape.gibibytes * 1024)
    capacityDiskGiB.append(0)
    freeMilliCPU.append(shape.cores * 1000)
    freeMemoryMiB.append(shape.gibibytes * 1024)
    freeDiskGiB.append(0)
    largestMilliCPU.append(shape.cores * 1000)
    largestMemoryMiB.append(shape.gibibytes * 1024)
    self.zone.append(zone)
    self.kind.append(kind)
    self.traitBits.append(traitBits)
    isOpen.append(true)
    vmCount.append(0)
    latestEnd.append(.min)
    deviceStart.append(0)
  }
}
