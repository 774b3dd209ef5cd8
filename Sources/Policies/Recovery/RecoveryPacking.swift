import CloudModel

/// Rebuilds as a packing: targets with the fewest VMs left out, and bounds of that number.
struct RecoveryPacking {
  let rules: TargetRules
  let state: CloudState

  /// Hosts and VMs beyond which the relaxation over all VMs is not tried.
  private static let itemLimit = 100_000

  /// What a packing decided.
  struct Result {
    var placed: [(candidate: RecoveryCandidate, target: Int)] = []
    var unplaced: [RecoveryCandidate] = []
    var bound = 0
    var status = "optimal"
    var isRepeatable = true
  }

  /// Targets for VMs, in the room that the state leaves.
  func place(_ candidates: [RecoveryCandidate], timeLimitSeconds: Double?) -> Result {
    let packing = TargetPacking(items(candidates), rules: rules, state: state)
    var options = PackingOptions()
    options.timeLimit = timeLimitSeconds.map { Duration.seconds($0) }
    let solution = packing.problem.solve(options)
    let candidateOfVM = Dictionary(uniqueKeysWithValues: candidates.map { ($0.vm, $0) })
    var result = Result()
    for (type, placements) in solution.placements.enumerated() {
      var waiting = packing.members[type][...]
      for placement in placements {
        for _ in 0..<placement.count {
          guard let vm = waiting.popFirst(), let candidate = candidateOfVM[vm] else { continue }
          result.placed.append((candidate, packing.hosts[placement.bin]))
        }
      }
    }
    let placed = Set(result.placed.map(\.candidate.vm))
    result.unplaced = candidates.filter { !placed.contains($0.vm) }
    result.bound = solution.bound
    result.isRepeatable = solution.isRepeatable
    switch solution.ending {
    case .proven: result.status = "optimal"
    case .stalled, .withinGap: result.status = "feasible"
    case .workLimit, .timeLimit: result.status = "limit"
    }
    return result
  }

  /// How many of these VMs no choice of targets can place while nothing else moves, at least.
  func leastWithoutPlace(_ candidates: [RecoveryCandidate]) -> Int {
    bound(TargetPacking(items(candidates), rules: rules, state: state))
  }

  /// How many VMs would have no place even if every VM on an open host were placed anew, at least.
  /// Positive is a proof, zero says nothing.
  func leastAfterMovingAll(_ candidates: [RecoveryCandidate]) -> Int {
    let cloud = rules.cloud
    let settled = (0..<cloud.vms.count).filter { vm in
      cloud.vms.host[vm] >= 0 && rules.isOpen(cloud.vms.host[vm])
    }
    guard settled.count + candidates.count <= Self.itemLimit, isWithinLimits else { return 0 }
    var empty = state
    for vm in settled { empty.release(vm, on: cloud.vms.host[vm], in: cloud) }
    let all =
      items(candidates)
      + settled.map {
        TargetPacking.Item(vm: $0, requirement: rules.requirement(of: $0), arrival: .stopped)
      }
    return bound(TargetPacking(all, rules: rules, state: empty, mayStay: true))
  }

  /// Whether no open host is over its capacity or over the limit of a group: what is there already
  /// may stay, which a packing cannot know.
  private var isWithinLimits: Bool {
    let cloud = rules.cloud
    return (0..<cloud.hosts.count).filter(rules.isOpen).allSatisfy { host in
      let free = state.free[host]
      return free.vcpus >= 0 && free.memoryMiB >= 0 && free.diskGiB >= 0
        && cloud.deviceTypes.indices.allSatisfy { state.freeDevices(ofType: $0, on: host) >= 0 }
        && cloud.groups.indices.allSatisfy { group in
          cloud.groups[group].policy != .antiAffinity
            || state.groups.members(of: group, on: host) <= cloud.groups[group].maxPerHost
        }
    }
  }

  private func items(_ candidates: [RecoveryCandidate]) -> [TargetPacking.Item] {
    candidates.map {
      TargetPacking.Item(vm: $0.vm, requirement: $0.requirement, arrival: .stopped)
    }
  }

  private func bound(_ packing: TargetPacking) -> Int {
    var boundOnly = PackingOptions()
    boundOnly.workLimit = 0
    return packing.problem.solve(boundOnly).bound
  }
}
