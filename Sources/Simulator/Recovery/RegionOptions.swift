/// How a region is simulated.
package struct RegionOptions: Sendable, Equatable {
  /// The seed of all random draws.
  package var seed: UInt64
  /// How many replications; each begins anew and all their draws differ.
  package var replications: Int
  /// The measured time of each, in years of 8,760 hours.
  package var years: Double
  /// Time before that which is not measured, in hours; each replication begins with all parts up.
  package var warmUpHours: Double
  /// The availability that is claimed of each service in each month of 730 hours.
  package var claim: Double

  /// Options; the default warm-up is a week, many times the repair of a host.
  package init(
    seed: UInt64, replications: Int = 20, years: Double, warmUpHours: Double = 168,
    claim: Double = 0.9999
  ) {
    precondition(
      replications > 0 && years > 0 && warmUpHours >= 0,
      "A simulation has replications of some time.")
    precondition(claim >= 0 && claim <= 1, "A claim lies between zero and one.")
    self.seed = seed
    self.replications = replications
    self.years = years
    self.warmUpHours = warmUpHours
    self.claim = claim
  }
}
