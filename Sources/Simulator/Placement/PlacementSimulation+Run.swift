import CloudModel

extension PlacementSimulation {
  /// Takes the events of a demand up to and including an instant, or all of them; can be called
  /// again to go on with the same source.
  ///
  /// With a horizon the clock ends there; without one, at the last event.
  ///
  /// **Errors**: those of the source; what came before them has been simulated.
  package mutating func run<Source: DemandSource>(
    _ source: inout Source, through horizon: Int64? = nil
  ) throws(DemandError) -> PlacementRunEnd {
    let last = horizon ?? .max
    precondition(last >= now, "A run cannot end before the instant that was reached.")
    while true {
      if position == block.count {
        position = 0
        block.removeAll()
        try source.fill(&block)
        if block.count == 0 { break }
      }
      if !takeBlock(through: last) { return settle(at: last) }
    }
    advance(through: last, beforeArrivals: true)
    guard departures.count == 0, queue.flushTime == .max else { return settle(at: last) }
    if let horizon { _ = settle(at: horizon) } else { measures.now = now }
    return .exhausted
  }

  private mutating func settle(at horizon: Int64) -> PlacementRunEnd {
    advance(through: horizon, beforeArrivals: true)
    takeSamples(through: horizon)
    now = horizon
    measures.now = horizon
    return .horizon
  }

  /// Takes the events of the block; false if one lies beyond the horizon.
  private mutating func takeBlock(through horizon: Int64) -> Bool {
    let block = block
    while position < block.count {
      switch takeStretch(of: block, through: horizon) {
      case .end: break
      case .event:
        if block.times[position] > horizon { return false }
        takeEvent(of: block)
      case .room:
        if !vms.hasRoom { vms.grow() }
        if !departures.hasRoom { departures.grow() }
      }
    }
    return true
  }

  /// Takes one event of the block, with all that comes before it.
  private mutating func takeEvent(of block: DemandBlock) {
    let time = block.times[position]
    precondition(time >= now, "The events of a demand come in the order of time.")
    let kind = block.kinds[position]
    advance(through: time, beforeArrivals: kind == .arrival)
    takeSamples(through: time)
    now = time
    let (request, key) = (Int(block.requests[position]), Int(block.keys[position]))
    switch kind {
    case .arrival: arrive(request, life: block.lives[position], key: key)
    case .departure: departNamed(key)
    case .resize: resizeNamed(key, to: request)
    }
    position += 1
  }

  /// Takes the ends of VMs up to an instant, and places the queue if it is due.
  @inline(__always)
  private mutating func advance(through time: Int64, beforeArrivals: Bool) {
    while true {
      let end = departures.firstTime
      let flush = queue.flushTime
      if end <= time, end <= flush, end < .max {
        departFirst(at: end)
      } else if flush < time || flush == time && beforeArrivals && flush < .max {
        takeSamples(through: flush)
        now = flush
        flushQueue()
      } else {
        return
      }
    }
  }

  @inline(__always)
  private mutating func takeSamples(through time: Int64) {
    if nextSample <= time { takeDueSamples(through: time) }
  }

  /// Takes the samples that are due; between them nothing has changed.
  private mutating func takeDueSamples(through time: Int64) {
    guard let interval = options.sampleInterval else { return }
    var sample = measures.sample(at: nextSample)
    let reference = options.reference ?? measures.mostDemanded
    scale.survey(fleet, reference: reference.map { requests[$0] }, into: &sample)
    while nextSample <= time {
      sample.time = nextSample
      measures.samples.append(sample)
      let (next, overflow) = nextSample.addingReportingOverflow(interval)
      nextSample = overflow ? .max : next
      if overflow { return }
    }
  }

  /// The end of a VM that is known since its arrival.
  @inline(__always)
  private mutating func departFirst(at end: Int64) {
    let slot = departures.firstSlot
    let entry = vms.entries[slot]
    // A VM that left before its known end only gives its slot back.
    if entry.host >= 0 {
      takeSamples(through: end)
      now = end
      depart(slot, entry)
    }
    vms.free(slot)
    departures.removeFirst()
  }

  @inline(__always)
  private mutating func depart(_ slot: Int, _ entry: VMTable.Entry) {
    let (host, request) = (Int(entry.host), Int(entry.request))
    let plan = plans[request]
    measures.departures += 1
    if plan.hasDevices { revokeDevices(slot, on: host) }
    vacate(host, request, plan)
    vms.forgetKey(of: slot)
    if !blocks.isEmpty { blocks.reconsider(host, fleet, requests, plans) }
  }

  /// The end of a VM that the demand names; one that waits or was refused is no longer there.
  private mutating func departNamed(_ key: Int) {
    guard let slot = vms.slot(ofKey: key) else {
      if queue.withdraw(key) { measures.withdrawn += 1 }
      return
    }
    let isTimed = vms.end(slot) < .max
    depart(slot, vms.entries[slot])
    if isTimed { vms.vacate(slot) } else { vms.free(slot) }
  }

  mutating func revokeDevices(_ slot: Int, on host: Int) {
    measureDevices(of: slot, on: host, sign: -1)
    ledger.revoke(slot, of: &fleet)
  }

  mutating func grantDevices(_ request: Int, to slot: Int, on host: Int) {
    let isGranted = ledger.grant(requests[request], on: host, to: slot, of: &fleet)
    precondition(isGranted, "A policy chose a host without the devices that were asked for.")
    measureDevices(of: slot, on: host, sign: 1)
  }

  private mutating func measureDevices(of slot: Int, on host: Int, sign: Int64) {
    guard options.isMeasured else { return }
    for (device, share) in ledger.devices(of: slot) {
      measures.changeDevice(
        type: Int(fleet.deviceType[device]), zone: zone(host), by: sign * Int64(share), at: now)
    }
  }
}
