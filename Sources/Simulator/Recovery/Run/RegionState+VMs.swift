import CloudModel

extension RegionState {
  /// A VM stops; one that is down already stays as it is, but for a boot that is cut short.
  @inline(__always)
  mutating func lose(_ vm: Int, at now: Int64, isPlanned: Bool) {
    switch vms.records[vm].phase {
    case .running:
      vms.records[vm].lostAt = now
      vms.records[vm].phase = .lost
      vms.records[vm].marks.subtract([.isPlanned, .lacksRoom])
      if isPlanned { vms.records[vm].marks.insert(.isPlanned) }
      vms.downCount += 1
      if vms.records[vm].marks.contains(.isReplica) {
        loseReplica(of: Int(layout.traits[vm].service), at: now)
      }
    case .booting:
      vms.records[vm].phase = .lost
      vms.leave(vm)
    case .lost, .queued, .parked, .recovering: break
    }
  }

  private mutating func loseReplica(of service: Int, at now: Int64) {
    replicasUp[service] -= 1
    if replicasUp[service] == layout.needed[service] - 1 { outSince[service] = now }
  }

  private mutating func returnReplica(of service: Int, at now: Int64) {
    replicasUp[service] += 1
    guard replicasUp[service] == layout.needed[service] else { return }
    let start = max(outSince[service], measures.start)
    outSince[service] = -1
    guard now > start else { return }
    measures.services[service].add(
      from: start - measures.start, to: now - measures.start, hasEnded: true)
  }

  /// Nothing stops a VM on its old host any more: it leaves queue or recovery and starts there.
  @inline(__always)
  mutating func resume(_ vm: Int, _ agenda: inout Agenda) {
    switch vms.records[vm].phase {
    case .running, .booting: return
    case .lost: break
    case .queued: queue.queuedCount -= 1
    case .parked:
      queue.parkedCount -= 1
      if hosts.busyCount == 0 { vms.records[vm].marks.insert(.lacksRoom) }
    case .recovering: giveUp(Int(vms.records[vm].slot), &agenda)
    }
    vms.leave(vm)
    if layout.rules.boot == .zero {
      run(vm, at: agenda.now.microseconds, isElsewhere: false)
    } else {
      boot(vm, &agenda)
    }
  }

  private mutating func boot(_ vm: Int, _ agenda: inout Agenda) {
    vms.records[vm].phase = .booting
    let due = agenda.now.microseconds + layout.rules.boot.microseconds
    if boots.last?.due != due { schedule(.booted, at: due, &agenda) }
    boots.push(VMDue(due: due, entry: vms.enter(vm)))
  }

  /// VMs whose boots end now run.
  mutating func booted(at now: Int64) {
    while let boot = boots.first, boot.due <= now {
      boots.removeFirst()
      if vms.isValid(boot.entry) {
        vms.leave(Int(boot.entry.vm))
        run(Int(boot.entry.vm), at: now, isElsewhere: false)
      }
    }
  }

  /// A VM runs again; its loss is counted.
  @inline(__always)
  mutating func run(_ vm: Int, at now: Int64, isElsewhere: Bool) {
    let record = vms.records[vm]
    vms.records[vm].phase = .running
    vms.downCount -= 1
    let length = now - record.lostAt
    let lost = now - max(record.lostAt, measures.start)
    let isPlanned = record.marks.contains(.isPlanned)
    let ending: LossTally.Ending =
      isElsewhere ? .elsewhere : record.marks.contains(.lacksRoom) ? .withoutRoom : .atHome
    measures.classes[Int(record.kind)].add(length, lost: lost, isPlanned: isPlanned, ending)
    guard record.marks.contains(.isReplica) else { return }
    let service = Int(layout.traits[vm].service)
    measures.replicas[service].add(length, lost: lost, isPlanned: isPlanned, ending)
    returnReplica(of: service, at: now)
  }

  /// What was lost a detection ago arrives at the queue, if it still is lost.
  mutating func detect(at now: Int64) {
    while let detection = hostDetections.first, detection.due <= now {
      hostDetections.removeFirst()
      for place in layout.scope(Int(detection.source)) {
        let host = Int(layout.scopeHosts[place])
        if hosts.lostAt[host] == detection.lostAt, !hosts.isUp(host) { detectVMs(of: host) }
      }
    }
    while let detection = vmDetections.first, detection.due <= now {
      vmDetections.removeFirst()
      if vms.isValid(detection.entry) { arrivals.insert(Int(detection.entry.vm)) }
    }
  }

  private mutating func detectVMs(of host: Int) {
    for place in vms.members[host].indices {
      guard let vm = vms.member(place, of: host) else { continue }
      let record = vms.records[vm]
      if record.phase == .lost, record.marks.contains(.movesElsewhere) { arrivals.insert(vm) }
    }
  }
}
