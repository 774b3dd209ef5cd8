package import CloudModel

/// The first host that has room: fills the front of the inventory and leaves the back empty.
package struct FirstFit: PlacementPolicy {
  package static let name = "first-fit"
  package static let summary =
    "the first host in the order of the inventory that has room"
  package static let source =
    "Johnson et al., SIAM Journal on Computing 3(4), 1974"

  package init(options: Properties) throws(PlacementPolicyError) {
    _ = try PolicyOptions(options, allowing: Self.parameters)
  }

  package func method(in context: PlacementContext) -> PlacementMethod {
    .ordered(HostOrder(.index))
  }
}
