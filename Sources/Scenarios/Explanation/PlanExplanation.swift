/// Why a plan does not do what was asked, and the smallest changes with which it would.
package struct PlanExplanation: Sendable, Equatable {
  /// One of the constraints that together cannot be met; without any one of them they could.
  package struct Conflict: Sendable, Equatable {
    /// Its family.
    package var family: ConstraintFamily
    /// What it is about, in words.
    package var what: String
  }

  /// What a family of constraints costs.
  package struct Family: Sendable, Equatable {
    /// The family.
    package var family: ConstraintFamily
    /// VMs left behind if the whole family were lifted.
    package var leftBehindWithout: Int
    /// The smallest single change of this family that was found to be enough; nil: lifting the
    /// whole family is not enough, or no single change is.
    package var change: String?
    /// Whether the change was tried by planning again.
    package var isVerified: Bool
  }

  /// The VMs left behind, with the rules that refuse them.
  package var leftBehind: [LeftBehindRecord] = []
  /// A minimal set of constraints in conflict.
  package var conflict: [Conflict] = []
  /// Families by what they cost, the costliest first.
  package var families: [Family] = []
  /// The limit that the plan comes nearest to, in words of its bounds.
  package var nearest: BoundRecord?
  /// Whether there is anything to explain.
  package var isNeeded = true
}
