/// What a search makes as small as it can: goals are ordered by their values, small is better.
enum PackingGoal: Equatable {
  /// The weight of the items left out.
  case fewestLeft
  /// The reference items that fit, as a negative number, of packings that leave out no more weight.
  case mostReferences(left: Int)
}

extension PackingState {
  /// How well the packing serves a goal; the largest number if it breaks what the goal holds.
  func value(_ goal: PackingGoal) -> Int {
    switch goal {
    case .fewestLeft: unplacedWeight
    case .mostReferences(let left): unplacedWeight <= left ? -references : .max
    }
  }
}
