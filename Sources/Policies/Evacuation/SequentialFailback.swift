package import CloudModel

/// One host after the other, its most important VMs first, until too many hosts could not be
/// emptied.
///
/// **Source**: Windows Server's Cluster-Aware Updating, which drains one node at a time, moves its
/// roles back, and ends the run when more nodes have failed than it allows.
package struct SequentialFailback: EvacuationStrategy {
  package static let name = "sequential-failback"
  package static let summary =
    "one host at a time, its VMs by priority, no further after some hosts failed; the way back"
    + " after each host is not part of the plan"
  package static let parameters: [(name: String, meaning: String)] = [
    (
      "priority_key",
      "the metadata key that orders the VMs of a host by its values high, medium and low; default"
        + " priority, and medium where it is absent or says something else"
    ),
    (
      "failed_hosts",
      "after how many hosts with a VM for which no host was found the others are left as they are;"
        + " default 1"
    ),
  ]

  package init() {}

  package func decide(_ task: EvacuationTask) throws(StrategyError) -> EvacuationDecision {
    let key = task.options["priority_key"] ?? "priority"
    let limit = try task.count("failed_hosts", default: 1)
    var draft = try EvacuationDraft(task)
    var failed: [Int] = []
    for (source, movers) in draft.moversBySource() {
      guard failed.count < limit else {
        draft.abandon(
          source, advice: "see to the hosts that could not be emptied, or allow more of them")
        continue
      }
      draft.beginWave()
      draft.placeOneByOne(byPriority(movers, key: key, in: task.cloud))
      let isEmptied = !draft.leftBehind.contains { task.cloud.vms.host[$0.vm] == source }
      if !isEmptied { failed.append(source) }
    }
    note(failed, in: &draft)
    return draft.finish(order: .asPlaced)
  }

  private func byPriority(_ movers: [Candidate], key: String, in cloud: Cloud) -> [Candidate] {
    movers.enumerated().sorted { first, second in
      let left = rank(of: first.element.vm, key: key, in: cloud)
      let right = rank(of: second.element.vm, key: key, in: cloud)
      return (left, first.offset) < (right, second.offset)
    }.map(\.element)
  }

  private func rank(of vm: Int, key: String, in cloud: Cloud) -> Int {
    switch cloud.labels[cloud.vms.labels[vm]].metadata[key]?.lowercased() {
    case "high": 0
    case "low": 2
    default: 1
    }
  }

  private func note(_ failed: [Int], in draft: inout EvacuationDraft) {
    let hosts = draft.task.cloud.hosts.names
    if draft.task.out.count > 1 {
      draft.notes.append("the way back after each host is not part of this plan")
    }
    guard !draft.abandoned.isEmpty else { return }
    draft.notes.append(
      "given up after \(failed.map { "`\(hosts[$0])`" }.joined(separator: ", ")), which cannot be"
        + " emptied: \(draft.abandoned.count) of the hosts are left as they are")
  }
}
