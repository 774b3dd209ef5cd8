package import Scenarios

/// VM requests as they were converted from a data set, in columns in the order of time.
package struct ConvertedDemand: Sendable, Equatable {
  /// The flavors.
  package var flavors: [DemandFlavor]
  /// The end of the interval in which each VM arrives, in seconds since the start.
  package private(set) var times: [Int64] = []
  /// The length of that interval, in seconds; 0: the instant is known.
  package private(set) var within: [Int64] = []
  /// Index of the flavor.
  package private(set) var flavorIndices: [Int32] = []
  /// The least lifetime in seconds; -1 for a VM that stays.
  package private(set) var leastLives: [Int64] = []
  /// The greatest lifetime in seconds; -1 for a VM that stays.
  package private(set) var greatestLives: [Int64] = []
  /// Number of the burst; empty where there are none.
  package private(set) var batches: [Int64] = []

  /// No requests for some flavors.
  package init(flavors: [DemandFlavor]) {
    self.flavors = flavors
  }

  /// How many requests there are.
  package var count: Int { times.count }

  /// Adds a request at the end.
  package mutating func append(
    time: Int64, within: Int64 = 0, flavor: Int, lifetime: ClosedRange<Int64>?,
    batch: Int64? = nil
  ) {
    precondition(time >= times.last ?? 0, "Requests are added in the order of time.")
    precondition(flavors.indices.contains(flavor), "A request has one of the flavors.")
    times.append(time)
    self.within.append(within)
    flavorIndices.append(Int32(flavor))
    leastLives.append(lifetime?.lowerBound ?? -1)
    greatestLives.append(lifetime?.upperBound ?? -1)
    if let batch { batches.append(batch) }
  }
}
