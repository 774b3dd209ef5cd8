import Migration

extension EstimateRecord {
  /// The move that the record describes.
  var migration: SingleMigration {
    var migration = SingleMigration(
      mode: MigrationMode(rawValue: mode.rawValue) ?? .live, transfer: transfer)
    migration.rate = streams.rate
    if let disk, disk > 0 {
      var mirrored = MirroredDisk(mebibytes: disk)
      mirrored.rate = diskRate
      mirrored.writeRate = diskWrites
      migration.disk = mirrored
    }
    migration.device = device.map {
      DeviceState(mebibytes: $0.state, dirty: $0.dirty.map(\.curve))
    }
    migration.overhead = overhead
    migration.shutdown = shutdown
    migration.define = define
    migration.boot = boot
    migration.confirm = confirm
    return migration
  }

  /// The rate of the streams; endless where none is stated, as for a copy between disks alone.
  private var streams: StreamRate {
    var rates = StreamRate(stream: rate ?? .infinity)
    rates.count = Int(streamCount)
    rates.link = link
    rates.cap = cap
    rates.encryption = isEncrypted ? encryptionRate : nil
    return rates
  }

  private var transfer: PreCopyTransfer? {
    guard mode != .cold, let memory, rate != nil else { return nil }
    var transfer = PreCopyTransfer(
      memory: memory / compression, rate: streams.rate, downtime: downtime,
      horizon: horizon ?? 800 * gibibytes)
    transfer.lineRate = line ?? streams.uncapped
    transfer.zeroPages = Double(zeroPages)
    transfer.stop = stop ?? transfer.stop
    transfer.dirty = curve
    transfer.loadEnd = loadEnd ?? .infinity
    transfer.autoConverge = autoConverge && postCopyAt == nil
    transfer.postCopyAt = postCopyAt
    transfer.postCopy.rate = postCopyRate ?? transfer.postCopy.rate
    transfer.postCopy.delay = postCopyDelay ?? transfer.postCopy.delay
    transfer.atHorizon = ForcedEnding(rawValue: action.rawValue) ?? .abort
    transfer.progressTimeout = progressTimeout
    transfer.scanRate *= Double(min(Int(streamCount), StreamRate.usefulStreams))
    return transfer
  }

  /// The size by which Nova measures times: all memory, zero pages too, and the copied disk.
  private var gibibytes: Double {
    let memory = (memory ?? 0) / 1024 + Double(zeroPages) * 4096 / 1_073_741_824
    return TransferSize.gibibytes(
      memory: memory, disks: disk.map { $0 > 0 ? [$0 / 1024] : [] } ?? [])
  }

  private var downtime: DowntimeLimit {
    guard let ramp = downtimeSteps else { return .fixed(downtimeLimit ?? 0.5) }
    return .steps(
      DowntimeSteps(
        milliseconds: ramp.ms, count: Int(ramp.steps), delayPerGibibyte: ramp.delay,
        gibibytes: ramp.gib ?? gibibytes))
  }

  private var curve: DirtyCurve {
    var curve = DirtyCurve.none
    if let points {
      curve = .points(points.map { .init(seconds: $0[0], mebibytes: $0[1]) })
    } else if let dirty {
      curve = dirty.curve
    }
    curve.sentShare = 1 / compression
    return curve
  }

  /// Absent keys whose value the answer depends on and that only the owner of the VM knows.
  var assumed: [String] {
    guard mode == .live else { return [] }
    var keys: [String] = []
    if dirty == nil, points == nil { keys.append("dirty") }
    if downtimeLimit == nil, downtimeSteps == nil { keys.append("downtime_limit_s") }
    if stop == nil { keys.append("stop_s") }
    return keys
  }
}

extension DirtyRecord {
  var curve: DirtyCurve { .twoClass(c: c, h: h, s: s) }
}
