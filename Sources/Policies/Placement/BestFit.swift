package import CloudModel

/// The host that is filled most: keeps large gaps for large VMs.
///
/// vCPUs decide and memory breaks ties, since vCPUs run out first in most clouds.
package struct BestFit: PlacementPolicy {
  package static let name = "best-fit"
  package static let summary =
    "the host with the fewest vCPUs left, then the least memory"
  package static let source =
    "Johnson et al., SIAM Journal on Computing 3(4), 1974; vCPUs before memory"

  package init(options: Properties) throws(PlacementPolicyError) {
    _ = try PolicyOptions(options, allowing: Self.parameters)
  }

  package func method(in context: PlacementContext) -> PlacementMethod {
    .ordered(HostOrder(.residual(.vcpus, .least, then: .least)))
  }
}
