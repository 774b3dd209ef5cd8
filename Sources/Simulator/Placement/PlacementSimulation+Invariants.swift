import CloudModel

extension PlacementSimulation {
  /// What in the state contradicts the rest, in words; nil if nothing does. For tests.
  ///
  /// **Complexity**: O(hosts + buckets + VMs).
  package func inconsistency() -> String? {
    if let fault = placer.inconsistency(fleet) { return fault }
    let occupied = vms.occupied
    let vmCount = fleet.vmCount.reduce(0) { $0 + Int($1) }
    if options.isMeasured, vmCount != measures.vmCount { return "VMs are counted differently" }
    if occupied.count > vmCount { return "more VMs run than hosts have" }
    if departures.count > vms.entries.count { return "an end names no VM" }
    for host in 0..<fleet.count where fleet.freeDiskGiB[host] > fleet.capacityDiskGiB[host] {
      return "host \(host) has more disk left than it offers"
    }
    for device in fleet.deviceFree.indices where !(0...1000).contains(fleet.deviceFree[device]) {
      return "device \(device) has \(fleet.deviceFree[device]) thousandths left"
    }
    return nil
  }
}

extension OrderedPlacer {
  /// Whether grid and trees say what the fleet says; a sentence about what they do not.
  ///
  /// **Complexity**: O(hosts + buckets).
  func inconsistency(_ fleet: Fleet) -> String? {
    switch structure {
    case .none: return nil
    case .grid:
      if let fault = index.inconsistency() { return fault }
      for host in 0..<fleet.count where Int(index.links[host].bucket) != expectedBucket(host, fleet)
      {
        return "host \(host) is in another bucket"
      }
      return nil
    case .trees:
      for host in 0..<fleet.count where room(host) != expectedRoom(host, fleet) {
        return "host \(host) has another leaf"
      }
      return trees.allSatisfy(\.isConsistent) ? nil : "a node is not the greatest of its children"
    }
  }

  private func expectedBucket(_ host: Int, _ fleet: Fleet) -> Int {
    let hasRoom = fleet.freeMilliCPU[host] >= 0 && fleet.freeMemoryMiB[host] >= 0
    return fleet.isOpen[host] && hasRoom ? bucket(host, fleet.left(host)) : -1
  }

  private func room(_ host: Int) -> FirstFitTree.Room {
    trees[Int(partitions.ofHost[host])].room(at: Int(position[host]))
  }

  private func expectedRoom(_ host: Int, _ fleet: Fleet) -> FirstFitTree.Room {
    fleet.isOpen[host] ? fleet.left(host) : .none
  }
}
