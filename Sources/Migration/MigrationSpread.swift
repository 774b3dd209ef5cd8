import Stochastics

/// Factors by which the durations of one migration depart from the nominal ones.
package struct SpreadFactors: Sendable, Hashable {
  /// Of this migration alone; for all its phases.
  package var own: Double
  /// Common to all migrations of a replication; for phases whose length a data rate decides.
  package var common: Double

  /// Factors above zero.
  package init(own: Double, common: Double) {
    precondition(own > 0 && common > 0, "Factors of a duration are above zero.")
    self.own = own
    self.common = common
  }

  /// The nominal duration.
  package static let nominal = SpreadFactors(own: 1, common: 1)
}

/// Draws of the factors; lognormal with mean 1, so that the mean of many runs is the nominal one.
package struct MigrationSpread: Sendable {
  private let own: LognormalShape
  private let common: LognormalShape
  private let seed: UInt64
  private let replication: UInt64

  /// The spread of a replication.
  package init(_ parameters: MigrationParameters, seed: UInt64, replication: UInt64) {
    own = LognormalShape(mean: 1, cv: parameters.spread.value)
    common = LognormalShape(mean: 1, cv: parameters.commonSpread.value)
    self.seed = seed
    self.replication = replication
  }

  /// The factors of one VM's migration; `attempt` counts its migrations in this replication.
  ///
  /// They depend on VM and attempt only, not on the order in which migrations happen, so that two
  /// policies meet the same luck.
  package func factors(vm: Int, attempt: Int = 0) -> SpreadFactors {
    let subject = UInt64(truncatingIfNeeded: vm) << 16 | UInt64(truncatingIfNeeded: attempt)
    var single = RandomStream(
      seed: seed, replication: replication, purpose: .migrations, subject: subject)
    var shared = RandomStream(seed: seed, replication: replication, purpose: .migrationRates)
    return SpreadFactors(own: single.lognormal(own), common: shared.lognormal(common))
  }
}
