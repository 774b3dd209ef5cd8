import CloudModel

/// A preference among hosts; one of Nova's scheduler weighers.
///
/// **Source**: Nova 34.0.0, `nova/scheduler/weights/`.
struct NovaWeigher: Sendable {
  /// The name of Nova's class.
  var name: String
  /// The setting with its multiplier, which is also the key in the metadata of aggregates.
  var multiplier: String
  /// Whether the multiplier is turned round.
  var isNegated = false
  /// Whether raw values start at 0 instead of at the smallest one.
  var startsAtZero = false
  /// The raw value of a host; more is better.
  var raw: @Sendable (NovaHostState, NovaRequest) -> Double

  /// All weighers in the order of Nova's modules.
  static let all: [NovaWeigher] = [
    NovaWeigher(
      name: "ServerGroupSoftAffinityWeigher", multiplier: "soft_affinity_weight_multiplier"
    ) { host, request in
      request.group?.policy == "soft-affinity" ? Double(host.groupMembers.count) : 0
    },
    NovaWeigher(
      name: "ServerGroupSoftAntiAffinityWeigher",
      multiplier: "soft_anti_affinity_weight_multiplier"
    ) { host, request in
      request.group?.policy == "soft-anti-affinity" ? -Double(host.groupMembers.count) : 0
    },
    NovaWeigher(
      name: "BuildFailureWeigher", multiplier: "build_failure_weight_multiplier", isNegated: true
    ) { host, _ in Double(host.failedBuilds) },
    NovaWeigher(name: "CPUWeigher", multiplier: "cpu_weight_multiplier", startsAtZero: true) {
      host, _ in Double(host.vcpus) * host.cpuRatio - Double(host.usedVCPUs)
    },
    // All hosts are in one cell.
    NovaWeigher(name: "CrossCellWeigher", multiplier: "cross_cell_move_weight_multiplier") {
      _, _ in 0
    },
    NovaWeigher(name: "DiskWeigher", multiplier: "disk_weight_multiplier", startsAtZero: true) {
      host, _ in Double(host.freeDiskMiB)
    },
    NovaWeigher(
      name: "HypervisorVersionWeigher", multiplier: "hypervisor_version_weight_multiplier"
    ) { host, _ in Double(host.hypervisorVersion) },
    // Its multiplier is 0 wherever this model accepts the settings.
    NovaWeigher(name: "ImagePropertiesWeigher", multiplier: "image_props_weight_multiplier") {
      _, _ in 0
    },
    NovaWeigher(name: "IoOpsWeigher", multiplier: "io_ops_weight_multiplier", startsAtZero: true) {
      host, _ in Double(host.ioOperations)
    },
    // Without metrics in the settings every host has the value 0.
    NovaWeigher(name: "MetricsWeigher", multiplier: "metrics_weight_multiplier") { _, _ in 0 },
    NovaWeigher(name: "NumInstancesWeigher", multiplier: "num_instances_weight_multiplier") {
      host, _ in Double(host.instances)
    },
    NovaWeigher(name: "PCIWeigher", multiplier: "pci_weight_multiplier") { host, _ in
      Double(100 - min(host.pools.reduce(0) { $0 + $1.free }, 99))
    },
    NovaWeigher(name: "RAMWeigher", multiplier: "ram_weight_multiplier", startsAtZero: true) {
      host, _ in Double(host.freeMemoryMiB)
    },
  ]

  /// The weighers of a configuration in their order.
  static func chosen(_ configuration: NovaConfiguration) throws(NovaError) -> [NovaWeigher] {
    guard let names = configuration.weighers else { return all }
    var weighers: [NovaWeigher] = []
    for name in names {
      guard let weigher = all.first(where: { $0.name == name }) else { throw .weigher(name) }
      weighers.append(weigher)
    }
    return weighers
  }

  /// The multiplier for a host: the smallest that one of its aggregates names, else the setting.
  ///
  /// One value that is no number makes Nova fall back to the setting.
  func multiplier(for host: NovaHostState, _ configuration: NovaConfiguration) -> Double {
    let texts = host.aggregates.compactMap { $0.metadata[multiplier] }
    let values = texts.compactMap { Double($0) }
    let value =
      values.count == texts.count
      ? values.min() ?? configuration.multiplier(multiplier)
      : configuration.multiplier(multiplier)
    return isNegated ? -value : value
  }
}

/// Raw values brought to the range from 0 to 1.
package enum Normalisation {
  /// The values between their smallest (or 0) and their greatest one as parts of that range; all 0
  /// if it is empty.
  ///
  /// **Source**: Nova 34.0.0, `nova/weights.py`, `normalize`.
  package static func normalised(_ values: [Double], startsAtZero: Bool) -> [Double] {
    guard let greatest = values.max(), let smallest = values.min() else { return [] }
    let low = startsAtZero ? 0 : smallest
    if low == greatest { return [Double](repeating: 0, count: values.count) }
    let range = greatest - low
    return values.map { ($0 - low) / range }
  }
}
