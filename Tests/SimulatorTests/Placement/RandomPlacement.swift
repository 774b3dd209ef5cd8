import CloudModel
import Simulator
import Stochastics

/// A small fleet, requests and events drawn from a seed, tight enough that some are refused.
struct RandomPlacement {
  var fleet = Fleet()
  var requests: [PlacementRequest] = []
  var events: [ListedEvent] = []
  private var draw: RandomStream

  init(seed: UInt64, eventCount: Int = 200, hasKeys: Bool = true) {
    draw = RandomStream(seed: seed, replication: 0, purpose: .generation)
    let zones = 1 + below(3)
    fleet.zones = (0..<zones).map { "az\($0)" }
    fleet.traits = ["a", "b"]
    fleet.deviceTypes = ["x", "y"]
    // Odd steps make a grid that is fine in one resource.
    let steps: (cpu: Int32, memory: Int32) = below(3) == 0 ? (250, 96) : (1000, 1024)
    for _ in 0..<3 + below(20) { addHost(zones: zones, steps) }
    for _ in 0..<2 + below(7) { addRequest(zones: zones, steps) }
    addEvents(eventCount, hasKeys: hasKeys)
  }

  /// Takes away what makes the engine look at a host that its index offers.
  mutating func simplify() {
    for request in requests.indices {
      requests[request].diskGiB = 0
      requests[request].devices = []
    }
    fleet.largestMilliCPU = fleet.capacityMilliCPU.map { _ in .max }
    fleet.largestMemoryMiB = fleet.capacityMilliCPU.map { _ in .max }
  }

  mutating func below(_ bound: Int) -> Int { draw.integer(below: bound) }

  private mutating func addHost(zones: Int, _ steps: (cpu: Int32, memory: Int32)) {
    let sizes: [Int32] = [16, 24, 48]
    let cpu = sizes[below(3)] * steps.cpu
    let memory = sizes[below(3)] * 2 * steps.memory
    let devices = below(3) == 0 ? (0..<1 + below(4)).map { _ in UInt8(below(2)) } : []
    fleet.addHost(
      cpu: cpu, memory: memory, disk: Int32(below(3)) * 100, zone: Int32(below(zones)),
      traits: UInt64(below(4)), largest: below(4) == 0 ? (cpu / 4, memory) : nil,
      devices: devices, isOpen: below(10) > 0)
    // Some VMs run already and stay.
    let host = fleet.count - 1
    if below(4) == 0 {
      fleet.freeMilliCPU[host] -= 2 * steps.cpu
      fleet.freeMemoryMiB[host] -= 4 * steps.memory
      fleet.vmCount[host] = 1
    }
    if below(20) == 0 { fleet.freeMemoryMiB[host] = -steps.memory }
  }

  private mutating func addRequest(zones: Int, _ steps: (cpu: Int32, memory: Int32)) {
    var request = PlacementRequest(
      milliCPU: Int32(below(9)) * steps.cpu, memoryMiB: Int32(1 + below(16)) * steps.memory)
    if below(4) == 0 { request.diskGiB = Int32(below(80)) }
    if below(3) == 0 { request.zone = Int32(below(zones)) }
    if below(4) == 0 { request.requiredTraits = UInt64(1 << below(2)) }
    if below(6) == 0 { request.forbiddenTraits = UInt64(1 << below(2)) }
    for _ in 0..<(below(4) == 0 ? 1 + below(2) : 0) {
      let share: Int32 = below(2) == 0 ? 1000 : 100 * Int32(1 + below(9))
      request.devices.append(
        DeviceDemand(types: UInt64(1 + below(3)), count: Int32(1 + below(2)), share: share))
    }
    requests.append(request)
  }

  private mutating func addEvents(_ count: Int, hasKeys: Bool) {
    var time: Int64 = 0
    var named: [Int32] = []
    var lastKey: Int32 = 0
    for _ in 0..<count {
      // Many events at one instant.
      time += Int64(below(3)) * Int64(below(40))
      let pick = below(10)
      if pick < 6 || named.isEmpty {
        var event = ListedEvent(time: time, request: Int32(below(requests.count)))
        if below(3) > 0 { event.life = Int64(below(600)) }
        if hasKeys, below(2) == 0 {
          lastKey += 1
          event.key = lastKey
          named.append(lastKey)
        }
        events.append(event)
      } else if pick < 8 {
        let key = named.remove(at: below(named.count))
        events.append(ListedEvent(time: time, kind: .departure, key: key))
      } else {
        events.append(
          ListedEvent(
            time: time, kind: .resize, request: Int32(below(requests.count)),
            key: named[below(named.count)]))
      }
    }
    // At one instant departures come first, then resizes.
    events = events.enumerated().sorted { left, right in
      (left.element.time, left.element.kind.rawValue, left.offset)
        < (right.element.time, right.element.kind.rawValue, right.offset)
    }.map(\.element)
    dropEventsBeforeTheirArrival()
  }

  /// Sorting can put the departure of a VM before its arrival at the same instant.
  private mutating func dropEventsBeforeTheirArrival() {
    var arrived: Set<Int32> = []
    events = events.filter { event in
      if event.kind == .arrival {
        arrived.insert(event.key)
        return true
      }
      return arrived.contains(event.key)
    }
  }
}
