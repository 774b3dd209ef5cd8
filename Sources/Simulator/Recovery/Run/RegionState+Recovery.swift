import CloudModel
import Stochastics

extension RegionState {
  /// A VM that may be recovered next.
  private struct Candidate {
    var entry: RegionVMs.Entry
    var lane: Int
    var isParked: Bool
  }

  /// The instant is over: what was detected enters the queue, and recoveries begin.
  mutating func settle(_ agenda: inout Agenda) {
    isSettling = false
    while let vm = arrivals.popFirst() {
      if vms.records[vm].phase == .lost { enqueue(vm) }
    }
    if blockers == 0 {
      while slots.hasFree, let candidate = nextCandidate() { attempt(candidate, &agenda) }
    }
    measures.largestQueue = max(measures.largestQueue, queue.waitingCount)
  }

  @inline(__always)
  private mutating func enqueue(_ vm: Int) {
    let priority = queue.priority(Int(vms.records[vm].lane))
    vms.records[vm].phase = .queued
    queue.queuedCount += 1
    if queue.lines[priority].isLong { dropStale(priority) }
    queue.lines[priority].push(vms.enter(vm))
  }

  @inline(never)
  private mutating func dropStale(_ priority: Int) {
    let vms = vms
    queue.lines[priority].keep { vms.isValid($0) }
  }

  /// The first in the queue that can be tried; those of blocked lanes are parked on the way.
  @inline(__always)
  private mutating func nextCandidate() -> Candidate? {
    let ready = queue.ready.isEmpty ? nil : queue.firstReady(vms)
    for priority in queue.lines.indices {
      if let ready, queue.priority(ready) <= priority, let entry = queue.parked[ready].first {
        return Candidate(entry: entry, lane: ready, isParked: true)
      }
      while let entry = queue.lines[priority].popFirst() {
        guard vms.isValid(entry) else { continue }
        let lane = Int(vms.records[Int(entry.vm)].lane)
        if !queue.isBlocked(lane) {
          return Candidate(entry: entry, lane: lane, isParked: false)
        }
        park(entry, lane)
      }
    }
    return nil
  }

  private mutating func park(_ entry: RegionVMs.Entry, _ lane: Int) {
    vms.records[Int(entry.vm)].phase = .parked
    queue.queuedCount -= 1
    queue.parkedCount += 1
    queue.park(entry, lane, vms)
  }

  /// Begins the recovery of a candidate where a host has room; else blocks its lane.
  @inline(__always)
  private mutating func attempt(_ candidate: Candidate, _ agenda: inout Agenda) {
    let vm = Int(candidate.entry.vm)
    let host = target(of: vm, candidate.lane)
    guard host >= 0 else {
      queue.block(candidate.lane)
      if !candidate.isParked { park(candidate.entry, candidate.lane) }
      return
    }
    if candidate.isParked {
      queue.parked[candidate.lane].removeFirst()
      queue.parkedCount -= 1
    } else {
      queue.queuedCount -= 1
    }
    start(vm, on: host, &agenda)
  }

  /// The host that takes a VM; -1 if none has room.
  ///
  /// It mutates nothing, and is declared so as the compiler would else copy the whole state for it.
  @inline(__always)
  private mutating func target(of vm: Int, _ lane: Int) -> Int {
    let service = Int(layout.lanes[lane].apart)
    return service < 0
      ? hosts.find(layout.plans[lane]) { _ in true } : targetApart(of: vm, lane, service)
  }

  @inline(never)
  private mutating func targetApart(of vm: Int, _ lane: Int, _ service: Int) -> Int {
    let taken = hostsOfReplicas(of: service, besides: vm)
    return hosts.find(layout.plans[lane]) { !taken.contains(Int32($0)) }
  }

  /// The hosts that have, or will have, a replica of a service besides one.
  private func hostsOfReplicas(of service: Int, besides vm: Int) -> [Int32] {
    var taken: [Int32] = []
    for replica in layout.replicas[layout.replicas(of: service)] where Int(replica) != vm {
      let record = vms.records[Int(replica)]
      taken.append(record.host)
      if record.phase == .recovering { taken.append(slots.slots[Int(record.slot)].host) }
    }
    return taken
  }

  @inline(__always)
  private mutating func start(_ vm: Int, on host: Int, _ agenda: inout Agenda) {
    hosts.claim(plan(vm), on: host)
    let slot = slots.take(vm: vm, host: host)
    vms.leave(vm)
    vms.records[vm].phase = .recovering
    vms.records[vm].slot = Int32(slot)
    switch layout.rules.service {
    case .fixed(let length):
      let end = agenda.now.microseconds + length.microseconds
      if slots.add(endOf: slot, at: end) { schedule(.served, at: end, &agenda) }
    case .drawn(let model):
      let length = SimulatedDuration(seconds: drawnSeconds(model, of: vm))
      let end = agenda.schedule(after: length, kind: .served, subject: Int32(slot))
      slots.setEnd(end, of: slot)
    }
  }

  private mutating func drawnSeconds(_ model: LifetimeModel, of vm: Int) -> Double {
    vms.starts[vm] &+= 1
    var stream = RandomStream(
      seed: options.seed, replication: replication, purpose: .recoveries,
      subject: ComponentStream.subject(layout.vmSubjects[vm], vms.starts[vm], on: 0))
    return model.quantile(stream.openUniform())
  }

  /// What a VM takes of a host.
  @inline(__always)
  func plan(_ vm: Int) -> RegionHosts.Plan {
    layout.plans[Int(vms.records[vm].lane)]
  }

  /// Services end: the drawn one of a slot, or all fixed ones that are due.
  mutating func served(_ slot: Int, _ agenda: inout Agenda) {
    if slot >= 0 { endService(slot, &agenda) }
    while let slot = slots.nextEnd(through: agenda.now.microseconds) {
      endService(slot, &agenda)
    }
  }

  @inline(__always)
  private mutating func endService(_ slot: Int, _ agenda: inout Agenda) {
    let now = agenda.now.microseconds
    guard layout.rules.bandwidth != nil else {
      complete(slot, at: now)
      return
    }
    beginCopy(slot, at: now, &agenda)
  }

  private mutating func beginCopy(_ slot: Int, at now: Int64, _ agenda: inout Agenda) {
    let bytes = layout.copiedBytes[Int(slots.slots[slot].vm)]
    guard bytes > 0 else {
      complete(slot, at: now)
      return
    }
    slots.beginCopy(slot)
    storm.begin(
      .init(time: now, slot: Int32(slot), generation: slots.slots[slot].generation),
      bytes: bytes)
    scheduleCopy(&agenda)
  }

  private mutating func scheduleCopy(_ agenda: inout Agenda) {
    agenda.cancel(storm.next)
    storm.next = .none
    guard let end = storm.nextEnd(slots) else { return }
    let instant = SimulatedTime(microseconds: max(end, agenda.now.microseconds))
    storm.next = agenda.schedule(at: instant, kind: .copied, subject: -1)
  }

  /// Copies end.
  mutating func copied(_ agenda: inout Agenda) {
    let now = agenda.now.microseconds
    for slot in storm.takeEnded(at: now, slots) { complete(slot, at: now) }
    scheduleCopy(&agenda)
  }

  /// A VM runs on its new host, and its old one keeps it no longer.
  @inline(__always)
  private mutating func complete(_ slot: Int, at now: Int64) {
    let (vm, host) = (Int(slots.slots[slot].vm), Int(slots.slots[slot].host))
    let old = Int(vms.records[vm].host)
    slots.free(slot)
    vms.move(vm, to: host)
    if layout.hasPartialSources {
      vms.hits[vm] = 0
      vms.moves[vm] &+= 1
    }
    hosts.vacate(plan(vm), on: old)
    if hosts.isUp(old) { queue.reconsider(old, hosts) }
    if hosts.settle(host) { queue.reconsider(host, hosts) }
    run(vm, at: now, isElsewhere: true)
  }

  /// Ends a recovery whose VM can start on its old host.
  mutating func giveUp(_ slot: Int, _ agenda: inout Agenda) {
    let (vm, host) = (Int(slots.slots[slot].vm), Int(slots.slots[slot].host))
    release(slot, &agenda)
    hosts.giveUp(plan(vm), on: host)
    queue.reconsider(host, hosts)
  }

  /// Ends a recovery whose new host was lost: the loss of the VM is detected anew.
  mutating func relapse(_ slot: Int, _ agenda: inout Agenda) {
    let (vm, host) = (Int(slots.slots[slot].vm), Int(slots.slots[slot].host))
    release(slot, &agenda)
    hosts.giveUp(plan(vm), on: host)
    vms.records[vm].phase = .lost
    detectLater(vm, &agenda)
  }

  private mutating func release(_ slot: Int, _ agenda: inout Agenda) {
    let (end, isCopying) = (slots.slots[slot].end, slots.slots[slot].isCopying)
    agenda.cancel(end)
    slots.setEnd(.none, of: slot)
    slots.free(slot)
    guard isCopying else { return }
    storm.giveUp(at: agenda.now.microseconds)
    scheduleCopy(&agenda)
  }
}
