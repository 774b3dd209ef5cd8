/// Which waves of a plan each zone may use.
struct WaveSlots {
  /// Zone by zone, the waves it may use, ascending.
  let slots: [[Int]]
  let waveCount: Int

  /// Slots for zones that ask for at least so many waves, when at most `mostZones` zones may be
  /// touched at once (0: all), in at least `least` waves.
  ///
  /// Zones are wrapped around the waves one after the other, so that no wave has more zones than
  /// allowed and no zone has a wave twice (after McNaughton, Scheduling with deadlines and loss
  /// functions, 1959).
  init(asking: [Int], mostZones: Int, least: Int) {
    let most = mostZones > 0 ? min(mostZones, max(1, asking.count)) : max(1, asking.count)
    let total = asking.reduce(0, +)
    let waves = max(asking.max() ?? 0, (total + most - 1) / most, least)
    var counts = asking
    var left = waves * most - total
    // What is left over goes round, first to those with the fewest.
    while left > 0 {
      let open = counts.indices.filter { counts[$0] < waves && asking[$0] > 0 }
      guard let zone = open.min(by: { (counts[$0], $0) < (counts[$1], $1) }) else { break }
      counts[zone] += 1
      left -= 1
    }
    waveCount = waves
    var next = 0
    slots = counts.map { count in
      defer { next += count }
      return (0..<count).map { (next + $0) % max(1, waves) }.sorted()
    }
  }

  /// The least number of waves for zones that ask for at least so many.
  static func fewest(asking: [Int], mostZones: Int, least: Int) -> Int {
    WaveSlots(asking: asking, mostZones: mostZones, least: least).waveCount
  }
}
