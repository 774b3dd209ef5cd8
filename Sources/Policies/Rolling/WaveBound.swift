import Optimization

/// Bounds on the waves of one zone that hold for every plan.
struct WaveBound {
  let zone: RollingZone
  let rows: VolumeRows
  /// Hosts that have to be out once, ascending.
  let due: [Int]
  let limits: RollingProblem.Limits
  let mostStopped: [Int]

  /// No plan of the zone has fewer waves, by sums of the rows and the limits.
  var bySums: Int {
    guard !due.isEmpty else { return 0 }
    var waves = (due.count + mostHosts - 1) / mostHosts
    var ofRack = [Int](repeating: 0, count: zone.rackCount)
    for host in due { ofRack[zone.rack[host]] += 1 }
    if limits.hostsPerRack > 0, let most = ofRack.max() {
      waves = max(waves, (most + limits.hostsPerRack - 1) / limits.hostsPerRack)
    }
    for row in 0..<rows.count { waves = max(waves, self.waves(row)) }
    return waves
  }

  /// No more hosts can be out at once than this; at least 1, because hosts that cannot be out
  /// alone are not due here.
  var mostHosts: Int {
    var most = due.count
    if limits.hostsPerZone > 0 { most = min(most, limits.hostsPerZone) }
    if limits.hosts > 0 { most = min(most, limits.hosts) }
    if limits.hostsPerRack > 0 {
      var ofRack = [Int](repeating: 0, count: zone.rackCount)
      for host in due { ofRack[zone.rack[host]] += 1 }
      most = min(most, ofRack.reduce(0) { $0 + min($1, limits.hostsPerRack) })
    }
    for row in 0..<rows.count { most = min(most, largestCount(row)) }
    return max(1, min(most, mostBesideGroups))
  }

  /// Members of a group that run need hosts of their own: no more can be out than those leave.
  private var mostBesideGroups: Int {
    let open = zone.isOpen.count { $0 }
    guard due.allSatisfy({ zone.isOpen[$0] }) else { return due.count }
    var running = [Int](repeating: 0, count: zone.groups.count)
    for vm in zone.vms.indices where zone.group[vm] >= 0 && zone.movement[vm] == .moves {
      running[zone.group[vm]] += 1
    }
    return running.indices.reduce(due.count) { most, group in
      let needed = (running[group] + zone.mostOnHost[group] - 1) / zone.mostOnHost[group]
      return min(most, open - needed)
    }
  }

  private func weights(_ row: Int) -> [Int] {
    due.map { rows.weight[$0 * rows.count + row] }.sorted(by: >)
  }

  private func unitWeights(_ row: Int) -> [Int] {
    rows.units.map { unit in unit.reduce(0) { $0 + rows.weight[$1 * rows.count + row] } }
      .sorted(by: >)
  }

  /// The heaviest unit that `count` hosts leave untouched weighs at least this: they touch at most
  /// so many units.
  private func untouched(_ count: Int, _ units: [Int]) -> Int {
    count < units.count ? units[count] : 0
  }

  /// How many hosts a row lets out: the lightest ones, beside a unit that they cannot touch.
  private func largestCount(_ row: Int) -> Int {
    let (weights, units) = (weights(row), unitWeights(row))
    var sum = 0
    var most = 0
    for (count, weight) in weights.reversed().enumerated() {
      sum += weight
      if sum + untouched(count + 1, units) > rows.spare[row] { break }
      most = count + 1
    }
    return most
  }

  /// The waves that a row asks for: all weights together over what one wave can carry.
  private func waves(_ row: Int) -> Int {
    let (weights, units) = (weights(row), unitWeights(row))
    let total = weights.reduce(0, +)
    let spare = rows.spare[row]
    guard total > 0 else { return 1 }
    // What a wave of k hosts carries is bounded by its heaviest k hosts and by what the unit
    // leaves that it cannot touch.
    var (heaviest, carried) = (0, 0)
    for (count, weight) in weights.prefix(largestCount(row)).enumerated() {
      heaviest += weight
      carried = max(carried, min(heaviest, spare - untouched(count + 1, units)))
    }
    guard carried > 0 else { return weights.count { $0 > 0 } }
    var waves = (total + carried - 1) / carried
    // Waves that do not touch the heaviest unit carry less; only so many can touch it.
    let whole = spare - (units.first ?? 0)
    if whole < carried, whole > 0, let unit = heaviestUnit(row) {
      let touching = max(1, rows.units[unit].count { due.contains($0) })
      let rest = total - touching * carried
      if rest > 0 { waves = max(waves, touching + (rest + whole - 1) / whole) }
    }
    return waves
  }

  private func heaviestUnit(_ row: Int) -> Int? {
    let sums = rows.units.map { unit in
      unit.reduce(0) { $0 + rows.weight[$1 * rows.count + row] }
    }
    return sums.indices.max { (sums[$0], $1) < (sums[$1], $0) }
  }

  /// Whether no plan of the zone has so many waves, as far as a limited search can prove it.
  ///
  /// One variable a host and wave; the rows of the volume, of racks and of stopped members.
  func refutes(_ waves: Int, nodeLimit: Int) -> Bool {
    var program = IntegerProgram(.minimize)
    var out = [[IntegerProgram.Variable?]](
      repeating: [IntegerProgram.Variable?](repeating: nil, count: waves), count: zone.hostCount)
    for (number, host) in due.enumerated() {
      // Waves of one zone are alike: the first hosts open them in their order.
      for wave in 0..<min(waves, number + 1) { out[host][wave] = program.addVariable(.binary) }
      program.addConstraint(.equal(1), out[host].compactMap { $0.map { .init(1, $0) } })
    }
    for wave in 0..<waves {
      addVolume(wave, out, to: &program)
      addLimits(wave, out, to: &program)
    }
    var options = SolverOptions()
    options.nodeLimit = nodeLimit
    options.iterationLimit = nodeLimit * 40
    guard let outcome = try? program.solve(options) else { return false }
    return outcome.status == .infeasible
  }

  private func addVolume(
    _ wave: Int, _ out: [[IntegerProgram.Variable?]], to program: inout IntegerProgram
  ) {
    for row in 0..<rows.count {
      func weight(_ host: Int) -> Int { rows.weight[host * rows.count + row] }
      let sums = rows.units.map { $0.reduce(0) { $0 + weight($1) } }
      let heaviest = sums.indices.sorted { (sums[$1], $0) < (sums[$0], $1) }.prefix(4)
      for unit in rows.units.isEmpty ? [[]] : heaviest.map({ rows.units[$0] }) {
        var terms: [IntegerProgram.Term] = []
        var constant = 0
        for host in unit { constant += weight(host) }
        for host in due where weight(host) > 0 && !unit.contains(host) {
          if let variable = out[host][wave] {
            terms.append(.init(Double(weight(host)), variable))
          }
        }
        // A host that is out and one that failed with its unit weigh the same, once.
        if !terms.isEmpty {
          program.addConstraint(.atMost(Double(rows.spare[row] - constant)), terms)
        }
      }
    }
  }

  private func addLimits(
    _ wave: Int, _ out: [[IntegerProgram.Variable?]], to program: inout IntegerProgram
  ) {
    func limit(_ hosts: [Int], _ most: Int) {
      let terms = hosts.compactMap { out[$0][wave].map { IntegerProgram.Term(1, $0) } }
      if terms.count > most { program.addConstraint(.atMost(Double(most)), terms) }
    }
    if limits.hostsPerRack > 0 {
      for rack in 0..<zone.rackCount {
        limit(due.filter { zone.rack[$0] == rack }, limits.hostsPerRack)
      }
    }
    if limits.hostsPerZone > 0 { limit(due, limits.hostsPerZone) }
    if limits.hosts > 0 { limit(due, limits.hosts) }
    var members: [Int: [IntegerProgram.Term]] = [:]
    for host in due {
      for entry in zone.stopped[host] {
        guard let variable = out[host][wave] else { continue }
        members[entry.group, default: []].append(.init(Double(entry.members), variable))
      }
    }
    for group in members.keys.sorted() {
      program.addConstraint(.atMost(Double(mostStopped[group])), members[group] ?? [])
    }
  }
}
