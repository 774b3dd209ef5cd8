package import CloudModel

/// What one step with one VM costs: a fixed overhead, and data that are sent in rounds.
///
/// Planner and simulator ask the same model: the planner for a step alone on its link, the simulator
/// for its course, to which the network then gives what it has. It is a pure function of its
/// parameters and the request.
///
/// **Source**: `docs/physics.md`, one migration and rounds of pre-copy.
package struct MigrationModel: Sendable {
  /// The numbers it works with.
  package let parameters: MigrationParameters

  /// Of the fixed overhead the part before the copy; the rest is clean-up. No measurement divides
  /// it, and only the place of the pause within the migration depends on it.
  private static let shareBefore = 0.5

  /// A model with its numbers.
  package init(_ parameters: MigrationParameters = MigrationParameters()) {
    self.parameters = parameters
  }

  /// How a step goes, whatever the network gives to it; waiting for a slot is not part of it.
  package func course(
    of request: MigrationRequest, under factors: SpreadFactors
  ) -> MigrationCourse {
    switch request.kind {
    case .live: live(request, factors)
    case .cold: cold(request, factors)
    case .stop: stay([(.shutDown, shutdownSeconds)], factors)
    case .start:
      stay([(.define, parameters.define.value), (.boot, parameters.boot.value)], factors)
    case .recreate: recreate(factors)
    case .rebuild: rebuild(factors)
    case .confirm: confirm(factors)
    }
  }

  /// What the model copies of the memory.
  package func copiedMemory(_ request: MigrationRequest) -> Bytes {
    let share = request.load.memoryShare ?? parameters.memoryShare.value
    return Bytes(Int64((Double(request.memory.count) * share).rounded()))
  }

  /// What the model copies of the disk.
  package func copiedDisk(_ request: MigrationRequest) -> Bytes {
    guard request.storage == .block else { return Bytes(0) }
    return Bytes(Int64((Double(request.disk.count) * parameters.diskShare.value).rounded()))
  }

  /// The size by which Nova measures times.
  ///
  /// **Source**: Nova: memory and each copied disk, at least 2 GiB each.
  package func gibibytes(_ request: MigrationRequest) -> Double {
    let disks = request.storage == .block && request.disk.count > 0 ? [request.disk.gibibytes] : []
    return TransferSize.gibibytes(memory: request.memory.gibibytes, disks: disks)
  }

  /// The seconds after which a transfer is ended; nil without timeout.
  package func timeoutSeconds(_ request: MigrationRequest) -> Double? {
    guard parameters.completionTimeout.value > 0 else { return nil }
    return parameters.completionTimeout.value * gibibytes(request)
  }

  var shutdownSeconds: Double { min(parameters.shutdown.value, parameters.shutdownLimit.value) }

  private func live(_ request: MigrationRequest, _ factors: SpreadFactors) -> MigrationCourse {
    let fixed =
      request.storage == .block ? parameters.overheadBlock.value : parameters.overheadShared.value
    // The stop is part of what was measured as overhead, so it does not lengthen the whole.
    let stop = min(parameters.stop.value, fixed)
    let before = (fixed - stop) * Self.shareBefore
    let waiting = request.isContended ? parameters.contention.value : 0
    var draft = CourseDraft(factors: factors, holdsSlot: true)
    draft.add(.prepare, .preparing, seconds: (before + waiting) * factors.own)
    var transfer = Transfer(
      disk: disk(request, factors), memory: memory(request, stop: stop, factors),
      rate: parameters.streams.rate / factors.common)
    transfer.pausedState = request.deviceState
    if parameters.postCopyFailures.value > 0 {
      transfer.linkFailureAfter = factors.linkFailure * 3600 / parameters.postCopyFailures.value
    }
    draft.add(.copyMemory, transfer.disk == nil ? .preCopy : .diskMirror, transfer)
    draft.add(.cleanUp, .postMigration, seconds: (fixed - stop - before) * factors.own)
    return MigrationCourse(phases: draft.phases, outcome: .done)
  }

  /// The disk that is copied; nil where both hosts reach it.
  package func disk(
    _ request: MigrationRequest, _ factors: SpreadFactors = .nominal
  ) -> MirroredDisk? {
    let amount = copiedDisk(request).mebibytes
    guard amount > 0 else { return nil }
    var disk = MirroredDisk(mebibytes: amount * factors.own)
    if parameters.diskRate.value > 0 { disk.rate = parameters.diskRate.value / factors.common }
    if request.kind == .live, !request.isPaused { disk.writeRate = parameters.diskWrites.value }
    return disk
  }

  /// The memory that is copied in rounds.
  package func memory(
    _ request: MigrationRequest, stop: Double, _ factors: SpreadFactors = .nominal
  ) -> PreCopyTransfer {
    let ratio = max(1, parameters.compression.value)
    let copied = copiedMemory(request)
    let gibibytes = gibibytes(request)
    var transfer = PreCopyTransfer(
      memory: max(copied.mebibytes * factors.own / ratio, 1.0 / 256),
      rate: parameters.streams.rate / factors.common,
      downtime: .steps(
        DowntimeSteps(
          milliseconds: parameters.downtime.value * 1000,
          count: Int(parameters.downtimeSteps.value),
          delayPerGibibyte: parameters.downtimeDelay.value, gibibytes: gibibytes)),
      horizon: min(timeoutSeconds(request) ?? PreCopyTransfer.endless, 1e12))
    transfer.lineRate = parameters.streams.uncapped / factors.common
    transfer.zeroPages = Double(max(0, request.memory.count - copied.count)) / 4096
    transfer.scanRate *= Double(
      min(Int(parameters.streamCount.value), StreamRate.usefulStreams))
    transfer.stop = stop * factors.own
    if !request.isPaused {
      transfer.dirty = request.load.curve(vcpus: request.vcpus, factor: factors.load)
      transfer.dirty.sentShare = 1 / ratio
      transfer.loadEnd = request.load.loadEnd
    }
    if parameters.progressTimeout.value > 0 {
      transfer.progressTimeout = parameters.progressTimeout.value
    }
    transfer.handle(parameters.handling(of: request))
    transfer.postCopy.rate = parameters.postCopyRate.value / factors.common
    transfer.postCopy.delay = parameters.postCopyDelay.value
    return transfer
  }
}

extension PreCopyTransfer {
  /// Takes over what the operator permits and does.
  mutating func handle(_ handling: LiveHandling) {
    autoConverge = handling.allowsAutoConverge && !handling.allowsPostCopy
    let forced = handling.allowsPostCopy ? ForcedEnding.postCopy : .pause
    atHorizon = handling.timeoutAction == .abort ? .abort : forced
    guard let force = handling.forceAfter, force < horizon else { return }
    horizon = force
    atHorizon = forced
  }
}

extension MigrationParameters {
  /// The streams of one migration.
  package var streams: StreamRate {
    var streams = StreamRate(stream: streamRate.value)
    streams.count = Int(streamCount.value)
    streams.cap = bandwidthCap.value > 0 ? bandwidthCap.value : nil
    streams.encryption = tls.value > 0 ? tlsRate.value : nil
    return streams
  }

  /// What is permitted and done for a request: what it says itself, else the defaults of the cloud.
  ///
  /// Post-copy is refused with passed-through devices and where a disk is copied.
  package func handling(of request: MigrationRequest) -> LiveHandling {
    var handling = request.handling ?? self.handling
    if request.hasDevices || request.storage == .block { handling.allowsPostCopy = false }
    return handling
  }

  /// What the cloud permits and does.
  package var handling: LiveHandling {
    var handling = LiveHandling()
    handling.allowsPostCopy = postCopy.value > 0
    handling.allowsAutoConverge = autoConverge.value > 0
    handling.timeoutAction = timeoutAction
    handling.forceAfter = forceAfter.value > 0 ? forceAfter.value : nil
    return handling
  }
}
