import Stochastics

/// The due hosts of a zone spread over waves, with what each wave breaks.
struct WavePartition {
  /// What binds the waves of a zone from outside.
  struct Frame {
    var zone: RollingZone
    var rows: VolumeRows
    /// Hosts that are to be spread, ascending.
    var due: [Int]
    var waves: Int
    /// 0 stands for no limit.
    var mostPerRack = 0
    var mostInZone = 0
    /// Most stopped members of each group of the problem; 0 stands for no limit.
    var mostStopped: [Int] = []
    /// Most hosts out in all zones; 0 stands for no limit.
    var mostOut = 0
    /// The part of each row that is kept free.
    var margin = 0.0
  }

  let frame: Frame
  private(set) var sets: [[Int]]
  private(set) var waveOf: [Int]
  private(set) var costs: [Cost]
  private var sums: [[Int]]
  /// Hosts that other zones have out in each wave.
  private var othersOut: [Int]
  /// Members of groups that other zones have stopped in each wave.
  private var othersStopped: [[Int: Int]]

  /// What a wave costs.
  struct Cost {
    /// 0 if it breaks nothing that is known.
    var violation: Double
    /// How close it comes to breaking something.
    var pressure: Double

    var total: Double { violation + 0.02 * pressure * pressure * pressure * pressure }
  }

  init(_ frame: Frame) {
    self.frame = frame
    sets = [[Int]](repeating: [], count: frame.waves)
    waveOf = [Int](repeating: -1, count: frame.zone.hostCount)
    sums = [[Int]](
      repeating: [Int](repeating: 0, count: frame.rows.count), count: frame.waves)
    costs = [Cost](repeating: Cost(violation: 0, pressure: 0), count: frame.waves)
    othersOut = [Int](repeating: 0, count: frame.waves)
    othersStopped = [[Int: Int]](repeating: [:], count: frame.waves)
  }

  var violation: Double { costs.reduce(0) { $0 + $1.violation } }

  /// A wave with one host more and one fewer; -1 stands for none.
  struct Change {
    var wave: Int
    var leaving: Int
    var entering: Int
  }

  /// The hosts of a wave after a change, ascending.
  func set(_ change: Change) -> [Int] {
    var set = sets[change.wave]
    if change.leaving >= 0 { set.removeAll { $0 == change.leaving } }
    if change.entering >= 0 {
      let place = set.firstIndex { $0 > change.entering } ?? set.count
      set.insert(change.entering, at: place)
    }
    return set
  }

  /// What a wave would cost by all that is known without packing.
  func cost(_ change: Change) -> Cost {
    let rows = frame.rows
    var sums = sums[change.wave]
    for row in 0..<rows.count {
      if change.leaving >= 0 { sums[row] -= rows.weight[change.leaving * rows.count + row] }
      if change.entering >= 0 { sums[row] += rows.weight[change.entering * rows.count + row] }
    }
    let isEmpty =
      sets[change.wave].count + (change.entering >= 0 ? 1 : 0) - (change.leaving >= 0 ? 1 : 0)
      == 0
    if isEmpty { return Cost(violation: 0, pressure: 0) }
    let wave = change.wave
    let strain = rows.strain(sums: sums, margin: frame.margin) { host in
      (waveOf[host] == wave && host != change.leaving) || host == change.entering
    }
    return Cost(
      violation: strain.excess + limitExcess(change) + stoppedExcess(change),
      pressure: strain.pressure)
  }

  private func limitExcess(_ change: Change) -> Double {
    let set = sets[change.wave]
    let size =
      set.count - (change.leaving >= 0 ? 1 : 0) + (change.entering >= 0 ? 1 : 0)
    var excess = 0
    if frame.mostInZone > 0 { excess += max(0, size - frame.mostInZone) }
    if frame.mostOut > 0 {
      excess += max(0, size + othersOut[change.wave] - frame.mostOut)
    }
    guard frame.mostPerRack > 0 else { return Double(excess) * 0.2 }
    let racks = frame.zone.rack
    var seen = [Int](repeating: 0, count: frame.zone.rackCount)
    for host in set where host != change.leaving { seen[racks[host]] += 1 }
    if change.entering >= 0 { seen[racks[change.entering]] += 1 }
    for number in seen { excess += max(0, number - frame.mostPerRack) }
    return Double(excess) * 0.2
  }

  private func stoppedExcess(_ change: Change) -> Double {
    let stopped = frame.zone.stopped
    var counts: [Int: Int] = [:]
    func add(_ host: Int) {
      for entry in stopped[host] { counts[entry.group, default: 0] += entry.members }
    }
    for host in sets[change.wave] where host != change.leaving { add(host) }
    if change.entering >= 0 { add(change.entering) }
    var excess = 0
    for (group, members) in counts {
      let others = othersStopped[change.wave][group] ?? 0
      excess += max(0, members + others - frame.mostStopped[group])
    }
    return Double(excess) * 0.2
  }

  /// Notes that another zone takes a host out in a wave, or no longer does.
  mutating func noteOther(
    stopping stopped: [(group: Int, members: Int)], wave: Int, isOut: Bool
  ) {
    let sign = isOut ? 1 : -1
    othersOut[wave] += sign
    for entry in stopped { othersStopped[wave][entry.group, default: 0] += sign * entry.members }
    refresh(wave)
  }

  /// Puts a host into a wave, out of the one it is in.
  mutating func put(_ host: Int, into wave: Int) {
    let rows = frame.rows
    let old = waveOf[host]
    if old >= 0 {
      sets[old].removeAll { $0 == host }
      for row in 0..<rows.count { sums[old][row] -= rows.weight[host * rows.count + row] }
    }
    waveOf[host] = wave
    sets[wave].append(host)
    sets[wave].sort()
    for row in 0..<rows.count { sums[wave][row] += rows.weight[host * rows.count + row] }
    if old >= 0 { refresh(old) }
    refresh(wave)
  }

  private mutating func refresh(_ wave: Int) {
    costs[wave] = cost(Change(wave: wave, leaving: -1, entering: -1))
  }

  /// Puts every host, the heaviest first, into the wave where it costs least.
  mutating func fill(_ random: inout RandomStream, shake: Double) {
    let rows = frame.rows
    let weights = frame.due.map { host -> (Double, Int) in
      var most = 0.0
      for row in 0..<rows.count {
        let share =
          Double(rows.weight[host * rows.count + row]) / Double(max(1, rows.spare[row]))
        most = max(most, share)
      }
      return (most * (1 + shake * (random.uniform() - 0.5)), host)
    }
    for (_, host) in weights.sorted(by: { ($1.0, $0.1) < ($0.0, $1.1) }) {
      var best = (cost: Double.infinity, wave: 0)
      for wave in 0..<frame.waves {
        let new = cost(Change(wave: wave, leaving: -1, entering: host)).total
        let growth = new - costs[wave].total + 1e-9 * Double(sets[wave].count)
        if growth < best.cost { best = (growth, wave) }
      }
      put(host, into: best.wave)
    }
  }
}
