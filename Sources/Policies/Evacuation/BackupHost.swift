package import CloudModel

/// All VMs to one spare host if the sums fit, else one by one: what Masakari-like tools and runbooks
/// do.
package struct BackupHost: EvacuationStrategy {
  package static let name = "backup-host"
  package static let summary =
    "all VMs to one named host if sums of vCPUs and memory fit, else one by one"
  package static let parameters: [(name: String, meaning: String)] = [
    (
      "backup_host",
      "the host that takes them all; without it the open host with the most free memory"
    )
  ]

  package init() {}

  package func decide(_ task: EvacuationTask) throws(StrategyError) -> EvacuationDecision {
    var draft = try EvacuationDraft(task)
    guard let backup = try backupHost(of: task, draft) else {
      draft.placeOneByOne(draft.movers)
      return draft.finish()
    }
    let name = task.cloud.hosts.names[backup]
    guard sumsFit(backup, draft) else {
      draft.notes.append(
        "the backup host `\(name)` has not enough vCPUs or memory for all: placed one by one")
      draft.placeOneByOne(draft.movers)
      return draft.finish()
    }
    for candidate in draft.movers {
      let arrival = draft.arrival(of: candidate)
      if draft.refusals(of: backup, for: candidate, arriving: arrival).isEmpty {
        draft.place(candidate, on: backup, arriving: arrival)
      } else {
        draft.placeOneByOne([candidate])
      }
    }
    return draft.finish()
  }

  private func backupHost(
    of task: EvacuationTask, _ draft: EvacuationDraft
  ) throws(StrategyError) -> Int? {
    let open = (0..<task.cloud.hosts.count).filter(draft.rules.isOpen)
    if let name = task.options["backup_host"] {
      guard let host = open.first(where: { task.cloud.hosts.names[$0] == name }) else {
        let allowed = open.prefix(5).map { task.cloud.hosts.names[$0] }.joined(separator: ", ")
        throw .option(name: "backup_host", value: name, allowed: "an open host: \(allowed), ...")
      }
      return host
    }
    return open.max { first, second in
      let free = draft.state.free
      return (free[first].memoryMiB, second) < (free[second].memoryMiB, first)
    }
  }

  private func sumsFit(_ backup: Int, _ draft: EvacuationDraft) -> Bool {
    let sum = draft.movers.reduce(Resources.zero) { $0 + draft.task.cloud.vms.demand[$1.vm] }
    let free = draft.state.free[backup]
    return sum.vcpus <= free.vcpus && sum.memoryMiB <= free.memoryMiB
  }
}
