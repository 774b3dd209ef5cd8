package import CloudModel

/// Failure, recovery and repair of a region in time.
///
/// Hosts, racks, zones and shared services fail and are repaired; VMs are recovered elsewhere, as far
/// as there is room, or wait for their host. Each replication is a function of the seed and its
/// number alone, so that they can be run in any order, or side by side.
package struct RegionSimulation: Sendable {
  /// How it is simulated.
  package let options: RegionOptions
  private let layout: RegionLayout
  private let serviceNames: [String]

  /// Prepares a region.
  ///
  /// **Errors**: what is wrong with the region.
  ///
  /// **Complexity**: O(hosts + VMs + hosts in scopes).
  package init(_ region: RecoveryRegion, options: RegionOptions) throws(RegionError) {
    try region.check()
    self.options = options
    layout = RegionLayout(region)
    serviceNames = region.services.map(\.name)
  }

  /// The state of a replication at time zero, for those who run the engine themselves.
  package func state(replication: Int) -> RegionState {
    RegionState(layout: layout, options: options, replication: replication)
  }

  /// When a replication ends.
  package var horizon: SimulatedTime {
    let warmUp = options.warmUpHours > 0 ? RegionLayout.microseconds(hours: options.warmUpHours) : 0
    return SimulatedTime(
      microseconds: warmUp + RegionLayout.microseconds(hours: options.years * 8760))
  }

  /// Runs one replication.
  package func measures(replication: Int) -> RegionMeasures {
    var state = state(replication: replication)
    var engine = Engine()
    state.begin(&engine.agenda)
    _ = engine.run(&state, through: horizon)
    state.finish(at: horizon)
    return state.measures
  }

  /// Runs all replications, one after the other.
  package func report() -> RegionReport {
    report(of: (0..<options.replications).map { measures(replication: $0) })
  }

  /// Puts the measures of replications together.
  ///
  /// **Shape**: one element for each replication, at least one, in their order.
  package func report(of replications: [RegionMeasures]) -> RegionReport {
    RegionReport(replications, serviceNames: serviceNames)
  }
}
