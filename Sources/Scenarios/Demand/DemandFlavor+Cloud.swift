package import CloudModel

extension DemandFlavor {
  /// The flavors of a cloud as those of a demand.
  package static func flavors(of cloud: Cloud) -> [DemandFlavor] {
    cloud.flavors.map { flavor in
      DemandFlavor(
        name: flavor.name, milliCPU: Int32(clamping: min(flavor.demand.vcpus, 2_000_000) * 1000),
        memoryMiB: Int32(clamping: flavor.demand.memoryMiB),
        diskGiB: Int32(clamping: flavor.demand.diskGiB),
        devices: flavor.devices.map {
          Devices(types: [cloud.deviceTypes[$0.type].name], count: Int32(clamping: $0.count))
        }, traits: flavor.extraSpecs.entries.compactMap(Self.trait))
    }
  }

  /// The trait that an extra spec asks for, or forbids with `!` before its name.
  private static func trait(_ entry: Properties.Entry) -> String? {
    let prefix = "trait:"
    guard entry.key.hasPrefix(prefix) else { return nil }
    let name = String(entry.key.dropFirst(prefix.count))
    switch entry.value {
    case "required": return name
    case "forbidden": return "!" + name
    default: return nil
    }
  }
}
