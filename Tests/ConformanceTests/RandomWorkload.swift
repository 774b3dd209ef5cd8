import CloudModel
import Simulator
import Stochastics

/// A small cloud with zones, traits and devices, and VMs that overfill it, drawn from a seed.
struct RandomWorkload {
  private(set) var fleet = Fleet()
  private(set) var requests: [PlacementRequest] = []
  private(set) var arrivals: [(time: Int64, request: Int32, life: Int64)] = []

  init(seed: UInt64) {
    var draw = RandomStream(seed: seed, replication: 0, purpose: .generation)
    fleet.zones = ["az1", "az2"]
    fleet.traits = ["CUSTOM_FAST"]
    fleet.deviceTypes = ["gpu-a", "gpu-b"]
    for _ in 0..<6 + draw.integer(below: 20) { addHost(&draw) }
    for _ in 0..<3 + draw.integer(below: 5) { addRequest(&draw) }
    var time: Int64 = 0
    for _ in 0..<400 {
      time += Int64(draw.integer(below: 25))
      arrivals.append(
        (time, Int32(draw.integer(below: requests.count)), 50 + Int64(draw.integer(below: 2000))))
    }
  }

  private mutating func addHost(_ draw: inout RandomStream) {
    let cpu = Int32([8, 16, 32][draw.integer(below: 3)])
    fleet.capacityMilliCPU.append(cpu * 1000)
    fleet.freeMilliCPU.append(cpu * 1000)
    fleet.largestMilliCPU.append(cpu * 1000)
    let memory = cpu * Int32([2, 4, 8][draw.integer(below: 3)]) * 1024
    fleet.capacityMemoryMiB.append(memory)
    fleet.freeMemoryMiB.append(memory)
    fleet.largestMemoryMiB.append(memory)
    let disk = Int32(draw.integer(below: 3) * 200)
    fleet.capacityDiskGiB.append(disk)
    fleet.freeDiskGiB.append(disk)
    fleet.zone.append(Int32(draw.integer(below: 2)))
    fleet.kind.append(Int32(fleet.count - 1))
    fleet.traitBits.append(draw.integer(below: 4) == 0 ? 1 : 0)
    fleet.isOpen.append(draw.integer(below: 12) > 0)
    fleet.vmCount.append(0)
    fleet.latestEnd.append(.min)
    for _ in 0..<[0, 0, 2, 4][draw.integer(below: 4)] {
      fleet.deviceType.append(UInt8(draw.integer(below: 2)))
      fleet.deviceFree.append(1000)
    }
    fleet.deviceStart.append(Int32(fleet.deviceType.count))
  }

  private mutating func addRequest(_ draw: inout RandomStream) {
    let cpu = Int32([1, 2, 4, 8][draw.integer(below: 4)])
    var request = PlacementRequest(
      milliCPU: cpu * 1000, memoryMiB: cpu * Int32([2, 4][draw.integer(below: 2)]) * 1024,
      flavor: Int32(requests.count))
    if draw.integer(below: 4) == 0 { request.diskGiB = 20 }
    if draw.integer(below: 3) == 0 { request.zone = Int32(draw.integer(below: 2)) }
    if draw.integer(below: 5) == 0 { request.requiredTraits = 1 }
    if draw.integer(below: 3) == 0 {
      let isPart = draw.integer(below: 2) == 0
      request.devices = [
        DeviceDemand(
          types: UInt64(1 + draw.integer(below: 3)), count: isPart ? 1 : 2,
          share: isPart ? 300 : 1000)
      ]
    }
    requests.append(request)
  }

  /// The VMs that arrive up to an instant and were not handed out before it by a hundred.
  func demand(upTo horizon: Int64) -> Demand {
    // The first stretch begins at zero, at which VMs may arrive, too.
    let first = horizon == .max || horizon <= 100 ? -1 : horizon - 100
    return Demand(
      requests: requests, arrivals: arrivals.filter { $0.time > first && $0.time <= horizon })
  }

  /// Arrivals from a list.
  struct Demand: DemandSource {
    let requests: [PlacementRequest]
    var arrivals: [(time: Int64, request: Int32, life: Int64)]

    mutating func fill(_ block: inout DemandBlock) {
      for arrival in arrivals.prefix(block.limit) {
        block.append(
          time: arrival.time, kind: .arrival, request: arrival.request, life: arrival.life)
      }
      arrivals.removeFirst(min(arrivals.count, block.limit))
    }
  }
}
