import CloudModel
import Simulator
import Testing

/// Requests that are collected and placed together, and hosts drawn at random.
@Suite struct PlacementQueueTests {
  /// The last request first, each on the first host with room.
  private struct LastFirst: QueuePlacer {
    func place(
      _ queue: [PlacementRequest], in fleet: Fleet, at moment: PlacementMoment
    ) -> [Int32] {
      var fleet = fleet
      var hosts = [Int32](repeating: -1, count: queue.count)
      for (place, request) in queue.enumerated().reversed() {
        guard let host = (0..<fleet.count).first(where: { fleet.fits(request, on: $0) }) else {
          continue
        }
        hosts[place] = Int32(host)
        fleet.freeMilliCPU[host] -= request.milliCPU
        fleet.freeMemoryMiB[host] -= request.memoryMiB
      }
      return hosts
    }
  }

  private static let requests = [
    PlacementRequest(milliCPU: 3000, memoryMiB: 64),
    PlacementRequest(milliCPU: 1000, memoryMiB: 64),
  ]

  private static func simulation(every: Int64, atMost: Int) -> PlacementSimulation {
    var fleet = Fleet()
    fleet.zones = ["az1"]
    fleet.addHost(cpu: 4000, memory: 1024)
    fleet.addHost(cpu: 2000, memory: 1024)
    return PlacementSimulation(
      fleet: fleet, requests: requests, method: .queued(LastFirst(), every: every, atMost: atMost),
      options: PlacementOptions(keepsDecisions: true))
  }

  @Test func `the queue is placed when its time has come`() throws {
    var simulation = Self.simulation(every: 10, atMost: 100)
    var demand = ListedDemand(
      Self.requests,
      [
        ListedEvent(time: 5, request: 0, life: 20), ListedEvent(time: 8, request: 1, life: 20),
        ListedEvent(time: 15, request: 1, life: 7), ListedEvent(time: 100, request: 0),
      ])
    _ = try simulation.run(&demand)
    let measures = simulation.measures
    #expect(simulation.decisions == [0, 0, 1, 0])
    #expect(measures.flushes == 3)
    // The first two wait 10 and 7, the third and fourth the whole time.
    #expect(measures.totalWaiting == 37 && measures.longestWaiting == 10)
    // Lives begin when they are placed: 15 to 35 twice, 25 to 32, 110 on.
    #expect(measures.vmHours == 47 / 3.6e9)
    #expect(simulation.now == 110)
  }

  @Test func `the queue is placed when it is full`() throws {
    var simulation = Self.simulation(every: 1000, atMost: 3)
    var demand = ListedDemand(
      Self.requests, [0, 1, 1, 1].enumerated().map { .init(time: Int64($0), request: $1) })
    _ = try simulation.run(&demand, through: 3)
    #expect(simulation.decisions == [-1, 0, 0])
    #expect(simulation.measures.refused(.policy) == 0)
    #expect(simulation.measures.refused(.vcpu) == 1)
    _ = try simulation.run(&demand, through: 2000)
    #expect(simulation.decisions == [-1, 0, 0, 0])
  }

  @Test func `who waits can leave or change`() throws {
    var simulation = Self.simulation(every: 10, atMost: 100)
    var demand = ListedDemand(
      Self.requests,
      [
        ListedEvent(time: 0, request: 0, key: 1), ListedEvent(time: 1, request: 0, key: 2),
        ListedEvent(time: 2, kind: .departure, key: 1),
        ListedEvent(time: 3, kind: .resize, request: 1, key: 2),
      ])
    _ = try simulation.run(&demand)
    #expect(simulation.decisions == [-1, 0])
    #expect(simulation.measures.withdrawn == 1)
    #expect(simulation.measures.placed == 1 && simulation.measures.refused == 0)
    #expect(simulation.fleet.freeMilliCPU == [3000, 2000])
  }

  @Test(arguments: UInt64(1)...12)
  func `many draws find the best and few draws a host that fits`(seed: UInt64) throws {
    var drawn = RandomPlacement(seed: seed, eventCount: 120, hasKeys: false)
    // One event an instant, so that each can be looked at alone.
    drawn.events = drawn.events.enumerated().map { place, event in
      ListedEvent(time: Int64(place) * 30, request: event.request, life: event.life)
    }
    let rank = PlacementMethodCase.residual(.vcpus, .least, .least)
    for count in [1, 2, 600] {
      var model = LinearPlacement(
        fleet: drawn.fleet, requests: drawn.requests, ranking: rank.ranking)
      var simulation = PlacementSimulation(
        fleet: drawn.fleet, requests: drawn.requests,
        method: .ordered(
          HostOrder(.residual(.vcpus, .least, then: .least), sample: count)),
        options: PlacementOptions(seed: seed, keepsDecisions: true))
      var again = simulation
      var demand = ListedDemand(drawn.requests, drawn.events)
      _ = try again.run(&demand)
      demand = ListedDemand(drawn.requests, drawn.events)
      for event in drawn.events {
        model.finish(through: event.time)
        let fitting = (0..<model.fleet.count).filter { model.fits(Int(event.request), on: $0) }
        _ = try simulation.run(&demand, through: event.time)
        let host = Int(simulation.decisions.last ?? -1)
        #expect((host < 0) == fitting.isEmpty, "seed \(seed) draws \(count)")
        if count == 600, host >= 0 {
          let least = fitting.map { model.fleet.freeMilliCPU[$0] }.min()
          #expect(model.fleet.freeMilliCPU[host] == least, "seed \(seed)")
        }
        model.force(event, on: host)
      }
      #expect(again.decisions == simulation.decisions, "seed \(seed)")
    }
  }
}
