/// Plays the rounds of a pre-copy, at one rate or at one that changes in between.
///
/// The hypervisor asks for the dirty pages as soon as the rest falls below the threshold, so about
/// three quarters of the threshold are still unsent when new dirt arrives. A guest whose short-term
/// dirty rate reaches the rate of the link therefore hovers: rounds of one length for ever.
///
/// **Units**: MiB, MiB/s, seconds from the start of the transfer.
///
/// **Source**: QEMU, `migration/migration.c` and `migration/ram.c`; `docs/physics.md`, rounds of
/// pre-copy.
package struct PreCopyRounds: Sendable {
  private let kept: Kept<PreCopyTransfer>
  private var converge: AutoConverge
  /// What is not at the destination, without what was written in the round in hand.
  private(set) var rest: Double
  private(set) var time = 0.0
  /// What was sent until now.
  package private(set) var sent = 0.0
  /// The rounds that are over.
  package private(set) var count = 0
  private var rate: Double
  private var threshold = 0.0
  /// What is left of the round in hand at the present rate.
  private var round = Round(sent: 0, seconds: 0)
  /// How many rounds like the one in hand are taken in one turn.
  private var repeats = 1.0
  /// Each of those rounds as a whole.
  private var steady = Round(sent: 0, seconds: 0)
  /// What the round before had to send; nil where the rate has changed since.
  private var restBefore: Double?
  /// What the round in hand has sent, and how long its guest ran, until the rate last changed.
  private var roundSent = 0.0
  private var roundGuest = 0.0
  /// Guest time since the first round, which bounds what can be dirty.
  private var guestTime = 0.0
  private var lowest = Double.infinity
  private var lowestAt = 0.0

  /// The rounds of a transfer, before the first.
  package init(_ transfer: PreCopyTransfer) {
    kept = Kept(transfer)
    rest = transfer.memory
    rate = transfer.rate
    converge = AutoConverge(isEnabled: transfer.autoConverge, percent: transfer.throttle)
    planRound()
  }

  /// The share of its time that the guest is kept from running, in percent.
  package var throttle: Double { converge.percent }

  /// A round, or the part of it that is left.
  private struct Round {
    var sent: Double
    var seconds: Double
  }

  private var transfer: PreCopyTransfer { kept.value }

  /// Whether so little is to be sent that the guest is paused at once.
  package var endsAtOnce: Bool { count == 0 && transfer.postCopyAt != 0 && rest < threshold }

  /// A round goes in steps of the pacing until the rest is below the threshold.
  private mutating func planRound() {
    threshold = rate * transfer.downtime.seconds(at: time)
    guard rate > 0 else {
      round = Round(sent: 0, seconds: .infinity)
      return
    }
    let quantum = min(rate * PreCopyTransfer.pacing, threshold / 2)
    // The slack keeps a rest that is a whole number of steps above the threshold at that number.
    let steps = max(0, ((rest - threshold) / quantum + 1e-9).rounded(.down) + 1)
    round = Round(sent: min(rest, steps * quantum), seconds: steps * quantum / rate)
  }

  /// Seconds of undisturbed guest time in a stretch from now on.
  private func guestSeconds(_ seconds: Double) -> Double {
    max(0, min(time + seconds, transfer.loadEnd) - time) * converge.guestShare
  }

  /// Sends a part of the round in hand, or all that is left of it.
  private mutating func pass(_ part: Round) {
    roundGuest += guestSeconds(part.seconds)
    roundSent += part.sent
    rest -= part.sent
    time += part.seconds
    sent += part.sent
  }

  /// Ends the round in hand: what was written meanwhile is to be sent again.
  private mutating func closeRound() {
    pass(round)
    let written = transfer.dirty.written(in: roundGuest)
    let unsent = rest
    count += 1
    converge.note(dirty: written, sent: roundSent, at: time)
    guestTime = count == 1 ? 0 : guestTime + roundGuest
    rest += written
    if count >= 3 {
      // No more can be dirty than all that was touched since the first round.
      rest = min(rest, max(written, transfer.dirty.written(in: guestTime)))
    }
    if unsent < lowest - 1e-9 { (lowest, lowestAt) = (unsent, time) }
    (roundSent, roundGuest) = (0, 0)
  }
}

/// Rounds beside a link whose rate others change.
extension PreCopyRounds {
  /// What comes at the end of a round, or cuts it short.
  package enum Turn: Sendable, Equatable {
    /// The next round begins.
    case nextRound
    /// The rest is below the threshold: the guest is paused for the last part, so many MiB.
    case lastPart(Double)
    /// The guest is paused, and the rest sent within the cap.
    case pause(Double)
    /// The guest is switched to its destination, where so many MiB and zero pages are missing.
    case postCopy(Double, zeroPages: Double)
    /// The time is over.
    case aborted
    /// The rest has not shrunk for too long.
    case stalled
  }

  /// When the next turn comes at the present rate; infinite where none does.
  package var nextTurn: Double { min(roundsEnd, interruption(cutsAtHorizon: true).at) }

  private var roundsEnd: Double { time + round.seconds + steady.seconds * (repeats - 1) }

  /// Goes to a time before the next turn.
  package mutating func advance(to moment: Double) {
    takeSteadyRounds(before: moment)
    guard moment > time, round.seconds > 0, round.seconds.isFinite else {
      // Nothing is sent; the guest goes on writing.
      if moment > time { pass(Round(sent: 0, seconds: moment - time)) }
      return
    }
    let share = min(1, (moment - time) / round.seconds)
    let part = Round(sent: round.sent * share, seconds: moment - time)
    pass(part)
    round.sent -= part.sent
    round.seconds = max(0, round.seconds - part.seconds)
  }

  /// Changes the rate; what is left of the round in hand is planned anew.
  package mutating func setRate(_ rate: Double) {
    guard rate != self.rate else { return }
    self.rate = rate
    (repeats, restBefore) = (1, nil)
    planRound()
  }

  /// Goes to the next turn and takes it.
  package mutating func turn() -> Turn {
    let interruption = interruption(cutsAtHorizon: true)
    if interruption.at < roundsEnd { return cut(by: interruption) }
    takeSteadyRounds(before: roundsEnd - steady.seconds / 2)
    closeRound()
    if rest < threshold { return .lastPart(rest) }
    if count >= PreCopyTransfer.roundLimit { return .aborted }
    let before = threshold
    planRound()
    repeats = before == threshold ? steadyRounds : 1
    steady = round
    restBefore = rest
    return .nextRound
  }

  /// How many rounds go like the one in hand. A guest that hovers does the same again and again,
  /// until the allowed pause is raised or its load ends.
  private var steadyRounds: Double {
    guard let restBefore, abs(rest - restBefore) <= rest * 1e-9, !transfer.autoConverge,
      round.seconds > 0
    else { return 1 }
    let loadEnd = transfer.loadEnd > time ? transfer.loadEnd : .infinity
    let end = min(transfer.downtime.nextChange(after: time), loadEnd)
    let limit = Double(PreCopyTransfer.roundLimit - count)
    return max(1, min(limit, ((end - time) / round.seconds).rounded(.down)))
  }

  /// Ends the round in hand and takes whole ones like it, as far as they end by a moment; the last
  /// of all is left to be closed.
  private mutating func takeSteadyRounds(before moment: Double) {
    guard repeats > 1, moment >= time + round.seconds else { return }
    let left = moment - time - round.seconds
    let whole = min(repeats - 2, (left / steady.seconds).rounded(.down))
    guestTime += guestSeconds(steady.seconds) * (whole + 1)
    time += round.seconds + steady.seconds * whole
    sent += round.sent + steady.sent * whole
    count += Int(whole) + 1
    repeats -= whole + 1
    rest += roundSent
    (round, roundSent, roundGuest) = (steady, 0, 0)
  }

  private mutating func cut(by interruption: Interruption) -> Turn {
    advance(to: interruption.at)
    switch interruption.ending {
    case .abort: return interruption.isStall ? .stalled : .aborted
    case .pause: return .pause(missing)
    case .postCopy: return .postCopy(missing, zeroPages: zeroPagesLeft)
    }
  }
}

/// What cuts a round short.
extension PreCopyRounds {
  private struct Interruption {
    var at: Double
    var ending: ForcedEnding
    var isStall = false
  }

  /// The first of horizon, stall and ordered switch. Where the rounds go alone, the round in which a
  /// horizon with an abort falls is played to its end.
  private func interruption(cutsAtHorizon: Bool) -> Interruption {
    let horizon =
      cutsAtHorizon || transfer.atHorizon != .abort ? max(transfer.horizon, time) : .infinity
    var stalled = Double.infinity
    if let timeout = transfer.progressTimeout, count > 0 { stalled = lowestAt + timeout }
    let switching = transfer.postCopyAt.map { max($0, time) } ?? .infinity
    if switching <= min(horizon, stalled), switching <= transfer.horizon {
      return Interruption(at: switching, ending: .postCopy)
    }
    if stalled <= min(horizon, switching) {
      return Interruption(at: stalled, ending: .abort, isStall: true)
    }
    return Interruption(at: min(horizon, switching), ending: transfer.atHorizon)
  }

  /// What is not at the destination now.
  private var missing: Double {
    var written = transfer.dirty.written(in: roundGuest)
    // In the first round what is written may not have been sent yet.
    if count == 0 { written *= roundSent / transfer.memory }
    return min(rest + written, transfer.memory)
  }

  /// Zero pages that have not been scanned; all are once the first round is over.
  private var zeroPagesLeft: Double {
    count == 0 ? transfer.zeroPages * (1 - roundSent / transfer.memory) : 0
  }
}

/// Rounds alone on a link.
extension PreCopyRounds {
  /// What a transfer comes to at its own rate.
  ///
  /// **Complexity**: linear in the rounds, at most `PreCopyTransfer.roundLimit`.
  package static func result(of transfer: PreCopyTransfer) -> TransferResult {
    var rounds = PreCopyRounds(transfer)
    return rounds.play()
  }

  private mutating func play() -> TransferResult {
    if endsAtOnce { return finish() }
    while count < PreCopyTransfer.roundLimit {
      let interruption = interruption(cutsAtHorizon: false)
      if interruption.at < time + round.seconds {
        let turn = cut(by: interruption)
        return result(of: turn)
      }
      closeRound()
      if rest < threshold { return finish() }
      if time > transfer.horizon { return givenUp(.aborted) }
      planRound()
    }
    return givenUp(.aborted)
  }

  private func result(of turn: Turn) -> TransferResult {
    switch turn {
    case .pause(let rest):
      let downtime = rest / transfer.rate + transfer.stop
      return result(
        .paused, seconds: time + downtime + transfer.scanSeconds, more: rest, downtime: downtime)
    case .postCopy(let rest, let zeroPages):
      // Nothing is sent twice.
      let seconds =
        time + transfer.postCopy.delay + rest / transfer.postCopy.rate
        + zeroPages / transfer.scanRate
      return result(.postCopy, seconds: seconds, more: rest, downtime: PostCopy.blackout)
    case .stalled: return givenUp(.stalled)
    case .aborted, .nextRound, .lastPart: return givenUp(.aborted)
    }
  }

  private func result(
    _ ending: TransferEnding, seconds: Double?, more: Double = 0, downtime: Double?
  ) -> TransferResult {
    TransferResult(
      ending: ending, seconds: seconds, rounds: count, sent: sent + more, downtime: downtime,
      throttle: throttle)
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
