import CloudModel

/// Hosts with the attributes that extra specs ask for, without scope or with `capabilities:`.
///
/// A key without scope that is no attribute of the host is ignored; with the scope it refuses the
/// host. Attributes are those of the state and those of the platform.
struct ComputeCapabilitiesFilter: NovaFilter {
  static let name = "ComputeCapabilitiesFilter"
  let runsOncePerRequest = true

  init(_ configuration: NovaConfiguration) {}

  func passes(_ host: inout NovaHostState, _ request: NovaRequest, server: String) -> Bool {
    for entry in request.flavor.extraSpecs.entries {
      var (key, demand) = (entry.key, entry.value)
      if key == "hw:maxphysaddr_bits" {
        (key, demand) = ("capabilities:cpu_info:maxphysaddr:bits", ">= " + demand)
      }
      let isScoped = key.hasPrefix("capabilities:")
      if key.contains(":"), !isScoped { continue }
      let path = isScoped ? String(key.dropFirst("capabilities:".count)) : key
      guard let value = attribute(path, of: host) else {
        if isScoped { return false }
        continue
      }
      if !SpecOperator.isMet(demand, by: value) { return false }
    }
    return true
  }

  private func attribute(_ path: String, of host: NovaHostState) -> String? {
    switch path {
    case "host", "nodename", "hypervisor_hostname": host.name
    case "free_ram_mb": String(host.freeMemoryMiB)
    case "free_disk_mb": String(host.freeDiskMiB)
    case "vcpus_total": String(host.vcpus)
    case "vcpus_used": String(host.usedVCPUs)
    case "total_usable_ram_mb": String(host.totalMemoryMiB)
    case "total_usable_disk_gb": String(host.totalDiskGiB)
    case "cpu_allocation_ratio": String(host.cpuRatio)
    case "ram_allocation_ratio": String(host.memoryRatio)
    case "disk_allocation_ratio": String(host.diskRatio)
    case "num_io_ops", "io_workload": String(host.ioOperations)
    case "num_instances": String(host.instances)
    case "failed_builds": String(host.failedBuilds)
    case "hypervisor_version": String(host.hypervisorVersion)
    default: host.platform.capabilities[path]
    }
  }
}
