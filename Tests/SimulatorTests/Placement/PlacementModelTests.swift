import CloudModel
import Simulator
import Testing

/// The engine against linear scans, on clouds and demands drawn from seeds.
@Suite struct PlacementModelTests {
  @Test(arguments: PlacementMethodCase.all)
  func `every method chooses as a linear scan does`(method: PlacementMethodCase) throws {
    var (refused, resized, moved, fragmented) = (0, 0, 0, 0)
    for seed in UInt64(1)...9 {
      let drawn = RandomPlacement(seed: seed)
      let simulation = try Self.checked(method, drawn, sampleInterval: 97, seed: seed)
      refused += simulation.measures.refused
      resized += simulation.measures.resizesInPlace
      moved += simulation.measures.migrations
      fragmented += simulation.measures.refused(.fragmented)
    }
    // Draws that never get this far would prove little.
    #expect(refused > 30 && resized > 30 && moved > 3 && fragmented > 1)
  }

  /// VMs that end by themselves are taken in stretches of events; half of the draws have requests
  /// that need no look at hosts.
  @Test(arguments: PlacementMethodCase.all)
  func `stretches of plain events choose as a linear scan does`(
    method: PlacementMethodCase
  ) throws {
    var (placed, refused, departed) = (0, 0, 0)
    for seed in UInt64(301)...312 {
      var drawn = RandomPlacement(seed: seed, eventCount: 300, hasKeys: false)
      if seed % 2 == 0 { drawn.simplify() }
      for place in drawn.events.indices where drawn.events[place].life < 0 {
        drawn.events[place].life = Int64(place * 37 % 500)
      }
      let simulation = try Self.checked(method, drawn, sampleInterval: 997, seed: seed)
      placed += simulation.measures.placed
      refused += simulation.measures.refused
      departed += simulation.measures.departures
    }
    #expect(placed > 500 && refused > 50 && departed == placed)
  }

  /// The engine's run of a demand, held against the linear scan's.
  private static func checked(
    _ method: PlacementMethodCase, _ drawn: RandomPlacement, sampleInterval: Int64, seed: UInt64
  ) throws -> PlacementSimulation {
    var model = LinearPlacement(
      fleet: drawn.fleet, requests: drawn.requests, ranking: method.ranking,
      accepts: method.accepts)
    var simulation = PlacementSimulation(
      fleet: drawn.fleet, requests: drawn.requests, method: method.method,
      options: PlacementOptions(sampleInterval: sampleInterval, keepsDecisions: true))
    var demand = ListedDemand(drawn.requests, drawn.events)
    _ = try simulation.run(&demand)
    for event in drawn.events { model.take(event) }
    model.finish(through: .max - 1)
    let place = "\(method.name), seed \(seed)"
    #expect(simulation.decisions == model.decisions, "\(place)")
    compare(simulation, model, place)
    #expect(simulation.inconsistency() == nil, "\(place)")
    return simulation
  }

  private static func compare(
    _ simulation: PlacementSimulation, _ model: LinearPlacement, _ place: String
  ) {
    let measures = simulation.measures
    #expect(simulation.fleet.freeMilliCPU == model.fleet.freeMilliCPU, "\(place)")
    #expect(simulation.fleet.freeMemoryMiB == model.fleet.freeMemoryMiB, "\(place)")
    #expect(simulation.fleet.freeDiskGiB == model.fleet.freeDiskGiB, "\(place)")
    #expect(simulation.fleet.deviceFree == model.fleet.deviceFree, "\(place)")
    #expect(simulation.fleet.vmCount == model.fleet.vmCount, "\(place)")
    #expect(measures.departures == model.departures, "\(place)")
    #expect(measures.resizesInPlace == model.resized.inPlace, "\(place)")
    #expect(measures.migrations == model.resized.moved, "\(place)")
    #expect(measures.resizesRefused == model.resized.refused, "\(place)")
    #expect(measures.peakVMs == Int64(model.peakVMs), "\(place)")
    for reason in PlacementRefusal.allCases {
      #expect(
        measures.refused(reason) == model.refusals[reason, default: 0], "\(place) \(reason)")
    }
    for zone in 0..<model.fleet.zones.count {
      for (place, resource) in [PlacementResource.vcpus, .memory, .disk].enumerated() {
        let hours = Double(model.integrals[zone][place]) / 3.6e9
        #expect(abs(measures.usedHours(resource, zone: zone) - hours) <= 1e-12 + abs(hours) * 1e-12)
      }
    }
    for type in model.fleet.deviceTypes.indices {
      let hours = Double(model.deviceIntegrals[type]) / 3.6e9
      #expect(abs(measures.usedHours(.device(type)) - hours) <= 1e-12 + hours * 1e-12)
    }
    #expect(abs(measures.hostHours - Double(model.hostIntegral) / 3.6e9) < 1e-12)
  }

  @Test(arguments: UInt64(201)...215)
  func `a coarse grid refuses nothing that fits`(seed: UInt64) throws {
    var drawn = RandomPlacement(seed: seed, eventCount: 120, hasKeys: false)
    // Amounts without a common divisor make the steps of the grid double many times.
    for host in 0..<drawn.fleet.count {
      drawn.fleet.freeMilliCPU[host] += Int32(7 * host + 1)
      drawn.fleet.freeMemoryMiB[host] += Int32(11 * host + 1)
    }
    let method = PlacementMethodCase.residual(.vcpus, .least, .least)
    var model = LinearPlacement(
      fleet: drawn.fleet, requests: drawn.requests, ranking: method.ranking)
    var simulation = PlacementSimulation(
      fleet: drawn.fleet, requests: drawn.requests, method: method.method,
      options: PlacementOptions(keepsDecisions: true))
    let events = drawn.events.enumerated().map { place, event in
      ListedEvent(time: Int64(place) * 30, request: event.request, life: event.life)
    }
    var demand = ListedDemand(drawn.requests, events)
    for event in events {
      model.finish(through: event.time)
      let fitting = (0..<model.fleet.count).filter { model.fits(Int(event.request), on: $0) }
      _ = try simulation.run(&demand, through: event.time)
      let host = Int(simulation.decisions.last ?? -1)
      #expect((host < 0) == fitting.isEmpty, "seed \(seed)")
      if host >= 0, let least = fitting.map({ model.fleet.freeMilliCPU[$0] }).min() {
        // The order is by step, and a step is never this long.
        #expect(fitting.contains(host) && model.fleet.freeMilliCPU[host] - least < 2048)
      }
      model.force(event, on: host)
    }
    #expect(simulation.inconsistency() == nil, "seed \(seed)")
    #expect(simulation.fleet.freeMilliCPU == model.fleet.freeMilliCPU, "seed \(seed)")
  }

  @Test(arguments: UInt64(101)...116)
  func `stopping after every instant changes nothing`(seed: UInt64) throws {
    let drawn = RandomPlacement(seed: seed)
    let method = PlacementMethodCase.all[Int(seed) % PlacementMethodCase.all.count].method
    let start = PlacementSimulation(
      fleet: drawn.fleet, requests: drawn.requests, method: method,
      options: PlacementOptions(sampleInterval: 50))
    var (whole, stepped) = (start, start)
    var demand = ListedDemand(drawn.requests, drawn.events)
    let end = (drawn.events.last?.time ?? 0) + 10_000
    _ = try whole.run(&demand, through: end)
    demand = ListedDemand(drawn.requests, drawn.events)
    var copies: [(PlacementSimulation, ListedDemand)] = []
    for (number, event) in drawn.events.enumerated() {
      _ = try stepped.run(&demand, through: event.time)
      if number % 5 == 0 { #expect(stepped.inconsistency() == nil, "seed \(seed)") }
      if number % 60 == 0 { copies.append((stepped, demand)) }
    }
    copies.append((stepped, demand))
    for (copy, rest) in copies {
      var (simulation, source) = (copy, rest)
      let reached = try simulation.run(&source, through: end)
      #expect(simulation.placementHash == whole.placementHash, "seed \(seed)")
      #expect(simulation.measures == whole.measures, "seed \(seed)")
      #expect(simulation.now == end && reached == .exhausted, "seed \(seed)")
    }
  }
}
