package import CloudModel

/// Hosts in the order given, VMs in the order of the list, the scheduler picks each target: what an
/// operator does by hand.
package struct OneByOne: EvacuationStrategy {
  package static let name = "one-by-one"
  package static let summary =
    "hosts in the order given, VMs in the order of the list, the scheduler picks each target"
  package static let parameters: [(name: String, meaning: String)] = []

  package init() {}

  package func decide(_ task: EvacuationTask) throws(StrategyError) -> EvacuationDecision {
    var draft = try EvacuationDraft(task)
    draft.placeOneByOne(draft.movers)
    return draft.finish()
  }
}
