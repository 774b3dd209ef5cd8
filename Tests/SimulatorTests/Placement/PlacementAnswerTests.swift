import CloudModel
import Simulator
import Testing

/// Small placements whose outcome is plain.
@Suite struct PlacementAnswerTests {
  private static let bestFit = PlacementMethod.ordered(
    HostOrder(.residual(.vcpus, .least, then: .least)))
  private static let hour: Int64 = 3_600_000_000

  private static func fleet(_ hosts: [(cpu: Int32, memory: Int32)]) -> Fleet {
    var fleet = Fleet()
    fleet.zones = ["az1"]
    for host in hosts { fleet.addHost(cpu: host.cpu, memory: host.memory) }
    return fleet
  }

  private static func run(
    _ fleet: Fleet, _ requests: [PlacementRequest], _ events: [ListedEvent],
    _ method: PlacementMethod = bestFit, sampleInterval: Int64? = nil, through: Int64? = nil
  ) throws -> PlacementSimulation {
    var simulation = PlacementSimulation(
      fleet: fleet, requests: requests, method: method,
      options: PlacementOptions(sampleInterval: sampleInterval, keepsDecisions: true))
    var demand = ListedDemand(requests, events)
    _ = try simulation.run(&demand, through: through)
    #expect(simulation.inconsistency() == nil)
    return simulation
  }

  @Test func `use over time is integrated`() throws {
    // 2 of 4 vCPUs for one of four hours, 1 of 4 GiB for all four.
    let requests = [
      PlacementRequest(milliCPU: 2000, memoryMiB: 0),
      PlacementRequest(milliCPU: 0, memoryMiB: 1024),
    ]
    let simulation = try Self.run(
      Self.fleet([(4000, 4096)]), requests,
      [
        ListedEvent(time: 0, request: 1),
        ListedEvent(time: Self.hour, request: 0, life: Self.hour),
      ], sampleInterval: Self.hour, through: 4 * Self.hour)
    let measures = simulation.measures
    #expect(measures.usedHours(.vcpus) == 2000)
    #expect(measures.usedHours(.memory) == 4096)
    #expect(measures.meanUtilisation(.vcpus) == 0.125)
    #expect(measures.meanUtilisation(.memory) == 0.25)
    #expect(measures.hostHours == 4)
    #expect(measures.vmHours == 5)
    #expect(measures.peakVMs == 2 && measures.peakMilliCPU == 2000)
    // Events at the instant of a sample are not in it.
    #expect(measures.samples.map(\.time) == [1, 2, 3, 4].map { $0 * Self.hour })
    #expect(measures.samples.map(\.usedMilliCPU) == [0, 2000, 0, 0])
    #expect(measures.samples.map(\.vms) == [1, 2, 1, 1])
    #expect(simulation.now == 4 * Self.hour)
  }

  @Test func `what is left but of no use is stranded or fragmented`() throws {
    // Host 0 keeps 3 vCPUs without memory, host 1 keeps 1 GiB without vCPUs, host 2 is empty.
    let requests = [
      PlacementRequest(milliCPU: 1000, memoryMiB: 4096),
      PlacementRequest(milliCPU: 4000, memoryMiB: 3072),
      PlacementRequest(milliCPU: 2000, memoryMiB: 1024),
    ]
    let simulation = try Self.run(
      Self.fleet([(4000, 4096), (4000, 4096), (4000, 4096)]), requests,
      [ListedEvent(time: 0, request: 0), ListedEvent(time: 0, request: 1)], sampleInterval: 10,
      through: 10)
    let sample = try #require(simulation.measures.samples.first)
    #expect(sample.left.milliCPU == 7000 && sample.left.memoryMiB == 5120)
    #expect(sample.stranded.milliCPU == 3000 && sample.stranded.memoryMiB == 1024)
    // Request 0 is the first of those asked for most; only the empty host holds it.
    #expect(sample.fragmented.milliCPU == 3000)
    #expect(sample.fragmentation == 3.0 / 7.0)
    #expect(sample.activeHosts == 2)
  }

  @Test func `a refusal names its reason`() throws {
    var fleet = Fleet()
    fleet.zones = ["az1", "az2", "az3"]
    fleet.traits = ["a"]
    fleet.deviceTypes = ["gpu"]
    fleet.addHost(cpu: 4000, memory: 1024, disk: 10, zone: 0)
    fleet.addHost(cpu: 1000, memory: 8192, disk: 10, zone: 0)
    fleet.addHost(cpu: 8000, memory: 8192, zone: 1, largest: (2000, 8192))
    fleet.addHost(cpu: 8000, memory: 8192, zone: 2, isOpen: false)
    let cases: [(PlacementRequest, PlacementRefusal)] = [
      (PlacementRequest(milliCPU: 1000, memoryMiB: 1, zone: 2), .zone),
      (PlacementRequest(milliCPU: 1000, memoryMiB: 1, requiredTraits: 1), .trait),
      (PlacementRequest(milliCPU: 4000, memoryMiB: 1, zone: 1), .size),
      (
        PlacementRequest(
          milliCPU: 1000, memoryMiB: 1, devices: [DeviceDemand(types: 1, count: 1)]), .device
      ),
      (PlacementRequest(milliCPU: 1000, memoryMiB: 9000, zone: 0), .memory),
      (PlacementRequest(milliCPU: 5000, memoryMiB: 512, zone: 0), .vcpu),
      (PlacementRequest(milliCPU: 1000, memoryMiB: 512, diskGiB: 11, zone: 0), .disk),
      (PlacementRequest(milliCPU: 2000, memoryMiB: 2048, zone: 0), .fragmented),
    ]
    for method in [
      Self.bestFit, PlacementMethodCase.index.method, PlacementMethodCase.chosen.method,
    ] {
      let simulation = try Self.run(
        fleet, cases.map(\.0), cases.indices.map { ListedEvent(time: 0, request: Int32($0)) },
        method)
      for (_, reason) in cases {
        #expect(simulation.measures.refused(reason) == 1, "\(reason)")
      }
    }
    fleet.isOpen = [false, false, false, false]
    let closed = try Self.run(fleet, [cases[7].0], [ListedEvent(time: 0, request: 0)])
    #expect(closed.measures.refused(.out) == 1)
    let declined = try Self.run(
      Self.fleet([(4000, 4096)]), [PlacementRequest(milliCPU: 1, memoryMiB: 1)],
      [ListedEvent(time: 0, request: 0)],
      .ordered(HostOrder(.index), accepting: [{ _, _, _ in false }]))
    #expect(declined.measures.refused(.policy) == 1)
  }

  @Test func `a departure at the instant of an arrival makes room for it`() throws {
    let simulation = try Self.run(
      Self.fleet([(2000, 1024)]), [PlacementRequest(milliCPU: 2000, memoryMiB: 1024)],
      [
        ListedEvent(time: 0, request: 0, life: 10), ListedEvent(time: 9, request: 0, life: 10),
        ListedEvent(time: 10, request: 0, life: 10),
      ])
    #expect(simulation.decisions == [0, -1, 0])
    #expect(simulation.now == 20)
  }

  @Test func `a resize stays, moves or is refused`() throws {
    let requests = [1000, 3000, 8000, 500].map { PlacementRequest(milliCPU: $0, memoryMiB: 64) }
    let simulation = try Self.run(
      Self.fleet([(2000, 1024), (4000, 1024)]), requests,
      [
        ListedEvent(time: 0, request: 0, key: 7),
        ListedEvent(time: 1, kind: .resize, request: 3, key: 7),
        ListedEvent(time: 2, kind: .resize, request: 1, key: 7),
        ListedEvent(time: 3, kind: .resize, request: 2, key: 7),
      ])
    #expect(simulation.measures.resizesInPlace == 1)
    #expect(simulation.measures.migrations == 1)
    #expect(simulation.measures.resizesRefused == 1)
    #expect(simulation.placements.map(\.host) == [1])
    #expect(simulation.fleet.freeMilliCPU == [2000, 1000])
  }

  @Test func `an end that comes as an event replaces the known one`() throws {
    let simulation = try Self.run(
      Self.fleet([(1000, 1024)]), [PlacementRequest(milliCPU: 1000, memoryMiB: 64)],
      [
        ListedEvent(time: 0, request: 0, life: 100, key: 1),
        ListedEvent(time: 10, kind: .departure, key: 1),
        ListedEvent(time: 10, request: 0, life: 5, key: 1),
        ListedEvent(time: 12, kind: .departure, key: 9),
        ListedEvent(time: 14, request: 0),
        ListedEvent(time: 20, kind: .departure, key: 1),
      ])
    #expect(simulation.decisions == [0, 0, -1])
    #expect(simulation.measures.departures == 2)
    #expect(simulation.now == 20)
    #expect(simulation.measures.vmHours == 15 / 3.6e9)
  }

  @Test func `devices go whole from the first and in shares to the fullest`() throws {
    var fleet = Fleet()
    fleet.zones = ["az1"]
    fleet.deviceTypes = ["x", "y"]
    fleet.addHost(cpu: 64_000, memory: 65_536, devices: [0, 0, 1, 1])
    let requests = [
      DeviceDemand(types: 1, count: 1), DeviceDemand(types: 0b11, count: 1, share: 300),
      DeviceDemand(types: 0b10, count: 2, share: 500),
    ].map { PlacementRequest(milliCPU: 1000, memoryMiB: 1024, devices: [$0]) }
    let simulation = try Self.run(
      fleet, requests,
      [
        ListedEvent(time: 0, request: 1, life: 50), ListedEvent(time: 1, request: 0, life: 60),
        ListedEvent(time: 2, request: 1), ListedEvent(time: 3, request: 2),
      ], through: 10)
    #expect(simulation.fleet.deviceFree == [400, 0, 500, 500])
    #expect(simulation.measures.used(.device(0)) == 1600)
    #expect(simulation.measures.used(.device(1)) == 1000)
  }
}
