/// What the name of an SCS flavor says, piece by piece.
///
/// A flavor may be better than its name but never worse, so every field is a lower bound of what
/// the VM gets, not the truth about the flavor. The value is the same for both syntaxes; only
/// reading and printing know separators.
///
/// Source: SCS standard scs-0100, versions 1.1 to 3.3.
package struct SCSFlavorName: Hashable, Sendable {
  /// Number of virtual CPUs, one or more.
  package var cpus: Int

  /// How much of a core each virtual CPU is promised.
  package var cpuType: CPUType

  /// The host may lack current protection against CPU vulnerabilities (`i`).
  package var cpuInsecure: Bool

  /// Memory. Units: half GiB, so that the halves the standard allows stay exact; one or more.
  package var ramHalfGibibytes: Int

  /// The host may lack error-correcting memory (`u`).
  package var ramNoECC: Bool

  /// The memory may be oversubscribed (`o`).
  package var ramOversubscribed: Bool

  /// The disk part; nil for a diskless flavor, whose user brings a boot volume.
  package var disk: Disk?

  /// The hypervisor, if stated; the standard assumes KVM otherwise.
  package var hypervisor: Hypervisor?

  /// Nested virtualization is guaranteed (`hwv`); absence promises nothing.
  package var nestedVirtualization: Bool

  /// Vendor, generation and clock of the CPU; nil means generic x86-64.
  package var architecture: Architecture?

  /// The GPU, if any.
  package var gpu: GPU?

  /// Infiniband is attached (`ib`).
  package var infiniband: Bool

  /// A name of virtual CPUs, memory and perhaps a disk, as nearly all names are.
  ///
  /// `ramHalfGibibytes` counts half GiB.
  package init(cpus: Int, cpuType: CPUType, ramHalfGibibytes: Int, disk: Disk? = nil) {
    self.cpus = cpus
    self.cpuType = cpuType
    self.cpuInsecure = false
    self.ramHalfGibibytes = ramHalfGibibytes
    self.ramNoECC = false
    self.ramOversubscribed = false
    self.disk = disk
    self.hypervisor = nil
    self.nestedVirtualization = false
    self.architecture = nil
    self.gpu = nil
    self.infiniband = false
  }
}

extension SCSFlavorName {
  /// The two ways of writing the same name.
  package enum Syntax: String, CaseIterable, Sendable {
    /// Colons between the parts and hyphens before extensions: `SCS-2C:4:10n-bms` (scs-0100-v1).
    case v1

    /// Hyphens between the parts and underscores before extensions: `SCS-2C-4-10n_bms`
    /// (scs-0100-v2 and v3).
    case v3
  }

  /// Whose rules decide what a valid name is.
  package enum Mode: String, CaseIterable, Sendable {
    /// The text of the standard.
    case strict

    /// The SCS project's own checker, with its departures from the text.
    case checker
  }
}
