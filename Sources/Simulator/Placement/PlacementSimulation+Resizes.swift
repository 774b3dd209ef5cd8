import CloudModel

extension PlacementSimulation {
  /// A VM that the demand names gets another size: on its host if the difference fits, else where
  /// the policy finds room while the old size is still held, else not at all.
  mutating func resizeNamed(_ key: Int, to request: Int) {
    guard let slot = vms.slot(ofKey: key) else {
      _ = queue.change(key, to: request)
      return
    }
    let entry = vms.entries[slot]
    let (host, before) = (Int(entry.host), Int(entry.request))
    if fitsInPlace(slot, on: host, from: before, to: request) {
      exchange(slot, on: host, from: before, to: request)
      measures.resizesInPlace += 1
    } else {
      let end = vms.end(slot)
      let target = choose(request, end: end, sequence: UInt64(measures.arrivals))
      guard target >= 0, target != host else {
        measures.resizesRefused += 1
        return
      }
      if plans[before].hasDevices { revokeDevices(slot, on: host) }
      vacate(host, before, plans[before])
      vms.change(slot, host: target, request: request)
      occupy(target, request, plans[request], end: end, isNew: false)
      if plans[request].hasDevices { grantDevices(request, to: slot, on: target) }
      measures.migrations += 1
    }
    if !blocks.isEmpty { blocks.reconsider(host, fleet, requests, plans) }
  }

  /// Whether a host can hold a VM's new size once the old one is gone; a closed host keeps its own.
  private mutating func fitsInPlace(
    _ slot: Int, on host: Int, from before: Int, to request: Int
  ) -> Bool {
    let (old, new, asked) = (plans[before], plans[request], requests[request])
    let traits = fleet.traitBits[host]
    guard
      fleet.freeMilliCPU[host] + old.milliCPU >= new.milliCPU,
      fleet.freeMemoryMiB[host] + old.memoryMiB >= new.memoryMiB,
      fleet.freeDiskGiB[host] + old.diskGiB >= new.diskGiB,
      fleet.largestMilliCPU[host] >= new.milliCPU, fleet.largestMemoryMiB[host] >= new.memoryMiB,
      asked.zone < 0 || fleet.zone[host] == asked.zone,
      traits & asked.requiredTraits == asked.requiredTraits, traits & asked.forbiddenTraits == 0
    else { return false }
    return !new.hasDevices || asked.devices == requests[before].devices
      || ledger.canExchange(slot, for: asked, on: host, of: &fleet)
  }

  /// Gives a VM its new size on its host; equal demands for devices keep the devices.
  private mutating func exchange(_ slot: Int, on host: Int, from before: Int, to request: Int) {
    let (old, new) = (plans[before], plans[request])
    let keepsDevices = requests[before].devices == requests[request].devices
    if old.hasDevices, !keepsDevices { revokeDevices(slot, on: host) }
    fleet.freeMilliCPU[host] += old.milliCPU - new.milliCPU
    fleet.freeMemoryMiB[host] += old.memoryMiB - new.memoryMiB
    fleet.freeDiskGiB[host] += old.diskGiB - new.diskGiB
    placer.follow(host, step: Int(old.step - new.step), left: fleet.left(host))
    if !placer.usedMilliCPU.isEmpty {
      placer.usedMilliCPU[Int(fleet.zone[host])] += Int64(new.milliCPU - old.milliCPU)
    }
    vms.change(slot, host: host, request: request)
    if new.hasDevices, !keepsDevices { grantDevices(request, to: slot, on: host) }
    guard options.isMeasured else { return }
    measures.remove(before, old, zone: zone(host), at: now)
    measures.add(request, new, zone: zone(host), at: now, isNew: false)
  }
}
