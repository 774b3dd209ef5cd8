/// What a move sends from host to host: a disk first, then a memory, or one of them.
///
/// **Units**: MiB, MiB/s, seconds from its start.
package struct Transfer: Sendable, Hashable {
  /// The disk; nil where both hosts reach it.
  package var disk: MirroredDisk?
  /// The memory; nil where the guest is off and takes none along.
  package var memory: PreCopyTransfer?
  /// Most that the copy of the disk can use.
  package var rate: Double
  /// State of devices that moves while the guest is paused.
  package var pausedState = 0.0
  /// How long the guest runs on pages that it fetches until the link to them fails; such a guest is
  /// lost.
  package var linkFailureAfter = Double.infinity

  /// A transfer.
  package init(disk: MirroredDisk? = nil, memory: PreCopyTransfer? = nil, rate: Double) {
    self.disk = disk
    self.memory = memory
    self.rate = rate
  }
}

/// What a transfer does at a moment.
package enum TransferStage: String, Sendable, CaseIterable {
  /// The disk is copied.
  case disk
  /// Zero pages are looked at for longer than the rest takes to be sent.
  case scan
  /// Rounds of memory.
  case rounds
  /// The guest is paused and the last part sent without the cap.
  case lastPart
  /// The guest is paused by force and the rest sent within the cap.
  case forcedPause
  /// The guest is paused while its devices stop and start.
  case stop
  /// The guest changes hosts before its memory.
  case switchToPostCopy
  /// It runs at its destination and waits for the first page of the rest.
  case postCopyDelay
  /// It fetches the rest.
  case postCopy
  /// Zero pages that were not looked at before are looked at then.
  case postCopyScan
  /// It is over.
  case over

  /// Whether the guest stands still.
  package var isPause: Bool {
    [.lastPart, .forcedPause, .stop, .switchToPostCopy].contains(self)
  }

  /// Whether the guest depends on a link to pages that it does not have yet.
  package var isPostCopy: Bool { [.postCopyDelay, .postCopy, .postCopyScan].contains(self) }
}
