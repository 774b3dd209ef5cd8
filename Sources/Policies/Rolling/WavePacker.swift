/// Packs the VMs of hosts that go out onto the rest of their zone, and checks that whatever else
/// may fail meanwhile fits as well.
struct WavePacker {
  /// What a trial came to.
  enum Outcome {
    /// The targets of all VMs on the hosts that go out, and how many units were found to fit only
    /// in another way than the plainest one.
    case packed([ZoneMove], strained: Int)
    /// What found no place, in sizes of the style, and the unit whose failure showed it, if one.
    case failed(missing: Int, unit: Int?)
  }

  let zone: RollingZone
  let styles: [PackingStyle]
  /// Hosts looked at, a measure of work that does not depend on the machine.
  private(set) var work = 0

  private var free: [Int] = []
  private var members: [UInt16] = []
  /// The host with the least key takes a VM; `Int.max` closes a host.
  private var key: [Int] = []
  private var shapeStep: [Int] = []
  /// Units in the order of asking: those that refused lately come first.
  private var unitOrder: [Int]
  private var strained = 0
  private var isKeyedPlainly = false
  private let isAlwaysAllowed: [Bool]

  init(_ zone: RollingZone, styles: [PackingStyle]) {
    self.zone = zone
    self.styles = styles
    unitOrder = Array(zone.units.indices)
    let hosts = zone.hostCount
    isAlwaysAllowed = (0..<zone.demand.count / max(1, zone.resourceCount)).map { shape in
      zone.isAllowed[shape * hosts..<(shape + 1) * hosts].allSatisfy { $0 }
    }
  }

  /// Tries to empty hosts in one way.
  ///
  /// `foreseen` is a unit whose VMs are packed together with those that move, as if it had failed
  /// already: room is then left where its VMs need it.
  mutating func tryEmptying(
    _ out: [Int], in occupancy: ZoneOccupancy, style: PackingStyle, foreseen: Int? = nil,
    checksReserve: Bool = true
  ) -> Outcome {
    open(occupancy, out: out, style: style)
    var isOut = [Bool](repeating: false, count: zone.hostCount)
    for host in out { isOut[host] = true }
    var items: [Int] = []
    for host in out { append(occupancy.movable[host], style, to: &items) }
    var closed: [(host: Int, key: Int)] = []
    if let foreseen {
      for host in zone.units[foreseen] where !isOut[host] {
        closed.append((host, key[host]))
        key[host] = .max
        append(occupancy.restarted[host], style, to: &items)
      }
    }
    items.sort()
    let (placed, missing) =
      style.fillsHosts ? fill(items, style) : place(items, style) { isOut[occupancy.host[$0]] }
    if missing > 0 { return .failed(missing: missing, unit: foreseen) }
    var moves: [ZoneMove] = []
    moves.reserveCapacity(placed.count)
    for move in placed {
      if isOut[occupancy.host[Int(move.vm)]] {
        moves.append(move)
      } else {
        put(Int(move.vm), on: Int(move.target), sign: -1)
      }
    }
    for (host, old) in closed { key[host] = old }
    strained = 0
    isKeyedPlainly = false
    guard checksReserve, let (unit, lack) = firstRefusal(out, moves, occupancy, style) else {
      return .packed(moves, strained: strained)
    }
    return .failed(missing: lack, unit: unit)
  }

  /// Gives each VM in its order the host with the least key; with the size of what found none.
  private mutating func place(
    _ items: [Int], _ style: PackingStyle, _ isLeaving: (Int) -> Bool
  ) -> (placed: [ZoneMove], missing: Int) {
    var placed: [ZoneMove] = []
    placed.reserveCapacity(items.count)
    var missing = 0
    var large = style.largeCount
    var areLargeBiased = false
    for item in items {
      let vm = item & Self.vmMask
      if style.largeCount > 0 {
        let isLarge =
          large > 0 && isLeaving(vm)
          && style.size[zone.shape[vm]] < PackingStyle.rarity
        if isLarge != areLargeBiased {
          if isLarge {
            rebias(style.largeBias, from: style.bias)
          } else {
            rebias(style.bias, from: style.largeBias)
          }
          areLargeBiased = isLarge
        }
        if isLarge { large -= 1 }
      }
      let target = bestHost(vm)
      if target < 0 {
        missing += max(1, style.size[zone.shape[vm]])
        continue
      }
      put(vm, on: target, sign: 1)
      placed.append(ZoneMove(vm: Int32(vm), target: Int32(target)))
    }
    if areLargeBiased { rebias(style.bias, from: style.largeBias) }
    return (placed, missing)
  }

  /// Fills one host after the other, that with the least key first, with the VMs whose demand
  /// points most in the direction of what the host has left, large ones before small ones.
  ///
  /// Members of groups and what few hosts can take are placed before, VM by VM.
  ///
  /// **Source**: after Panigrahy, Talwar, Uyeda, Wieder: Heuristics for vector bin packing, 2011.
  private mutating func fill(
    _ items: [Int], _ style: PackingStyle
  ) -> (placed: [ZoneMove], missing: Int) {
    let isFirst = { [zone] (item: Int) in
      let vm = item & Self.vmMask
      return zone.group[vm] >= 0 || style.size[zone.shape[vm]] >= PackingStyle.rarity
    }
    var plain = style
    plain.largeCount = 0
    var (placed, missing) = place(items.filter(isFirst), plain) { _ in false }
    guard missing == 0 else { return (placed, missing) }
    // In the order of the items, so that large shapes come first.
    var shapes: [Int] = []
    var waiting: [[Int]] = []
    for item in items where !isFirst(item) {
      let vm = item & Self.vmMask
      if let place = shapes.firstIndex(of: zone.shape[vm]) {
        waiting[place].append(vm)
      } else {
        shapes.append(zone.shape[vm])
        waiting.append([vm])
      }
    }
    for host in key.indices.filter({ key[$0] != .max }).sorted(by: { (key[$0], $0) < (key[$1], $1) }
    ) {
      while let place = bestShape(for: host, shapes, waiting, style) {
        guard let vm = waiting[place].popLast() else { break }
        put(vm, on: host, sign: 1)
        placed.append(ZoneMove(vm: Int32(vm), target: Int32(host)))
      }
    }
    for (place, vms) in waiting.enumerated() {
      missing += vms.count * max(1, style.size[shapes[place]])
    }
    return (placed, missing)
  }

  /// The place of the shape that points most in the direction of what a host has left.
  private mutating func bestShape(
    for host: Int, _ shapes: [Int], _ waiting: [[Int]], _ style: PackingStyle
  ) -> Int? {
    let resources = zone.resourceCount
    var best: Int?
    var bestCosine = -1.0
    work += shapes.count
    shape: for (place, shape) in shapes.enumerated() where !waiting[place].isEmpty {
      var (product, length) = (0.0, 0.0)
      for resource in 0..<resources {
        let need = zone.demand[shape * resources + resource]
        let room = free[host * resources + resource]
        if need > 0, need > room { continue shape }
        let weighed = Double(need * style.weights[resource])
        product += weighed * Double(room * style.weights[resource])
        length += weighed * weighed
      }
      if !zone.isAllowed[shape * zone.hostCount + host] { continue }
      let cosine = length > 0 ? product / length.squareRoot() : 0
      // Equal directions keep the larger shape, which stands first.
      if cosine > bestCosine * (1 + 1e-9) || best == nil {
        best = place
        bestCosine = cosine
      }
    }
    return best
  }

  private static let vmMask = 1 << 24 - 1

  /// Sort keys: large shapes first, within a shape members of groups first or last.
  private func append(
    _ vms: [Int], _ style: PackingStyle, groupsFirst: Bool = true, to items: inout [Int]
  ) {
    for vm in vms {
      let size = style.size[zone.shape[vm]] << 1 | ((zone.group[vm] >= 0) == groupsFirst ? 1 : 0)
      items.append((1 << 36 - size) << 24 | vm)
    }
  }

  private mutating func open(_ occupancy: ZoneOccupancy, out: [Int], style: PackingStyle) {
    free = occupancy.free
    members = occupancy.members
    setKeys(style)
    for host in out { key[host] = .max }
  }

  private mutating func setKeys(_ style: PackingStyle) {
    let resources = zone.resourceCount
    key = style.bias
    for host in 0..<zone.hostCount {
      if !zone.isOpen[host] {
        key[host] = .max
        continue
      }
      for resource in 0..<resources {
        key[host] += free[host * resources + resource] * style.weights[resource]
      }
    }
    shapeStep = (0..<zone.demand.count / max(1, resources)).map { shape in
      (0..<resources).reduce(0) {
        $0 + zone.demand[shape * resources + $1] * style.weights[$1]
      }
    }
  }

  private mutating func rebias(_ bias: [Int], from old: [Int]) {
    for host in key.indices where key[host] != .max { key[host] += bias[host] - old[host] }
  }

  /// The open host with the least key that can take a VM, or -1.
  private mutating func bestHost(_ vm: Int) -> Int {
    let hosts = zone.hostCount
    let resources = zone.resourceCount
    let shape = zone.shape[vm]
    let group = zone.group[vm]
    let isEverywhere = isAlwaysAllowed[shape]
    let first = shape * resources
    var best = -1
    var bestKey = Int.max
    work += hosts
    host: for host in 0..<hosts where key[host] < bestKey {
      for resource in 0..<resources {
        let need = zone.demand[first + resource]
        if need > 0, need > free[host * resources + resource] { continue host }
      }
      if !isEverywhere, !zone.isAllowed[shape * hosts + host] { continue }
      if group >= 0, Int(members[group * hosts + host]) >= zone.mostOnHost[group] { continue }
      best = host
      bestKey = key[host]
    }
    return best
  }

  private mutating func put(_ vm: Int, on host: Int, sign: Int) {
    let resources = zone.resourceCount
    let shape = zone.shape[vm]
    for resource in 0..<resources {
      free[host * resources + resource] -= sign * zone.demand[shape * resources + resource]
    }
    if key[host] != .max { key[host] -= sign * shapeStep[shape] }
    let group = zone.group[vm]
    if group >= 0 {
      let place = group * zone.hostCount + host
      members[place] = UInt16(clamping: Int(members[place]) + sign)
    }
  }

  /// The first unit whose VMs do not fit on the rest, with the size of what is missing.
  private mutating func firstRefusal(
    _ out: [Int], _ moves: [ZoneMove], _ occupancy: ZoneOccupancy, _ style: PackingStyle
  ) -> (unit: Int, missing: Int)? {
    guard !zone.units.isEmpty, !out.isEmpty else { return nil }
    var arrivals = [[Int]](repeating: [], count: zone.hostCount)
    for move in moves where zone.isRestarted[Int(move.vm)] {
      arrivals[Int(move.target)].append(Int(move.vm))
    }
    let onlyUnit = zone.unitCountedAsFailed(out)
    for place in unitOrder.indices {
      let unit = unitOrder[place]
      if let onlyUnit, unit != onlyUnit { continue }
      guard let missing = lack(ofUnit: unit, out, arrivals, occupancy, style) else { continue }
      unitOrder.remove(at: place)
      unitOrder.insert(unit, at: 0)
      return (unit, missing)
    }
    return nil
  }

  /// What is missing for a unit under the style that misses least, or nil if all fits.
  private mutating func lack(
    ofUnit unit: Int, _ out: [Int], _ arrivals: [[Int]], _ occupancy: ZoneOccupancy,
    _ style: PackingStyle
  ) -> Int? {
    let hosts = zone.units[unit].filter { !out.contains($0) }
    let failing = hosts.flatMap { occupancy.restarted[$0] + arrivals[$0] }
    if failing.isEmpty { return nil }
    // The first style is the plainest: what it packs, anyone can see to fit.
    var least = Int.max
    for (number, other) in (styles + [style]).enumerated() {
      if number > 0 || !isKeyedPlainly {
        setKeys(other)
        for host in out { key[host] = .max }
        isKeyedPlainly = number == 0
      }
      let missing = packFailing(failing, hosts, other, groupsFirst: true)
      if missing == 0 {
        if number > 0 || packFailing(failing, hosts, other, groupsFirst: false) > 0 {
          strained += 1
        }
        return nil
      }
      least = min(least, missing)
    }
    return least
  }

  private mutating func packFailing(
    _ vms: [Int], _ hosts: [Int], _ style: PackingStyle, groupsFirst: Bool
  ) -> Int {
    var items: [Int] = []
    items.reserveCapacity(vms.count)
    append(vms, style, groupsFirst: groupsFirst, to: &items)
    items.sort()
    let keys = hosts.map { key[$0] }
    for host in hosts { key[host] = .max }
    var placed: [ZoneMove] = []
    placed.reserveCapacity(items.count)
    var missing = 0
    for item in items {
      let vm = item & Self.vmMask
      let target = bestHost(vm)
      if target < 0 {
        missing += max(1, style.size[zone.shape[vm]])
        continue
      }
      // The VM leaves its group on the failed host.
      put(vm, on: target, sign: 1)
      placed.append(ZoneMove(vm: Int32(vm), target: Int32(target)))
    }
    for move in placed { put(Int(move.vm), on: Int(move.target), sign: -1) }
    for (host, old) in zip(hosts, keys) { key[host] = old }
    return missing
  }
}
