package import CloudModel

/// Eight moves of a host at once, and the next eight when the slowest of them is done.
package struct BatchesOfEight: EvacuationStrategy {
  package static let name = "batches-8"
  package static let summary =
    "8 moves at once of each host, the next batch when the slowest move is done"
  package static let parameters: [(name: String, meaning: String)] = []

  /// Moves of a host in one batch.
  static let size = 8

  package init() {}

  package func decide(_ task: EvacuationTask) throws(StrategyError) -> EvacuationDecision {
    var draft = try EvacuationDraft(task)
    var queues = draft.moversBySource().map { $0.movers[...] }
    while queues.contains(where: { !$0.isEmpty }) {
      draft.beginWave()
      for place in queues.indices { startBatch(of: &queues[place], in: &draft) }
    }
    if queues.count > 1, draft.wave > 1 {
      draft.notes.append(
        "the hosts go through their batches in step: a batch begins when the batches before it are"
          + " done on all of them")
    }
    return draft.finish(
      order: .asPlaced, concurrency: MoveConcurrency(perSource: Self.size))
  }

  private func startBatch(
    of queue: inout ArraySlice<Candidate>, in draft: inout EvacuationDraft
  ) {
    var started = 0
    while started < Self.size, let candidate = queue.popFirst() {
      if draft.placeNext(candidate) { started += 1 }
    }
  }
}
