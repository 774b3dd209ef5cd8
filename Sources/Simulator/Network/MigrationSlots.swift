/// How many migrations may run at once.
package struct MigrationLimits: Sendable, Hashable {
  /// Migrations at once from one host.
  package var perSource: Int
  /// Migrations at once to one host, if limited.
  package var perTarget: Int?
  /// Migrations at once that start or end in one rack, if limited.
  package var perRack: Int?
  /// Migrations at once in the whole cloud, if limited.
  package var inAll: Int?

  /// Limits of one or more each.
  package init(
    perSource: Int = 1, perTarget: Int? = nil, perRack: Int? = nil, inAll: Int? = nil
  ) {
    precondition(
      [perSource, perTarget ?? 1, perRack ?? 1, inAll ?? 1].allSatisfy { $0 >= 1 },
      "A limit of migrations at once is one or more.")
    self.perSource = perSource
    self.perTarget = perTarget
    self.perRack = perRack
    self.inAll = inAll
  }
}

/// Counted places that migrations hold while they run, and the hosts that wait for one.
///
/// Each source host starts its migrations in their order. Where the next one lacks a place, the
/// host waits in a line at the first counter that is full; it is asked again, first come first
/// served, when that counter has room.
struct MigrationSlots: Sendable {
  private var free: [Int]
  private let targetBase: Int?
  private let rackBase: Int?
  private let allBase: Int?
  private let racks: [Int32]
  /// First and last waiting host of a counter, and the host behind each waiting host; -1 for none.
  private var firstWaiting: [Int32]
  private var lastWaiting: [Int32]
  private var behind: [Int32]

  init(_ limits: MigrationLimits, hosts: Int, racks: [Int32]) {
    free = Array(repeating: limits.perSource, count: hosts)
    self.racks = racks
    targetBase = Self.add(limits.perTarget, hosts, to: &free)
    rackBase = Self.add(limits.perRack, Int(racks.max() ?? -1) + 1, to: &free)
    allBase = Self.add(limits.inAll, 1, to: &free)
    firstWaiting = Array(repeating: -1, count: free.count)
    lastWaiting = firstWaiting
    behind = Array(repeating: -1, count: hosts)
  }

  private static func add(_ limit: Int?, _ count: Int, to free: inout [Int]) -> Int? {
    guard let limit, count > 0 else { return nil }
    defer { free.append(contentsOf: repeatElement(limit, count: count)) }
    return free.count
  }

  /// The first counter of a migration of which something holds; asked in a fixed order.
  private func firstCounter(
    _ source: Int32, _ target: Int32, where matches: (Int) -> Bool
  ) -> Int? {
    if matches(Int(source)) { return Int(source) }
    if let targetBase, matches(targetBase + Int(target)) { return targetBase + Int(target) }
    if let rackBase {
      let (from, to) = (racks[Int(source)], racks[Int(target)])
      if matches(rackBase + Int(from)) { return rackBase + Int(from) }
      if to != from, matches(rackBase + Int(to)) { return rackBase + Int(to) }
    }
    if let allBase, matches(allBase) { return allBase }
    return nil
  }

  /// Takes the places of a migration; false if one is missing, and then the source host waits.
  mutating func take(from source: Int32, to target: Int32) -> Bool {
    if let full = firstCounter(source, target, where: { free[$0] == 0 }) {
      wait(source, at: full)
      return false
    }
    change(source, target, by: -1)
    return true
  }

  /// Gives the places of a migration back; the hosts that wait for them are to be asked again.
  mutating func giveBack(from source: Int32, to target: Int32) {
    change(source, target, by: 1)
  }

  /// Takes a host out of the line that it waits in at a counter of a migration which has room; nil
  /// if nobody waits there.
  mutating func nextWaiting(from source: Int32, to target: Int32) -> Int32? {
    let counter = firstCounter(source, target) { free[$0] > 0 && firstWaiting[$0] >= 0 }
    return counter.flatMap { removeFirst(at: $0) }
  }

  private mutating func change(_ source: Int32, _ target: Int32, by step: Int) {
    free[Int(source)] += step
    if let targetBase { free[targetBase + Int(target)] += step }
    if let rackBase {
      let (from, to) = (racks[Int(source)], racks[Int(target)])
      free[rackBase + Int(from)] += step
      if to != from { free[rackBase + Int(to)] += step }
    }
    if let allBase { free[allBase] += step }
  }

  private mutating func wait(_ host: Int32, at counter: Int) {
    behind[Int(host)] = -1
    if lastWaiting[counter] < 0 {
      firstWaiting[counter] = host
    } else {
      behind[Int(lastWaiting[counter])] = host
    }
    lastWaiting[counter] = host
  }

  private mutating func removeFirst(at counter: Int) -> Int32? {
    let host = firstWaiting[counter]
    guard host >= 0 else { return nil }
    firstWaiting[counter] = behind[Int(host)]
    if firstWaiting[counter] < 0 { lastWaiting[counter] = -1 }
    return host
  }
}
