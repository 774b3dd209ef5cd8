/// What any set of hosts that is out at once has to satisfy by volume, however its VMs are packed.
///
/// For each resource and each size of a VM: the VMs that must run elsewhere, each rounded down to
/// whole sizes, fit into the room of the hosts that stay, rounded down host by host, also after one
/// more unit is lost. A row reads: the weights of the hosts that are out and of the failed unit add
/// up to at most `spare`. Hosts on which a VM that is not started elsewhere could be when they fail
/// are left out of the failed units, which keeps the rows valid.
struct VolumeRows: Sendable {
  let count: Int
  /// Host by host, a weight for each row.
  let weight: [Int]
  /// Row by row, what the weights may add up to.
  let spare: [Int]
  /// The units that may fail, without the hosts left out.
  let units: [[Int]]
  /// Row by row, the units by falling weight.
  private let heaviest: [[Int]]

  /// Where the VMs are between waves.
  enum Course {
    /// At home, so that what a host must give up is what runs on it.
    case back
    /// Anywhere, so that only what all hosts offer and all VMs take is certain.
    case stay
  }

  init(_ zone: RollingZone, _ course: Course) {
    let counted = Counted(zone)
    let sizes = Self.sizes(zone)
    count = sizes.count
    var weight = [Int](repeating: 0, count: zone.hostCount * sizes.count)
    var spare = [Int](repeating: 0, count: sizes.count)
    for (row, size) in sizes.enumerated() {
      for host in 0..<zone.hostCount {
        let load = counted.load(of: host, size)
        let room = zone.isOpen[host] ? counted.room(of: host, size) : 0
        let emptied = zone.isOpen[host] ? counted.emptiedRoom(of: host, size) : load
        switch course {
        case .back:
          weight[host * sizes.count + row] = load + room
          spare[row] += room
        case .stay:
          weight[host * sizes.count + row] = emptied
          spare[row] += emptied - load
        }
      }
    }
    self.weight = weight
    self.spare = spare
    // Hosts out of one rack excuse all others from failing, so no failed unit is certain.
    let certain = zone.countsRackOut ? [] : zone.units
    let units = certain.map { unit in unit.filter { !counted.isRefuge[$0] } }
      .filter { !$0.isEmpty }
    self.units = units
    let rows = sizes.count
    heaviest = (0..<rows).map { row in
      let sums = units.map { unit in unit.reduce(0) { $0 + weight[$1 * rows + row] } }
      return units.indices.sorted { (sums[$1], $0) < (sums[$0], $1) }
    }
  }

  /// A resource with a size.
  private struct Size {
    var resource: Int
    var size: Int
  }

  private static func sizes(_ zone: RollingZone) -> [Size] {
    let resources = zone.resourceCount
    return (0..<resources).flatMap { resource in
      let moving = zone.vms.indices.lazy.filter { zone.movement[$0] != .stopsInPlace }
      let needs = Set(moving.map { zone.demand[zone.shape[$0] * resources + resource] })
        .subtracting([0]).sorted()
      // The common divisor of the demands loses nothing; others round differently.
      var divisor = 0
      for need in needs { divisor = greatestCommonDivisor(divisor, need) }
      let largest = needs.suffix(12)
      return ([divisor] + largest.filter { $0 != divisor }).filter { $0 > 0 }
        .map { Size(resource: resource, size: $0) }
    }
  }

  private static func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
    var (first, second) = (first, second)
    while second != 0 { (first, second) = (second, first % second) }
    return first
  }

  /// Loads and rooms by host, in whole sizes.
  private struct Counted {
    let zone: RollingZone
    let running: [[Int]]
    let free: [Int]
    let emptied: [Int]
    /// Hosts on which a VM may be that is not started elsewhere.
    let isRefuge: [Bool]

    init(_ zone: RollingZone) {
      self.zone = zone
      let resources = zone.resourceCount
      var running = [[Int]](repeating: [], count: zone.hostCount)
      var free = zone.capacity
      var emptied = zone.capacity
      for vm in zone.vms.indices {
        let host = zone.home[vm]
        if zone.movement[vm] != .stopsInPlace { running[host].append(vm) }
        for resource in 0..<resources {
          let need = zone.demand[zone.shape[vm] * resources + resource]
          free[host * resources + resource] -= need
          if zone.movement[vm] == .stopsInPlace { emptied[host * resources + resource] -= need }
        }
      }
      // A host over its capacity takes nothing more, but what it holds stays.
      for place in free.indices where free[place] < 0 {
        emptied[place] -= free[place]
        free[place] = 0
      }
      self.running = running
      self.free = free
      self.emptied = emptied
      let unprotected = Set(
        zone.vms.indices.filter { !zone.isRestarted[$0] && zone.movement[$0] != .stopsInPlace }
          .map { zone.shape[$0] }
      ).sorted()
      isRefuge = (0..<zone.hostCount).map { host in
        unprotected.contains { shape in
          zone.isAllowed[shape * zone.hostCount + host]
            && (0..<resources).allSatisfy {
              zone.demand[shape * resources + $0] <= emptied[host * resources + $0]
            }
        } || running[host].contains { !zone.isRestarted[$0] }
      }
    }

    func load(of host: Int, _ size: Size) -> Int {
      running[host].reduce(0) {
        $0 + zone.demand[zone.shape[$1] * zone.resourceCount + size.resource] / size.size
      }
    }

    func room(of host: Int, _ size: Size) -> Int {
      free[host * zone.resourceCount + size.resource] / size.size
    }

    func emptiedRoom(of host: Int, _ size: Size) -> Int {
      emptied[host * zone.resourceCount + size.resource] / size.size
    }
  }

  /// The largest weight of a failed unit outside a set, in a row.
  func heaviestUnit(in row: Int, outside isOut: (Int) -> Bool) -> Int {
    var most = 0
    for unit in heaviest[row] {
      var (all, rest) = (0, 0)
      for host in units[unit] {
        let weight = weight[host * count + row]
        all += weight
        if !isOut(host) { rest += weight }
      }
      // Units follow by falling weight: none behind can beat a rest that is as heavy.
      if all <= most { break }
      most = max(most, rest)
    }
    return most
  }

  /// How a set stands to the rows: by how much it breaks them, each as a share of its spare, and
  /// the largest share of a spare that it uses.
  func strain(sums: [Int], margin: Double, outside isOut: (Int) -> Bool) -> (
    excess: Double, pressure: Double
  ) {
    var excess = 0.0
    var pressure = 0.0
    for row in 0..<count {
      let most = Double(sums[row] + heaviestUnit(in: row, outside: isOut))
      let room = Double(max(0, spare[row]))
      let share = most / max(0.5, room)
      pressure = max(pressure, share)
      if most > room * (1 - margin) { excess += (most - room * (1 - margin)) / max(1, room) }
    }
    return (excess, pressure)
  }
}
