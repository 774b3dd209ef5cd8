import Stochastics

/// The hosts of all zones spread over waves: zone by zone, slot by slot, the hosts that are out.
struct RollingSpread {
  var slots: WaveSlots
  var sets: [[[Int]]]
}

/// Spreads the hosts of all zones over given waves, and mends what is broken.
///
/// Zones are searched together, because a change in one may break a limit that others share.
struct SpreadSearch {
  let slots: WaveSlots
  private let search: RollingSearch
  private let rows: [VolumeRows]
  private var parts: [PartitionSearch]
  private let areCoupled: Bool
  private var random: RandomStream
  /// Zone by zone, the slot of each wave, or -1.
  private let slotOfWave: [[Int]]

  init(_ search: RollingSearch, _ rows: [VolumeRows], _ slots: WaveSlots, margin: Double = 0) {
    self.search = search
    self.rows = rows
    self.slots = slots
    areCoupled = search.areZonesCoupled
    random = search.random(search.zones.count, slots.waveCount, 0)
    slotOfWave = slots.slots.map { own in
      (0..<slots.waveCount).map { wave in own.firstIndex(of: wave) ?? -1 }
    }
    parts = search.zones.indices.map { Self.part(search, rows, slots, $0, trial: 0) }
    for zone in parts.indices { tellOthers(of: zone, isOut: true) }
  }

  var spread: RollingSpread { RollingSpread(slots: slots, sets: parts.map(\.partition.sets)) }

  /// The partition of a zone with what binds it.
  func partition(_ zone: Int) -> WavePartition { parts[zone].partition }

  private static func part(
    _ search: RollingSearch, _ rows: [VolumeRows], _ slots: WaveSlots, _ zone: Int, trial: Int
  ) -> PartitionSearch {
    let waves = slots.slots[zone].count
    return PartitionSearch(
      search.frame(zone, rows[zone], waves: waves), random: search.random(zone, waves, trial),
      shake: 0.2 * Double(trial), meter: search.meter)
  }

  /// Begins anew with some zones.
  mutating func restart(_ zones: [Int], trial: Int) {
    for zone in zones {
      tellOthers(of: zone, isOut: false)
      parts[zone] = Self.part(search, rows, slots, zone, trial: trial)
      for other in parts.indices where other != zone { tell(zone, of: other, isOut: true) }
      tellOthers(of: zone, isOut: true)
    }
  }

  /// Another partition of one zone that breaks nothing beside the others as they are, if a short
  /// search finds one.
  func alternative(to zone: Int, trial: Int) -> WavePartition? {
    var other = self
    other.restart([zone], trial: trial)
    for _ in 0..<400 {
      let waves = other.parts[zone].brokenWaves
      if waves.isEmpty { return other.parts[zone].partition }
      if search.meter.isOver { return nil }
      _ = other.parts[zone].mend(waves[other.random.integer(below: waves.count)])
    }
    return nil
  }

  /// Takes over what another search made of a zone.
  mutating func replace(_ zone: Int, by partition: WavePartition) {
    tellOthers(of: zone, isOut: false)
    parts[zone].adopt(partition.sets)
    tellOthers(of: zone, isOut: true)
  }

  private mutating func tellOthers(of zone: Int, isOut: Bool) {
    for other in parts.indices { tell(other, of: zone, isOut: isOut) }
  }

  private mutating func tell(_ zone: Int, of other: Int, isOut: Bool) {
    guard areCoupled, zone != other else { return }
    for (slot, hosts) in parts[other].partition.sets.enumerated() {
      for host in hosts { note(host, of: other, slot: slot, isOut: isOut, in: zone) }
    }
  }

  private mutating func note(_ host: Int, of other: Int, slot: Int, isOut: Bool, in zone: Int) {
    let own = slotOfWave[zone][slots.slots[other][slot]]
    guard own >= 0 else { return }
    parts[zone].noteOther(
      stopping: search.zones[other].stopped[host], wave: own, isOut: isOut)
  }

  private mutating func note(_ transfers: [PartitionSearch.Transfer], of zone: Int) {
    guard areCoupled else { return }
    for transfer in transfers {
      for other in parts.indices where other != zone {
        note(transfer.host, of: zone, slot: transfer.from, isOut: false, in: other)
        note(transfer.host, of: zone, slot: transfer.to, isOut: true, in: other)
      }
    }
  }

  /// The zones with a wave that breaks something known without packing.
  var brokenZones: [Int] { parts.indices.filter { !parts[$0].brokenWaves.isEmpty } }

  /// Changes waves until nothing known without packing is broken, for at most so many steps.
  mutating func settle(steps: Int) -> Bool {
    for _ in 0..<steps {
      let broken = brokenZones
      if broken.isEmpty { return true }
      if search.meter.isOver { return false }
      let zone = broken[random.integer(below: broken.count)]
      let waves = parts[zone].brokenWaves
      note(parts[zone].mend(waves[random.integer(below: waves.count)]), of: zone)
    }
    return brokenZones.isEmpty
  }

  /// Changes waves until every one packs, or until the meter shows so much work; the zones that
  /// still fail.
  ///
  /// It also ends when the number of waves that fail has not fallen for long.
  mutating func pack(_ oracles: inout [SetOracle], workLimit: Int) -> [Int] {
    var (fewest, idle) = (Int.max, 0)
    let patience = 60 + 6 * search.due.reduce(0) { $0 + $1.count }
    while true {
      guard settle(steps: 400) else { return brokenZones }
      var failing: [(zone: Int, wave: Int)] = []
      for zone in parts.indices {
        for (wave, set) in parts[zone].partition.sets.enumerated() {
          let verdict = oracles[zone].verdict(set, trials: 12)
          if !oracles[zone].accepts(verdict) { failing.append((zone, wave)) }
        }
      }
      if failing.isEmpty { return [] }
      idle = failing.count < fewest ? 0 : idle + 1
      fewest = min(fewest, failing.count)
      if idle > patience || search.meter.work >= workLimit || search.meter.isOver {
        return Set(failing.map(\.zone)).sorted()
      }
      let (zone, wave) = failing[random.integer(below: failing.count)]
      note(parts[zone].mendPacking(wave, &oracles[zone]), of: zone)
    }
  }
}
