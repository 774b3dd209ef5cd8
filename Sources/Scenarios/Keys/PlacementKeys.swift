import CloudModel

/// The keys about how arriving VMs are placed.
package enum PlacementKeys {
  static let placement = Section<PlacementRecord>(
    "placement", "Which policies place the VMs of a demand, and what is measured.",
    make: PlacementRecord.init
  ) {
    Key(
      "policies", \.policies, .textOrTexts, default: ["best-fit"],
      "names of the policies to compare, or all; see `berth policies list`")
    Key(
      "options", \.options, .list(of: .section(options)), default: [], "options of single policies")
    Key(
      "until", \.until, optional: .duration(1...(3660 * 86_400_000_000)),
      "when to stop; absent: with the demand")
    Key(
      "warm_up", \.warmUp, .duration, default: 0,
      "time at the start that is simulated and not measured")
    Key(
      "sample", \.sample, .duration(1_000_000...(366 * 86_400_000_000)), default: 3_600_000_000,
      "time between two looks at fragmentation and stranded capacity")
  }

  static let options = Section<PolicyOptionsRecord>(
    "policy_options", "Options of one policy.", make: PolicyOptionsRecord.init
  ) {
    Key("policy", \.policy, .text(), "name of the policy")
    Key("values", \.values, .properties, "values by the name of the option")
  }
}
