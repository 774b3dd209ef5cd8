package import CloudModel

/// The host that is filled least: spreads load and leaves few hosts empty.
package struct WorstFit: PlacementPolicy {
  package static let name = "worst-fit"
  package static let summary =
    "the host with the most vCPUs left, then the most memory"
  package static let source =
    "Johnson, Near-optimal bin packing algorithms, MIT, 1973; vCPUs before memory"

  package init(options: Properties) throws(PlacementPolicyError) {
    _ = try PolicyOptions(options, allowing: Self.parameters)
  }

  package func method(in context: PlacementContext) -> PlacementMethod {
    .ordered(HostOrder(.residual(.vcpus, .most, then: .most)))
  }
}
