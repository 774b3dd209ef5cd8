package import CloudModel

/// One queue for the whole cloud with five moves at once, two of them from one host.
///
/// **Source**: KubeVirt's defaults `parallelMigrationsPerCluster` 5 and
/// `parallelOutboundMigrationsPerNode` 2; its eviction strategies `LiveMigrate`, which blocks the
/// drain of a node, and `LiveMigrateIfPossible`, which shuts down what cannot be moved.
package struct FirstInFirstOut: EvacuationStrategy {
  package static let name = "fifo-5-2"
  package static let summary =
    "5 moves at once in the cloud, 2 of a host, first in first out; what cannot move blocks its"
    + " host or is stopped"
  package static let parameters: [(name: String, meaning: String)] = [
    (
      "cannot_move",
      "what happens to a VM that no host takes and for which neither owner nor scenario states a"
        + " fallback: block (default: it stays and blocks its host) or stop (it is stopped in place)"
    )
  ]

  private enum Blocked: String, CaseIterable {
    case block, stop
  }

  package init() {}

  package func decide(_ task: EvacuationTask) throws(StrategyError) -> EvacuationDecision {
    var task = task
    if try task.choice("cannot_move", default: Blocked.block) == .stop {
      task.rules.fallback = task.rules.fallback ?? .stop
    }
    var draft = try EvacuationDraft(task)
    draft.placeOneByOne(draft.movers)
    return draft.finish(
      order: .asPlaced, concurrency: MoveConcurrency(perSource: 2, inAll: 5))
  }
}
