package import CloudModel

/// Draws k of the hosts that have room and takes the one that is filled least.
///
/// Two choices are enough to spread almost as evenly as looking at all hosts, which is why large
/// schedulers that cannot look at all hosts sample some.
package struct RandomOfK: PlacementPolicy {
  package static let name = "random-of-k"
  package static let summary =
    "of k hosts drawn from those with room the one with the most vCPUs left, then memory"
  package static let source =
    "Mitzenmacher, The power of two choices in randomized load balancing, IEEE TPDS 12(10), 2001"
  package static let parameters = [
    PolicyParameter("k", "how many hosts are drawn, 1 to 64; 1 is a plain random host (default 2)")
  ]

  /// How many hosts are drawn.
  let count: Int

  package init(options: Properties) throws(PlacementPolicyError) {
    let options = try PolicyOptions(options, allowing: Self.parameters)
    count = try options.wholeNumber("k", in: 1...64, default: 2)
  }

  package func method(in context: PlacementContext) -> PlacementMethod {
    .ordered(HostOrder(.residual(.vcpus, .most, then: .most), sample: count))
  }
}
