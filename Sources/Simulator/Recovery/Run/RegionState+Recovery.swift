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
}
