import CloudModel
import Simulator

/// One event of a demand written by hand.
struct ListedEvent {
  var time: Int64
  var kind: DemandKind = .arrival
  var request: Int32 = -1
  var life: Int64 = -1
  var key: Int32 = -1
}

/// A demand from a list, in blocks of any size.
struct ListedDemand: DemandSource {
  let requests: [PlacementRequest]
  let events: [ListedEvent]
  var blockSize = 7
  var next = 0

  init(_ requests: [PlacementRequest], _ events: [ListedEvent]) {
    self.requests = requests
    self.events = events
  }

  mutating func fill(_ block: inout DemandBlock) {
    let end = min(events.count, next + min(blockSize, block.limit))
    for event in events[next..<end] {
      block.append(
        time: event.time, kind: event.kind, request: event.request, life: event.life,
        key: event.key)
    }
    next = end
  }
}

extension Fleet {
  /// Adds an empty host.
  mutating func addHost(
    cpu: Int32, memory: Int32, disk: Int32 = 0, zone: Int32 = 0, traits: UInt64 = 0,
    largest: (cpu: Int32, memory: Int32)? = nil, devices: [UInt8] = [], isOpen: Bool = true
  ) {
    capacityMilliCPU.append(cpu)
    capacityMemoryMiB.append(memory)
    capacityDiskGiB.append(disk)
    freeMilliCPU.append(cpu)
    freeMemoryMiB.append(memory)
    freeDiskGiB.append(disk)
    largestMilliCPU.append(largest?.cpu ?? .max)
    largestMemoryMiB.append(largest?.memory ?? .max)
    self.zone.append(zone)
    kind.append(0)
    traitBits.append(traits)
    self.isOpen.append(isOpen)
    vmCount.append(0)
    latestEnd.append(.min)
    deviceType += devices
    deviceFree += [Int32](repeating: 1000, count: devices.count)
    deviceStart.append(Int32(deviceType.count))
  }
}
