/// In which order hosts are tried: the ordered tier of placement.
///
/// A policy of this tier says what it prefers and the engine keeps an index in that order, so that
/// a placement looks at a few hosts and never at all of them. Hosts that are equal in the order are
/// taken as they came: the one that changed last goes first.
package struct HostOrder: Sendable {
  /// A resource of which a host has some left.
  package enum Residual: Sendable, Hashable {
    /// Virtual CPUs.
    case vcpus
    /// Memory.
    case memory
  }

  /// Which end of a residual comes first.
  package enum Preference: Sendable, Hashable {
    /// The host with the least left.
    case least
    /// The host with the most left.
    case most
  }

  /// How much a unit that is left counts.
  package struct Weight: Sendable, Hashable {
    /// Weight of a thousandth of a virtual CPU.
    package var perMilliCPU: Double
    /// Weight of a MiB of memory.
    package var perMemoryMiB: Double

    /// A weight, linear in what is left.
    package init(perMilliCPU: Double, perMemoryMiB: Double) {
      self.perMilliCPU = perMilliCPU
      self.perMemoryMiB = perMemoryMiB
    }
  }

  /// What is preferred.
  package enum Key: Sendable {
    /// The lowest index.
    case index
    /// The least or most of one residual, then of the other.
    case residual(Residual, Preference, then: Preference)
    /// The greatest weighted sum of what is left, with weights that may depend on the request.
    case greatest(@Sendable (PlacementRequest) -> Weight)
  }

  /// How the zones of a request without a zone are gone through.
  package enum Zones: Sendable, Hashable {
    /// All hosts together.
    case together
    /// Zone by zone, the one with the least share of its virtual CPUs in use first.
    case leastUsedFirst
  }

  /// What is preferred.
  package var key: Key
  /// How zones are gone through.
  package var zones: Zones
  /// If set, the best of so many hosts that are drawn from those that fit.
  package var sample: Int?

  /// An order.
  package init(_ key: Key, zones: Zones = .together, sample: Int? = nil) {
    self.key = key
    self.zones = zones
    self.sample = sample
  }
}

/// Whether a policy accepts a host that has room; the engine goes on to the next in the order if
/// not.
///
/// **Complexity**: cheap where most hosts pass. A predicate that few hosts pass turns the walk into
/// a scan; what is rare belongs into traits, for which the engine keeps indices of their own.
package typealias HostPredicate =
  @Sendable (_ fleet: Fleet, _ host: Int, _ request: PlacementRequest) -> Bool
