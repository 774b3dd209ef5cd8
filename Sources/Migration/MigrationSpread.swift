import Stochastics

/// Factors by which the durations of one migration depart from the nominal ones.
package struct SpreadFactors: Sendable, Hashable {
  /// Of this migration alone; for all its phases.
  package var own: Double
  /// Common to all migrations of a replication; for phases whose length a data rate decides.
  package var common: Double
  /// Of what this guest writes.
  package var load: Double
  /// How long a link lives while this guest depends on it, over its mean.
  package var linkFailure: Double

  /// Factors above zero.
  package init(own: Double, common: Double, load: Double = 1, linkFailure: Double = .infinity) {
    precondition(own > 0 && common > 0 && load > 0, "Factors are above zero.")
    self.own = own
    self.common = common
    self.load = load
    self.linkFailure = linkFailure
  }

  /// The nominal duration.
  package static let nominal = SpreadFactors(own: 1, common: 1)
}

/// Draws of the factors; lognormal with mean 1, so that the mean of many runs is the nominal one.
package struct MigrationSpread: Sendable {
  private let own: LognormalShape
  private let common: LognormalShape
  private let load: LognormalShape
  private let seed: UInt64
  private let replication: UInt64

  /// The spread of a replication.
  package init(_ parameters: MigrationParameters, seed: UInt64, replication: UInt64) {
    own = LognormalShape(mean: 1, cv: parameters.spread.value)
    common = LognormalShape(mean: 1, cv: parameters.commonSpread.value)
    load = LognormalShape(mean: 1, cv: parameters.loadSpread.value)
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
    let factor = single.lognormal(own)
    return SpreadFactors(
      own: factor, common: commonFactor, load: single.lognormal(load),
      linkFailure: single.exponential(mean: 1))
  }

  /// The factor that all migrations of the replication share.
  package var commonFactor: Double {
    var shared = RandomStream(seed: seed, replication: replication, purpose: .migrationRates)
    return shared.lognormal(common)
  }
}
