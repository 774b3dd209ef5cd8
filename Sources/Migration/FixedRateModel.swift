package import CloudModel

/// A migration as a fixed overhead and data sent at a fixed rate: T = o + (V + disk) / B.
///
/// Memory that is written while it is copied is not modelled: the rate is the one at which whole
/// migrations were measured. Good for guests that write slowly against the link; it says nothing
/// about a guest whose memory changes as fast as it is sent.
///
/// **Source**: `docs/physics.md`, one migration; fitted to the OSIC live-migration benchmark 2017.
package struct FixedRateModel: MigrationModel {
  /// The numbers it works with.
  package let parameters: MigrationParameters

  /// Of the fixed overhead the part before the copy; the rest is clean-up. No measurement divides
  /// it, and only the place of the pause within the migration depends on it.
  private static let shareBefore = 0.5

  /// A model with its numbers.
  package init(_ parameters: MigrationParameters = MigrationParameters()) {
    self.parameters = parameters
  }

  /// What a step does in time when nothing else hinders it.
  package func timeline(
    of request: MigrationRequest, under factors: SpreadFactors
  ) -> MigrationTimeline {
    switch request.kind {
    case .live: live(request, factors)
    case .cold: cold(request, factors)
    case .stop: stay([(.shutDown, shutdownSeconds)], factors, isOff: true)
    case .start:
      stay(
        [(.define, parameters.define.value), (.boot, parameters.boot.value)], factors, isOff: true)
    case .recreate: recreate(factors)
    case .confirm: confirm(factors)
    }
  }

  /// What the model copies of the memory.
  package func copiedMemory(_ request: MigrationRequest) -> Bytes {
    Bytes(Int64((Double(request.memory.count) * parameters.memoryShare.value).rounded()))
  }

  /// What the model copies of the disk.
  package func copiedDisk(_ request: MigrationRequest) -> Bytes {
    guard request.storage == .block else { return Bytes(0) }
    return Bytes(Int64((Double(request.disk.count) * parameters.diskShare.value).rounded()))
  }

  /// The seconds after which a transfer is ended; nil without timeout.
  ///
  /// **Source**: Nova: per GiB of memory and of each copied disk, at least 2 GiB each.
  package func timeoutSeconds(_ request: MigrationRequest) -> Double? {
    guard parameters.completionTimeout.value > 0 else { return nil }
    var size = max(2, request.memory.gibibytes)
    if request.storage == .block, request.disk.count > 0 { size += max(2, request.disk.gibibytes) }
    return parameters.completionTimeout.value * size
  }

  var shutdownSeconds: Double { min(parameters.shutdown.value, parameters.shutdownLimit.value) }

  /// The rate of a request's stream in MiB/s.
  private func rate(_ request: MigrationRequest) -> Double {
    let own = parameters.rate.mebibytesPerSecond
    return request.linkRate.map { min(own, $0.mebibytesPerSecond) } ?? own
  }

  /// The seconds of a copy; infinite over a link that carries nothing.
  func copySeconds(
    _ amount: Bytes, _ request: MigrationRequest, _ factors: SpreadFactors
  ) -> Double {
    if amount.count == 0 { return 0 }
    let rate = rate(request)
    return rate > 0 ? amount.mebibytes / rate * factors.own * factors.common : .infinity
  }

  private func live(
    _ request: MigrationRequest, _ factors: SpreadFactors
  ) -> MigrationTimeline {
    let fixed =
      request.storage == .block ? parameters.overheadBlock.value : parameters.overheadShared.value
    // The pause is part of what was measured as overhead, so it does not lengthen the whole.
    let pause = min(parameters.switchOver.value, fixed)
    let before = (fixed - pause) * Self.shareBefore
    let waiting = request.isContended ? parameters.contention.value : 0
    var draft = TimelineDraft(factors: factors, holdsSlot: true)
    draft.add(.prepare, .preparing, seconds: (before + waiting) * factors.own)

    var transfer = LiveTransfer(
      disk: copiedDisk(request), memory: copiedMemory(request),
      diskSeconds: copySeconds(copiedDisk(request), request, factors),
      memorySeconds: copySeconds(copiedMemory(request), request, factors))
    let rest = timeoutSeconds(request).map { transfer.cut(after: $0) } ?? .none
    draft.add(.copyDisk, .diskMirror, seconds: transfer.diskSeconds, sent: transfer.disk)
    draft.add(
      .copyMemory, .preCopy, seconds: transfer.memorySeconds, sent: transfer.memory,
      isKeptIfEmpty: !rest.isCut || transfer.memorySeconds > 0)
    if rest.isCut, parameters.timeoutAction == .abort || !rest.seconds.isFinite {
      return MigrationTimeline(phases: draft.phases, outcome: .aborted)
    }
    draft.add(
      .switchOver, .switchOver, seconds: pause * factors.own + rest.seconds, sent: rest.amount,
      isOff: true)
    draft.add(.cleanUp, .postMigration, seconds: (fixed - pause - before) * factors.own)
    return MigrationTimeline(phases: draft.phases, outcome: .done)
  }
}
