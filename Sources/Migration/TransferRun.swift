/// A transfer while it goes on, at a rate that others change.
///
/// Between two changes the state moves on in closed form, so that a simulation needs one event for
/// each round and each change of the rate.
///
/// **Units**: MiB, MiB/s, seconds from its start.
package struct TransferRun: Sendable {
  private let kept: Kept<Transfer>
  /// What it does now.
  package private(set) var stage = TransferStage.disk
  /// How it ended, once it is over.
  package private(set) var ending: TransferEnding?
  /// All that was sent until now, without the rounds.
  private var sentOutside = 0.0
  private var time = 0.0
  private var rate = 0.0
  /// What the stage has to send yet.
  private var left = 0.0
  /// When a stage ends that sends nothing.
  private var until = 0.0
  private var endingToCome = TransferEnding.converged
  private var zeroPages = 0.0
  private var postCopyBegan = 0.0
  private var rounds: PreCopyRounds?
  private var roundsStart = 0.0

  /// A transfer before its first byte, at a rate of zero.
  package init(_ transfer: Transfer) {
    kept = Kept(transfer)
    if let disk = transfer.disk, disk.mebibytes > 0 {
      left = disk.mebibytes
    } else {
      beginMemory()
    }
  }

  /// All that was sent until now.
  package var sent: Double { sentOutside + (rounds?.sent ?? 0) }

  /// The rounds that are over.
  package var roundCount: Int { rounds?.count ?? 0 }

  /// The share of its time that the guest is kept from running, in percent.
  package var throttle: Double { stage == .rounds ? rounds?.throttle ?? 0 : 0 }

  /// Most that it can use now; nil while it sends nothing.
  package var limit: Double? {
    switch stage {
    case .disk: min(transfer.rate, transfer.disk?.rate ?? .infinity)
    case .rounds, .forcedPause: transfer.memory?.rate ?? transfer.rate
    case .lastPart: transfer.memory?.lineRate
    case .postCopy: transfer.memory?.postCopy.rate
    case .scan, .stop, .switchToPostCopy, .postCopyDelay, .postCopyScan, .over: nil
    }
  }

  /// When it changes what it does at the present rate, or ends a round; infinite where it never
  /// does.
  package var nextChange: Double {
    switch stage {
    case .disk: min(diskEnd, deadline)
    case .rounds: roundsStart + (rounds?.nextTurn ?? .infinity)
    case .lastPart, .forcedPause: sendingEnd
    case .postCopy: min(sendingEnd, failure)
    case .postCopyDelay, .postCopyScan: min(until, failure)
    case .stop, .switchToPostCopy, .scan: until
    case .over: .infinity
    }
  }

  /// Goes to a time up to the next change.
  package mutating func advance(to moment: Double) {
    let seconds = moment - time
    guard seconds > 0 else { return }
    time = moment
    switch stage {
    case .rounds: rounds?.advance(to: moment - roundsStart)
    case .disk:
      left = max(0, left - (rate - writes) * seconds)
      sentOutside += rate * seconds
    case .lastPart, .forcedPause, .postCopy:
      let amount = min(left, rate * seconds)
      left -= amount
      sentOutside += amount
    case .scan, .stop, .switchToPostCopy, .postCopyDelay, .postCopyScan, .over: break
    }
  }

  /// Changes the rate from now on.
  package mutating func setRate(_ rate: Double) {
    self.rate = rate
    if stage == .rounds { rounds?.setRate(rate) }
  }

  /// Goes to the next change and makes it; the limit may be another one then.
  package mutating func change() {
    let moment = nextChange
    switch stage {
    case .disk:
      let isCopied = diskEnd <= deadline
      advance(to: moment)
      if isCopied { beginMemory() } else { endDiskByForce() }
    case .rounds: takeTurn(at: moment)
    case .lastPart, .forcedPause:
      finishSending(at: moment)
      wait(transfer.memory?.stop ?? 0, in: .stop)
    case .postCopy, .postCopyDelay, .postCopyScan: goOnInPostCopy(at: moment)
    case .switchToPostCopy:
      advance(to: moment)
      postCopyBegan = time
      wait(max(0, (transfer.memory?.postCopy.delay ?? 0) - PostCopy.blackout), in: .postCopyDelay)
    case .stop:
      advance(to: moment)
      end(endingToCome)
    case .scan:
      advance(to: moment)
      beginRounds()
    case .over: break
    }
  }
}

/// The stages one after the other.
extension TransferRun {
  private var transfer: Transfer { kept.value }

  private var writes: Double { transfer.disk?.writeRate ?? 0 }

  private var diskEnd: Double { rate > writes ? time + left / (rate - writes) : .infinity }

  private var sendingEnd: Double {
    if left <= 0 { return time }
    return rate > 0 ? time + left / rate : .infinity
  }

  private var failure: Double { postCopyBegan + transfer.linkFailureAfter }

  /// When a copy of a disk has to be over, or is given up.
  private var deadline: Double { max(time, transfer.memory?.horizon ?? .infinity) }

  private mutating func wait(_ seconds: Double, in stage: TransferStage) {
    self.stage = stage
    until = time + seconds
  }

  private mutating func end(_ ending: TransferEnding) {
    stage = .over
    self.ending = ending
  }

  /// The guest is paused, and a rest and the state of its devices are sent.
  private mutating func pause(toSend rest: Double, in stage: TransferStage) {
    self.stage = stage
    left = rest + transfer.pausedState
  }

  private mutating func finishSending(at moment: Double) {
    advance(to: moment)
    sentOutside += left
    left = 0
  }

  private mutating func beginMemory() {
    guard let memory = transfer.memory else { return end(.converged) }
    if memory.scanSeconds > 0 {
      wait(memory.scanSeconds, in: .scan)
    } else {
      beginRounds()
    }
  }

  private mutating func beginRounds() {
    guard let memory = transfer.memory else { return }
    let begun = PreCopyRounds(memory.after(time))
    rounds = begun
    roundsStart = time
    if begun.endsAtOnce {
      pause(toSend: begun.rest, in: .lastPart)
    } else {
      stage = .rounds
    }
  }

  /// The time is over while the disk is copied: the memory cannot follow it in rounds any more.
  private mutating func endDiskByForce() {
    guard let memory = transfer.memory, memory.atHorizon != .abort, rate > 0 else {
      return end(.aborted)
    }
    endingToCome = .paused
    pause(toSend: left + memory.memory, in: .forcedPause)
  }

  private mutating func takeTurn(at moment: Double) {
    guard let turn = rounds?.turn() else { return }
    time = max(time, moment)
    switch turn {
    case .nextRound: break
    case .lastPart(let rest):
      endingToCome = .converged
      pause(toSend: rest, in: .lastPart)
    case .pause(let rest):
      endingToCome = .paused
      pause(toSend: rest, in: .forcedPause)
    case .postCopy(let rest, let pages):
      left = rest
      zeroPages = pages
      wait(PostCopy.blackout, in: .switchToPostCopy)
    case .aborted: end(.aborted)
    case .stalled: end(.stalled)
    }
  }

  private mutating func goOnInPostCopy(at moment: Double) {
    if failure <= moment {
      advance(to: moment)
      return end(.lost)
    }
    switch stage {
    case .postCopyDelay:
      advance(to: moment)
      stage = .postCopy
    case .postCopy:
      finishSending(at: moment)
      wait(zeroPages / (transfer.memory?.scanRate ?? 1), in: .postCopyScan)
    default:
      advance(to: moment)
      end(.postCopy)
    }
  }
}
