extension SCSFlavorName {
  /// The value of `scs:cpu-type`. Source: scs-0103.
  package var specCPUType: String {
    switch cpuType {
    case .dedicatedCore: "dedicated-core"
    case .dedicatedThread: "dedicated-thread"
    case .shared: "shared-core"
    case .crowded: "crowded-core"
    }
  }

  /// The values of `scs:disk0-type`, `scs:disk1-type` and so on; empty for a diskless flavor.
  ///
  /// For an unstated kind of disk this says `network`, which is the checker's guess and not a
  /// promise of the name: planning goes by `diskKind`. Source: scs-0103.
  package var specDiskTypes: [String] {
    guard let disk else { return [] }
    return Array(repeating: disk.medium?.specValue ?? "network", count: disk.count)
  }

  /// The values of `scs:name-v1`, `scs:name-v2` and so on: the name in both syntaxes, then the
  /// short name in both if that is another one. Source: scs-0103, as the checker derives it.
  package var specNames: [String] {
    let full = [canonical(.v1), canonical(.v3)]
    let brief = [short(.v1), short(.v3)]
    return full == brief ? full : full + brief
  }
}

extension SCSFlavorName.Medium {
  /// The value of `scs:diskN-type` for this kind of storage.
  package var specValue: String {
    switch self {
    case .network: "network"
    case .hardDisk: "hdd"
    case .solidState: "ssd"
    case .nvme: "nvme"
    }
  }
}
