package import CloudModel

/// The host on which the request makes the least new fragments, in the mean over the requests that
/// are expected: made for devices that are shared in parts. See `FragmentationMeasure`.
///
/// Of equal hosts the one with the fewest vCPUs left. The paper also chooses the device within the
/// host; here the engine does, the one with the least left that suffices, and the measure takes that
/// into account.
package struct FragmentationGradient: PlacementPolicy {
  package static let name = "fragmentation-gradient"
  package static let summary =
    "the host where the least of the devices, or vCPUs, becomes useless to expected requests"
  package static let source =
    "Weng et al., Beware of fragmentation: FGD, USENIX ATC 2023"

  package init(options: Properties) throws(PlacementPolicyError) {
    _ = try PolicyOptions(options, allowing: Self.parameters)
  }

  package func method(in context: PlacementContext) -> PlacementMethod {
    let measure = FragmentationMeasure(
      context.fleet, requests: context.requests, frequencies: context.frequencies)
    return .scored(
      FragmentationScorer(
        table: FragmentationTable(measure, of: context.fleet, requests: context.requests),
        tightness: Tightness(of: context.fleet)))
  }
}

/// Scores by the growth of fragments, then by vCPUs left.
struct FragmentationScorer: HostScorer {
  let table: FragmentationTable
  let tightness: Tightness

  func score(
    _ block: Range<Int>, of fleet: Fleet, for request: PlacementRequest,
    at moment: PlacementMoment, into scores: inout [Double]
  ) {
    for place in 0..<block.count { scores[place] = -.infinity }
    table.forEachFitting(request, in: block, of: fleet) { host, growth in
      let rank = tightness.vcpus(of: host, in: fleet)
      scores[host - block.lowerBound] = -Double(growth << Int64(Tightness.bits) + rank)
    }
  }
}
