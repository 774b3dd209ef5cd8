import CloudModel

/// Which devices each VM got, for the VMs that have some.
///
/// A list per slot, linked through one column that is used again; slots beyond the last VM with a
/// device have no entry.
struct DeviceLedger: Sendable {
  private struct Grant: Sendable {
    var device: Int32
    var share: Int32
    var next: Int32
  }

  private var grants: [Grant] = []
  private var firstFree: Int32 = -1
  private var firstOfSlot: [Int32] = []
  /// Devices chosen for the request that is looked at; kept to spare allocations.
  private var chosen: [(device: Int32, share: Int32)] = []

  /// Takes devices on a host for the VM of a slot; false, and nothing taken, if they do not do.
  mutating func grant(
    _ request: PlacementRequest, on host: Int, to slot: Int, of fleet: inout Fleet
  ) -> Bool {
    guard choose(request, on: host, of: fleet) else { return false }
    while firstOfSlot.count <= slot { firstOfSlot.append(-1) }
    for (device, share) in chosen {
      fleet.deviceFree[Int(device)] -= share
      let grant = Grant(device: device, share: share, next: firstOfSlot[slot])
      firstOfSlot[slot] = add(grant)
    }
    return true
  }

  /// Whether the VM of a slot could have what a request asks for on its host instead of what it has.
  mutating func canExchange(
    _ slot: Int, for request: PlacementRequest, on host: Int, of fleet: inout Fleet
  ) -> Bool {
    let held = devices(of: slot)
    for (device, share) in held { fleet.deviceFree[device] += share }
    defer { for (device, share) in held { fleet.deviceFree[device] -= share } }
    return choose(request, on: host, of: fleet)
  }

  /// Gives back what the VM of a slot has.
  mutating func revoke(_ slot: Int, of fleet: inout Fleet) {
    guard slot < firstOfSlot.count else { return }
    var index = firstOfSlot[slot]
    firstOfSlot[slot] = -1
    while index >= 0 {
      let grant = grants[Int(index)]
      fleet.deviceFree[Int(grant.device)] += grant.share
      grants[Int(index)].next = firstFree
      firstFree = index
      index = grant.next
    }
  }

  /// The devices that the VM of a slot has, and how much of each, in ascending order.
  func devices(of slot: Int) -> [(device: Int, share: Int32)] {
    guard slot < firstOfSlot.count else { return [] }
    var found: [(device: Int, share: Int32)] = []
    var index = firstOfSlot[slot]
    while index >= 0 {
      let grant = grants[Int(index)]
      found.append((Int(grant.device), grant.share))
      index = grant.next
    }
    return found.sorted { $0.device < $1.device }
  }

  private mutating func add(_ grant: Grant) -> Int32 {
    if firstFree >= 0 {
      let index = firstFree
      firstFree = grants[Int(index)].next
      grants[Int(index)] = grant
      return index
    }
    grants.append(grant)
    return Int32(grants.count - 1)
  }

  /// Chooses devices, demand by demand: whole ones with the lowest index first, shares from the
  /// device with the least left that suffices. Each device serves a request once.
  fileprivate mutating func choose(
    _ request: PlacementRequest, on host: Int, of fleet: Fleet
  ) -> Bool {
    chosen.removeAll(keepingCapacity: true)
    let range = Int(fleet.deviceStart[host])..<Int(fleet.deviceStart[host + 1])
    for demand in request.devices {
      for _ in 0..<demand.count {
        var best = -1
        for device in range
        where demand.types >> UInt64(fleet.deviceType[device]) & 1 == 1
          && fleet.deviceFree[device] >= demand.share
          && (best < 0 || fleet.deviceFree[device] < fleet.deviceFree[best])
          && !chosen.contains(where: { $0.device == Int32(device) })
        { best = device }
        if best < 0 { return false }
        chosen.append((Int32(best), demand.share))
      }
    }
    return true
  }
}

extension Fleet {
  /// Whether each demand of a request finds devices of its own on a host, chosen as they would be.
  func canGrant(_ request: PlacementRequest, on host: Int) -> Bool {
    guard request.devices.count > 1 else { return hasDevices(request, on: host) }
    var trial = DeviceLedger()
    return trial.choose(request, on: host, of: self)
  }

  /// Whether a host can take a request, all its devices together.
  func takes(_ request: PlacementRequest, on host: Int) -> Bool {
    fits(request, on: host) && (request.devices.count < 2 || canGrant(request, on: host))
  }
}
