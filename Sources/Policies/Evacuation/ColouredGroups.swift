package import CloudModel

/// Hosts that share no server group are emptied together, found by colouring the graph of those
/// that do.
///
/// **Source**: Ganeti's `hroller`, which colours the graph of nodes for rolling reboots; D. Brélaz,
/// "New methods to color the vertices of a graph", Communications of the ACM 22 (1979).
package struct ColouredGroups: EvacuationStrategy {
  package static let name = "colour"
  package static let summary =
    "hosts without a server group in common together, by graph colouring, the largest set first;"
    + " the way back after each set is not part of the plan"
  package static let parameters: [(name: String, meaning: String)] = []

  package init() {}

  package func decide(_ task: EvacuationTask) throws(StrategyError) -> EvacuationDecision {
    var draft = try EvacuationDraft(task)
    let movers = draft.moversBySource()
    let sets = HostConflicts(of: task.out, in: task.cloud).colouring()
    for hosts in sets {
      draft.beginWave()
      for host in hosts { draft.placeOneByOne(movers[host].movers) }
    }
    if sets.count > 1 {
      draft.notes.append(
        "hosts that share a group that keeps its members apart are emptied one after the other, in"
          + " \(sets.count) sets; the way back after each set is not part of this plan")
    }
    return draft.finish()
  }
}
