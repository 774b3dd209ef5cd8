import CloudModel

/// Finds out why no host takes a request.
enum RefusalDiagnosis {
  /// The reason, by the hosts as they are; `policy` if one would have room.
  ///
  /// **Complexity**: O(hosts); O(rows) where an index says what hosts have left.
  static func reason(
    _ request: PlacementRequest, _ plan: RequestPlan, _ fleet: Fleet, placer: OrderedPlacer
  ) -> PlacementRefusal {
    if let quick = placer.shortage(plan) { return quick }
    var passed = Passed()
    for host in 0..<fleet.count { passed.look(at: host, request, plan, fleet) }
    return passed.reason
  }

  /// What at least one host has, among those that pass the rules before.
  private struct Passed {
    var isOpen = false
    var isInZone = false
    var hasTraits = false
    var takesSize = false
    var hasDevices = false
    var hasMemory = false
    var hasCPU = false
    var hasDisk = false
    var hasAll = false

    mutating func look(
      at host: Int, _ request: PlacementRequest, _ plan: RequestPlan, _ fleet: Fleet
    ) {
      guard fleet.isOpen[host] else { return }
      isOpen = true
      guard request.zone < 0 || fleet.zone[host] == request.zone else { return }
      isInZone = true
      let traits = fleet.traitBits[host]
      guard
        traits & request.requiredTraits == request.requiredTraits,
        traits & request.forbiddenTraits == 0
      else { return }
      hasTraits = true
      guard
        fleet.largestMilliCPU[host] >= plan.milliCPU, fleet.largestMemoryMiB[host] >= plan.memoryMiB
      else { return }
      takesSize = true
      let device = !plan.hasDevices || fleet.canGrant(request, on: host)
      let memory = fleet.freeMemoryMiB[host] >= plan.memoryMiB
      let cpu = fleet.freeMilliCPU[host] >= plan.milliCPU
      let disk = fleet.freeDiskGiB[host] >= plan.diskGiB
      hasDevices = hasDevices || device
      hasMemory = hasMemory || memory
      hasCPU = hasCPU || cpu
      hasDisk = hasDisk || disk
      hasAll = hasAll || device && memory && cpu && disk
    }

    var reason: PlacementRefusal {
      if !isOpen { return .out }
      if !isInZone { return .zone }
      if !hasTraits { return .trait }
      if !takesSize { return .size }
      if !hasDevices { return .device }
      if !hasMemory { return .memory }
      if !hasCPU { return .vcpu }
      if !hasDisk { return .disk }
      return hasAll ? .policy : .fragmented
    }
  }
}

extension OrderedPlacer {
  /// Why no host has room for a request that asks for virtual CPUs and memory only, from the
  /// bitmaps of an exact grid; nil if they cannot tell.
  func shortage(_ plan: RequestPlan) -> PlacementRefusal? {
    guard
      structure == .grid, index.grid.isExact, !hasOverfullHosts, !plan.isChecked,
      !plan.isBeyondGrid
    else { return nil }
    var most = (row: -1, column: -1)
    for place in plan.partitions {
      let base = Int(eligible[place]) * index.grid.cells
      var row = 0
      while row >= 0, row < index.grid.rows {
        let start = base + row << index.grid.columnShift
        let last = index.bucket(
          from: start, through: start + 1 << index.grid.columnShift - 1, ascending: false)
        if last >= 0 { most = (max(most.row, row), max(most.column, last - start)) }
        row = index.nextRow(after: row, base: base, ascending: true)
      }
    }
    guard most.row >= 0 else { return nil }
    let hasRow = most.row >= Int(plan.needRow)
    let hasColumn = most.column >= Int(plan.needColumn)
    let (hasMemory, hasCPU) = index.grid.rowsAreMemory ? (hasRow, hasColumn) : (hasColumn, hasRow)
    if !hasMemory { return .memory }
    return hasCPU ? .fragmented : .vcpu
  }
}
