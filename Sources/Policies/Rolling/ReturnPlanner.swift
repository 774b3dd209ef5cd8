/// The way home for VMs that waves have put elsewhere.
package struct RollingReturn: Sendable, Equatable {
  /// Passes in their order; the moves of one pass may run in any order, and each claims its target
  /// before its source is given back.
  package var passes: [[RollingWave.Move]] = []
  /// VMs for which no way home was found, ascending.
  package var stranded: [Int] = []

  /// Moves in all, those to a place for the meantime included.
  package var moves: Int { passes.reduce(0) { $0 + $1.count } }
}

extension RollingProblem {
  /// Brings VMs home from where waves have left them.
  ///
  /// Each pass takes home whatever finds room there while everything that moves counts on both
  /// sides. Where nothing does, VMs that are foreign to a full host step aside, so that rings of
  /// full hosts come undone; a VM steps aside at most three times.
  ///
  /// **Complexity**: O(passes * VMs away * hosts of a zone)
  package func planReturn(after waves: [RollingWave]) -> RollingReturn {
    var planner = ReturnPlanner(self)
    for wave in waves {
      for move in wave.moves { planner.relocate(move) }
    }
    return planner.plan()
  }
}

/// Hosts and VMs on the way home.
private struct ReturnPlanner {
  private let problem: RollingProblem
  private var host: [Int]
  private var free: [Int64]
  private var members: [[Int: Int]]
  private var stepsAside: [Int]

  init(_ problem: RollingProblem) {
    self.problem = problem
    host = problem.vms.host
    free = problem.hosts.capacity
    members = [[Int: Int]](repeating: [:], count: problem.groups.count)
    stepsAside = [Int](repeating: 0, count: problem.vms.count)
    for vm in host.indices { count(vm, on: host[vm], sign: 1) }
  }

  mutating func relocate(_ move: RollingWave.Move) {
    count(move.vm, on: host[move.vm], sign: -1)
    count(move.vm, on: move.target, sign: 1)
    host[move.vm] = move.target
  }

  mutating func plan() -> RollingReturn {
    var result = RollingReturn()
    while true {
      // Large VMs are the ones that find no room later.
      let away = host.indices.filter { host[$0] != problem.vms.host[$0] }
        .sorted { (size($1), $0) < (size($0), $1) }
      if away.isEmpty { break }
      var pass = claimed(away) { $0.problem.vms.host[$1] }
      if pass.isEmpty, let step = stepAside(away) { pass = [step] }
      if pass.isEmpty {
        result.stranded = away.sorted()
        break
      }
      for move in pass { count(move.vm, on: host[move.vm], sign: -1) }
      for move in pass { host[move.vm] = move.target }
      result.passes.append(pass.sorted { $0.vm < $1.vm })
    }
    return result
  }

  /// Claims targets for as many VMs as find room, and keeps what they hold now.
  private mutating func claimed(
    _ vms: [Int], _ target: (ReturnPlanner, Int) -> Int
  ) -> [RollingWave.Move] {
    var moves: [RollingWave.Move] = []
    for vm in vms {
      let target = target(self, vm)
      guard fits(vm, on: target) else { continue }
      count(vm, on: target, sign: 1)
      moves.append(.init(vm: vm, target: target))
    }
    return moves
  }

  /// A VM away from home that leaves a full host on which another is waited for, for a host on
  /// which it is least in the way.
  private mutating func stepAside(_ away: [Int]) -> RollingWave.Move? {
    var awaited = Set<Int>()
    for vm in away { awaited.insert(problem.vms.host[vm]) }
    for vm in away.reversed() where awaited.contains(host[vm]) && stepsAside[vm] < 3 {
      let zone = problem.hosts.zone[host[vm]]
      let targets = problem.hosts.zone.indices.filter {
        problem.hosts.zone[$0] == zone && $0 != host[vm] && fits(vm, on: $0)
      }
      let best = targets.min { left, right in
        (awaited.contains(left) ? 1 : 0, -room(left), left)
          < (awaited.contains(right) ? 1 : 0, -room(right), right)
      }
      guard let best else { continue }
      stepsAside[vm] += 1
      count(vm, on: best, sign: 1)
      return .init(vm: vm, target: best)
    }
    return nil
  }

  private func size(_ vm: Int) -> Int64 {
    let resources = problem.resources.count
    return problem.vms.demand[vm * resources..<(vm + 1) * resources].max() ?? 0
  }

  private func room(_ host: Int) -> Int64 {
    let resources = problem.resources.count
    return free[host * resources..<(host + 1) * resources].min() ?? 0
  }

  private func fits(_ vm: Int, on target: Int) -> Bool {
    let resources = problem.resources.count
    for resource in 0..<resources {
      let need = problem.vms.demand[vm * resources + resource]
      if need > 0, need > free[target * resources + resource] { return false }
    }
    let isHome = target == problem.vms.host[vm]
    guard
      isHome
        || (problem.hosts.isOpen[target]
          && problem.allows(vmKind: problem.vms.kind[vm], hostKind: problem.hosts.kind[target]))
    else { return false }
    let group = problem.vms.group[vm]
    return group < 0 || members[group][target, default: 0] < problem.groups.mostOnHost[group]
  }

  private mutating func count(_ vm: Int, on host: Int, sign: Int) {
    let resources = problem.resources.count
    for resource in 0..<resources {
      free[host * resources + resource] -=
        Int64(sign) * problem.vms.demand[vm * resources + resource]
    }
    let group = problem.vms.group[vm]
    if group >= 0 { members[group][host, default: 0] += sign }
  }
}
