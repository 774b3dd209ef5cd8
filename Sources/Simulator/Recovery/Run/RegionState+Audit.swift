import CloudModel

extension RegionState {
  /// What in the state contradicts the rest, in words; nil if nothing does. For tests, after any
  /// event.
  ///
  /// **Complexity**: O(hosts + buckets + VMs).
  package func inconsistency() -> String? {
    hosts.inconsistency() ?? placeFault() ?? phaseFault() ?? countFault() ?? apartFault()
  }

  /// Whether each VM is in the list of one host, and hosts have left what their VMs leave them.
  private func placeFault() -> String? {
    var seen = [Bool](repeating: false, count: vms.records.count)
    for host in 0..<hosts.count {
      var left = hosts.capacity[host]
      for place in vms.members[host].indices {
        guard let vm = vms.member(place, of: host) else { continue }
        if seen[vm] { return "VM \(vm) is in two places" }
        seen[vm] = true
        left.milliCPU -= plan(vm).need.milliCPU
        left.memoryMiB -= plan(vm).need.memoryMiB
      }
      let incoming = slots.slots.filter { $0.vm >= 0 && $0.host == Int32(host) }
      for slot in incoming {
        left.milliCPU -= plan(Int(slot.vm)).need.milliCPU
        left.memoryMiB -= plan(Int(slot.vm)).need.memoryMiB
      }
      if left != hosts.loads[host].free { return "what host \(host) has left" }
      if incoming.count != Int(hosts.loads[host].incoming) { return "recoveries on host \(host)" }
      if !incoming.isEmpty, !hosts.isUp(host) { return "a recovery on host \(host), which is down" }
    }
    return seen.allSatisfy { $0 } ? nil : "a VM is nowhere"
  }

  /// Whether what a VM does agrees with its host.
  private func phaseFault() -> String? {
    for (vm, record) in vms.records.enumerated() {
      let isFree = hosts.isUp(Int(record.host)) && (vms.hits.isEmpty || vms.hits[vm] == 0)
      let isFreePhase = record.phase == .running || record.phase == .booting
      if isFree != isFreePhase { return "VM \(vm) is \(record.phase), its host free: \(isFree)" }
      if record.phase == .recovering, slots.slots[Int(record.slot)].vm != Int32(vm) {
        return "slot of VM \(vm)"
      }
      let traits = layout.traits[vm]
      let moves = record.phase != .running && record.phase != .booting && record.phase != .lost
      if moves, !traits.movesElsewhere { return "VM \(vm) should wait for its host" }
      let zone = layout.lanes[Int(traits.lane)].shape.zone
      if zone >= 0, record.phase == .recovering,
        hosts.zone[Int(slots.slots[Int(record.slot)].host)] != zone
      {
        return "VM \(vm) leaves its zone"
      }
    }
    return nil
  }

  /// Whether what is counted is what is there.
  private func countFault() -> String? {
    func count(_ phase: RegionVMs.Phase) -> Int { vms.records.count { $0.phase == phase } }
    if vms.downCount != vms.records.count - count(.running) { return "VMs down" }
    if queue.queuedCount != count(.queued) { return "VMs in the queue" }
    if queue.parkedCount != count(.parked) { return "VMs without room" }
    if slots.busyCount != count(.recovering) { return "recoveries" }
    for service in layout.needed.indices {
      let up = layout.replicas[layout.replicas(of: service)].count {
        vms.records[Int($0)].phase == .running
      }
      if up != Int(replicasUp[service]) { return "replicas of service \(service)" }
      let isOut = up < Int(layout.needed[service])
      if isOut != (outSince[service] >= 0) { return "whether service \(service) is out" }
    }
    return nil
  }

  /// Whether replicas that began apart, and have to be, are apart.
  private func apartFault() -> String? {
    for service in layout.needed.indices {
      let replicas = layout.replicas[layout.replicas(of: service)].map(Int.init)
      let isApart = replicas.allSatisfy {
        layout.lanes[Int(layout.traits[$0].lane)].apart == Int32(service)
      }
      let began = Set(replicas.map { layout.homes[$0] }).count
      let now = Set(replicas.map { vms.records[$0].host }).count
      if isApart, began == replicas.count, now < began {
        return "replicas of service \(service) share a host"
      }
    }
    return nil
  }
}
