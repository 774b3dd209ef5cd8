import CloudModel

/// Targets that share the builds out: each VM goes to the open host with the fewest so far.
struct RecoverySpread {
  private let rules: TargetRules
  /// Hosts by the number of VMs they were given, each list with the most free memory first.
  private var hostsByLoad: [[Int]]
  private(set) var state: CloudState

  /// Open hosts of a cloud in a state.
  init(rules: TargetRules, state: CloudState) {
    self.rules = rules
    self.state = state
    let open = (0..<rules.cloud.hosts.count).filter(rules.isOpen)
    hostsByLoad = [
      open.sorted { (-state.free[$0].memoryMiB, $0) < (-state.free[$1].memoryMiB, $1) }
    ]
  }

  /// Gives a VM a target; nil if no host takes it.
  ///
  /// **Complexity**: linear in the hosts at worst, a few as a rule.
  mutating func place(_ candidate: RecoveryCandidate) -> Int? {
    let demand = rules.cloud.vms.demand[candidate.vm]
    for load in hostsByLoad.indices {
      let place = hostsByLoad[load].firstIndex { host in
        let free = state.free[host]
        guard demand.memoryMiB <= max(0, free.memoryMiB), demand.vcpus <= max(0, free.vcpus) else {
          return false
        }
        return rules.refusals(
          of: host, for: candidate.vm, requirement: candidate.requirement, arriving: .stopped,
          state: state
        ).isEmpty
      }
      guard let place else { continue }
      let host = hostsByLoad[load].remove(at: place)
      if load + 1 == hostsByLoad.count { hostsByLoad.append([]) }
      hostsByLoad[load + 1].append(host)
      state.claim(candidate.vm, on: host, in: rules.cloud)
      return host
    }
    return nil
  }

  /// Targets for all of some VMs, in their order; nil if one finds none.
  mutating func placeAll(_ candidates: [RecoveryCandidate]) -> [Int]? {
    var targets: [Int] = []
    for candidate in candidates {
      guard let target = place(candidate) else { return nil }
      targets.append(target)
    }
    return targets
  }
}
