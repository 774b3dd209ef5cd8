package import CloudModel
package import Simulator

/// A demand that lies in memory, block by block, so that a run measures the engine and not a
/// generator.
package struct EngineTrace: DemandSource {
  /// The types of requests.
  package let requests: [PlacementRequest]
  private var blocks: [DemandBlock] = []
  private var next = 0

  /// All events of a source.
  ///
  /// **Complexity**: 25 bytes an event.
  package init<Source: DemandSource>(recording source: inout Source) throws(DemandError) {
    requests = source.requests
    while true {
      var block = DemandBlock()
      try source.fill(&block)
      if block.count == 0 { return }
      blocks.append(block)
    }
  }

  /// How many events it has.
  package var count: Int { blocks.reduce(0) { $0 + $1.count } }

  /// Hands out the next block as it lies there.
  package mutating func fill(_ block: inout DemandBlock) {
    guard next < blocks.count else { return }
    block = blocks[next]
    next += 1
  }
}
