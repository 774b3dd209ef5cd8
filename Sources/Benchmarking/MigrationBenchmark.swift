import CloudModel
package import Simulator

/// What one way of sharing links gave and took on a workload.
package struct MigrationMeasurement: Sendable, Equatable {
  /// How rates were found.
  package let method: SharingMethod
  /// Starts and ends of flows that were measured.
  package let flowEvents: Int
  /// How often a flow got another rate.
  package let rateChanges: Int
  /// CPU time of what was measured, events and planning included, in seconds: least of the rounds.
  package let cpuSeconds: Double
  /// Median over the rounds of the CPU time of one run, in seconds.
  package let medianSeconds: Double
  /// Whether all jobs were run to their ends.
  package let isWhole: Bool
  /// When the last job ended that did, in seconds of the simulation.
  package let makespanSeconds: Double
  /// Sum of the ends of all jobs that ended, in seconds of the simulation.
  package let sumOfCompletions: Double

  /// Least CPU time of one start or end, in microseconds.
  package var microsecondsPerChange: Double { cpuSeconds * 1e6 / Double(max(1, flowEvents)) }
}

/// Ways of sharing links, on one workload in one process, in turn within each round.
package struct MigrationBenchmark: Sendable, Equatable {
  /// One measurement for each method, in the order asked for.
  package let measurements: [MigrationMeasurement]

  /// What of a run is measured.
  package enum Window: Sendable, Equatable {
    /// All of it.
    case whole
    /// From the first end of a flow on, with as many flows at once as there may be, for at most so
    /// many starts and ends.
    case full(events: Int)
  }

  /// Measures methods in the same window.
  ///
  /// **Shape**: one round or more; jobs between hosts of the topology.
  package init(
    topology: NetworkTopology, jobs: [FlowJob], limits: MigrationLimits,
    methods: [SharingMethod], rounds: Int, window: Window = .whole
  ) {
    precondition(rounds > 0, "A measurement takes one round or more.")
    var runs = methods.map { _ in Runs() }
    for _ in 0..<rounds {
      for (index, method) in methods.enumerated() {
        runs[index].add(
          FlowSimulation(topology: topology, jobs: jobs, limits: limits, method: method),
          window)
      }
    }
    measurements = zip(methods, runs).compactMap { $1.measurement($0) }
  }

  /// The CPU time of a start or end in a measurement over that of another method; nil if that was
  /// not measured.
  package func ratio(of measurement: MigrationMeasurement, to method: SharingMethod) -> Double? {
    measurements.first { $0.method == method }.map {
      measurement.microsecondsPerChange / $0.microsecondsPerChange
    }
  }

  /// Runs of one method.
  private struct Runs {
    var times: [Double] = []
    var result: FlowResult?
    /// Starts and rate changes before the window.
    var before = (flowEvents: 0, rateChanges: 0)

    mutating func add(_ simulation: FlowSimulation, _ window: Window) {
      var simulation = simulation
      var limit = Int.max
      if case .full(let events) = window {
        limit = events
        let first = simulation.run(events: 0)
        before = (first.flowEvents, first.rateChanges)
      }
      let start = ProcessUsage.cpuSeconds
      result = simulation.run(events: limit)
      times.append(ProcessUsage.cpuSeconds - start)
    }

    func measurement(_ method: SharingMethod) -> MigrationMeasurement? {
      guard let result else { return nil }
      let times = times.sorted()
      return MigrationMeasurement(
        method: method, flowEvents: result.flowEvents - before.flowEvents,
        rateChanges: result.rateChanges - before.rateChanges, cpuSeconds: times[0],
        medianSeconds: times[times.count / 2], isWhole: result.ends.allSatisfy { $0 != nil },
        makespanSeconds: result.makespan.seconds, sumOfCompletions: result.sumOfCompletions)
    }
  }
}
