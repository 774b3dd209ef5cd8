extension SCSFlavorName {
  /// The promise behind each virtual CPU; the raw value is the letter of the name.
  package enum CPUType: String, CaseIterable, Sendable {
    /// A core of its own, with all its threads.
    case dedicatedCore = "C"
    /// A hardware thread of its own.
    case dedicatedThread = "T"
    /// At least a fifth of a core in more than 99 % of the time.
    case shared = "V"
    /// More oversubscribed than `shared` allows.
    case crowded = "L"
  }

  /// The disk part of a name, which may be empty.
  package struct Disk: Hashable, Sendable {
    /// Number of independent disks of this size, one or more.
    package var count: Int
    /// Size of each disk as the name gives it; nil leaves it to the cloud. Units: GB.
    package var gigabytes: Int?
    /// Kind of storage; nil promises nothing.
    package var medium: Medium?

    /// A disk part. `gigabytes` and `medium` are nil where the name is silent.
    package init(count: Int = 1, gigabytes: Int? = nil, medium: Medium? = nil) {
      self.count = count
      self.gigabytes = gigabytes
      self.medium = medium
    }
  }

  /// The kind of storage; the raw value is the letter of the name.
  package enum Medium: String, CaseIterable, Sendable {
    /// Network storage that survives the loss of one disk and of one node.
    case network = "n"
    /// Local hard disk.
    case hardDisk = "h"
    /// Local SSD.
    case solidState = "s"
    /// Local NVMe.
    case nvme = "p"
  }

  /// The hypervisor; the raw value is the code in the name.
  package enum Hypervisor: String, CaseIterable, Sendable {
    /// KVM.
    case kvm
    /// Cloud Hypervisor; in the hyphen syntax only.
    case cloudHypervisor = "chy"
    /// Xen.
    case xen
    /// VMware.
    case vmware = "vmw"
    /// Hyper-V.
    case hyperV = "hyv"
    /// None: the flavor is a whole machine.
    case bareMetal = "bms"
  }

  /// The CPU's vendor, generation and clock.
  package struct Architecture: Hashable, Sendable {
    /// Vendor and instruction set.
    package var vendor: CPUVendor
    /// Generation of that vendor; 0 is the oldest, nil is not stated. Printing drops both.
    package var generation: Int?
    /// Number of `h` letters: 1, 2, 3 for an all-core clock above 2.75, 3.25, 3.75 GHz.
    package var clockGrade: Int

    /// A CPU of `vendor`; `clockGrade` counts the letters `h`.
    package init(vendor: CPUVendor, generation: Int? = nil, clockGrade: Int = 0) {
      self.vendor = vendor
      self.generation = generation
      self.clockGrade = clockGrade
    }
  }

  /// The CPU vendor; the raw value is the letter of the name.
  package enum CPUVendor: String, CaseIterable, Sendable {
    /// Intel x86-64.
    case intel = "i"
    /// AMD x86-64.
    case amd = "z"
    /// ARM AArch64.
    case arm = "a"
    /// RISC-V.
    case riscv = "r"
  }

  /// The GPU part of a name.
  package struct GPU: Hashable, Sendable {
    /// Passed through or virtual.
    package var access: GPUAccess
    /// Vendor.
    package var vendor: GPUVendor
    /// Generation code of the vendor, such as `a` or `3.1`; nil is not stated.
    package var generation: String?
    /// Streaming multiprocessors, compute units or execution units; not comparable between
    /// vendors.
    package var units: Int?
    /// Number of `h` letters after the units, 0 to 2.
    package var unitsGrade: Int
    /// GPU memory, rounded down. Units: GiB.
    package var memoryGibibytes: Int?
    /// The memory has high bandwidth (`h` after the memory).
    package var memoryHighBandwidth: Bool

    /// A GPU of `vendor` of which nothing else is stated.
    package init(access: GPUAccess, vendor: GPUVendor) {
      self.access = access
      self.vendor = vendor
      self.generation = nil
      self.units = nil
      self.unitsGrade = 0
      self.memoryGibibytes = nil
      self.memoryHighBandwidth = false
    }
  }

  /// How the VM gets at the GPU; the raw value is the letter of the name.
  package enum GPUAccess: String, CaseIterable, Sendable {
    /// A whole device, or a partition of it, passed through.
    case passthrough = "G"
    /// A virtual GPU, mediated by the host.
    case virtual = "g"
  }

  /// The GPU vendor; the raw value is the letter of the name.
  package enum GPUVendor: String, CaseIterable, Sendable {
    /// Nvidia.
    case nvidia = "N"
    /// AMD.
    case amd = "A"
    /// Intel.
    case intel = "I"
  }
}
