import Migration

/// The guest of the QEMU measurements under one load: what its memory holds and writes.
///
/// **Source**: rounds of pre-copy of a PostgreSQL guest under YCSB updates, QEMU measurements of
/// 2026 (`data/qemu-migration-postgres`); `docs/physics.md`, calibration.
struct CounterGuest {
  /// Memory that is not all zero, in MiB, where it is sent in rounds.
  var memory: Double
  /// The same on a guest whose load has just begun, as in the runs with post-copy.
  var earlyMemory: Double
  /// What it writes.
  var dirty: DirtyCurve

  /// QEMU's default cap as it was observed, in MiB/s.
  static let rate = 129.0
  /// The rate without the cap, in MiB/s.
  static let lineRate = PostCopy().rate
  /// QEMU's default downtime limit, in seconds.
  static let downtimeLimit = 0.3
  /// When nothing has ended a migration it counts as endless, in seconds.
  static let horizon = 6400.0

  /// The guest with a number of clients that update; nil for loads that were not measured.
  init?(workload: String, threads: Int) {
    guard workload == "ycsb-updates" else { return nil }
    switch threads {
    case 4:
      (memory, earlyMemory) = (1812.1, 1812.1)
      dirty = .twoClass(c: 14.78, h: 53.09, s: 1.235)
    case 16:
      (memory, earlyMemory) = (3175, 2618.2)
      dirty = .twoClass(c: 37.88, h: 148.43, s: 1.438)
    default: return nil
    }
  }

  /// A transfer of its memory in rounds.
  func transfer(_ flavorMemory: Double, loadEnd: Double = .infinity) -> PreCopyTransfer {
    transfer(memory, of: flavorMemory, loadEnd: loadEnd)
  }

  /// A transfer that is switched to post-copy.
  func transfer(_ flavorMemory: Double, postCopyAt moment: Double) -> PreCopyTransfer {
    var transfer = transfer(earlyMemory, of: flavorMemory, loadEnd: .infinity)
    transfer.postCopyAt = moment
    return transfer
  }

  private func transfer(
    _ memory: Double, of flavorMemory: Double, loadEnd: Double
  ) -> PreCopyTransfer {
    var transfer = PreCopyTransfer(
      memory: memory, rate: Self.rate, downtime: .fixed(Self.downtimeLimit),
      horizon: Self.horizon)
    transfer.lineRate = Self.lineRate
    transfer.zeroPages = max(0, flavorMemory - memory) * 256
    transfer.dirty = dirty
    transfer.loadEnd = loadEnd
    return transfer
  }

  /// When the load of a run ended, in seconds after the start of its migration; nil where the event
  /// logs of the runs do not say it.
  static func loadEnd(scenario: String, run: Int) -> Double? {
    guard scenario == "Precopy_Nonconvergent_16T", (1...loadEnds.count).contains(run) else {
      return nil
    }
    return loadEnds[run - 1]
  }

  private static let loadEnds = [
    109.76, 111.76, 113.07, 112.55, 112.53, 113.32, 112.19, 110.54, 114.19, 110.81,
  ]
}
