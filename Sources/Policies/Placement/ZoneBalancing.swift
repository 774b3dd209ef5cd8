package import CloudModel

/// Keeps zones equally full, and packs tightly within each.
///
/// A VM that asks for a zone goes there in any case.
package struct ZoneBalancing: PlacementPolicy {
  package static let name = "zone-balancing"
  package static let summary =
    "the zone with the least share of its vCPUs in use, there the host with the fewest left"
  package static let source =
    "zones as Nova's availability zones; within a zone best fit (Johnson et al., 1974)"

  package init(options: Properties) throws(PlacementPolicyError) {
    _ = try PolicyOptions(options, allowing: Self.parameters)
  }

  package func method(in context: PlacementContext) -> PlacementMethod {
    .ordered(HostOrder(.residual(.vcpus, .least, then: .least), zones: .leastUsedFirst))
  }
}
