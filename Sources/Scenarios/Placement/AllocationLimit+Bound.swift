extension AllocationLimit {
  /// The limits of a demand of which nothing leaves; none for another.
  static func limits(of answer: PlacementAnswer) -> [AllocationLimit] { [] }
}
