/// What is said of a move before it is made.
package enum MigrationVerdict: String, Sendable, CaseIterable {
  /// It ends.
  case converges
  /// It does not end by itself before the horizon.
  case notConvergent = "not_convergent"
  /// It ends, and would not with a tenth less rate.
  case edge
}

/// What the move of one VM comes to.
///
/// **Units**: seconds, MiB, percent.
package struct MigrationEstimate: Sendable, Hashable {
  /// Whether it ends.
  package var verdict: MigrationVerdict
  /// How its transfer ends; nil for a cold migration.
  package var ending: TransferEnding?
  /// The whole time; nil where it does not end.
  package var total: Double?
  /// The whole time if the last step of a ramp of the pause were allowed from the start; nil where
  /// there is no ramp, or it would not end either.
  package var totalWithoutRamp: Double?
  /// At the edge, from a tenth more rate to the horizon.
  package var range: ClosedRange<Double>?
  /// The rounds of memory.
  package var rounds: Int
  /// What is sent.
  package var sent: Double
  /// How long the guest gives no service; nil where that is not known or it does not end.
  package var downtime: Double?
  /// The throttle at the end.
  package var throttle: Double
  /// What would help; nil where nothing need.
  package var remedies: ConvergenceRemedies?
  /// How long capacity is taken on both hosts; nil where nobody has said when it is confirmed.
  package var holdsBoth: Double?
}

extension MigrationEstimate {
  /// The estimate of a move.
  ///
  /// **Complexity**: linear in the rounds played, at most about 40 times `PreCopyTransfer.roundLimit`.
  package init(of migration: SingleMigration) {
    switch (migration.mode, migration.transfer) {
    case (.live, let transfer?): self = Self.live(migration, transfer)
    case (.stopCopy, let transfer?): self = Self.stopCopy(migration, transfer)
    default: self = Self.cold(migration)
    }
  }

  private static func live(
    _ migration: SingleMigration, _ transfer: PreCopyTransfer
  ) -> MigrationEstimate {
    func played(_ transfer: PreCopyTransfer) -> MirroredTransfer {
      MirroredTransfer(transfer, disk: migration.disk, device: migration.device)
    }
    let move = played(transfer)
    var estimate = MigrationEstimate(
      verdict: move.endsItself ? .converges : .notConvergent, ending: move.memory.ending,
      total: move.seconds.map { $0 + migration.overhead }, rounds: move.memory.rounds,
      sent: move.memory.sent + move.diskSent, downtime: move.memory.downtime,
      throttle: move.memory.throttle)
    if !move.endsItself {
      estimate.remedies = ConvergenceRemedies(
        for: transfer, diskWrites: migration.disk?.writeRate ?? 0
      ) { played($0).endsItself }
    } else if let total = estimate.total, !played(transfer.slowed).endsItself {
      estimate.verdict = .edge
      let fast = played(transfer.atRate(transfer.rate * 1.1)).seconds ?? .infinity
      estimate.range =
        min(total, fast + migration.overhead)...max(total, transfer.horizon + migration.overhead)
    }
    if case .steps(let ramp) = transfer.downtime {
      var allowed = transfer
      allowed.downtime = .fixed(ramp.milliseconds / 1000)
      let other = played(allowed)
      estimate.totalWithoutRamp =
        other.endsItself ? other.seconds.map { $0 + migration.overhead } : nil
    }
    estimate.add(
      migration.device, isInRounds: migration.device?.dirty != nil, lineRate: transfer.lineRate)
    estimate.holdsBoth = estimate.total
    return estimate
  }

  /// The guest is paused first, so that nothing is sent twice.
  private static func stopCopy(
    _ migration: SingleMigration, _ transfer: PreCopyTransfer
  ) -> MigrationEstimate {
    let copy = migration.disk?.copied(over: transfer.rate) ?? (seconds: 0, sent: 0)
    let gap =
      copy.seconds + transfer.memory / transfer.rate + transfer.stop + transfer.scanSeconds
    var estimate = MigrationEstimate(
      verdict: .converges, ending: .paused, total: migration.overhead + gap, rounds: 1,
      sent: transfer.memory + copy.sent, downtime: gap, throttle: 0)
    estimate.add(migration.device, isInRounds: false, lineRate: transfer.rate)
    estimate.holdsBoth = estimate.total
    return estimate
  }

  /// Shut down, copy, define, boot; capacity is held until the migration is confirmed.
  private static func cold(_ migration: SingleMigration) -> MigrationEstimate {
    let copy = migration.disk?.copied(over: migration.rate) ?? (seconds: 0, sent: 0)
    let off = migration.shutdown + copy.seconds + migration.define + migration.boot
    let total = migration.overhead + off
    return MigrationEstimate(
      verdict: .converges, total: total, rounds: 0, sent: copy.sent, downtime: off, throttle: 0,
      holdsBoth: migration.confirm.map { total + $0 })
  }

  /// A device whose state moves during the pause makes it longer, by an unknown time if need be.
  private mutating func add(_ device: DeviceState?, isInRounds: Bool, lineRate: Double) {
    guard let device, ending != .aborted, ending != .stalled else { return }
    guard let state = device.mebibytes else {
      downtime = nil
      return
    }
    guard !isInRounds else { return }
    let seconds = state / lineRate
    downtime = downtime.map { $0 + seconds }
    total = total.map { $0 + seconds }
    totalWithoutRamp = totalWithoutRamp.map { $0 + seconds }
    range = range.map { ($0.lowerBound + seconds)...($0.upperBound + seconds) }
    sent += state
  }
}

extension PreCopyTransfer {
  /// The same with a tenth less rate.
  fileprivate var slowed: PreCopyTransfer {
    var slower = self
    slower.rate *= 0.9
    return slower
  }
}
