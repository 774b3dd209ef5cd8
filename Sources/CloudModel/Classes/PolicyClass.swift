/// What may be done with a VM when its host has planned work.
package enum PolicyClass: String, Sendable, CaseIterable {
  /// Moved while running.
  case live
  /// Shut down, moved, started there.
  case cold
  /// Shut down, stays on its host, started after the work.
  case stop
  /// Not migrated: ended at the deadline; its orchestrator makes it anew elsewhere.
  case none
  /// Nothing: the host cannot be taken out until the owner agrees. A wish only, never a ceiling.
  case hold

  /// The place on the scale `live` > `cold` > `stop` > `none`; `hold` stands beside it.
  package var rank: Int {
    switch self {
    case .live: 3
    case .cold: 2
    case .stop: 1
    case .none, .hold: 0
    }
  }

  /// The lower of two classes on the scale; `hold` stays `hold`.
  package static func lower(_ first: PolicyClass, _ second: PolicyClass) -> PolicyClass {
    if first == .hold || second == .hold { return .hold }
    return first.rank <= second.rank ? first : second
  }
}

/// How a fact is known.
package enum Evidence: String, Sendable, CaseIterable {
  /// A key says so.
  case stated
  /// It follows from facts of the cloud.
  case derived
  /// Only a name or a default suggests it.
  case assumed
}

/// Why a VM cannot have more than its ceiling.
///
/// The raw values are the words of the proposed flavor key `scs:migration-reason`, `state` for what
/// the VM is doing, and `group` for a hard affinity group, whose members cannot part.
package enum CeilingReason: String, Sendable, CaseIterable {
  /// A local disk that is not copied while the VM runs.
  case localDisk = "local-disk"
  /// A passed-through device.
  case pci
  /// A mediated virtual GPU.
  case vgpu
  /// An SR-IOV port.
  case sriov
  /// Encrypted memory.
  case encrypted
  /// A virtual TPM.
  case vtpm
  /// Bare metal.
  case bareMetal = "bare-metal"
  /// Pinned CPUs, NUMA topology or huge pages on a release that does not move them.
  case numa
  /// The state of the VM.
  case state
  /// A hard affinity group.
  case group
  /// The provider's key names a limit without a reason.
  case provider = "none"
}

/// Who stated a wish.
package enum WishCarrier: String, Sendable, CaseIterable {
  /// The scenario that is being played through.
  case scenario
  /// A tag of the VM.
  case tag
  /// Metadata of the VM.
  case metadata
  /// A property of its image.
  case image
  /// An extra spec of its flavor.
  case flavor
  /// The default of its project.
  case project
  /// The default of the cloud.
  case cloud
  /// Nobody: the default of the scheme, `live`.
  case standard = "default"
}
