extension RollingProblem {
  /// Plans waves after which all VMs remain where they were put, in as few waves and then as few
  /// moves as can be found.
  ///
  /// The result depends on the problem and the options alone, unless a time limit is set. The
  /// reserve was checked by packing for every wave.
  package func planStay(_ options: RollingOptions = RollingOptions()) -> RollingPlan {
    var planner = StayPlanner(self, options)
    return planner.plan()
  }
}

/// Plans waves that build on each other.
///
/// What a set of hosts needs by volume does not depend on where the VMs are, so hosts are spread
/// over waves by it first; then each zone is carried out and changed until its waves pack.
struct StayPlanner {
  private var search: RollingSearch
  private let rows: [VolumeRows]

  init(_ problem: RollingProblem, _ options: RollingOptions) {
    search = RollingSearch(problem, options)
    rows = search.rows(.stay)
  }

  mutating func plan() -> RollingPlan {
    search.postponeObvious()
    for zone in search.zones.indices where search.zones[zone].hostCount <= 100 {
      search.postponeUnpackable(zone)
    }
    let bounds = search.bounds(rows)
    var plan = RollingPlan()
    var ends: [ZoneOccupancy]
    if let (slots, zones) = carriedOut(from: bounds.map(\.bySums)) {
      plan.waves = [RollingWave](repeating: RollingWave(), count: slots.waveCount)
      for (zone, found) in zones.enumerated() {
        for (place, wave) in slots.slots[zone].enumerated() {
          plan.waves[wave].add(
            found.partition.sets[place], found.moves[place], of: search.zones[zone])
        }
      }
      ends = zones.map(\.end)
    } else {
      ends = oneByOne(&plan)
    }
    takeUpPostponed(&plan, &ends)
    plan.moves = plan.waves.reduce(0) { $0 + $1.moves.count }
    // Hosts that could be taken up late are more than the bounds speak of, which keeps them valid.
    plan.close(search, bound: search.provenBound(bounds, known: plan.waves.count))
    plan.movesBound = min(plan.moves, movesBound(bounds, waves: plan.waves.count))
    return plan
  }

  /// One host a wave: what is left to do when the limits end the search before any plan is whole.
  private mutating func oneByOne(_ plan: inout RollingPlan) -> [ZoneOccupancy] {
    for zone in search.zones.indices {
      search.postpone(
        search.due[zone].map {
          PostponedHost(
            host: search.zones[zone].hosts[$0], vm: nil, reason: .limit, isProven: false)
        }, zone: zone)
    }
    var ends = search.zones.map { ZoneOccupancy($0) }
    takeUpPostponed(&plan, &ends)
    return ends
  }

  /// Tries the hosts left out once more, one a wave and those with the fewest VMs first, as long as
  /// one can be emptied as things stand by then.
  private mutating func takeUpPostponed(_ plan: inout RollingPlan, _ ends: inout [ZoneOccupancy]) {
    for zone in search.zones.indices {
      var packer = WavePacker(search.zones[zone], styles: PackingStyle.basic(search.zones[zone]))
      var waiting = search.zones[zone].hosts.indices.filter { search.isWaiting($0, zone) }
        .sorted {
          (ends[zone].movable[$0].count, $0) < (ends[zone].movable[$1].count, $1)
        }
      var hasMoved = true
      while hasMoved, !waiting.isEmpty {
        hasMoved = false
        for host in waiting {
          guard let moves = packer.emptied(host, in: ends[zone]) else { continue }
          ends[zone].move(moves)
          var wave = RollingWave()
          wave.add([host], moves, of: search.zones[zone])
          plan.waves.append(wave)
          search.resume(host, zone)
          hasMoved = true
        }
        waiting.removeAll { !search.isWaiting($0, zone) }
      }
      search.meter.work += packer.work
    }
  }

  private mutating func carriedOut(
    from asked: [Int]
  ) -> (slots: WaveSlots, zones: [StaySearch])? {
    var asking = asked
    let first = WaveSlots.fewest(
      asking: asked, mostZones: search.problem.limits.zones, least: search.leastWaves)
    while true {
      let slots = WaveSlots(
        asking: asking, mostZones: search.problem.limits.zones, least: search.leastWaves)
      var spread = SpreadSearch(search, rows, slots)
      var failing: [Int] = []
      for trial in 1...4 {
        failing = []
        if spread.settle(steps: 400) {
          let found = carryOut(&spread, slots, trial, &failing)
          if let found { return (slots, found) }
        } else {
          failing = spread.brokenZones
        }
        if search.meter.isOver { return nil }
        spread.restart(failing, trial: trial)
      }
      for zone in failing {
        asking[zone] = slots.slots[zone].count + 1
        if search.zones[zone].hostCount > 100, slots.waveCount == first {
          search.postponeUnpackable(zone)
        }
      }
      if slots.waveCount > search.problem.hosts.count { return nil }
    }
  }

  /// Carries out every zone, and then looks for fewer moves in those that are not at their bound.
  private func carryOut(
    _ spread: inout SpreadSearch, _ slots: WaveSlots, _ trial: Int, _ failing: inout [Int]
  ) -> [StaySearch]? {
    var found: [StaySearch] = []
    let meter = search.meter
    let share = max(10_000_000, meter.left / (10 * max(1, search.zones.count)))
    for zone in search.zones.indices {
      var attempt = StaySearch(
        spread.partition(zone), startingWith: ZoneOccupancy(search.zones[zone]),
        random: search.random(zone, slots.waveCount, 100 + trial), meter: meter)
      if !attempt.pack(workLimit: meter.work + share) { failing.append(zone) }
      spread.replace(zone, by: attempt.partition)
      found.append(attempt)
    }
    guard failing.isEmpty else { return nil }
    let bounds = search.bounds(rows)
    for zone in search.zones.indices where !search.due[zone].isEmpty {
      // Others may have changed since.
      found[zone].renew(spread.partition(zone))
      improve(
        &found[zone], zone, spread, slots,
        bound: movesBound(zone, bounds[zone], waves: slots.slots[zone].count),
        share: meter.left * 2 / 3 / (search.zones.count - zone))
      spread.replace(zone, by: found[zone].partition)
    }
    return found
  }

  /// Looks for fewer moves from the partition that was found and from others.
  private func improve(
    _ best: inout StaySearch, _ zone: Int, _ spread: SpreadSearch, _ slots: WaveSlots,
    bound: Int, share: Int
  ) {
    let meter = search.meter
    let limit = meter.work + share
    best.improve(workLimit: meter.work + share / 3, bound: bound, patience: 1_000)
    var trial = 10
    while best.score.moves > bound || best.score.strained > 0, trial < 22, meter.work < limit,
      !meter.isOver
    {
      trial += 1
      guard let partition = spread.alternative(to: zone, trial: trial) else { continue }
      var other = StaySearch(
        partition, startingWith: ZoneOccupancy(search.zones[zone]),
        random: search.random(zone, slots.waveCount, 200 + trial), meter: meter)
      guard other.pack(workLimit: min(limit, meter.work + share / 10)) else { continue }
      other.improve(
        workLimit: min(limit, meter.work + share / 6), bound: bound, patience: 1_000)
      if other.score < best.score { best = other }
    }
    best.improve(workLimit: limit, bound: bound, patience: 1_000)
  }

  /// No plan of a zone has fewer moves: every VM once, and where all hosts are due the VMs of its
  /// first wave twice, because they land on hosts that are still to come.
  private func movesBound(_ zone: Int, _ bound: WaveBound, waves: Int) -> Int {
    let hosts = search.due[zone]
    let occupancy = ZoneOccupancy(search.zones[zone])
    let counts = hosts.map { occupancy.movable[$0].count }.sorted()
    let once = counts.reduce(0, +)
    let isFullyDue =
      (0..<search.zones[zone].hostCount).allSatisfy {
        !search.zones[zone].isOpen[$0] || hosts.contains($0)
      }
    guard isFullyDue, !hosts.isEmpty else { return once }
    let rest = (waves - 1) * bound.mostHosts
    return once + counts.prefix(max(1, hosts.count - rest)).reduce(0, +)
  }

  private func movesBound(_ bounds: [WaveBound], waves: Int) -> Int {
    search.zones.indices.reduce(0) { $0 + movesBound($1, bounds[$1], waves: waves) }
  }
}

extension WavePacker {
  /// The moves that empty one host, if one of the basic styles finds them.
  fileprivate mutating func emptied(_ host: Int, in occupancy: ZoneOccupancy) -> [ZoneMove]? {
    for style in styles + styles.suffix(1).map(\.filling) {
      let outcome = tryEmptying([host], in: occupancy, style: style)
      if case .packed(let moves, _) = outcome { return moves }
    }
    return nil
  }
}
