import CloudModel
import Simulator
import Testing

/// The engine against linear scans, on clouds and demands drawn from seeds.
@Suite struct PlacementModelTests {
  @Test(arguments: PlacementMethodCase.all)
  func `every method chooses as a linear scan does`(method: PlacementMethodCase) throws {
    var (refused, resized, moved, fragmented) = (0, 0, 0, 0)
    for seed in UInt64(1)...12 {
      let drawn = RandomPlacement(seed: seed)
      var model = LinearPlacement(
        fleet: drawn.fleet, requests: drawn.requests, ranking: method.ranking,
        accepts: method.accepts)
      var simulation = PlacementSimulation(
        fleet: drawn.fleet, requests: drawn.requests, method: method.method,
        options: PlacementOptions(sampleInterval: 97, keepsDecisions: true))
      var demand = ListedDemand(drawn.requests, drawn.events)
      _ = try simulation.run(&demand)
      for event in drawn.events { model.take(event) }
      model.finish(through: .max - 1)
      let place = "\(method.name), seed \(seed)"
      #expect(simulation.decisions == model.decisions, "\(place)")
      Self.compare(simulation, model, place)
      if let fault = simulation.inconsistency() { Issue.record("\(place): \(fault)") }
      refused += simulation.measures.refused
      resized += simulation.measures.resizesInPlace
      moved += simulation.measures.migrations
      fragmented += simulation.measures.refused(.fragmented)
    }
    // Draws that never get this far would prove little.
    #expect(refused > 40 && resized > 40 && moved > 4 && fragmented > 2)
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
      if number % 5 == 0, let fault = stepped.inconsistency() {
        Issue.record("seed \(seed): \(fault)")
      }
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
