import Policies

/// States of hosts laid side by side, column by column.
enum NovaStateText {
  /// The first column in which two states of a host differ, as text of both; nil if none does.
  ///
  /// Allocation candidates are not compared.
  static func difference(
    _ left: NovaHostState, _ right: NovaHostState
  ) -> (first: String, second: String)? {
    for (first, second) in zip(columns(left), columns(right)) where first.value != second.value {
      return (
        "\(left.name) \(first.name) \(first.value)", "\(right.name) \(second.name) \(second.value)"
      )
    }
    return nil
  }

  private static func columns(_ host: NovaHostState) -> [(name: String, value: String)] {
    [
      ("free_ram_mb", "\(host.freeMemoryMiB)"), ("free_disk_mb", "\(host.freeDiskMiB)"),
      ("vcpus", "\(host.vcpus)"), ("vcpus_used", "\(host.usedVCPUs)"),
      ("total_ram_mb", "\(host.totalMemoryMiB)"), ("total_disk_gb", "\(host.totalDiskGiB)"),
      ("cpu_ratio", "\(host.cpuRatio)"), ("ram_ratio", "\(host.memoryRatio)"),
      ("disk_ratio", "\(host.diskRatio)"), ("io_ops", "\(host.ioOperations)"),
      ("instances", "\(host.instances)"), ("failed_builds", "\(host.failedBuilds)"),
      ("hypervisor_version", "\(host.hypervisorVersion)"), ("disabled", "\(host.isDisabled)"),
      ("up", "\(host.isUp)"),
      ("aggregates", host.aggregates.map(\.name).sorted().joined(separator: " ")),
      ("group_members_here", host.groupMembers.sorted().joined(separator: " ")),
      ("pci", host.pools.filter { $0.free > 0 }.map(text).joined(separator: " ")),
    ]
  }

  private static func text(_ pool: NovaDevicePool) -> String {
    "\(pool.vendor):\(pool.product)@\(pool.numaNode.map(String.init) ?? "-")x\(pool.free)"
      + (pool.provider.map { " of " + $0 } ?? "")
  }
}
