import Foundation
import TestSupport

/// Proves a rolling maintenance from its JSON and the cloud it was made for, without a line of the
/// program's own code: capacity and groups at the fullest moment of every wave, and the reserve at
/// its beginning, in its middle and at its end.
struct RollingPlanChecker {
  /// A cloud as the test made it: memory in GiB, one resource.
  struct Fleet {
    var hosts: [(name: String, zone: String, rack: String, memory: Int)] = []
    var vms: [(name: String, host: Int, memory: Int, group: Int, isStopped: Bool)] = []

    /// The same as a cloud file.
    var yaml: String {
      var lines = ["name: fleet", "zones: [{name: az1}, {name: az2}]", "racks:"]
      for rack in Set(hosts.map(\.rack)).sorted() {
        let zone = hosts.first { $0.rack == rack }?.zone ?? ""
        lines.append("  - {name: \(rack), zone: \(zone)}")
      }
      lines.append("flavors:")
      for size in Set(vms.map(\.memory)).sorted() {
        lines.append("  - {name: m\(size), vcpus: 1, memory: \(size) GiB}")
      }
      lines.append("hosts:")
      for host in hosts {
        lines.append(
          "  - {name: \(host.name), zone: \(host.zone), rack: \(host.rack), vcpus: 1000, "
            + "memory: \(host.memory) GiB}")
      }
      lines.append("groups:")
      for group in 0...(vms.map(\.group).max() ?? 0) {
        lines.append("  - {name: g\(group), policy: anti-affinity}")
      }
      lines.append("vms:")
      for vm in vms {
        let group = vm.group >= 0 ? ", group: g\(vm.group)" : ""
        let tags = vm.isStopped ? ", tags: [\"scs:migration=stop\"]" : ""
        lines.append(
          "  - {name: \(vm.name), flavor: m\(vm.memory), host: \(hosts[vm.host].name)\(group)\(tags)}"
        )
      }
      return lines.map { $0 + "\n" }.joined()
    }

    /// Two zones of racks with three hosts each, three quarters full, with groups apart.
    static func random(hosts count: Int, _ random: inout TestRandom) -> Fleet {
      var fleet = Fleet()
      for host in 0..<count {
        let zone = host % 2 == 0 ? "az1" : "az2"
        fleet.hosts.append(
          ("h\(host)", zone, "\(zone)-r\(host / 6)", 96 + 32 * Int(random.next() % 2)))
        var free = fleet.hosts[host].memory * 3 / 4
        while free >= 8 {
          let memory = [4, 8, 8, 16, 24].filter { $0 <= free }
          let size = memory[Int(random.next() % UInt64(memory.count))]
          free -= size
          let group = random.next() % 4 == 0 ? Int(random.next() % 12) : -1
          let isTaken = fleet.vms.contains { $0.host == host && $0.group == group && group >= 0 }
          fleet.vms.append(
            ("v\(fleet.vms.count)", host, size, isTaken ? -1 : group, random.next() % 15 == 0))
        }
      }
      return fleet
    }
  }

  private let fleet: Fleet
  private var places: [Int]
  private(set) var problems: [String] = []

  /// The problems of a plan; empty if it is right.
  static func problems(
    plan: [String: Any], of fleet: Fleet, reserve: String, returns: Bool
  ) -> [String] {
    var checker = RollingPlanChecker(fleet)
    checker.check(plan, reserve, returns)
    return checker.problems
  }

  private init(_ fleet: Fleet) {
    self.fleet = fleet
    places = fleet.vms.map(\.host)
  }

  private mutating func check(_ plan: [String: Any], _ reserve: String, _ returns: Bool) {
    let rolling = plan["rolling"] as? [String: Any] ?? [:]
    let waves = rolling["waves"] as? [[String: Any]] ?? []
    let moves = plan["moves"] as? [[String: Any]] ?? []
    let hosts = Dictionary(uniqueKeysWithValues: fleet.hosts.enumerated().map { ($1.name, $0) })
    let vms = Dictionary(uniqueKeysWithValues: fleet.vms.enumerated().map { ($1.name, $0) })
    var done: [Int] = []
    for wave in waves {
      let number = wave["wave"] as? Int ?? 0
      let out = Set((wave["hosts"] as? [String] ?? []).compactMap { hosts[$0] })
      done += out
      let own = moves.filter { $0["wave"] as? Int == number }
      func list(_ phase: String) -> [(vm: Int, from: Int, to: Int?)] {
        own.filter { $0["phase"] as? String == phase }.map { move in
          (
            vms[move["vm"] as? String ?? ""] ?? -1, hosts[move["source"] as? String ?? ""] ?? -1,
            (move["target"] as? String).flatMap { hosts[$0] }
          )
        }
      }
      drain(list("drain"), out, reserve, number)
      guard returns else { continue }
      for move in list("back") {
        if places[move.vm] != move.from || move.to != fleet.vms[move.vm].host {
          problems.append("wave \(number): VM \(move.vm) does not go home")
        }
        if let target = move.to { places[move.vm] = target }
      }
      if places != fleet.vms.map(\.host) { problems.append("wave \(number): not all are home") }
    }
    let postponed = rolling["postponed"] as? [[String: Any]] ?? []
    if Set(done).count != done.count || done.count + postponed.count != fleet.hosts.count {
      problems.append("not every host is done once")
    }
  }

  private mutating func drain(
    _ moves: [(vm: Int, from: Int, to: Int?)], _ out: Set<Int>, _ reserve: String, _ wave: Int
  ) {
    let leaving = fleet.vms.indices.filter { out.contains(places[$0]) }
    if Set(moves.map(\.vm)) != Set(leaving) || moves.count != leaving.count {
      problems.append("wave \(wave): not exactly the VMs of its hosts have a step")
    }
    // The fullest moment: every target is claimed and no source given back.
    var used = [Int](repeating: 0, count: fleet.hosts.count)
    for vm in places.indices { used[places[vm]] += fleet.vms[vm].memory }
    for move in moves { if let target = move.to { used[target] += fleet.vms[move.vm].memory } }
    for host in used.indices where used[host] > fleet.hosts[host].memory {
      problems.append("wave \(wave): \(fleet.hosts[host].name) holds \(used[host])")
    }
    for (number, move) in moves.enumerated() {
      if number == 0 || number == moves.count / 2 { checkReserve(out, reserve, wave) }
      guard let target = move.to else {
        if !fleet.vms[move.vm].isStopped { problems.append("wave \(wave): a live VM is stopped") }
        continue
      }
      let isSound =
        places[move.vm] == move.from && !out.contains(target)
        && fleet.hosts[target].zone == fleet.hosts[move.from].zone
      if !isSound { problems.append("wave \(wave): VM \(move.vm) goes where it may not") }
      places[move.vm] = target
    }
    for host in fleet.hosts.indices {
      let groups = places.indices.filter { places[$0] == host && fleet.vms[$0].group >= 0 }
        .map { fleet.vms[$0].group }
      if Set(groups).count != groups.count { problems.append("wave \(wave): a group meets") }
    }
    checkReserve(out, reserve, wave)
  }

  /// Whatever host (or rack) fails next, its VMs fit on the others of its zone.
  private mutating func checkReserve(_ out: Set<Int>, _ reserve: String, _ wave: Int) {
    guard reserve != "none" else { return }
    let zones = Set(out.map { fleet.hosts[$0].zone })
    let units = Dictionary(
      grouping: fleet.hosts.indices.filter { zones.contains(fleet.hosts[$0].zone) }
    ) { reserve == "host" ? fleet.hosts[$0].name : fleet.hosts[$0].rack }
    for (name, unit) in units.sorted(by: { $0.key < $1.key }) {
      let failing = Set(unit).subtracting(out)
      if !failing.isEmpty, !fits(failing, out) {
        problems.append("wave \(wave): the VMs of \(name) do not fit elsewhere")
      }
    }
  }

  private func fits(_ failing: Set<Int>, _ out: Set<Int>) -> Bool {
    let zone = fleet.hosts[failing.first ?? 0].zone
    let open = fleet.hosts.indices.filter {
      fleet.hosts[$0].zone == zone && !failing.contains($0) && !out.contains($0)
    }
    let vms = places.indices.filter { failing.contains(places[$0]) && !fleet.vms[$0].isStopped }
    var random = TestRandom(seed: UInt64(vms.count))
    for trial in 0..<400 {
      let keys = vms.map { vm in
        fleet.vms[vm].memory * 100 + (trial == 0 ? 0 : Int(random.next() % UInt64(trial * 20)))
          + (fleet.vms[vm].group >= 0 ? trial % 2 * 50 : 0)
      }
      let order = vms.indices.sorted { (keys[$1], $0) < (keys[$0], $1) }.map { vms[$0] }
      if pack(order, open, tightest: trial % 3 != 1) { return true }
    }
    return false
  }

  private func pack(_ vms: [Int], _ open: [Int], tightest: Bool) -> Bool {
    var free = fleet.hosts.map(\.memory)
    for vm in places.indices { free[places[vm]] -= fleet.vms[vm].memory }
    var groups = fleet.hosts.indices.map { host in
      Set(places.indices.filter { places[$0] == host }.map { fleet.vms[$0].group })
    }
    for vm in vms {
      let (memory, group) = (fleet.vms[vm].memory, fleet.vms[vm].group)
      let fitting = open.filter {
        free[$0] >= memory && (group < 0 || !groups[$0].contains(group))
      }
      let best = fitting.min { (left, right) in
        tightest
          ? (free[left], left) < (free[right], right) : (-free[left], left) < (-free[right], right)
      }
      guard let best else { return false }
      free[best] -= memory
      groups[best].insert(group)
    }
    return true
  }
}
