import CloudModel
import Policies
import Simulator
import Stochastics
import Testing

/// Every placement policy of the catalogue through the engine: nothing is overfilled, nobody is lost,
/// and the same seed gives the same placements.
struct PlacementConformanceTests {
  private static let names = PolicyCatalog.placement.map { $0.name }

  @Test(arguments: names)
  func `hosts are never overfilled and every VM is accounted for`(name: String) throws {
    for seed in UInt64(1)...12 {
      let workload = RandomWorkload(seed: seed)
      var simulation = try simulation(name, workload)
      for horizon in stride(from: Int64(100), through: 6000, by: 100) {
        var source = workload.demand(upTo: horizon)
        _ = try simulation.run(&source, through: horizon)
        #expect(simulation.inconsistency() == nil, "seed \(seed) at \(horizon)")
        let fleet = simulation.fleet
        for host in 0..<fleet.count {
          #expect(fleet.freeMilliCPU[host] >= 0, "seed \(seed), host \(host)")
          #expect(fleet.freeMemoryMiB[host] >= 0, "seed \(seed), host \(host)")
          #expect(fleet.freeDiskGiB[host] >= 0, "seed \(seed), host \(host)")
        }
      }
      let measures = simulation.measures
      #expect(measures.arrivals == workload.arrivals.count, "seed \(seed)")
      let open = measures.arrivals - measures.placed - measures.refused - measures.withdrawn
      #expect(open >= 0, "seed \(seed)")
      #expect(measures.placed - measures.departures == measures.vmCount, "seed \(seed)")
    }
  }

  @Test(arguments: names)
  func `each VM lies where its request may be`(name: String) throws {
    for seed in UInt64(21)...32 {
      let workload = RandomWorkload(seed: seed)
      var simulation = try simulation(name, workload)
      var source = workload.demand(upTo: .max)
      _ = try simulation.run(&source, through: 6000)
      for (host, request) in simulation.placements {
        let asked = workload.requests[request]
        #expect(asked.zone < 0 || workload.fleet.zone[host] == asked.zone, "seed \(seed)")
        let traits = workload.fleet.traitBits[host]
        #expect(traits & asked.requiredTraits == asked.requiredTraits, "seed \(seed)")
        #expect(workload.fleet.isOpen[host], "seed \(seed)")
      }
    }
  }

  @Test(arguments: names)
  func `the same seed gives the same placements`(name: String) throws {
    let workload = RandomWorkload(seed: 77)
    var hashes: Set<UInt64> = []
    for _ in 0..<2 {
      var simulation = try simulation(name, workload)
      var source = workload.demand(upTo: .max)
      _ = try simulation.run(&source)
      hashes.insert(simulation.placementHash)
    }
    #expect(hashes.count == 1)
  }

  @Test(arguments: names.filter { $0 != "glpk-batch" })
  func `a VM is refused only if no host has room`(name: String) throws {
    for seed in UInt64(41)...52 {
      let workload = RandomWorkload(seed: seed)
      var simulation = try simulation(name, workload)
      var source = workload.demand(upTo: .max)
      _ = try simulation.run(&source)
      #expect(simulation.measures.refused(.policy) == 0, "seed \(seed)")
    }
  }

  @Test func `the documented policy of the ordered tier places as best fit does`() throws {
    for seed in UInt64(61)...72 {
      let workload = RandomWorkload(seed: seed)
      var hashes: Set<UInt64> = []
      for name in ["best-fit", "example-tightest"] {
        var simulation = try simulation(name, workload)
        var source = workload.demand(upTo: .max)
        _ = try simulation.run(&source)
        hashes.insert(simulation.placementHash)
      }
      #expect(hashes.count == 1, "seed \(seed)")
    }
  }

  private func simulation(
    _ name: String, _ workload: RandomWorkload
  ) throws -> PlacementSimulation {
    let type = try #require(PolicyCatalog.placement(named: name))
    let context = PlacementContext(fleet: workload.fleet, requests: workload.requests, seed: 3)
    return PlacementSimulation(
      fleet: workload.fleet, requests: workload.requests,
      method: try type.init(options: Properties()).method(in: context),
      options: PlacementOptions(seed: 3))
  }
}
