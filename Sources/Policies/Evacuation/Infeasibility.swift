import CloudModel

/// Proofs that VMs left behind could not have been placed by any plan of any length.
struct Infeasibility {
  let draft: EvacuationDraft
  let movable: MovableVMs

  /// Hosts and VMs beyond which the relaxation over all VMs is not tried.
  private static let itemLimit = 100_000

  /// Whether the hard anti-affinity group of a VM has more members than the hosts left can hold.
  ///
  /// Members on hosts that are closed for new VMs but not taken out stay there and need no place.
  func isGroupTooLarge(of vm: Int) -> Bool {
    let cloud = draft.task.cloud
    let group = cloud.vms.group[vm]
    guard group >= 0, cloud.groups[group].policy == .antiAffinity else { return false }
    let members = (0..<cloud.vms.count).filter {
      cloud.vms.group[$0] == group && cloud.vms.host[$0] >= 0
        && (draft.rules.isOut[cloud.vms.host[$0]] || draft.rules.isOpen(cloud.vms.host[$0]))
    }
    let staying = Set(draft.candidates.filter { !Self.needsPlace($0.intent) }.map(\.vm))
    let needing = members.filter { !staying.contains($0) }
    let requirements = needing.map { draft.rules.requirement(of: $0) }
    let usable = (0..<cloud.hosts.count).filter { host in
      zip(needing, requirements).contains { vm, requirement in
        (cloud.vms.host[vm] == host && !draft.rules.isOut[host])
          || draft.rules.lastingRefusals(
            of: host, for: vm, requirement: requirement, arriving: .stopped
          ).isEmpty
      }
    }
    return needing.count > usable.count * cloud.groups[group].maxPerHost
  }

  private static func needsPlace(_ intent: Intent) -> Bool {
    switch intent {
    case .move: true
    case .stop, .recreate, .stay: false
    }
  }

  /// A number of VMs for which there is no place even if every VM that may be moved were placed
  /// anew: positive is a proof, zero says nothing.
  func leastWithoutPlace() -> Int {
    let cloud = draft.task.cloud
    let free = movable.all
    guard free.count + draft.movers.count <= Self.itemLimit else { return 0 }
    var empty = CloudState(of: cloud)
    for vm in free { empty.release(vm, on: cloud.vms.host[vm], in: cloud) }
    let stopped = Set(draft.stops.map(\.candidate.vm))
    let items =
      draft.movers.filter { !stopped.contains($0.vm) }.map {
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
