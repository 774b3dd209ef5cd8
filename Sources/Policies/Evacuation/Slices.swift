package import CloudModel

/// A few moves planned per pass, then a look at the cloud as it has become: what an optimizer that
/// runs again and again does.
///
/// **Source**: strategy `zone_migration` of OpenStack Watcher with its defaults of 6 moves in a pass
/// and 2 of a host.
package struct Slices: EvacuationStrategy {
  package static let name = "slices"
  package static let summary =
    "at most 6 moves planned per pass, 2 of a host, then planned anew; by project, then size"
  package static let parameters: [(name: String, meaning: String)] = [
    (
      "order_by",
      "the size by which the VMs of a project are ordered, largest first: memory (default), vcpus"
        + " or disk"
    )
  ]

  /// Moves planned in one pass.
  static let movesPerPass = 6
  /// Moves planned in one pass of one host.
  static let movesPerHost = 2

  /// What counts as the size of a VM.
  private enum Size: String, CaseIterable {
    case memory, vcpus, disk

    func of(_ demand: Resources) -> Int64 {
      switch self {
      case .memory: demand.memoryMiB
      case .vcpus: demand.vcpus
      case .disk: demand.diskGiB
      }
    }
  }

  package init() {}

  package func decide(_ task: EvacuationTask) throws(StrategyError) -> EvacuationDecision {
    let size = try task.choice("order_by", default: Size.memory)
    var draft = try EvacuationDraft(task)
    let vms = task.cloud.vms
    // The sort keeps the order of the cloud among equal VMs by their places in it.
    var waiting = draft.movers.enumerated().sorted { first, second in
      let (left, right) = (first.element.vm, second.element.vm)
      return (vms.project[left], -size.of(vms.demand[left]), first.offset)
        < (vms.project[right], -size.of(vms.demand[right]), second.offset)
    }.map(\.element)
    while !waiting.isEmpty { waiting = plan(waiting, in: &draft) }
    return draft.finish(order: .asPlaced)
  }

  /// Plans one pass and returns what waits for the next one.
  private func plan(_ waiting: [Candidate], in draft: inout EvacuationDraft) -> [Candidate] {
    draft.beginWave()
    var planned = 0
    var plannedOfHost: [Int: Int] = [:]
    var next: [Candidate] = []
    for candidate in waiting {
      let ofHost = plannedOfHost[candidate.source] ?? 0
      guard planned < Self.movesPerPass, ofHost < Self.movesPerHost else {
        next.append(candidate)
        continue
      }
      guard draft.placeNext(candidate) else { continue }
      planned += 1
      plannedOfHost[candidate.source] = ofHost + 1
    }
    return next
  }
}
