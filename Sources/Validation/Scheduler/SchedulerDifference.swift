/// Where the model and a recorded scheduler do not agree.
package struct SchedulerDifference: Sendable, Equatable {
  /// What does not agree.
  package enum Kind: String, Sendable, CaseIterable {
    /// The question that Placement was asked.
    case query
    /// The hosts that Placement offered, or in how many ways.
    case candidates
    /// What Placement says is used of a provider.
    case usage
    /// What a filter dropped, or which filters ran.
    case filter
    /// A weigher's raw value.
    case rawValue = "raw_value"
    /// A weigher's multiplier.
    case multiplier
    /// The order of the hosts.
    case order
    /// The sum of a host's weights.
    case weight
    /// A host's state after servers of the same request were booked.
    case state
    /// What was claimed in Placement.
    case claim
    /// The chosen hosts with their alternates.
    case selection
    /// The host that a replay with its own state chooses.
    case chain
    /// The state after the last step.
    case end
  }

  /// The number of the step; that of the last line is one more than that of the last step.
  package var step: Int
  /// Where in the step, as `decision 1, round 2`.
  package var place: String
  /// What does not agree.
  package var kind: Kind
  /// What was recorded.
  package var expected: String
  /// What the model says.
  package var found: String
  /// Why, as far as it can be told.
  package var explanation: String
}
