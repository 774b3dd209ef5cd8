/// How a placement is simulated.
package struct PlacementOptions: Sendable, Equatable {
  /// Seed of the draws of the policy.
  package var seed: UInt64
  /// Number of the replication.
  package var replication: UInt64
  /// Whether integrals, peaks and samples are kept; counts and the hash always are.
  package var isMeasured: Bool
  /// Length between two samples in microseconds; nil for none.
  package var sampleInterval: Int64?
  /// Index of the request against which fragmentation is measured; nil for the one that was asked
  /// for most often up to a sample.
  package var reference: Int?
  /// Whether the host of every arrival is kept, in 4 bytes each.
  package var keepsDecisions: Bool

  /// Options; the defaults measure and take a sample each hour.
  package init(
    seed: UInt64 = 1, replication: UInt64 = 0, isMeasured: Bool = true,
    sampleInterval: Int64? = 3_600_000_000, reference: Int? = nil, keepsDecisions: Bool = false
  ) {
    precondition(sampleInterval.map { $0 > 0 } ?? true, "Samples are taken at an interval above 0.")
    self.seed = seed
    self.replication = replication
    self.isMeasured = isMeasured
    self.sampleInterval = sampleInterval
    self.reference = reference
    self.keepsDecisions = keepsDecisions
  }
}

/// Why a VM was refused, in the order in which reasons are looked at; the first that no host passes
/// counts.
package enum PlacementRefusal: String, Sendable, CaseIterable {
  /// No host takes new VMs.
  case out
  /// No open host lies in the zone.
  case zone
  /// None of those has the traits.
  case trait
  /// None of those takes a single VM of this size, however empty.
  case size
  /// None of those has the devices left.
  case device
  /// None of those has the memory left.
  case memory
  /// None of those has the virtual CPUs left.
  case vcpu
  /// None of those has the local disk left.
  case disk
  /// Each resource is left on some host, but no host has all of them at once.
  case fragmented
  /// A host had room and the policy took none.
  case policy

  /// The place in the list.
  var code: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// Why a run of a placement ended.
package enum PlacementRunEnd: String, Sendable {
  /// The demand has ended and every end of a VM that is known has happened.
  case exhausted
  /// The horizon was reached; the clock stands there.
  case horizon
}
