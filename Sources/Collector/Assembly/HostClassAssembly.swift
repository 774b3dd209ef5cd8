import Scenarios

/// Groups hosts with equal CPUs, hypervisors and traits into classes with stable names.
struct HostClassAssembly {
  /// By the order of the first host of each.
  private(set) var classes: [HostClassRecord] = []
  private(set) var findings: [FindingRecord] = []
  private var countByModel: [String: Int] = [:]

  /// Sets the class of every host; `hosts` are in the directory's order.
  init(_ hosts: inout [HostRecord], directory: HostDirectory, tree: ProviderTree) {
    var unknown: [String] = []
    for (index, entry) in directory.entries.enumerated() {
      let cpu = entry.details?.value.cpuInfo
      let traits = entry.providers.first.map { tree.providers[$0].traits } ?? []
      var key = HostClassRecord()
      key.architecture = cpu?.architecture ?? ""
      if key.architecture.isEmpty { key.architecture = Self.architecture(in: traits) }
      key.hypervisor = entry.hypervisor?.hypervisorType ?? entry.details?.value.hypervisorType ?? ""
      key.hypervisorVersion =
        entry.hypervisor?.hypervisorVersion ?? entry.details?.value.hypervisorVersion ?? 0
      key.cpuModel = cpu?.model ?? ""
      key.cpuVendor = cpu?.vendor ?? ""
      key.cpuFeatures = cpu?.features ?? []
      // This trait says what an administrator did, not what the host is.
      key.traits = traits.filter { $0 != "COMPUTE_STATUS_DISABLED" }
      if key.cpuModel.isEmpty { unknown.append(entry.name) }
      hosts[index].hostClass = name(for: key)
    }
    if !unknown.isEmpty {
      findings.append(
        FindingKind.cpuUnknown.finding(
          unknown.joined(separator: ", "),
          "The CPU model is told by version 2.87 and before only; moves are not checked for it."))
    }
  }

  private mutating func name(for key: HostClassRecord) -> String {
    let known = classes.first { known in
      var unnamed = known
      unnamed.name = ""
      return unnamed == key
    }
    if let known { return known.name }
    let stem = key.cpuModel.isEmpty ? "Hosts" : key.cpuModel
    countByModel[stem, default: 0] += 1
    var record = key
    record.name = "\(stem)-\(countByModel[stem] ?? 1)"
    classes.append(record)
    return record.name
  }

  /// `x86_64` of the trait `HW_ARCH_X86_64`.
  private static func architecture(in traits: [String]) -> String {
    let prefix = "HW_ARCH_"
    return traits.first { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count).lowercased() }
      ?? ""
  }
}
