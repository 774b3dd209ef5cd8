// What a name promises, in the words a planner asks in. These are lower bounds; where a name is
// silent nothing is promised, and the answer says so instead of guessing.

extension SCSFlavorName {
  /// Where a VM's root disk lives.
  package enum DiskKind: Hashable, Sendable {
    /// No disk of the flavor: the user brings a boot volume from the network.
    case none
    /// Network storage: a live migration copies no disk.
    case network
    /// A disk of the host: block migration copies it, the loss of the host loses it.
    case local(LocalMedium)
    /// The cloud picks; any kind is possible.
    case unstated
  }

  /// The kinds of disk inside a host.
  package enum LocalMedium: String, CaseIterable, Sendable {
    /// Hard disk.
    case hdd
    /// SSD.
    case ssd
    /// NVMe.
    case nvme
  }

  /// The instruction set, which decides the pool of hosts and is never crossed.
  package enum InstructionSet: String, CaseIterable, Sendable {
    /// x86-64, also the meaning of a name without a CPU extension.
    case x86
    /// AArch64.
    case arm
    /// RISC-V.
    case riscv
  }

  /// Where the root disk lives.
  package var diskKind: DiskKind {
    guard let disk else { return .none }
    return switch disk.medium {
    case .network: .network
    case .hardDisk: .local(.hdd)
    case .solidState: .local(.ssd)
    case .nvme: .local(.nvme)
    case nil: .unstated
    }
  }

  /// The sum of all disks; nil where the cloud picks the size. Units: GB as the name counts,
  /// which Nova takes for GiB.
  package var totalDiskGigabytes: Int? {
    guard let disk else { return 0 }
    return disk.gigabytes.map { $0 * disk.count }
  }

  /// The memory of the VM.
  package var memory: Bytes { .mebibytes(Int64(ramHalfGibibytes) * 512) }

  /// The flavor is a whole machine: one per host, and it never migrates.
  package var needsBareMetal: Bool { hypervisor == .bareMetal }

  /// The host must give whole cores, or whole threads, to this VM alone.
  package var needsPinnedCPUs: Bool { cpuType == .dedicatedCore || cpuType == .dedicatedThread }

  /// The host must be protected against CPU vulnerabilities as the standard demands.
  package var needsSecureCPU: Bool { !cpuInsecure }

  /// The host must have error-correcting memory.
  package var needsECC: Bool { !ramNoECC }

  /// The host may hand out more memory than it has; without the letter `o` it must not.
  package var allowsMemoryOversubscription: Bool { ramOversubscribed }

  /// The host must offer nested virtualization.
  package var needsNestedVirtualization: Bool { nestedVirtualization }

  /// The host must have Infiniband.
  package var needsInfiniband: Bool { infiniband }

  /// How the VM gets at its GPU; nil without one. A passed-through device usually forbids live
  /// migration; a virtual one needs the same type at the destination.
  package var gpuAccess: GPUAccess? { gpu?.access }

  /// The pool of hosts the flavor belongs to.
  package var instructionSet: InstructionSet {
    switch architecture?.vendor {
    case .arm: .arm
    case .riscv: .riscv
    case .intel, .amd, nil: .x86
    }
  }

  /// The all-core clock that the host must exceed; nil if none is promised. Units: MHz.
  package var clockAboveMegahertz: Int? {
    switch architecture?.clockGrade {
    case 1: 2750
    case 2: 3250
    case 3: 3750
    default: nil
    }
  }

  /// Whether SCS expects live migration to work: only without a disk or with network disks, and
  /// never for bare metal. Source: scs-0103, the only migration rule of SCS.
  package var expectsLiveMigration: Bool {
    !needsBareMetal && (diskKind == .none || diskKind == .network)
  }
}
