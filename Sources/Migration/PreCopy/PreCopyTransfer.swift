/// What is done with a transfer that has not ended when its time is over.
package enum ForcedEnding: String, Sendable, CaseIterable {
  /// Given up; the VM stays where it is.
  case abort
  /// The guest is paused and the rest is sent.
  case pause
  /// The guest goes on at its destination and fetches the rest.
  case postCopy = "post_copy"
}

/// How the rest of a memory follows a guest that already runs at its destination.
///
/// **Source**: measurements of QEMU with a PostgreSQL guest: 0.40 s and 2748 MiB/s.
package struct PostCopy: Sendable, Hashable {
  /// The rate of the rest, in MiB/s; the cap of the pre-copy does not hold.
  package var rate = 2748.0
  /// From the switch to the first page of the rest, in seconds.
  package var delay = 0.4
  /// The blackout of the switch, in seconds: the most of 3 to 50 ms that were measured.
  package static let blackout = 0.05

  /// The measured numbers.
  package init() {}
}

/// The transfer of one memory: all that its rounds depend on.
///
/// **Units**: MiB, MiB/s, seconds from the start of the transfer.
package struct PreCopyTransfer: Sendable, Hashable {
  /// The memory that is not all zero.
  package var memory: Double
  /// The pages that are all zero; they are scanned and not sent.
  package var zeroPages = 0.0
  /// The rate of the rounds.
  package var rate: Double
  /// The rate of the last part, for which the cap is lifted.
  package var lineRate: Double
  /// The pause that is allowed.
  package var downtime: DowntimeLimit
  /// The time of a stop beside the copy.
  package var stop = 0.005
  /// What the guest writes.
  package var dirty = DirtyCurve.none
  /// When the guest stops writing.
  package var loadEnd = Double.infinity
  /// Whether the guest may be throttled.
  package var autoConverge = false
  /// The throttle from the start on, in percent.
  package var throttle = 0.0
  /// When the guest is switched to its destination; nil: not before the horizon.
  package var postCopyAt: Double?
  /// How the rest follows then.
  package var postCopy = PostCopy()
  /// When the time is over.
  package var horizon: Double
  /// What is done then.
  package var atHorizon = ForcedEnding.abort
  /// How long the rest may go without a new low; nil: for ever. Nova had 150 s until 2017.
  package var progressTimeout: Double?
  /// The pages looked at in a second by all scanning threads.
  package var scanRate = Self.scanRateOfOneThread

  /// The pacing of a capped stream: it sends what a tenth of a second may hold, then waits.
  package static let pacing = 0.1
  /// Pages that one thread looks at in a second: 9 GiB/s.
  package static let scanRateOfOneThread = 2.4e6
  /// Rounds after which a transfer counts as endless whatever its horizon.
  package static let roundLimit = 4_000_000

  /// The horizon of a transfer without a timeout, in seconds: one that has not ended after a day
  /// counts as endless.
  package static let endless = 86_400.0

  /// A transfer whose last part goes at the rate of the rounds.
  package init(memory: Double, rate: Double, downtime: DowntimeLimit, horizon: Double) {
    precondition(memory > 0 && rate > 0, "A transfer has something to send and a rate.")
    self.memory = memory
    self.rate = rate
    lineRate = rate
    self.downtime = downtime
    self.horizon = horizon
  }

  /// The rest below which the guest is paused, at a time.
  func threshold(at time: Double) -> Double { rate * downtime.seconds(at: time) }

  /// What scanning adds to the first round; behind a cap it hides.
  var scanSeconds: Double { max(0, zeroPages / scanRate - memory / rate) }
}

/// How a transfer ends.
package enum TransferEnding: String, Sendable, CaseIterable {
  /// The rest fell below what the pause allows.
  case converged
  /// The guest was switched to its destination before.
  case postCopy = "post_copy"
  /// The guest was paused at the horizon and the rest sent.
  case paused
  /// Given up at the horizon.
  case aborted
  /// Given up because the rest did not shrink.
  case stalled
  /// The link failed while the guest ran on pages that it fetched; its memory is gone.
  case lost
}

/// What the rounds of a transfer come to.
///
/// **Units**: seconds, MiB, percent.
package struct TransferResult: Sendable, Hashable {
  /// How it ends.
  package var ending: TransferEnding
  /// From the start to the end; nil where it is given up.
  package var seconds: Double?
  /// The rounds.
  package var rounds: Int
  /// All that was sent.
  package var sent: Double
  /// How long the guest is paused; nil where it is given up.
  package var downtime: Double?
  /// The throttle at the end.
  package var throttle: Double
}
