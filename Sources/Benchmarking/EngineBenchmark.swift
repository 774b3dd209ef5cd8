package import CloudModel
package import Simulator

/// Which clouds and demands the engine is measured with.
package enum EngineWorkload: String, Sendable, CaseIterable {
  /// Equal hosts, and VMs that come and go.
  case churn = "w1"
  /// Equal hosts, and the recorded VMs of one week.
  case week = "w1-azure"

  /// The hosts of a churn and its demand, with hosts of five shapes in three zones if `isUnequal`.
  ///
  /// **Shape**: the demand is generated on the way; `EngineTrace(recording:)` puts it into memory.
  package static func churn(
    hosts: Int, vms: Int, seed: UInt64, isUnequal: Bool = false
  ) -> (fleet: Fleet, demand: EngineChurn) {
    let fleet = isUnequal ? EngineFleet.unequal(hosts) : EngineFleet.equal(hosts)
    let cores = fleet.capacityMilliCPU.reduce(0) { $0 + Int($1) } / 1000
    return (
      fleet,
      EngineChurn(vms: vms, cores: cores, seed: seed, zones: isUnequal ? fleet.zones.count : 0)
    )
  }
}

/// What a run of the placement engine gave and took.
package struct EngineBenchmark: Sendable, Equatable {
  /// Number of hosts.
  package let hosts: Int
  /// Number of VMs that were asked for.
  package let vms: Int
  /// Arrivals and departures.
  package let events: Int
  /// VMs that were refused.
  package let rejected: Int
  /// CPU time of the loop, in seconds; the demand lay in memory.
  package let cpuSeconds: Double
  /// Most memory that the process ever held, in bytes.
  package let peakMemoryBytes: Int64
  /// Hash of the hosts chosen.
  package let placementHash: UInt64
  /// How full the cloud was.
  package let measures: PlacementMeasures

  /// CPU time of one arrival or departure, in nanoseconds.
  package var nanosecondsPerEvent: Double { cpuSeconds * 1e9 / Double(max(1, events)) }

  /// The hash as 16 hexadecimal digits.
  package var hashText: String {
    let digits = String(placementHash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Runs a demand on a fleet to its end and measures.
  ///
  /// **Errors**: those of the source.
  package init<Source: DemandSource>(
    fleet: Fleet, demand: consuming Source, method: PlacementMethod, options: PlacementOptions
  ) throws(DemandError) {
    var source = demand
    var simulation = PlacementSimulation(
      fleet: fleet, requests: source.requests, method: method, options: options)
    let before = ProcessUsage.cpuSeconds
    _ = try simulation.run(&source)
    cpuSeconds = ProcessUsage.cpuSeconds - before
    peakMemoryBytes = ProcessUsage.peakMemoryBytes
    hosts = fleet.count
    measures = simulation.measures
    vms = measures.arrivals
    events = measures.arrivals + measures.departures
    rejected = measures.refused
    placementHash = simulation.placementHash
  }
}
