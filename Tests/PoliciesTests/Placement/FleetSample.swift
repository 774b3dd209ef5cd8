import CloudModel
import Stochastics

/// Fleets and requests for the tests of placement policies.
enum FleetSample {
  /// A host by what it offers, what is left and its devices.
  struct Host {
    var vcpus: Int32 = 48
    var memoryGiB: Int32 = 192
    var freeVCPUs: Int32 = 48
    var freeGiB: Int32 = 192
    var zone: Int32 = 0
    var traits: UInt64 = 0
    var vmCount: Int32 = 0
    var latestEnd: Int64 = .min
    /// What is left of each device.
    var devices: [Int32] = []
    /// Types of the devices; all 0 where it is shorter.
    var deviceTypes: [UInt8] = []
  }

  static func fleet(_ hosts: [Host]) -> Fleet {
    var fleet = Fleet()
    fleet.zones = ["a", "b", "c"]
    fleet.deviceTypes = ["small", "large"]
    for host in hosts {
      fleet.capacityMilliCPU.append(host.vcpus * 1000)
      fleet.capacityMemoryMiB.append(host.memoryGiB * 1024)
      fleet.capacityDiskGiB.append(1000)
      fleet.freeMilliCPU.append(host.freeVCPUs * 1000)
      fleet.freeMemoryMiB.append(host.freeGiB * 1024)
      fleet.freeDiskGiB.append(1000)
      fleet.largestMilliCPU.append(host.vcpus * 1000)
      fleet.largestMemoryMiB.append(host.memoryGiB * 1024)
      fleet.zone.append(host.zone)
      fleet.kind.append(0)
      fleet.traitBits.append(host.traits)
      fleet.isOpen.append(true)
      fleet.vmCount.append(host.vmCount)
      fleet.latestEnd.append(host.latestEnd)
      for (place, free) in host.devices.enumerated() {
        fleet.deviceFree.append(free)
        fleet.deviceType.append(place < host.deviceTypes.count ? host.deviceTypes[place] : 0)
      }
      fleet.deviceStart.append(Int32(fleet.deviceFree.count))
    }
    return fleet
  }

  static func request(
    _ vcpus: Int32, _ gib: Int32, zone: Int32 = -1, devices: [DeviceDemand] = []
  ) -> PlacementRequest {
    PlacementRequest(milliCPU: vcpus * 1000, memoryMiB: gib * 1024, zone: zone, devices: devices)
  }

  /// Hosts in random states; small numbers, so that equal hosts are common.
  static func randomFleet(hosts: Int, devices: Bool, _ stream: inout RandomStream) -> Fleet {
    fleet(
      (0..<hosts).map { _ in
        var host = Host()
        host.vcpus = stream.integer(below: 2) == 0 ? 48 : 64
        host.freeVCPUs = Int32(stream.integer(below: 13)) * 4
        host.freeGiB = Int32(stream.integer(below: 7)) * 32
        host.zone = Int32(stream.integer(below: 3))
        host.traits = UInt64(stream.integer(below: 4))
        if stream.integer(below: 4) > 0 {
          host.vmCount = 1 + Int32(stream.integer(below: 9))
          host.latestEnd = Int64(stream.integer(below: 20)) * 1_800_000_000
        }
        for _ in 0..<(devices ? stream.integer(below: 5) : 0) {
          host.devices.append([0, 200, 500, 700, 1000, 1000][stream.integer(below: 6)])
          host.deviceTypes.append(UInt8(stream.integer(below: 2)))
        }
        return host
      })
  }

  /// Types of requests, some with devices, zones and traits.
  static func randomRequests(
    count: Int, devices: Bool, _ stream: inout RandomStream
  ) -> [PlacementRequest] {
    (0..<count).map { _ in
      var request = request(
        [1, 2, 4, 8, 16][stream.integer(below: 5)], [2, 8, 16, 64][stream.integer(below: 4)])
      if stream.integer(below: 5) == 0 { request.zone = Int32(stream.integer(below: 3)) }
      if stream.integer(below: 4) == 0 { request.diskGiB = 600 }
      if stream.integer(below: 5) == 0 { request.requiredTraits = 1 }
      if stream.integer(below: 5) == 0 { request.forbiddenTraits = 2 }
      guard devices, stream.integer(below: 4) > 0 else { return request }
      for _ in 0...(stream.integer(below: 6) / 5) {
        let isWhole = stream.integer(below: 2) == 0
        request.devices.append(
          DeviceDemand(
            types: UInt64(1 + stream.integer(below: 3)),
            count: isWhole ? 1 + Int32(stream.integer(below: 3)) : 1,
            share: isWhole ? 1000 : [100, 300, 500, 600][stream.integer(below: 4)]))
      }
      return request
    }
  }

  /// The host that a scorer makes the engine take: of those that fit the first with the greatest
  /// score, asked for in blocks.
  static func winner(
    _ scorer: any HostScorer, in fleet: Fleet, for request: PlacementRequest,
    at moment: PlacementMoment = PlacementMoment(now: 0), block: Int = 7
  ) -> Int? {
    var best: (host: Int, score: Double)?
    for start in stride(from: 0, to: fleet.count, by: block) {
      let range = start..<min(start + block, fleet.count)
      var scores = [Double](repeating: .nan, count: range.count)
      scorer.score(range, of: fleet, for: request, at: moment, into: &scores)
      for host in range where fleet.fits(request, on: host) {
        let score = scores[host - start]
        if score > best?.score ?? -.infinity { best = (host, score) }
      }
    }
    return best?.host
  }
}
