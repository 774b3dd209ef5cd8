import CloudModel

extension RegionState {
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
