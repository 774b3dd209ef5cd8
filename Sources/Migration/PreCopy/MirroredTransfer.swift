/// A live transfer that was played: the copy of a disk, if there is one, and then the memory.
struct MirroredTransfer {
  /// The time of the copy of the disk.
  let diskSeconds: Double
  /// What that sends.
  let diskSent: Double
  /// The memory.
  let memory: TransferResult
  /// Whether it ends before the horizon without force.
  let endsItself: Bool

  /// Plays a transfer.
  init(_ transfer: PreCopyTransfer, disk: MirroredDisk?, device: DeviceState?) {
    let copy = disk.map { $0.mirrored(over: transfer.rate) } ?? (seconds: 0, sent: 0)
    guard let copy, copy.seconds < transfer.horizon else {
      // Writes outrun the copy, or the time is over before the memory has its turn.
      diskSeconds = transfer.horizon
      diskSent = transfer.rate * transfer.horizon
      memory = TransferResult(ending: .aborted, rounds: 0, sent: 0, throttle: 0)
      endsItself = false
      return
    }
    diskSeconds = copy.seconds
    diskSent = copy.sent
    let later = transfer.after(copy.seconds).carrying(device)
    memory = PreCopyRounds.result(of: later)
    let isAskedFor = later.postCopyAt.map { $0 <= later.horizon } ?? false
    endsItself = memory.ending == .converged || memory.ending == .postCopy && isAskedFor
  }

  /// The whole time; nil where it does not end.
  var seconds: Double? { memory.seconds.map { $0 + diskSeconds } }
}

extension PreCopyTransfer {
  /// The same, begun when a disk has been copied: times from then on.
  func after(_ seconds: Double) -> PreCopyTransfer {
    var later = self
    later.loadEnd = max(0, loadEnd - seconds)
    later.postCopyAt = postCopyAt.map { max(0, $0 - seconds) }
    later.horizon -= seconds
    return later
  }

  /// The same with the state of a device that is copied in rounds.
  func carrying(_ device: DeviceState?) -> PreCopyTransfer {
    guard let device, let dirty = device.dirty, let state = device.mebibytes else { return self }
    var both = self
    both.memory += state
    both.dirty.shapes += dirty.shapes
    return both
  }

  /// The same with another rate of the rounds.
  package func atRate(_ rate: Double) -> PreCopyTransfer {
    var other = self
    other.rate = rate
    other.lineRate = max(rate, lineRate)
    return other
  }
}
