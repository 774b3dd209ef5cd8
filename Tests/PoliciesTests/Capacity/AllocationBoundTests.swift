import CloudModel
import Policies
import Stochastics
import Testing

/// The bound on what devices can be given out, against the enumeration of all placements.
@Suite struct AllocationBoundTests {
  private typealias Entry = (request: PlacementRequest, count: Int)

  private func whole(_ count: Int32, types: UInt64 = 1) -> [DeviceDemand] {
    [DeviceDemand(types: types, count: count)]
  }

  private func part(_ share: Int32) -> [DeviceDemand] {
    [DeviceDemand(types: 1, count: 1, share: share)]
  }

  @Test func wholeDevicesComeInSets() {
    let fleet = FleetSample.fleet([.init(devices: [1000, 1000, 1000])])
    let bound = AllocationBound(
      of: fleet, requests: [(FleetSample.request(1, 1, devices: whole(2)), 5)])
    #expect(bound.allDeviceShares == 2000)
    #expect(bound.deviceShares == [2000, 0])
    #expect(bound.requests == 1)
  }

  @Test func aDeviceHoldsAWholeNumberOfShares() {
    let fleet = FleetSample.fleet([.init(devices: [1000, 1000])])
    let bound = AllocationBound(
      of: fleet, requests: [(FleetSample.request(1, 1, devices: part(600)), 5)])
    #expect(bound.allDeviceShares == 1200)
    #expect(bound.requests == 2)
  }

  @Test func processorsLimitDevices() {
    let fleet = FleetSample.fleet([
      .init(freeVCPUs: 10, devices: [1000, 1000, 1000, 1000]), .init(freeVCPUs: 48),
    ])
    let requests: [Entry] = [
      (FleetSample.request(4, 1, devices: whole(1)), 9), (FleetSample.request(40, 1), 3),
    ]
    let bound = AllocationBound(of: fleet, requests: requests)
    #expect(bound.allDeviceShares == 2000)
    #expect(bound.requests == 3)
  }

  @Test func typesAreToldApart() {
    let fleet = FleetSample.fleet([.init(devices: [1000, 1000], deviceTypes: [0, 1])])
    let requests: [Entry] = [
      (FleetSample.request(1, 1, devices: whole(1, types: 2)), 4),
      (FleetSample.request(1, 1, devices: whole(2, types: 3)), 1),
    ]
    let bound = AllocationBound(of: fleet, requests: requests)
    #expect(bound.deviceShares == [1000, 1000])
    #expect(bound.allDeviceShares == 2000)
  }

  @Test func emptyTables() {
    let none = AllocationBound(of: FleetSample.fleet([.init(devices: [1000])]), requests: [])
    #expect(none.allDeviceShares == 0 && none.requests == 0)
    let nowhere = AllocationBound(
      of: FleetSample.fleet([]), requests: [(FleetSample.request(1, 1), 2)])
    #expect(nowhere.requests == 0)
  }

  @Test(arguments: 0..<120) func noPlacementExceedsTheBound(seed: Int) {
    var draw = RandomStream(seed: UInt64(seed), replication: 0, purpose: .generation)
    let fleet = FleetSample.fleet(
      (0..<2).map { _ in
        let devices = (0..<draw.integer(below: 4)).map { _ in
          [1000, 1000, 600, 300][draw.integer(below: 4)] as Int32
        }
        return .init(
          freeVCPUs: Int32(2 + draw.integer(below: 8)), freeGiB: Int32(2 + draw.integer(below: 8)),
          devices: devices, deviceTypes: devices.map { _ in UInt8(draw.integer(below: 2)) })
      })
    let table = (0..<3).map { _ -> Entry in
      let types = UInt64(1 + draw.integer(below: 3))
      let devices: [DeviceDemand] = [
        [], [.init(types: types, count: Int32(1 + draw.integer(below: 2)))],
        [.init(types: types, count: 1, share: Int32(100 * (1 + draw.integer(below: 8))))],
        [.init(types: 1, count: 1), .init(types: 2, count: 1, share: 500)],
      ][draw.integer(below: 4)]
      let request = FleetSample.request(
        Int32(1 + draw.integer(below: 4)), Int32(1 + draw.integer(below: 4)), devices: devices)
      return (request, 1 + draw.integer(below: 2))
    }
    let bound = AllocationBound(of: fleet, requests: table)
    var search = EveryAllocation(fleet, table)
    search.run()
    #expect(bound.allDeviceShares >= search.mostShares, "seed \(seed)")
    #expect(bound.requests >= search.mostRequests, "seed \(seed)")
    for type in 0..<2 {
      #expect(bound.deviceShares[type] >= search.mostOfType[type], "seed \(seed), type \(type)")
    }
  }
}

/// Tries every host and every choice of devices for every request.
private struct EveryAllocation {
  private var fleet: Fleet
  private let requests: [PlacementRequest]
  private var given: [Int64]
  private var placed = 0
  private(set) var mostShares: Int64 = 0
  private(set) var mostRequests = 0
  private(set) var mostOfType: [Int64]

  init(_ fleet: Fleet, _ table: [(request: PlacementRequest, count: Int)]) {
    self.fleet = fleet
    requests = table.flatMap { [PlacementRequest](repeating: $0.request, count: $0.count) }
    given = [Int64](repeating: 0, count: fleet.deviceTypes.count)
    mostOfType = given
  }

  mutating func run() { visit(0) }

  private mutating func visit(_ index: Int) {
    mostShares = max(mostShares, given.reduce(0, +))
    mostRequests = max(mostRequests, placed)
    for type in given.indices { mostOfType[type] = max(mostOfType[type], given[type]) }
    guard index < requests.count else { return }
    visit(index + 1)
    let request = requests[index]
    for host in 0..<fleet.count
    where fleet.freeMilliCPU[host] >= request.milliCPU
      && fleet.freeMemoryMiB[host] >= request.memoryMiB
    {
      fleet.freeMilliCPU[host] -= request.milliCPU
      fleet.freeMemoryMiB[host] -= request.memoryMiB
      placed += 1
      let units = request.devices.flatMap { [DeviceDemand](repeating: $0, count: Int($0.count)) }
      give(units[...], on: host, taken: [], then: index + 1)
      placed -= 1
      fleet.freeMilliCPU[host] += request.milliCPU
      fleet.freeMemoryMiB[host] += request.memoryMiB
    }
  }

  private mutating func give(
    _ units: ArraySlice<DeviceDemand>, on host: Int, taken: [Int], then next: Int
  ) {
    guard let unit = units.first else { return visit(next) }
    for device in Int(fleet.deviceStart[host])..<Int(fleet.deviceStart[host + 1])
    where !taken.contains(device) && fleet.deviceFree[device] >= unit.share
      && unit.types >> UInt64(fleet.deviceType[device]) & 1 == 1
    {
      fleet.deviceFree[device] -= unit.share
      given[Int(fleet.deviceType[device])] += Int64(unit.share)
      give(units.dropFirst(), on: host, taken: taken + [device], then: next)
      given[Int(fleet.deviceType[device])] -= Int64(unit.share)
      fleet.deviceFree[device] += unit.share
    }
  }
}
