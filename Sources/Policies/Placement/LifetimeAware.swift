package import CloudModel

/// Puts VMs that end together on the same hosts, so that whole hosts become empty.
///
/// First the hosts that are busy past the VM's expected end anyway, then the ones whose end it would
/// put off least, in whole minutes; of equal ones the tightest. Empty hosts come last: to take one is
/// to keep one more host busy. A VM of which nothing is known counts as one that stays.
///
/// **Source**: Barbalho et al., Virtual machine allocation with lifetime predictions, MLSys 2023;
/// Ling et al., LAVA: Lifetime-aware VM allocation, MLSys 2025. A host that outlives its expected
/// end counts as ending now, since what remains is not known.
package struct LifetimeAware: PlacementPolicy {
  package static let name = "lifetime-aware"
  package static let summary =
    "the host that the VM keeps busy least beyond the time at which it would be empty"
  package static let source = "Barbalho et al., MLSys 2023; Ling et al., LAVA, MLSys 2025"

  package init(options: Properties) throws(PlacementPolicyError) {
    _ = try PolicyOptions(options, allowing: Self.parameters)
  }

  package func method(in context: PlacementContext) -> PlacementMethod {
    .scored(LifetimeScorer(tightness: Tightness(of: context.fleet)))
  }
}

/// Scores by extension of a host's busy time, then by tightness.
struct LifetimeScorer: HostScorer {
  let tightness: Tightness

  /// Extensions in minutes beyond this, about 16 years, count alike; empty hosts come after.
  private static let longest: Int64 = 1 << 23

  func score(
    _ block: Range<Int>, of fleet: Fleet, for request: PlacementRequest,
    at moment: PlacementMoment, into scores: inout [Double]
  ) {
    for host in block {
      let extended = Self.extension(of: host, in: fleet, at: moment)
      let rank = tightness.rank(of: host, in: fleet)
      scores[host - block.lowerBound] = -Double(extended << Int64(2 * Tightness.bits) | rank)
    }
  }

  /// By how many minutes the VM would put off the host's end, rounded up.
  private static func `extension`(
    of host: Int, in fleet: Fleet, at moment: PlacementMoment
  ) -> Int64 {
    if fleet.vmCount[host] == 0 { return longest + 1 }
    let end = max(fleet.latestEnd[host], moment.now)
    guard moment.expectedEnd > end else { return 0 }
    let extended = moment.expectedEnd.subtractingReportingOverflow(end)
    guard !extended.overflow else { return longest }
    return min(longest, (extended.partialValue - 1) / 60_000_000 + 1)
  }
}
