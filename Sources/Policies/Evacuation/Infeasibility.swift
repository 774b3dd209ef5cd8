import CloudModel

/// Proofs that VMs left behind could not have been placed by any plan of any length.
struct Infeasibility {
  let draft: EvacuationDraft
  let movable: MovableVMs
  /// The VMs on the hosts to empty that need a target: movers that no rule or fallback stopped.
  private let needing: [Candidate]
  private let membersByGroup: [[Int]]

  /// Hosts and VMs beyond which the relaxation over all VMs is not tried.
  private static let itemLimit = 100_000

  init(draft: EvacuationDraft, movable: MovableVMs) {
    self.draft = draft
    self.movable = movable
    let stopped = Set(draft.stops.map(\.candidate.vm))
    needing = draft.movers.filter { !stopped.contains($0.vm) }
    membersByGroup = draft.task.cloud.membersByGroup()
  }

  /// Whether the hard anti-affinity group of a VM has more members than the hosts left can hold.
  ///
  /// Members on hosts that are closed for new VMs but not taken out stay there and need no place.
  func isGroupTooLarge(of vm: Int) -> Bool {
    let cloud = draft.task.cloud
    let group = cloud.vms.group[vm]
    guard group >= 0, cloud.groups[group].policy == .antiAffinity else { return false }
    let leaving = Set(needing.map(\.vm))
    let members = membersByGroup[group].filter { vm in
      let host = cloud.vms.host[vm]
      return host >= 0 && (leaving.contains(vm) || draft.rules.isOpen(host))
    }
    let requirements = members.map { draft.rules.requirement(of: $0) }
    let usable = (0..<cloud.hosts.count).filter { host in
      zip(members, requirements).contains { vm, requirement in
        (cloud.vms.host[vm] == host && !draft.rules.isOut[host])
          || draft.rules.lastingRefusals(
            of: host, for: vm, requirement: requirement, arriving: .stopped
          ).isEmpty
      }
    }
    return members.count > usable.count * cloud.groups[group].maxPerHost
  }

  /// A number of VMs for which there is no place even if every VM that may be moved were placed
  /// anew: positive is a proof, zero says nothing.
  func leastWithoutPlace() -> Int {
    let cloud = draft.task.cloud
    let free = movable.all
    guard free.count + needing.count <= Self.itemLimit else { return 0 }
    var empty = CloudState(of: cloud)
    for vm in free { empty.release(vm, on: cloud.vms.host[vm], in: cloud) }
    let items =
      needing.map {
        TargetPacking.Item(
          vm: $0.vm, requirement: $0.requirement, arrival: draft.arrival(of: $0))
      }
      + free.map {
        TargetPacking.Item(
          vm: $0, requirement: draft.rules.requirement(of: $0), arrival: .running)
      }
    let packing = TargetPacking(items, rules: draft.rules, state: empty, mayStay: true)
    var boundOnly = PackingOptions()
    boundOnly.workLimit = 0
    return packing.problem.solve(boundOnly).bound
  }
}
