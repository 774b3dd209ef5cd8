import Foundation

/// Proves a plan from the files alone: the cloud file and the plan's JSON as anybody could read
/// them, without a line of the program's own code.
///
/// All moves of a wave claim their targets before any gives its source back, which is the fullest
/// moment that any order within the wave can reach.
struct PlanFileChecker {
  private var hosts: [String: Host] = [:]
  private var vms: [String: VM] = [:]
  private var groups: [String: (policy: String, most: Int)] = [:]
  private(set) var problems: [String] = []

  private struct Host {
    var zone: String
    var state: String
    var room: [Double]
    var largest: [Double]
    var traits: Set<String>
    var features: Set<String>
    var devices: [String: Int]
    var claims: [String] = []
  }

  private struct VM {
    var host: String?
    var demand: [Double]
    var devices: [String: Int]
    var zone: String?
    var group: String?
    var required: Set<String>
    var forbidden: Set<String>
  }

  /// The problems of a plan on a cloud; empty if it is right.
  ///
  /// `devices` are totals that the scenario states on top of the cloud.
  static func problems(
    plan: [String: Any], cloud: [String: Any], devices: [(host: String, type: String, count: Int)]
  ) -> [String] {
    var checker = PlanFileChecker()
    checker.read(cloud, devices)
    checker.check(plan)
    return checker.problems
  }

  private static func amount(_ value: Any?) -> Double? {
    guard let text = value as? String else { return nil }
    let parts = text.split(separator: " ")
    let units = [
      "B": 1.0, "KiB": 1024, "MiB": 1_048_576, "GiB": 1_073_741_824,
      "TiB": 1_099_511_627_776,
    ]
    guard parts.count == 2, let number = Double(parts[0]), let unit = units[String(parts[1])]
    else { return nil }
    return number * unit
  }

  private static func list(_ value: Any?) -> [[String: Any]] { value as? [[String: Any]] ?? [] }

  private static func size(_ record: [String: Any], _ prefix: String = "") -> [Double?] {
    [
      (record[prefix + "vcpus"] as? NSNumber)?.doubleValue, amount(record[prefix + "memory"]),
      amount(record[prefix + "disk"]),
    ]
  }

  private mutating func read(
    _ cloud: [String: Any], _ stated: [(host: String, type: String, count: Int)]
  ) {
    var classes: [String: [String: Any]] = [:]
    for kind in Self.list(cloud["host_classes"]) { classes[kind["name"] as? String ?? ""] = kind }
    for group in Self.list(cloud["groups"]) {
      let id = group["id"] as? String ?? group["name"] as? String ?? ""
      groups[id] = (group["policy"] as? String ?? "", group["max_per_host"] as? Int ?? 1)
    }
    for record in Self.list(cloud["hosts"]) {
      let kind = classes[record["class"] as? String ?? ""] ?? [:]
      let room = Self.size(record).map { $0 ?? 0 }
      var devices: [String: Int] = [:]
      for device in Self.list(record["devices"]) {
        devices[device["type"] as? String ?? "", default: 0] += device["count"] as? Int ?? 1
      }
      let name = record["name"] as? String ?? ""
      for device in stated where device.host == name { devices[device.type] = device.count }
      hosts[name] = Host(
        zone: record["zone"] as? String ?? "", state: record["state"] as? String ?? "enabled",
        room: room, largest: zip(Self.size(record, "largest_"), room).map { $0 ?? $1 },
        traits: Set(kind["traits"] as? [String] ?? []),
        features: Set(kind["cpu_features"] as? [String] ?? []), devices: devices)
    }
    for held in Self.list(cloud["held"]) {
      guard let name = held["host"] as? String else { continue }
      let amounts = Self.size(held).map { $0 ?? 0 }
      for index in 0..<3 { hosts[name]?.room[index] -= amounts[index] }
    }
    readVMs(cloud)
  }

  private mutating func readVMs(_ cloud: [String: Any]) {
    var flavors: [String: [String: Any]] = [:]
    for flavor in Self.list(cloud["flavors"]) { flavors[flavor["name"] as? String ?? ""] = flavor }
    var images: [String: [String: Any]] = [:]
    for image in Self.list(cloud["images"]) { images[image["id"] as? String ?? ""] = image }
    for record in Self.list(cloud["vms"]) {
      let flavor = flavors[record["flavor"] as? String ?? ""] ?? [:]
      let image = images[record["image"] as? String ?? ""] ?? [:]
      let demand = zip(Self.size(record), Self.size(flavor)).map { $0 ?? $1 ?? 0 }
      let specs =
        (flavor["extra_specs"] as? [String: String] ?? [:]).map { ($0.key, $0.value) }
        + (image["properties"] as? [String: String] ?? [:]).map { ($0.key, $0.value) }
      func traits(_ word: String) -> Set<String> {
        Set(
          specs.filter { $0.0.hasPrefix("trait:") && $0.1 == word }.map {
            String($0.0.dropFirst(6))
          })
      }
      var devices: [String: Int] = [:]
      for device in Self.list(flavor["devices"]) {
        devices[device["type"] as? String ?? "", default: 0] += device["count"] as? Int ?? 1
      }
      let id = record["id"] as? String ?? record["name"] as? String ?? ""
      let host = record["host"] as? String
      vms[id] = VM(
        host: host, demand: demand, devices: devices, zone: record["pinned_zone"] as? String,
        group: record["group"] as? String, required: traits("required"),
        forbidden: traits("forbidden"))
      if let host { hosts[host]?.claims.append(id) }
    }
  }

  private mutating func check(_ plan: [String: Any]) {
    let out = Set(plan["hosts"] as? [String] ?? [])
    let moves = Self.list(plan["moves"])
    let left = Self.list(plan["left_behind"]).compactMap { $0["vm_id"] as? String }
    let before = hosts.mapValues(\.claims)
    for wave in Set(moves.compactMap { $0["wave"] as? Int }).sorted() {
      let now = moves.filter { $0["wave"] as? Int == wave }
      for move in now { claim(move, out: out) }
      for name in Set(now.compactMap { $0["target"] as? String }).sorted() {
        checkRoom(on: name, wave: wave)
      }
      for move in now where move["target"] is String {
        guard let id = move["vm_id"] as? String, let source = move["source"] as? String else {
          continue
        }
        hosts[source]?.claims.removeAll { $0 == id }
      }
    }
    let decided = moves.compactMap { $0["vm_id"] as? String } + left
    if Set(decided).count != decided.count { problems.append("a VM is decided twice") }
    let inPlace = Set(
      moves.filter { !($0["target"] is String) }.compactMap { $0["vm_id"] as? String } + left)
    for host in out.sorted() {
      for id in before[host] ?? [] where !decided.contains(id) {
        problems.append("\(id) on \(host) is not decided")
      }
      for id in hosts[host]?.claims ?? [] where !inPlace.contains(id) {
        problems.append("\(id) is still on \(host)")
      }
    }
  }

  private mutating func claim(_ move: [String: Any], out: Set<String>) {
    guard let id = move["vm_id"] as? String, let vm = vms[id],
      let source = move["source"] as? String
    else { return problems.append("a move of an unknown VM") }
    if vm.host != source { problems.append("\(id) is not on \(source)") }
    guard let target = move["target"] as? String else { return }
    guard let host = hosts[target] else { return problems.append("unknown host \(target)") }
    if out.contains(target) || host.state != "enabled" { problems.append("\(target) is closed") }
    if let zone = vm.zone, zone != host.zone { problems.append("\(id) leaves its zone") }
    if !vm.required.isSubset(of: host.traits) { problems.append("\(id): traits of \(target)") }
    if !vm.forbidden.isDisjoint(with: host.traits) { problems.append("\(id): traits of \(target)") }
    if zip(vm.demand, host.largest).contains(where: { $0 > $1 }) {
      problems.append("\(id) is too large for \(target)")
    }
    let features = hosts[source]?.features ?? []
    if move["action"] as? String == "live", !features.isSubset(of: host.features) {
      problems.append("\(id): the CPU of \(target) lacks features")
    }
    hosts[target]?.claims.append(id)
  }

  private mutating func checkRoom(on name: String, wave: Int) {
    guard let host = hosts[name] else { return }
    let residents = host.claims.compactMap { vms[$0] }
    for index in 0..<3 where residents.reduce(0, { $0 + $1.demand[index] }) > host.room[index] {
      problems.append("wave \(wave): \(name) is over its capacity")
    }
    for type in Set(residents.flatMap(\.devices.keys)).sorted() {
      let used = residents.reduce(0) { $0 + ($1.devices[type] ?? 0) }
      if used > host.devices[type] ?? 0 { problems.append("wave \(wave): \(name): devices") }
    }
    let counts = Dictionary(grouping: residents.compactMap(\.group)) { $0 }.mapValues(\.count)
    for (group, count) in counts.sorted(by: { $0.key < $1.key }) {
      if groups[group]?.policy == "anti-affinity", count > groups[group]?.most ?? 1 {
        problems.append("wave \(wave): \(name): group \(group)")
      }
    }
  }
}
