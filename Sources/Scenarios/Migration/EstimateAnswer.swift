import Migration

/// What one move comes to, in the units of the keys under which it is printed.
///
/// **Units**: seconds, MiB, MiB/s, percent.
package struct EstimateAnswer: Sendable, Equatable {
  /// What would make a transfer converge; nil where no such change helps.
  package struct Remedy: Sendable, Equatable {
    /// The rate.
    package var rate: Double?
    /// The pause of the closed form.
    package var downtimeLimit: Double?
    /// The throttle from the start on.
    package var throttle: Double?
    /// The keys of those with which the rounds were played to their end.
    package var confirmed: [String]
  }

  /// The name of the move.
  package var id: String
  /// How it is moved.
  package var mode: String
  /// `converges`, `not_convergent` or `edge`.
  package var verdict: String
  /// How its transfer ends; nil for a cold migration.
  package var ending: String?
  /// The whole time; nil where it does not end.
  package var total: Double?
  /// The whole time with the last pause of a ramp from the start on; nil without a ramp, or where
  /// that does not end either.
  package var totalWithoutRamp: Double?
  /// The range of the whole time at the edge.
  package var range: ClosedRange<Double>?
  /// The rounds of memory.
  package var rounds: Int
  /// What is sent.
  package var sent: Double
  /// How long the guest gives no service; nil where that is not known.
  package var downtime: Double?
  /// The throttle at the end.
  package var throttle: Double
  /// How long capacity is taken on both hosts; nil where that is not known.
  package var holdsBoth: Double?
  /// What would make it converge; nil where it does.
  package var remedy: Remedy?
  /// Absent keys whose default only the owner of the VM could confirm.
  package var assumed: [String]

  /// The answer to a record that was checked.
  package init(to record: EstimateRecord) {
    let estimate = MigrationEstimate(of: record.migration)
    id = record.id
    mode = record.mode.rawValue
    verdict = estimate.verdict.rawValue
    ending = estimate.ending?.rawValue
    total = estimate.total
    totalWithoutRamp = estimate.totalWithoutRamp
    range = estimate.range
    rounds = estimate.rounds
    sent = estimate.sent
    downtime = estimate.downtime
    throttle = estimate.throttle
    holdsBoth = estimate.holdsBoth
    remedy = estimate.remedies.map(Remedy.init)
    assumed = record.assumed
  }

  /// Whether it ends by itself.
  package var converges: Bool { verdict != MigrationVerdict.notConvergent.rawValue }
}

extension EstimateAnswer.Remedy {
  init(_ remedies: ConvergenceRemedies) {
    let confirmed = [
      ("rate_mib_s", remedies.rate != nil), ("downtime_limit_s", remedies.isDowntimeConfirmed),
      ("throttle_percent", remedies.throttle != nil),
    ]
    self.init(
      rate: remedies.rate, downtimeLimit: remedies.downtime, throttle: remedies.throttle,
      confirmed: confirmed.filter(\.1).map(\.0))
  }
}
