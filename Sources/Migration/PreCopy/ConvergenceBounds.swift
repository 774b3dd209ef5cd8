/// What closed forms say of a transfer before its rounds are played.
///
/// **Units**: MiB/s, seconds, percent.
///
/// **Source**: `docs/physics.md`, rounds of pre-copy.
package struct ConvergenceBounds: Sendable, Hashable {
  /// The rate above which the transfer converges: the steepest slope of the dirty curve.
  package let rate: Double
  /// The least pause in which the link sends more than is written; nil where there is none.
  package let downtime: Double?
  /// The throttle above which the transfer converges at the rate it has.
  package let throttle: Double
  /// Whether it converges by itself: the link is faster than the guest at any time, or the whole
  /// hot set fits into the pause.
  package let converges: Bool

  /// The bounds of a transfer.
  package init(of transfer: PreCopyTransfer) {
    let share = 1 - transfer.throttle / 100
    rate = transfer.dirty.steepestRate * share
    downtime = transfer.dirty.leastPause(rate: transfer.rate)
    throttle = rate > 0 ? max(0, 1 - transfer.rate / transfer.dirty.steepestRate) * 100 : 0
    let hotSetFits =
      transfer.dirty.saturation.map { $0 < transfer.threshold(at: 0) } ?? false
    converges = rate < transfer.rate || hotSetFits
  }

  /// The whole time of a transfer with a constant dirty rate: V / (B (1 - r)), r the dirty rate
  /// over B; nil from r = 1 on.
  ///
  /// Never below the rounds that end without a stop time, and at most 9 % above them up to
  /// r = 0.95 where the pause is short against the whole.
  package static func seconds(memory: Double, rate: Double, dirtyRate: Double) -> Double? {
    guard dirtyRate < rate else { return nil }
    return memory / (rate - dirtyRate)
  }
}
