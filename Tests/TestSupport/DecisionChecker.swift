package import CloudModel

/// Proves that a decision breaks no rule at any moment, written apart from the rules it checks and
/// without their code: plain sums over plain arrays.
///
/// The moves of a wave may run in any order, so all their claims are added before anything is given
/// back; the checker therefore looks at the fullest moment that any order can reach.
package struct DecisionChecker {
  private let cloud: Cloud
  private let out: Set<Int>
  private var claims: [[Int]]
  /// What is wrong, in sentences; empty if the decision is right.
  package private(set) var problems: [String] = []

  /// Checks a decision about emptying hosts.
  package static func problems(
    of decision: EvacuationDecision, in cloud: Cloud, out: [Int]
  ) -> [String] {
    var checker = DecisionChecker(cloud: cloud, out: Set(out))
    checker.check(decision)
    return checker.problems
  }

  private init(cloud: Cloud, out: Set<Int>) {
    self.cloud = cloud
    self.out = out
    claims = [[Int]](repeating: [], count: cloud.hosts.count)
    for vm in 0..<cloud.vms.count where cloud.vms.host[vm] >= 0 {
      claims[cloud.vms.host[vm]].append(vm)
    }
  }

  private mutating func check(_ decision: EvacuationDecision) {
    checkEveryVMIsDecided(decision)
    for wave in Set(decision.moves.map(\.wave)).sorted() {
      let moves = decision.moves.filter { $0.wave == wave }
      for move in moves {
        guard let target = move.target else { continue }
        checkTarget(target, of: move)
        claims[target].append(move.vm)
      }
      for target in Set(moves.compactMap(\.target)).sorted() { checkRoom(on: target, wave: wave) }
      for move in moves where move.target != nil {
        claims[move.source].removeAll { $0 == move.vm }
      }
    }
    checkEmptied(decision)
  }

  private mutating func checkEveryVMIsDecided(_ decision: EvacuationDecision) {
    for vm in 0..<cloud.vms.count where cloud.vms.host[vm] >= 0 && out.contains(cloud.vms.host[vm])
    {
      let times =
        decision.moves.filter { $0.vm == vm }.count
        + decision.leftBehind.filter { $0.vm == vm }.count
      if times != 1 { problems.append("\(name(vm)) is decided \(times) times") }
    }
    for move in decision.moves where cloud.vms.host[move.vm] != move.source {
      problems.append("\(name(move.vm)) is not on its source")
    }
  }

  private mutating func checkTarget(_ target: Int, of move: Move) {
    let vm = move.vm
    let host = cloud.hosts.names[target]
    if out.contains(target) { problems.append("\(name(vm)) goes to \(host), which is out") }
    if cloud.hosts.state[target] != .enabled { problems.append("\(name(vm)): \(host) is closed") }
    let zone = cloud.hosts.zone[target]
    if cloud.vms.pinnedZone[vm] >= 0, cloud.vms.pinnedZone[vm] != zone {
      problems.append("\(name(vm)) leaves its zone")
    }
    for disk in cloud.vms.disks[vm] where disk.zone != nil && disk.zone != zone {
      problems.append("\(name(vm)) leaves the zone of its volume")
    }
    let kind = cloud.hostClasses[cloud.hosts.hostClass[target]]
    let traits = Set(kind.traits.map { cloud.traits[$0] })
    for entry in specs(of: vm) where entry.key.hasPrefix("trait:") {
      let trait = String(entry.key.dropFirst("trait:".count))
      if entry.value == "required", !traits.contains(trait) {
        problems.append("\(name(vm)): \(host) lacks \(trait)")
      }
      if entry.value == "forbidden", traits.contains(trait) {
        problems.append("\(name(vm)): \(host) has \(trait)")
      }
    }
    if move.action == .live {
      let present = cloud.hostClasses[cloud.hosts.hostClass[move.source]]
      if !Set(present.cpuFeatures).isSubset(of: kind.cpuFeatures), !kind.cpuFeatures.isEmpty {
        problems.append("\(name(vm)): the CPU of \(host) lacks features")
      }
    }
  }

  private func specs(of vm: Int) -> [Properties.Entry] {
    let image = cloud.vms.image[vm]
    return cloud.flavors[cloud.vms.flavor[vm]].extraSpecs.entries
      + (image < 0 ? [] : cloud.images[image].properties.entries)
  }

  private mutating func checkRoom(on host: Int, wave: Int) {
    let name = cloud.hosts.names[host]
    var used = cloud.held.filter { $0.host == host }.reduce(Resources.zero) { $0 + $1.amount }
    var devices = [Int](repeating: 0, count: cloud.deviceTypes.count)
    var members: [Int: Int] = [:]
    for vm in claims[host] {
      used += cloud.vms.demand[vm]
      for request in cloud.flavors[cloud.vms.flavor[vm]].devices {
        devices[request.type] += request.count
      }
      if cloud.vms.group[vm] >= 0 { members[cloud.vms.group[vm], default: 0] += 1 }
    }
    if !used.fits(in: cloud.hosts.capacity[host]) {
      problems.append("wave \(wave): \(name) is over its capacity")
    }
    for (type, used) in devices.enumerated() {
      let total = cloud.devicePools.filter { $0.host == host && $0.type == type }
        .reduce(0) { $0 + $1.total }
      if used > total { problems.append("wave \(wave): \(name) has not the devices") }
    }
    for (group, count) in members.sorted(by: { $0.key < $1.key })
    where cloud.groups[group].policy == .antiAffinity && count > cloud.groups[group].maxPerHost {
      problems.append("wave \(wave): \(name) holds \(count) members of one group")
    }
  }

  private mutating func checkEmptied(_ decision: EvacuationDecision) {
    let staying = Set(decision.leftBehind.map(\.vm))
    let placed = Set(decision.moves.filter { $0.target == nil }.map(\.vm))
    for host in out.sorted() {
      for vm in claims[host] where !staying.contains(vm) && !placed.contains(vm) {
        problems.append("\(name(vm)) is still on \(cloud.hosts.names[host])")
      }
    }
  }

  private func name(_ vm: Int) -> String { "VM \(cloud.vms.names[vm])" }
}
