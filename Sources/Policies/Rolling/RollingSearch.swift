import Stochastics

/// The work that a search has done, and whether it has to end.
final class WorkMeter {
  /// Hosts looked at.
  var work = 0
  private let limit: Int
  private let timeLimit: Duration?
  private let start = ContinuousClock.now

  init(limit: Int, timeLimit: Duration?) {
    self.limit = limit
    self.timeLimit = timeLimit
  }

  /// Whether the work or the time is used up.
  var isOver: Bool {
    if work >= limit { return true }
    guard let timeLimit else { return false }
    return ContinuousClock.now - start >= timeLimit
  }

  /// Work that is left.
  var left: Int { max(0, limit - work) }
}

/// What the planners of both courses share: zones, hosts to plan for, limits and the work done.
struct RollingSearch {
  let problem: RollingProblem
  let options: RollingOptions
  let zones: [RollingZone]
  /// Zone by zone, the due hosts that are planned for, ascending.
  private(set) var due: [[Int]]
  private(set) var postponed: [PostponedHost] = []
  let meter: WorkMeter

  init(_ problem: RollingProblem, _ options: RollingOptions) {
    self.problem = problem
    self.options = options
    meter = WorkMeter(limit: options.workLimit, timeLimit: options.timeLimit)
    zones = Set(problem.hosts.zone).sorted().map { RollingZone($0, of: problem) }
    due = zones.map { zone in (0..<zone.hostCount).filter { zone.isDue[$0] } }
  }

  /// Takes hosts out of the plan.
  mutating func postpone(_ hosts: [PostponedHost], zone: Int) {
    let numbers = Set(hosts.map(\.host))
    due[zone].removeAll { numbers.contains(zones[zone].hosts[$0]) }
    postponed += hosts
  }

  /// Leaves out the hosts that cannot be out even alone, where that is seen quickly.
  mutating func postponeObvious() {
    for (number, zone) in zones.enumerated() {
      let occupancy = ZoneOccupancy(zone)
      let check = EmptyingCheck(problem, zone, occupancy)
      var packer = WavePacker(zone, styles: PackingStyle.basic(zone))
      let found = due[number].compactMap { host -> PostponedHost? in
        if let obstacle = check.obstacle(to: host, &packer) { return obstacle }
        let obstacle = check.reserveObstacle(to: host)
        return obstacle.isProven ? obstacle : nil
      }
      meter.work += packer.work
      postpone(found, zone: number)
    }
  }

  /// Leaves out the hosts of a zone that cannot be packed alone with the reserve as things stand.
  ///
  /// **Complexity**: O(hosts^2 * VMs) of the zone.
  mutating func postponeUnpackable(_ zone: Int) {
    var oracle = SetOracle(zones[zone], seed: options.seed, meter: meter)
    postponeUnpackable(zone, &oracle)
  }

  /// The same with an oracle that remembers.
  mutating func postponeUnpackable(_ zone: Int, _ oracle: inout SetOracle) {
    let check = EmptyingCheck(problem, zones[zone], oracle.occupancy)
    var found: [PostponedHost] = []
    for host in due[zone] where !oracle.verdict([host], trials: 12).isPacked {
      found.append(check.reserveObstacle(to: host))
    }
    postpone(found, zone: zone)
  }

  /// Whether a host was left out for a reason that may pass when VMs have moved.
  func isWaiting(_ host: Int, _ zone: Int) -> Bool {
    let number = zones[zone].hosts[host]
    guard let entry = postponed.first(where: { $0.host == number }) else { return false }
    switch entry.reason {
    case .cannotLeave, .stoppedTogether: return false
    case .rule, .limit: return true
    }
  }

  /// Takes a host back that was left out, because a way was found.
  mutating func resume(_ host: Int, _ zone: Int) {
    let number = zones[zone].hosts[host]
    postponed.removeAll { $0.host == number }
  }

  /// The rows of every zone for a course.
  func rows(_ course: VolumeRows.Course) -> [VolumeRows] {
    zones.map { VolumeRows($0, course) }
  }

  /// Zone by zone, how many waves every plan needs by sums.
  func bounds(_ rows: [VolumeRows]) -> [WaveBound] {
    zones.indices.map { bounds($0, rows[$0]) }
  }

  private func bounds(_ zone: Int, _ rows: VolumeRows) -> WaveBound {
    WaveBound(
      zone: zones[zone], rows: rows, due: due[zone], limits: problem.limits,
      mostStopped: problem.groups.mostStopped)
  }

  /// The waves that hosts in all and groups over all zones ask for.
  var leastWaves: Int {
    let hosts = due.reduce(0) { $0 + $1.count }
    var waves = hosts > 0 ? 1 : 0
    if problem.limits.hosts > 0 {
      waves = max(waves, (hosts + problem.limits.hosts - 1) / problem.limits.hosts)
    }
    var stopped = [Int](repeating: 0, count: problem.groups.count)
    for (zone, hosts) in zip(zones, due) {
      for host in hosts {
        for entry in zone.stopped[host] { stopped[entry.group] += entry.members }
      }
    }
    for (group, members) in stopped.enumerated() where members > 0 {
      let most = problem.groups.mostStopped[group]
      waves = max(waves, (members + most - 1) / most)
    }
    return waves
  }

  /// The frame of a zone in so many waves.
  func frame(_ zone: Int, _ rows: VolumeRows, waves: Int) -> WavePartition.Frame {
    var frame = WavePartition.Frame(
      zone: zones[zone], rows: rows, due: due[zone], waves: waves,
      mostPerRack: problem.limits.hostsPerRack, mostInZone: bounds(zone, rows).mostHosts,
      mostStopped: problem.groups.mostStopped)
    frame.mostOut = problem.limits.hosts
    return frame
  }

  /// A stream of draws for a zone, a number of waves and a try.
  func random(_ zone: Int, _ waves: Int, _ trial: Int) -> RandomStream {
    RandomStream(
      seed: options.seed, replication: UInt64(trial), purpose: .policies,
      subject: RandomStream.mix(UInt64(zone) << 20 | UInt64(waves)))
  }

  /// Whether what one zone takes out limits what another may.
  var areZonesCoupled: Bool {
    if problem.limits.hosts > 0 { return true }
    var seen = [Int](repeating: -1, count: problem.groups.count)
    for (number, zone) in zones.enumerated() {
      for host in due[number] {
        for entry in zone.stopped[host] {
          if seen[entry.group] >= 0, seen[entry.group] != number { return true }
          seen[entry.group] = number
        }
      }
    }
    return false
  }
}
