package import CloudModel

/// What a running guest does to its memory, and how much of it is in use.
package struct GuestLoad: Sendable, Hashable {
  /// The name: a class of load, or `measured`.
  package var name: String
  /// What it writes; for so many virtual CPUs as `perVCPUs` says.
  package var dirty: DirtyCurve
  /// The number of virtual CPUs for which the curve holds, by which it is scaled; nil: it is the
  /// guest's own.
  package var perVCPUs: Double?
  /// The part of its memory that is not all zero; nil: the parameter of the model.
  package var memoryShare: Double?
  /// When it stops writing, in seconds after the start of its transfer.
  package var loadEnd = Double.infinity
  /// How it is known.
  package var evidence: Evidence

  /// A load.
  package init(
    name: String, dirty: DirtyCurve, perVCPUs: Double? = nil, memoryShare: Double? = nil,
    evidence: Evidence
  ) {
    self.name = name
    self.dirty = dirty
    self.perVCPUs = perVCPUs
    self.memoryShare = memoryShare
    self.evidence = evidence
  }

  /// A guest that writes nothing.
  package static let none = GuestLoad(name: "none", dirty: .none, evidence: .stated)

  /// What a guest with a number of virtual CPUs writes, times a factor.
  ///
  /// Scaling with virtual CPUs is an assumption.
  package func curve(vcpus: Int64, factor: Double = 1) -> DirtyCurve {
    let scale = (perVCPUs.map { Double(vcpus) / $0 } ?? 1) * factor
    return scale == 1 ? dirty : dirty.scaled(by: scale)
  }
}

/// Classes of load, for guests of which nothing was measured.
///
/// **Source**: `ordinary` and `busy` are fitted to a PostgreSQL guest of 4 virtual CPUs under 4 and
/// 16 clients (`LordWicked/live-migration-thesis-code`, 2026); `idle` is a guest with its background
/// services, *assumed*.
package enum LoadClass: String, Sendable, CaseIterable {
  /// Writes nothing.
  case none
  /// Background services only.
  case idle
  /// A database under light load.
  case ordinary
  /// A database under heavy load.
  case busy

  /// The load of the class, for 4 virtual CPUs.
  package func load(evidence: Evidence) -> GuestLoad {
    let curve: DirtyCurve =
      switch self {
      case .none: .none
      case .idle: .twoClass(c: 1, h: 16, s: 1)
      case .ordinary: .twoClass(c: 14.8, h: 53, s: 1.23)
      case .busy: .twoClass(c: 37.9, h: 148, s: 1.44)
      }
    return GuestLoad(name: rawValue, dirty: curve, perVCPUs: 4, evidence: evidence)
  }
}

/// What the operator permits for a live migration, and what is done when it takes too long.
///
/// **Source**: Nova options `live_migration_permit_post_copy`, `live_migration_permit_auto_converge`
/// and `live_migration_timeout_action`; the request `live-migration-force-complete`.
package struct LiveHandling: Sendable, Hashable {
  /// Whether the guest may be switched to its destination before its memory.
  package var allowsPostCopy = false
  /// Whether it may be throttled; without effect where post-copy is permitted, as in Nova.
  package var allowsAutoConverge = false
  /// What is done at the completion timeout.
  package var timeoutAction = TimeoutAction.abort
  /// When the operator forces the end, in seconds after the start of the transfer; nil: never.
  package var forceAfter: Double?

  /// Nova's defaults.
  package init() {}
}
