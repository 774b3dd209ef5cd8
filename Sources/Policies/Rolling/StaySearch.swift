import Stochastics

/// One zone whose VMs remain where the waves put them: carries the waves out one after the other,
/// and changes which hosts are in which until all pack and few VMs move twice.
struct StaySearch {
  /// How far a partition was carried out.
  struct Score: Comparable {
    /// Waves from the first that did not pack on.
    var unpacked: Int
    /// The size of VMs without a place in that wave.
    var missing: Int
    /// Failures whose VMs fit in a way that is hard to see.
    var strained = 0
    var moves: Int

    static func < (left: Self, right: Self) -> Bool {
      (left.unpacked, left.missing, left.strained, left.moves)
        < (right.unpacked, right.missing, right.strained, right.moves)
    }
  }

  /// A partition with what carrying it out gave.
  private struct Course {
    var partition: WavePartition
    /// Before each wave that was carried out, and after the last.
    var states: [ZoneOccupancy]
    var moves: [[ZoneMove]] = []
    var strained: [Int] = []
    var score = Score(unpacked: 0, missing: 0, moves: 0)
  }

  private let zone: RollingZone
  private let meter: WorkMeter
  private var packer: WavePacker
  private var random: RandomStream
  private var best: Course
  private var current: Course

  init(
    _ partition: WavePartition, startingWith occupancy: ZoneOccupancy, random: RandomStream,
    meter: WorkMeter
  ) {
    zone = partition.frame.zone
    self.meter = meter
    self.random = random
    packer = WavePacker(zone, styles: PackingStyle.basic(zone))
    let first = Course(partition: partition, states: [occupancy])
    (best, current) = (first, first)
    var course = first
    course.partition = ordered(partition, occupancy)
    carryOut(&course, from: 0)
    (best, current) = (course, course)
  }

  var partition: WavePartition { best.partition }
  var moves: [[ZoneMove]] { best.moves }
  var score: Score { best.score }
  /// Where the VMs are after the last wave that packed.
  var end: ZoneOccupancy { best.states[best.states.count - 1] }

  /// Changes the partition until every wave packs, or the meter shows so much work.
  mutating func pack(workLimit: Int) -> Bool {
    var idle = 0
    while best.score.unpacked > 0 {
      guard meter.work < workLimit, !meter.isOver, idle < 1_000 else { return false }
      idle = tryChange(slack: 0) ? 0 : idle + 1
    }
    return true
  }

  /// Looks for fewer moves until none is found for long, or the meter shows so much work.
  mutating func improve(workLimit: Int, bound: Int, patience: Int) {
    lighten()
    var idle = 0
    var round = 0
    while best.score.moves > bound || best.score.strained > 0, idle < patience,
      meter.work < workLimit, !meter.isOver
    {
      round += 1
      // Long walks begin again where the best was, every other time with a leap.
      if idle > 0, idle % 150 == 0 { current = best }
      let leaps = idle >= 150 && idle / 150 % 2 == 1 && idle % 150 < 8
      idle = tryChange(slack: leaps ? 60 : [8, 4, 2, 0][round / 50 % 4]) ? 0 : idle + 1
    }
  }

  /// Takes over what other zones do meanwhile; the hosts are in the same waves.
  mutating func renew(_ partition: WavePartition) {
    best.partition = partition
    current = best
  }

  /// Tries one change; true if it gave a new best.
  private mutating func tryChange(slack: Int) -> Bool {
    meter.work += zone.hostCount
    guard let (partition, first) = changed() else { return false }
    var course = Course(
      partition: partition, states: Array(current.states.prefix(first + 1)),
      moves: Array(current.moves.prefix(first)), strained: Array(current.strained.prefix(first)))
    carryOut(&course, from: first)
    guard isAcceptable(course.score, slack: slack) else { return false }
    current = course
    guard course.score < best.score else { return false }
    best = course
    return true
  }

  /// Whether the walk may go there: a failure that is hard to see counts as some moves on the way,
  /// and only the best plan has to be without.
  private func isAcceptable(_ score: Score, slack: Int) -> Bool {
    if score.unpacked > 0 || current.score.unpacked > 0 { return score <= current.score }
    return score.moves + 6 * score.strained <= current.score.moves + 6 * current.score.strained
      + slack
  }

  /// A partition next to the present one that breaks nothing known, and the first wave changed.
  private mutating func changed() -> (WavePartition, Int)? {
    let waves = current.partition.sets.count
    guard waves > 1 else { return nil }
    let reach = min(waves, current.states.count)
    for _ in 0..<20 {
      meter.work += 40 * current.partition.frame.rows.count
      var partition = current.partition
      // Early waves decide how many VMs move twice, and a wave that does not pack has to change.
      let from =
        current.score.unpacked > 0 && random.integer(below: 2) == 0
        ? reach - 1 : random.integer(below: random.integer(below: waves) + 1)
      var to = random.integer(below: waves - 1)
      if to >= from { to += 1 }
      let (left, right) = (partition.sets[from], partition.sets[to])
      guard !left.isEmpty else { continue }
      let kind = random.integer(below: 10)
      if kind == 0 {
        for host in left { partition.put(host, into: to) }
        for host in right { partition.put(host, into: from) }
      } else {
        partition.put(left[random.integer(below: left.count)], into: to)
        if kind < 6, !right.isEmpty {
          partition.put(right[random.integer(below: right.count)], into: from)
        }
      }
      // A change behind the first wave that does not pack shows nothing.
      if partition.violation == 0, min(from, to) < reach { return (partition, min(from, to)) }
    }
    return nil
  }

  /// Carries out waves from one on; the states before it are there.
  private mutating func carryOut(_ course: inout Course, from first: Int) {
    let sets = course.partition.sets
    var isPending = [Bool](repeating: false, count: zone.hostCount)
    for host in sets.joined() { isPending[host] = true }
    for host in sets.prefix(first).joined() { isPending[host] = false }
    for wave in first..<sets.count {
      for host in sets[wave] { isPending[host] = false }
      let (moves, lack) = emptied(sets[wave], course.states[wave], isPending)
      guard let moves else {
        course.score.unpacked = sets.count - wave
        course.score.missing = lack
        break
      }
      var state = course.states[wave]
      state.move(moves)
      course.moves.append(moves)
      course.strained.append(lack)
      course.states.append(state)
    }
    course.score.strained = course.strained.reduce(0, +)
    course.score.moves = course.moves.reduce(0) { $0 + $1.count }
  }

  /// Empties hosts so that few VMs land on hosts that are still due; with the moves, how many
  /// failures fit in a way that is hard to see, without them the size of what is missing.
  private mutating func emptied(
    _ set: [Int], _ occupancy: ZoneOccupancy, _ isPending: [Bool]
  ) -> (moves: [ZoneMove]?, lack: Int) {
    if set.isEmpty { return ([], 0) }
    let before = packer.work
    defer { meter.work += packer.work - before }
    var found: (moves: [ZoneMove]?, lack: Int) = (nil, .max)
    for (style, foreseen) in attempts(set, occupancy, isPending) {
      switch packer.tryEmptying(set, in: occupancy, style: style, foreseen: foreseen) {
      case .packed(let moves, let strained):
        if found.moves == nil || strained < found.lack { found = (moves, strained) }
        if strained == 0 { return found }
      case .failed(let missing, _):
        if found.moves == nil { found.lack = min(found.lack, max(1, missing)) }
      }
    }
    return found
  }

  private func attempts(
    _ set: [Int], _ occupancy: ZoneOccupancy, _ isPending: [Bool]
  ) -> [(PackingStyle, Int?)] {
    let hardest = zone.units.indices.max { left, right in
      func load(_ unit: Int) -> Int {
        zone.units[unit].reduce(0) { $0 + (set.contains($1) ? 0 : occupancy.restarted[$1].count) }
      }
      return (load(left), right) < (load(right), left)
    }
    let first = packer.styles[0]
    var list: [(PackingStyle, Int?)] = []
    let spilling = first.avoiding(isPending, emptying: set, in: occupancy)
    list.append((spilling, nil))
    if hardest != nil { list.append((spilling, hardest)) }
    let even = packer.styles[packer.styles.count - 1]
    list.append((even.avoiding(isPending).filling, nil))
    if hardest != nil { list.append((even.avoiding(isPending).filling, hardest)) }
    list.append((even.filling, hardest))
    for style in packer.styles {
      list.append((style.avoiding(isPending), hardest))
      list.append((style.avoiding(isPending), nil))
    }
    list.append((first, hardest))
    list.append((first, nil))
    return list
  }

  /// Waves with few VMs first.
  private func ordered(_ partition: WavePartition, _ occupancy: ZoneOccupancy) -> WavePartition {
    func load(_ set: [Int]) -> Int {
      set.isEmpty ? .max : set.reduce(0) { $0 + occupancy.movable[$1].count }
    }
    let order = partition.sets.indices.sorted {
      (load(partition.sets[$0]), $0) < (load(partition.sets[$1]), $1)
    }
    var sorted = partition
    for (place, wave) in order.enumerated() {
      for host in partition.sets[wave] { sorted.put(host, into: place) }
    }
    return sorted.violation == 0 ? sorted : partition
  }

  /// Tries to give the first wave fewer hosts, because its VMs move twice where all hosts are due.
  private mutating func lighten() {
    for most in [0.995, 0.98, 0.96, 0.94, 0.92] {
      var course = Course(partition: best.partition, states: [best.states[0]])
      course.partition = lightenedFirst(best.partition, best.states[0], most: most)
      carryOut(&course, from: 0)
      guard course.score < best.score else { continue }
      (best, current) = (course, course)
      return
    }
  }

  /// Takes hosts out of the first wave while the others can bear them.
  private func lightenedFirst(
    _ partition: WavePartition, _ occupancy: ZoneOccupancy, most: Double
  ) -> WavePartition {
    var partition = partition
    guard let first = partition.sets.first, partition.sets.count > 1 else { return partition }
    let hosts = first.sorted {
      (occupancy.movable[$1].count, $0) < (occupancy.movable[$0].count, $1)
    }
    for host in hosts.dropLast() {
      var best: (pressure: Double, wave: Int)?
      for wave in 1..<partition.sets.count {
        let cost = partition.cost(.init(wave: wave, leaving: -1, entering: host))
        guard cost.violation == 0, cost.pressure < best?.pressure ?? most else { continue }
        best = (cost.pressure, wave)
      }
      if let best { partition.put(host, into: best.wave) }
    }
    return partition
  }
}

extension PackingStyle {
  /// Far more than any host has left.
  private static let distance = 1 << 44

  /// The style with hosts that are taken only where no other has room.
  func avoiding(_ isAvoided: [Bool]) -> PackingStyle {
    var style = self
    for host in bias.indices where isAvoided[host] { style.bias[host] += Self.distance }
    return style
  }

  /// Where the other hosts lack room for all VMs, the largest of them go to the avoided hosts, so
  /// that as few as possible do.
  func avoiding(
    _ isAvoided: [Bool], emptying set: [Int], in occupancy: ZoneOccupancy
  ) -> PackingStyle {
    let zone = occupancy.zone
    var style = avoiding(isAvoided)
    var room = 0
    for host in 0..<zone.hostCount
    where !isAvoided[host] && !set.contains(host) && zone.isOpen[host] {
      for resource in 0..<zone.resourceCount {
        room += max(0, occupancy.free[host * zone.resourceCount + resource]) * weights[resource]
      }
    }
    let volumes = set.lazy.flatMap { occupancy.movable[$0] }
      .filter { size[zone.shape[$0]] < Self.rarity }.map { volume(zone.shape[$0]) }.sorted(by: >)
    var left = volumes.reduce(0, +)
    for volume in volumes where left > room {
      left -= volume
      style.largeCount += 1
    }
    style.largeBias = bias
    for host in bias.indices where !isAvoided[host] { style.largeBias[host] += Self.distance }
    return style
  }
}
