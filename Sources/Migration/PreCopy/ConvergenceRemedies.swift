/// Changes with which a transfer that does not converge would.
///
/// Closed forms first; rate and throttle are raised above theirs until the rounds end, too, before
/// the horizon.
///
/// **Units**: MiB/s, seconds, percent; nil where no such change helps.
package struct ConvergenceRemedies: Sendable, Hashable {
  /// The rate, confirmed by rounds.
  package let rate: Double?
  /// The pause of the closed form: necessary, and enough for a hypervisor that sends all of the
  /// rest in its last pass.
  package let downtime: Double?
  /// Whether the rounds end with that pause, too.
  package let isDowntimeConfirmed: Bool
  /// The throttle from the start on, confirmed by rounds.
  package let throttle: Double?

  /// The remedies for a transfer of which `ends` tells whether it ends before the horizon.
  ///
  /// **Units**: `diskWrites` in MiB/s.
  init(
    for transfer: PreCopyTransfer, diskWrites: Double, ends: (PreCopyTransfer) -> Bool
  ) {
    let bounds = ConvergenceBounds(of: transfer)
    rate = Self.least(from: max(bounds.rate, diskWrites, transfer.rate), upTo: 1e9) {
      ends(transfer.atRate($0))
    }
    throttle = Self.least(from: max(bounds.throttle, transfer.throttle), upTo: 99) { percent in
      var slower = transfer
      slower.throttle = percent
      return ends(slower)
    }
    downtime = bounds.downtime.flatMap { $0 > 0 ? $0 : nil }
    var patient = transfer
    patient.downtime = .fixed(downtime ?? 0)
    isDowntimeConfirmed = downtime != nil && ends(patient)
  }

  /// The least value above a bound with which the rounds end, to a part in a thousand; nil where
  /// none up to a limit is found.
  private static func least(
    from bound: Double, upTo limit: Double, _ ends: (Double) -> Bool
  ) -> Double? {
    if bound > 0, bound <= limit, ends(bound) { return bound }
    var low = bound
    var step = max(bound, 1) * 0.001
    for _ in 0..<16 {
      let high = min(bound + step, limit)
      guard high > low else { return nil }
      if ends(high) { return narrowed(low, high, ends) }
      (low, step) = (high, step * 4)
    }
    return nil
  }

  /// The least value between one with which the rounds do not end and one with which they do.
  private static func narrowed(
    _ low: Double, _ high: Double, _ ends: (Double) -> Bool
  ) -> Double {
    var (low, high) = (low, high)
    for _ in 0..<20 where high - low > high * 0.001 {
      let middle = (low + high) / 2
      if ends(middle) { high = middle } else { low = middle }
    }
    return high
  }
}

extension ConvergenceRemedies {
  /// The remedies for a transfer of memory alone.
  ///
  /// **Complexity**: linear in the rounds of about 40 transfers.
  package init(for transfer: PreCopyTransfer) {
    self.init(for: transfer, diskWrites: 0) { transfer in
      PreCopyRounds.result(of: transfer).ending == .converged
    }
  }
}
