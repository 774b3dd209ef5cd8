import CloudModel
package import Simulator

/// What one way of sharing links gave and took on a workload.
package struct MigrationMeasurement: Sendable, Equatable {
  /// How rates were found.
  package let method: SharingMethod
  /// Starts and ends of flows.
  package let flowEvents: Int
  /// How often a flow got another rate.
  package let rateChanges: Int
  /// CPU time of one whole run, events and planning included, in seconds: least of the rounds.
  package let cpuSeconds: Double
  /// Median over the rounds of the CPU time of one run, in seconds.
  package let medianSeconds: Double
  /// When the last job ended, in seconds of the simulation.
  package let makespanSeconds: Double
  /// Sum of the ends of all jobs, in seconds of the simulation.
  package let sumOfCompletions: Double

  /// Least CPU time of one start or end, in microseconds.
  package var microsecondsPerChange: Double { cpuSeconds * 1e6 / Double(max(1, flowEvents)) }
}

/// Ways of sharing links, on one workload in one process, in turn within each round.
package struct MigrationBenchmark: Sendable, Equatable {
  /// One measurement for each method, in the order asked for.
  package let measurements: [MigrationMeasurement]

  /// Measures methods.
  ///
  /// **Shape**: one round or more; jobs between hosts of the topology.
  package init(
    topology: NetworkTopology, jobs: [FlowJob], limits: MigrationLimits,
    methods: [SharingMethod], rounds: Int
  ) {
    precondition(rounds > 0, "A measurement takes one round or more.")
    var times: [[Double]] = Array(repeating: [], count: methods.count)
    var results: [FlowResult?] = Array(repeating: nil, count: methods.count)
    for _ in 0..<rounds {
      for (index, method) in methods.enumerated() {
        var simulation = FlowSimulation(
          topology: topology, jobs: jobs, limits: limits, method: method)
        let before = ProcessUsage.cpuSeconds
        results[index] = simulation.run()
        times[index].append(ProcessUsage.cpuSeconds - before)
      }
    }
    measurements = methods.indices.compactMap { index in
      results[index].map { Self.measurement(methods[index], times[index].sorted(), $0) }
    }
  }

  /// The CPU time of a measurement over that of another method; nil if that was not measured.
  package func ratio(of measurement: MigrationMeasurement, to method: SharingMethod) -> Double? {
    measurements.first { $0.method == method }.map { measurement.cpuSeconds / $0.cpuSeconds }
  }

  private static func measurement(
    _ method: SharingMethod, _ times: [Double], _ result: FlowResult
  ) -> MigrationMeasurement {
    MigrationMeasurement(
      method: method, flowEvents: result.flowEvents, rateChanges: result.rateChanges,
      cpuSeconds: times[0], medianSeconds: times[times.count / 2],
      makespanSeconds: result.makespan.seconds, sumOfCompletions: result.sumOfCompletions)
  }
}
