import Stochastics

/// Finds out by packing whether hosts of a zone can be out together while every VM starts at home,
/// and remembers what it found.
struct SetOracle {
  /// What is known of a set.
  struct Verdict {
    /// The smallest size of VMs without a place that a trial ended with; 0 once it is packed.
    var missing: Int
    /// Targets, once it is packed.
    var moves: [ZoneMove] = []
    /// Units whose fit is hard to see; fewer are better.
    var strained = 0
    /// Trials made so far.
    var trials = 0

    var isPacked: Bool { missing == 0 }
  }

  let zone: RollingZone
  let occupancy: ZoneOccupancy
  private var packer: WavePacker
  private var verdicts: [[Int]: Verdict] = [:]
  /// Whether a set counts only if its reserve is easy to see.
  var isStrict = false
  private let seed: UInt64
  private let meter: WorkMeter
  /// The unit that refused last, a good guess for the next set.
  private var hardest: Int?

  init(_ zone: RollingZone, seed: UInt64, meter: WorkMeter) {
    self.meter = meter
    self.zone = zone
    self.seed = seed
    occupancy = ZoneOccupancy(zone)
    packer = WavePacker(zone, styles: PackingStyle.basic(zone))
    let loads = zone.units.map { unit in
      unit.reduce(0) { $0 + occupancy.restarted[$1].count }
    }
    // Where a rack that is out counts as failed, the set decides which unit is hard.
    hardest = zone.countsRackOut ? nil : loads.indices.max { (loads[$0], $1) < (loads[$1], $0) }
  }

  /// Whether a set counts as one that can be out together.
  func accepts(_ verdict: Verdict) -> Bool {
    verdict.isPacked && (!isStrict || verdict.strained == 0)
  }

  /// What is known of a set after at least so many trials, or after one that succeeds.
  mutating func verdict(_ set: [Int], trials: Int) -> Verdict {
    if set.isEmpty { return Verdict(missing: 0) }
    var verdict = verdicts[set] ?? Verdict(missing: .max)
    while !accepts(verdict), verdict.trials < trials {
      let number = verdict.trials
      verdict.trials += 1
      switch attempt(set, number) {
      case .packed(let moves, let strained):
        guard !verdict.isPacked || strained < verdict.strained else { continue }
        verdict.missing = 0
        verdict.moves = moves
        verdict.strained = strained
      case .failed(let missing, let unit):
        if !verdict.isPacked { verdict.missing = min(verdict.missing, max(1, missing)) }
        if let unit { hardest = unit }
      }
    }
    verdicts[set] = verdict
    return verdict
  }

  private mutating func attempt(_ set: [Int], _ number: Int) -> WavePacker.Outcome {
    let styles = packer.styles
    var style = styles[number / 2 % styles.count]
    if number % 4 == 3 { style = style.filling }
    if number >= 2 * styles.count {
      let subject = set.reduce(UInt64(number)) { RandomStream.mix($0 ^ UInt64($1)) }
      var random = RandomStream(seed: seed, replication: 0, purpose: .policies, subject: subject)
      style = style.shaken(by: 0.05 * Double(1 + number % 8), &random)
    }
    let before = packer.work
    defer { meter.work += packer.work - before }
    return packer.tryEmptying(
      set, in: occupancy, style: style, foreseen: number % 2 == 0 ? hardest : nil)
  }
}
