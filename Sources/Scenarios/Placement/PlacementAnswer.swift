package import Simulator
package import Stochastics

/// What one policy made of a demand, in one replication.
package struct PlacementOutcome: Sendable, Equatable {
  /// A number with its name; the unit is in the name.
  package struct Value: Sendable, Equatable {
    /// The name, such as `rejected_share`.
    package var name: String
    /// The value.
    package var value: Double
  }

  /// The measures, in the same order for all replications and policies of a run.
  package var values: [Value]
  /// How many VMs were refused for which reason, in the order of reasons, none left out.
  package var refusals: [(reason: PlacementRefusal, count: Int)]
  /// The share of each resource that was used in each zone, zone by zone.
  package var zones: [(zone: String, resource: String, share: Double)]
  /// The state at the instants of the interval.
  package var samples: [PlacementSample]
  /// Arrivals and ends of VMs.
  package var events: Int

  /// The value of a name; 0 if there is none.
  package subscript(name: String) -> Double { values.first { $0.name == name }?.value ?? 0 }

  /// Whether two outcomes are the same in all that is measured.
  package static func == (left: Self, right: Self) -> Bool {
    left.values == right.values && left.samples == right.samples && left.events == right.events
      && left.refusals.elementsEqual(right.refusals) { $0 == $1 }
      && left.zones.elementsEqual(right.zones) { $0 == $1 }
  }
}

/// What a policy made of a demand in all replications.
package struct PlacementResult: Sendable {
  /// The policy.
  package var policy: String
  /// One outcome per replication.
  package var outcomes: [PlacementOutcome]

  /// The names of the measures.
  package var names: [String] { outcomes.first?.values.map(\.name) ?? [] }

  /// Mean of a measure with its interval of 95 %; no interval for one replication.
  package func summary(_ name: String) -> (mean: Double, interval: ConfidenceInterval?) {
    let sample = RunningMean(outcomes.map { $0[name] })
    return (sample.mean, ConfidenceInterval.mean(of: sample))
  }

  /// Mean of the differences to another policy, replication by replication: both met the same
  /// draws, so that most of their spread cancels.
  package func difference(
    to other: PlacementResult, _ name: String
  ) -> (mean: Double, interval: ConfidenceInterval?) {
    let sample = RunningMean(zip(outcomes, other.outcomes).map { $0[name] - $1[name] })
    return (sample.mean, ConfidenceInterval.mean(of: sample))
  }
}

/// The answer about the placement of a demand.
package struct PlacementAnswer: Sendable {
  /// The question.
  package var question: PlacementQuestion
  /// Each policy's result, in the order of the question.
  package var results: [PlacementResult]
  /// What the most that any placement could allocate is, where the demand never leaves.
  package var bounds: [AllocationLimit]
  /// What is wrong with the demand, if it could not be followed to its end: the results are those
  /// up to there.
  package var interruption: DemandError?
  /// The half-width that was asked for, if one was.
  package var wantedHalfWidth: Double?
  /// CPU seconds; shown beside an answer and never part of it.
  package var cpuSeconds: Double

  /// How many replications were made.
  package var replications: Int { results.first?.outcomes.count ?? 0 }

  /// Arrivals and ends of VMs in all replications under all policies.
  package var events: Int {
    results.reduce(0) { $0 + $1.outcomes.reduce(0) { $0 + $1.events } }
  }

  /// The widest half of the intervals of the refused share.
  package var halfWidth: Double {
    results.map { $0.summary("rejected_share").interval?.halfWidth ?? .infinity }.max() ?? 0
  }
}

/// The most that a measure could be under any placement of a demand that never leaves.
package struct AllocationLimit: Sendable, Equatable {
  /// The name of the measure.
  package var measure: String
  /// The bound, in the unit of the measure.
  package var bound: Double
}
