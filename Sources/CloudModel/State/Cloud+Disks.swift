extension Cloud {
  /// The size of the disks of a VM that lie on its host and travel with it; zero if none does.
  ///
  /// Disks that the cloud names count first; else a flavor whose keys or name say that its disk is
  /// local travels with the whole of it. A disk about which nothing is known is taken as shared.
  package func localDisk(ofVM vm: Int) -> Bytes {
    let disks = vms.disks[vm]
    if !disks.isEmpty {
      return Bytes(disks.reduce(0) { $0 + ($1.kind == .local ? $1.size.count : 0) })
    }
    let flavor = flavors[vms.flavor[vm]]
    let hasLocalKey = flavor.extraSpecs.entries.contains {
      $0.key.hasPrefix("scs:disk") && $0.key.hasSuffix("-type") && $0.value != "network"
    }
    var isLocal = hasLocalKey
    if case .local = flavor.scsName?.diskKind { isLocal = true }
    return isLocal ? .gibibytes(vms.demand[vm].diskGiB) : Bytes(0)
  }
}
