extension RollingProblem {
  /// Plans waves after each of which all VMs return to their first hosts, in as few waves as can be
  /// found.
  ///
  /// The result depends on the problem and the options alone, unless a time limit is set. The
  /// reserve was checked by packing for every wave.
  package func planBack(_ options: RollingOptions = RollingOptions()) -> RollingPlan {
    var planner = BackPlanner(self, options)
    return planner.plan()
  }
}

/// Plans waves that are independent of each other.
///
/// Hosts are spread over waves by tabu search, first on what is known by volume and limits, then
/// with every set packed; what packs together is an independence system, so the search may take
/// hosts out of a set without asking again.
struct BackPlanner {
  private var search: RollingSearch
  private var oracles: [SetOracle]

  init(_ problem: RollingProblem, _ options: RollingOptions) {
    search = RollingSearch(problem, options)
    let meter = search.meter
    oracles = search.zones.map { SetOracle($0, seed: options.seed, meter: meter) }
  }

  mutating func plan() -> RollingPlan {
    search.postponeObvious()
    let rows = search.rows(.back)
    // The search for fewer waves is worth more than what remains after it.
    for zone in search.zones.indices where search.zones[zone].hostCount <= 100 {
      search.postponeUnpackable(zone, &oracles[zone])
    }
    var spread = self.spread(rows)
    while spread == nil {
      // Hosts that do not pack alone are the only reason for a search without end.
      let before = search.postponed.count
      for zone in search.zones.indices { search.postponeUnpackable(zone, &oracles[zone]) }
      if search.postponed.count == before { break }
      spread = self.spread(rows)
    }
    let bound = provenBound(rows, known: spread?.slots.waveCount)
    return result(spread ?? oneByOne(), bound: bound)
  }

  /// Spreads the hosts over the fewest waves in which all of them can be packed.
  private mutating func spread(_ rows: [VolumeRows]) -> RollingSpread? {
    var asking = search.bounds(rows).map(\.bySums)
    while true {
      let slots = WaveSlots(
        asking: asking, mostZones: search.problem.limits.zones, least: search.leastWaves)
      var attempt = SpreadSearch(search, rows, slots)
      var failing: [Int] = []
      for trial in 1...6 {
        let share = max(20_000_000, search.meter.left / 60)
        failing = attempt.pack(&oracles, workLimit: search.meter.work + share)
        if failing.isEmpty { return plainest(attempt) }
        if search.meter.isOver { return nil }
        attempt.restart(failing, trial: trial)
      }
      // One more wave for the whole gives each zone its share where they do not exclude each other.
      for zone in failing { asking[zone] = slots.slots[zone].count + 1 }
      if slots.waveCount > search.problem.hosts.count { return nil }
    }
  }

  /// The same number of waves with a reserve that is easy to see everywhere, if a short search
  /// finds that; else what is there.
  private mutating func plainest(_ found: SpreadSearch) -> RollingSpread {
    for zone in oracles.indices { oracles[zone].isStrict = true }
    defer { for zone in oracles.indices { oracles[zone].isStrict = false } }
    for (zone, sets) in found.spread.sets.enumerated() {
      for set in sets { _ = oracles[zone].verdict(set, trials: 120) }
    }
    var attempt = found
    let limit = search.meter.work + max(20_000_000, search.meter.left / 20)
    return attempt.pack(&oracles, workLimit: limit).isEmpty ? attempt.spread : found.spread
  }

  /// One host a wave, for searches that were ended before anything better was found.
  private mutating func oneByOne() -> RollingSpread {
    for zone in search.zones.indices { search.postponeUnpackable(zone, &oracles[zone]) }
    let total = search.due.reduce(0) { $0 + $1.count }
    var sets = search.due.map { _ in [[Int]](repeating: [], count: total) }
    var wave = 0
    for zone in search.zones.indices {
      for host in search.due[zone] {
        sets[zone][wave] = [host]
        wave += 1
      }
    }
    let slots = WaveSlots(asking: search.due.map { _ in total }, mostZones: 0, least: total)
    return RollingSpread(slots: slots, sets: sets)
  }

  /// The best lower bound: by sums, and where that leaves a gap by refuting one wave fewer.
  private func provenBound(_ rows: [VolumeRows], known: Int?) -> Int {
    search.provenBound(search.bounds(rows), known: known)
  }

  private mutating func result(_ spread: RollingSpread, bound: Int) -> RollingPlan {
    var plan = RollingPlan()
    plan.waves = [RollingWave](repeating: RollingWave(), count: spread.slots.waveCount)
    for (zone, sets) in spread.sets.enumerated() {
      for (place, wave) in spread.slots.slots[zone].enumerated() where !sets[place].isEmpty {
        let verdict = oracles[zone].verdict(sets[place], trials: 12)
        precondition(verdict.isPacked, "A wave of the plan has no packing.")
        plan.waves[wave].add(sets[place], verdict.moves, of: search.zones[zone])
      }
    }
    plan.close(search, bound: bound)
    // Every VM goes there and back.
    plan.moves = 2 * plan.waves.reduce(0) { $0 + $1.moves.count }
    plan.movesBound = plan.moves
    return plan
  }
}

extension RollingWave {
  /// Adds what one zone does in the wave.
  mutating func add(_ set: [Int], _ zoneMoves: [ZoneMove], of zone: RollingZone) {
    hosts += set.map { zone.hosts[$0] }
    moves += zoneMoves.map { Move(vm: zone.vms[Int($0.vm)], target: zone.hosts[Int($0.target)]) }
  }
}

extension RollingPlan {
  /// Puts everything in order and adds what the search knows.
  mutating func close(_ search: RollingSearch, bound: Int) {
    waves.removeAll { $0.hosts.isEmpty }
    for wave in waves.indices {
      waves[wave].hosts.sort()
      waves[wave].moves.sort { $0.vm < $1.vm }
    }
    wavesBound = min(bound, waves.count)
    postponed = search.postponed.sorted { $0.host < $1.host }
    work = search.meter.work
    isRepeatable = search.options.timeLimit == nil
  }
}

extension RollingSearch {
  /// The best lower bound on waves: by sums, and where that leaves a gap to what is known by
  /// refuting one wave fewer, zone by zone.
  func provenBound(_ bounds: [WaveBound], known: Int?) -> Int {
    var asking = bounds.map(\.bySums)
    func total() -> Int {
      WaveSlots.fewest(asking: asking, mostZones: problem.limits.zones, least: leastWaves)
    }
    guard let known, problem.limits.zones == 0 else { return total() }
    while total() < known {
      let waves = total()
      let refuting = bounds.indices.first { zone in
        bounds[zone].due.count <= 60 && asking[zone] <= waves
          && bounds[zone].refutes(waves, nodeLimit: options.proofNodes)
      }
      guard let refuting else { break }
      asking[refuting] = waves + 1
    }
    return total()
  }
}
