import Foundation
import Policies

/// Holds a plan against the rules of the instance files, written apart from the planner: it reads
/// the text of the file and shares no code with what it checks.
struct RollingPlanChecker {
  private struct Host {
    var zone: Int
    var rack: Int
    var room: [Int]
    var isDue: Bool
  }

  private struct VM {
    var demand: [Int]
    var isLive: Bool
    var group: Int
  }

  private var hosts: [Host] = []
  private var vms: [VM] = []
  private var homes: [Int] = []
  private var mostStopped: [Int: Int] = [:]
  private var limits: [String: Int] = [:]
  private var reserve = ""

  init(json: [UInt8]) throws {
    guard
      let file = try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any],
      let flavors = file["flavors"] as? [[String: Any]],
      let limits = file["limits"] as? [String: Int], let reserve = file["reserve"] as? String
    else { throw CocoaError(.fileReadCorruptFile) }
    self.limits = limits
    self.reserve = reserve
    for row in Self.table(file, "host") {
      hosts.append(
        Host(
          zone: row["zone"] as? Int ?? -1, rack: row["rack"] as? Int ?? -1,
          room: ["cap_vcpu", "cap_ram_gib", "cap_gpu"].map { row[$0] as? Int ?? -1 },
          isDue: row["todo"] as? Int == 1))
    }
    for row in Self.table(file, "vm") {
      let flavor = flavors[row["flavor"] as? Int ?? 0]
      vms.append(
        VM(
          demand: ["vcpu", "ram_gib", "gpu"].map { flavor[$0] as? Int ?? 0 },
          isLive: row["policy"] as? String == "live", group: row["group"] as? Int ?? -1))
      homes.append(row["host"] as? Int ?? -1)
    }
    for row in Self.table(file, "group") {
      mostStopped[row["id"] as? Int ?? -1] = row["max_off"] as? Int ?? 0
    }
  }

  private static func table(_ file: [String: Any], _ word: String) -> [[String: Any]] {
    let columns = file["\(word)_columns"] as? [String] ?? []
    let rows = file["\(word)s"] as? [[Any]] ?? []
    return rows.map { row in
      Dictionary(zip(columns, row), uniquingKeysWith: { first, _ in first })
    }
  }

  /// What a plan breaks, in sentences; empty if it keeps every rule.
  func problems(of waves: [RollingWave], returning: Bool, postponed: [Int] = []) -> [String] {
    var problems: [String] = []
    var places = homes
    var times = [Int](repeating: 0, count: hosts.count)
    for (number, wave) in waves.enumerated() {
      for host in wave.hosts { times[host] += 1 }
      let before = returning ? homes : places
      problems += wrong(wave, places: before, after: &places).map { "wave \(number): \($0)" }
    }
    for (host, row) in hosts.enumerated() {
      let wanted = row.isDue && !postponed.contains(host) ? 1 : 0
      if times[host] != wanted { problems.append("host \(host) is out \(times[host]) times") }
    }
    return problems
  }

  private func wrong(_ wave: RollingWave, places: [Int], after: inout [Int]) -> [String] {
    var problems: [String] = []
    let out = Set(wave.hosts)
    var targets: [Int: Int] = [:]
    for move in wave.moves {
      if targets.updateValue(move.target, forKey: move.vm) != nil {
        problems.append("VM \(move.vm) moves twice")
      }
      if !out.contains(places[move.vm]) || !vms[move.vm].isLive {
        problems.append("VM \(move.vm) has no reason to move")
      }
      if out.contains(move.target) || hosts[move.target].zone != hosts[places[move.vm]].zone {
        problems.append("VM \(move.vm) goes to a wrong host")
      }
    }
    after = places
    for vm in vms.indices {
      if let target = targets[vm] { after[vm] = target }
      if vms[vm].isLive, out.contains(after[vm]) { problems.append("VM \(vm) is left") }
    }
    problems += overfull(after) + tooManyOut(wave.hosts)
    for zone in Set(wave.hosts.map { hosts[$0].zone }).sorted() {
      problems += unprotected(zone, out, after)
    }
    return problems
  }

  private func overfull(_ places: [Int]) -> [String] {
    var free = hosts.map(\.room)
    var members: [[Int]: Int] = [:]
    for (vm, host) in places.enumerated() {
      for resource in 0..<3 { free[host][resource] -= vms[vm].demand[resource] }
      if vms[vm].group >= 0 { members[[vms[vm].group, host], default: 0] += 1 }
    }
    return hosts.indices.filter { free[$0].contains { $0 < 0 } }.map { "host \($0) is overfull" }
      + members.filter { $0.value > 1 }.keys.sorted { $0[0] < $1[0] }.map {
        "members of group \($0[0]) share host \($0[1])"
      }
  }

  private func tooManyOut(_ out: [Int]) -> [String] {
    var problems: [String] = []
    var racks: [[Int]: Int] = [:]
    var zones: [Int: Int] = [:]
    for host in out {
      racks[[hosts[host].zone, hosts[host].rack], default: 0] += 1
      zones[hosts[host].zone, default: 0] += 1
    }
    func exceeds(_ number: Int, _ limit: String) -> Bool {
      limits[limit, default: 0] > 0 && number > limits[limit, default: 0]
    }
    if exceeds(racks.values.max() ?? 0, "max_out_per_rack") { problems.append("rack limit") }
    if exceeds(zones.values.max() ?? 0, "max_out_per_zone") { problems.append("zone limit") }
    if exceeds(zones.count, "max_zones_per_wave") { problems.append("too many zones") }
    var stopped: [Int: Int] = [:]
    for (vm, host) in homes.enumerated()
    where !vms[vm].isLive && vms[vm].group >= 0 && out.contains(host) {
      stopped[vms[vm].group, default: 0] += 1
    }
    for (group, number) in stopped.sorted(by: { $0.key < $1.key }) {
      let most = mostStopped[group, default: 0]
      if most > 0, number > most { problems.append("group \(group) has \(number) stopped") }
    }
    return problems
  }

  private func unprotected(_ zone: Int, _ out: Set<Int>, _ places: [Int]) -> [String] {
    if reserve == "none" { return [] }
    let inZone = hosts.indices.filter { hosts[$0].zone == zone }
    let units =
      reserve == "host"
      ? inZone.map { [$0] }
      : Set(inZone.map { hosts[$0].rack }).sorted().map { rack in
        inZone.filter { hosts[$0].rack == rack }
      }
    var free = hosts.map(\.room)
    var taken = Set<Int>()
    var running = [[Int]](repeating: [], count: hosts.count)
    for (vm, host) in places.enumerated() where hosts[host].zone == zone {
      for resource in 0..<3 { free[host][resource] -= vms[vm].demand[resource] }
      if vms[vm].isLive, vms[vm].demand[2] == 0 { running[host].append(vm) }
      if vms[vm].group >= 0 { taken.insert(seat(vms[vm].group, host)) }
    }
    return units.compactMap { unit in
      let failed = unit.filter { !out.contains($0) }
      let left = inZone.filter { !out.contains($0) && !failed.contains($0) }
      let isFitting = fits(failed.flatMap { running[$0] }, on: left, free, taken)
      return isFitting ? nil : "no reserve for hosts \(failed)"
    }
  }

  /// A number for a group on a host.
  private func seat(_ group: Int, _ host: Int) -> Int { group * hosts.count + host }

  /// Whether VMs of failed hosts can be packed: depth first, the largest VM first.
  private func fits(_ lost: [Int], on left: [Int], _ free: [[Int]], _ taken: Set<Int>) -> Bool {
    // Several orders, because a search in depth hardly ever takes back its first decisions.
    for (vcpu, ram) in [(1, 10), (0, 1), (3, 1), (1, 0), (1, 4)] {
      for tie in [1, -1] {
        func size(_ room: [Int]) -> Int { vcpu * room[0] + ram * room[1] }
        let sorted = lost.sorted {
          (size(vms[$1].demand), vms[$1].group >= 0 ? tie : 0, $0)
            < (size(vms[$0].demand), vms[$0].group >= 0 ? tie : 0, $1)
        }
        var (room, seats, steps) = (free, taken, 4_000)
        if place(sorted[...], left, &room, &seats, &steps, size) { return true }
      }
    }
    return false
  }

  private func place(
    _ lost: ArraySlice<Int>, _ left: [Int], _ free: inout [[Int]], _ taken: inout Set<Int>,
    _ steps: inout Int, _ size: ([Int]) -> Int
  ) -> Bool {
    guard let vm = lost.first else { return true }
    let (demand, group) = (vms[vm].demand, vms[vm].group)
    let candidates = left.filter { host in
      free[host][0] >= demand[0] && free[host][1] >= demand[1]
        && !(group >= 0 && taken.contains(seat(group, host)))
    }.sorted { (size(free[$0]), $0) < (size(free[$1]), $1) }
    for host in candidates {
      steps -= 1
      if steps < 0 { return false }
      for resource in 0..<2 { free[host][resource] -= demand[resource] }
      if group >= 0 { taken.insert(seat(group, host)) }
      if place(lost.dropFirst(), left, &free, &taken, &steps, size) { return true }
      for resource in 0..<2 { free[host][resource] += demand[resource] }
      if group >= 0 { taken.remove(seat(group, host)) }
    }
    return false
  }
}
