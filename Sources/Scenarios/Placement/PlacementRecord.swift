package import CloudModel

/// How the VMs of a demand are placed, and what is measured.
package struct PlacementRecord: Sendable, Equatable {
  /// Names of the policies to compare, the first being the one that the others are compared with.
  package var policies = ["best-fit"]
  /// Options of single policies.
  package var options: [PolicyOptionsRecord] = []
  /// Microseconds after the start at which the run stops; nil: with the demand.
  package var until: Int64?
  /// Microseconds at the start that are not measured.
  package var warmUp: Int64 = 0
  /// Microseconds between two looks at what costs a pass over all hosts.
  package var sample: Int64 = 3_600_000_000

  /// Best fit, until the demand ends.
  package init() {}
}

/// Options of one policy.
package struct PolicyOptionsRecord: Sendable, Equatable {
  /// The policy's name.
  package var policy = ""
  /// Values by the name of the option.
  package var values = Properties()

  /// Options of no policy yet.
  package init() {}
}
