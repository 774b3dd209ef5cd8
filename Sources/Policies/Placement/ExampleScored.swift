package import CloudModel

/// An example of the batch tier: the host whose vCPUs and memory are used most, counted together.
package struct ExampleScored: PlacementPolicy {
  package static let name = "example-scored"
  package static let summary = "example: the host with the greatest used shares of vCPUs and memory"
  package static let source = "docs/write-a-policy.md"

  package init(options: Properties) throws(PlacementPolicyError) {
    if let entry = options.entries.first {
      throw .option(name: entry.key, value: entry.value, allowed: "no options")
    }
  }

  package func method(in context: PlacementContext) -> PlacementMethod {
    .scored(Scorer())
  }

  private struct Scorer: HostScorer {
    func score(
      _ block: Range<Int>, of fleet: Fleet, for request: PlacementRequest,
      at moment: PlacementMoment, into scores: inout [Double]
    ) {
      for host in block {
        let cpu = Double(fleet.freeMilliCPU[host]) / Double(max(1, fleet.capacityMilliCPU[host]))
        let memory =
          Double(fleet.freeMemoryMiB[host]) / Double(max(1, fleet.capacityMemoryMiB[host]))
        // The greatest score wins, so what is left counts against a host.
        scores[host - block.lowerBound] = -(cpu + memory)
      }
    }
  }
}
