import CloudModel
import Stochastics

extension RegionState {
  /// Draws when a source fails next.
  mutating func scheduleFailure(of source: Int, _ agenda: inout Agenda) {
    guard case .drawn(let up, _) = layout.sources[source].timing else { return }
    let hours = up.quantile(sources[source].failures.openUniform())
    schedule(.sourceDown, of: source, after: RegionLayout.microseconds(hours: hours), &agenda)
  }

  private func schedule(
    _ kind: EventKind, of source: Int, after length: Int64, _ agenda: inout Agenda
  ) {
    agenda.schedule(
      after: SimulatedDuration(microseconds: length), kind: kind, subject: Int32(source))
  }

  /// A source goes down, until a time that is drawn or that its work takes.
  mutating func sourceDown(_ source: Int, _ agenda: inout Agenda) {
    sources[source].isDown = true
    sources[source].outages &+= 1
    switch layout.sources[source].timing {
    case .drawn(_, let down):
      let hours = down.quantile(sources[source].repairs.openUniform())
      schedule(.sourceUp, of: source, after: RegionLayout.microseconds(hours: hours), &agenda)
    case .dates(_, _, let length):
      schedule(.sourceUp, of: source, after: length, &agenda)
    }
    if layout.sources[source].blocksRecovery { blockers += 1 }
    if layout.sources[source].share < 1 {
      hit(by: source, &agenda)
    } else {
      stopHosts(of: source, &agenda)
    }
  }

  private mutating func stopHosts(of source: Int, _ agenda: inout Agenda) {
    let now = agenda.now.microseconds
    var isAnyLost = false
    for place in layout.scope(source) {
      let host = Int(layout.scopeHosts[place])
      guard hosts.stop(host) else { continue }
      hosts.lostAt[host] = now
      isAnyLost = true
    }
    guard isAnyLost else { return }
    for place in layout.scope(source) {
      let host = Int(layout.scopeHosts[place])
      if hosts.lostAt[host] == now { loseVMs(of: host, by: source, &agenda) }
    }
    let due = now + layout.rules.detection.microseconds
    if hostDetections.last?.due != due { schedule(.detected, at: due, &agenda) }
    hostDetections.push(HostDetection(due: due, lostAt: now, source: Int32(source)))
  }

  private mutating func loseVMs(of host: Int, by source: Int, _ agenda: inout Agenda) {
    let isPlanned = layout.sources[source].isPlanned
    for place in vms.members[host].indices {
      if let vm = vms.member(place, of: host) {
        lose(vm, at: agenda.now.microseconds, isPlanned: isPlanned)
      }
    }
    guard hosts.loads[host].incoming > 0 else { return }
    for slot in slots.slots.indices
    where slots.slots[slot].vm >= 0 && slots.slots[slot].host == Int32(host) {
      relapse(slot, &agenda)
    }
  }

  /// Stops each VM on the hosts of a source with the chance of its share.
  private mutating func hit(by source: Int, _ agenda: inout Agenda) {
    for host in layout.scopeHosts[layout.scope(source)].map(Int.init) {
      for place in vms.members[host].indices {
        if let vm = vms.member(place, of: host), isHit(vm, by: source) {
          hit(vm, by: source, &agenda)
        }
      }
    }
  }

  /// One draw for each outage and VM, whatever others there are.
  private func isHit(_ vm: Int, by source: Int) -> Bool {
    var stream = RandomStream(
      seed: options.seed, replication: replication, purpose: .impacts,
      subject: ComponentStream.subject(
        layout.sources[source].subject, sources[source].outages, on: layout.vmSubjects[vm]))
    return stream.uniform() <= layout.sources[source].share
  }

  private mutating func hit(_ vm: Int, by source: Int, _ agenda: inout Agenda) {
    vms.hits[vm] += 1
    sources[source].hits.append(.init(vm: Int32(vm), stamp: vms.moves[vm]))
    let phase = vms.records[vm].phase
    guard phase == .running || phase == .booting else { return }
    lose(vm, at: agenda.now.microseconds, isPlanned: layout.sources[source].isPlanned)
    detectLater(vm, &agenda)
  }

  /// Has the loss of a VM detected that is not lost with its host.
  mutating func detectLater(_ vm: Int, _ agenda: inout Agenda) {
    guard vms.records[vm].marks.contains(.movesElsewhere) else { return }
    let due = agenda.now.microseconds + layout.rules.detection.microseconds
    if vmDetections.last?.due != due { schedule(.detected, at: due, &agenda) }
    vmDetections.push(VMDue(due: due, entry: vms.enter(vm)))
  }

  /// Schedules an event of the region at an instant.
  func schedule(_ kind: EventKind, at instant: Int64, _ agenda: inout Agenda) {
    agenda.schedule(at: SimulatedTime(microseconds: instant), kind: kind, subject: -1)
  }

  /// A source comes up: hosts that nothing stops any more return with the VMs that are still theirs.
  mutating func sourceUp(_ source: Int, _ agenda: inout Agenda) {
    sources[source].isDown = false
    if case .drawn = layout.sources[source].timing { scheduleFailure(of: source, &agenda) }
    if layout.sources[source].blocksRecovery { blockers -= 1 }
    if layout.sources[source].share < 1 {
      releaseHits(of: source, &agenda)
      return
    }
    for place in layout.scope(source) {
      let host = Int(layout.scopeHosts[place])
      if hosts.start(host) { resumeVMs(of: host, &agenda) }
    }
    for place in layout.scope(source) {
      let host = Int(layout.scopeHosts[place])
      if hosts.isUp(host) { queue.reconsider(host, hosts) }
    }
  }

  private mutating func resumeVMs(of host: Int, _ agenda: inout Agenda) {
    for place in vms.members[host].indices {
      guard let vm = vms.member(place, of: host) else { continue }
      if !layout.hasPartialSources || vms.hits[vm] == 0 { resume(vm, &agenda) }
    }
  }

  private mutating func releaseHits(of source: Int, _ agenda: inout Agenda) {
    for hit in sources[source].hits where vms.moves[Int(hit.vm)] == hit.stamp {
      let vm = Int(hit.vm)
      vms.hits[vm] -= 1
      if vms.hits[vm] == 0, hosts.isUp(Int(vms.records[vm].host)) { resume(vm, &agenda) }
    }
    sources[source].hits.removeAll(keepingCapacity: true)
  }
}
