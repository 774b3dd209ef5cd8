package import CloudModel

/// A model of what one step with one VM costs.
///
/// Planner and simulator ask the same model: the planner for nominal durations, the simulator for
/// timelines under drawn factors. A model is a pure function of its parameters and the request.
package protocol MigrationModel: Sendable {
  /// The numbers it works with.
  var parameters: MigrationParameters { get }

  /// What a step does in time when nothing else hinders it; waiting for a slot is not part of it.
  func timeline(of request: MigrationRequest, under factors: SpreadFactors) -> MigrationTimeline
}

extension MigrationModel {
  /// What a step does in time without spread.
  package func nominalTimeline(of request: MigrationRequest) -> MigrationTimeline {
    timeline(of: request, under: .nominal)
  }

  /// How long a step takes without spread.
  package func nominalDuration(of request: MigrationRequest) -> SimulatedDuration {
    nominalTimeline(of: request).duration
  }
}
