/// Plays the rounds of a pre-copy.
///
/// The hypervisor asks for the dirty pages as soon as the rest falls below the threshold, so about
/// three quarters of the threshold are still unsent when new dirt arrives. A guest whose short-term
/// dirty rate reaches the rate of the link therefore hovers: rounds of one length for ever.
///
/// **Source**: QEMU, `migration/migration.c` and `migration/ram.c`; `docs/physics.md`, rounds of
/// pre-copy.
package struct PreCopyRounds {
  private let transfer: PreCopyTransfer
  private var converge: AutoConverge
  private var rest: Double
  private var time = 0.0
  private var sent = 0.0
  private var rounds = 0
  /// Guest time since the first round, which bounds what can be dirty.
  private var guestTime = 0.0
  private var lowest = Double.infinity
  private var lowestAt = 0.0

  private init(_ transfer: PreCopyTransfer) {
    self.transfer = transfer
    rest = transfer.memory
    converge = AutoConverge(isEnabled: transfer.autoConverge, percent: transfer.throttle)
  }

  /// What a transfer comes to.
  ///
  /// **Complexity**: linear in the rounds, at most `PreCopyTransfer.roundLimit`.
  package static func result(of transfer: PreCopyTransfer) -> TransferResult {
    var rounds = PreCopyRounds(transfer)
    return rounds.play()
  }

  /// One round: what it sends and how long it takes.
  private struct Round {
    var sent: Double
    var seconds: Double
  }

  private mutating func play() -> TransferResult {
    if transfer.postCopyAt != 0, rest < transfer.threshold(at: 0) { return finish() }
    while rounds < PreCopyTransfer.roundLimit {
      let threshold = transfer.threshold(at: time)
      let round = nextRound(threshold)
      if let result = interrupted(in: round) { return result }
      carryOut(round)
      if rest < threshold { return finish() }
      if time > transfer.horizon { return givenUp(.aborted) }
    }
    return givenUp(.aborted)
  }

  /// A round goes in steps of the pacing until the rest is below the threshold.
  private func nextRound(_ threshold: Double) -> Round {
    let quantum = min(transfer.rate * PreCopyTransfer.pacing, threshold / 2)
    // The slack keeps a rest that is a whole number of steps above the threshold at that number.
    let steps = ((rest - threshold) / quantum + 1e-9).rounded(.down) + 1
    return Round(
      sent: min(rest, steps * quantum), seconds: steps * quantum / transfer.rate)
  }

  /// Seconds of undisturbed guest time in a stretch from now on.
  private func guestSeconds(_ seconds: Double) -> Double {
    max(0, min(time + seconds, transfer.loadEnd) - time) * converge.guestShare
  }

  private mutating func carryOut(_ round: Round) {
    let guest = guestSeconds(round.seconds)
    let written = transfer.dirty.written(in: guest)
    time += round.seconds
    sent += round.sent
    rounds += 1
    let unsent = rest - round.sent
    converge.note(dirty: written, sent: round.sent, at: time)
    guestTime = rounds == 1 ? 0 : guestTime + guest
    rest = unsent + written
    if rounds >= 3 {
      // No more can be dirty than all that was touched since the first round.
      rest = min(rest, max(written, transfer.dirty.written(in: guestTime)))
    }
    if unsent < lowest - 1e-9 { (lowest, lowestAt) = (unsent, time) }
  }

  private func result(
    _ ending: TransferEnding, seconds: Double?, more: Double = 0, downtime: Double?
  ) -> TransferResult {
    TransferResult(
      ending: ending, seconds: seconds, rounds: rounds, sent: sent + more, downtime: downtime,
      throttle: converge.percent)
  }

  private func givenUp(_ ending: TransferEnding) -> TransferResult {
    result(ending, seconds: nil, downtime: nil)
  }

  /// The guest is paused and the rest sent without the cap, unless the time is over before.
  private func finish() -> TransferResult {
    let downtime = transfer.stop + rest / transfer.lineRate
    let total = time + downtime + transfer.scanSeconds
    if total > transfer.horizon + 1e-9 {
      // The time ran out during the pause: either it is undone or the guest stays paused.
      guard transfer.atHorizon != .abort else { return givenUp(.aborted) }
      return result(.paused, seconds: total, more: rest, downtime: downtime)
    }
    return result(.converged, seconds: total, more: rest, downtime: downtime)
  }
}

/// What cuts a round short.
extension PreCopyRounds {
  /// The end of the transfer if it comes within a round.
  private func interrupted(in round: Round) -> TransferResult? {
    let end = time + round.seconds
    let horizon = transfer.atHorizon == .abort ? .infinity : transfer.horizon
    var stalled = Double.infinity
    if let timeout = transfer.progressTimeout, rounds > 0 { stalled = lowestAt + timeout }
    let switching = transfer.postCopyAt ?? .infinity
    let first = min(horizon, stalled, switching)
    guard first < end else { return nil }
    if switching == first, switching <= transfer.horizon { return switchOver(at: first, round) }
    if stalled == first { return givenUp(.stalled) }
    return transfer.atHorizon == .pause
      ? pause(at: first, round) : switchOver(at: first, round)
  }

  /// What is not at the destination at a time within a round, and what the round sent until then.
  private func missing(at moment: Double, _ round: Round) -> (rest: Double, sent: Double) {
    let seconds = max(0, moment - time)
    let sent = min(round.sent, seconds * transfer.rate)
    var written = transfer.dirty.written(in: guestSeconds(seconds))
    // In the first round what is written may not have been sent yet.
    if rounds == 0 { written *= sent / transfer.memory }
    return (min(rest - sent + written, transfer.memory), sent)
  }

  /// The guest is paused; the cap still holds.
  private func pause(at moment: Double, _ round: Round) -> TransferResult {
    let left = missing(at: moment, round)
    let downtime = left.rest / transfer.rate + transfer.stop
    return result(
      .paused, seconds: moment + downtime + transfer.scanSeconds, more: left.sent + left.rest,
      downtime: downtime)
  }

  /// The guest runs at its destination and fetches the rest; nothing is sent twice.
  private func switchOver(at moment: Double, _ round: Round) -> TransferResult {
    let left = missing(at: moment, round)
    let zeros = rounds == 0 ? transfer.zeroPages * (1 - left.sent / transfer.memory) : 0
    let seconds =
      moment + transfer.postCopy.delay + left.rest / transfer.postCopy.rate
      + zeros / transfer.scanRate
    return result(
      .postCopy, seconds: seconds, more: left.sent + left.rest, downtime: PostCopy.blackout)
  }
}
