import CloudModel

extension PlacementSimulation {
  /// A VM is asked for.
  @inline(__always)
  mutating func arrive(_ request: Int, life: Int64, key: Int) {
    let sequence = UInt64(truncatingIfNeeded: measures.arrivals)
    measures.arrivals &+= 1
    if tier == .queued {
      queue.add(.init(request: Int32(request), key: Int32(key), life: life, asked: now))
      if queue.isFull { flushQueue() }
      return
    }
    let host = choose(request, end: end(of: life), sequence: sequence)
    note(host)
    if host < 0 { return refuse(request, isDeclined: host == OrderedPlacer.declined) }
    start(request, on: host, life: life, key: key, sequence: sequence)
  }

  /// When a VM that starts now ends; `Int64.max` if that is not known.
  @inline(__always)
  func end(of life: Int64) -> Int64 { Self.end(of: life, from: now) }

  /// When a VM that starts at an instant of zero or more ends.
  @inline(__always)
  static func end(of life: Int64, from now: Int64) -> Int64 {
    life < 0 || life > .max &- now ? .max : now &+ life
  }

  /// A hash with one decision more; a host below zero is a refusal.
  @inline(__always)
  static func hash(_ hash: UInt64, _ host: Int) -> UInt64 {
    (hash ^ UInt64(UInt32(truncatingIfNeeded: max(host, -1)))) &* 0x100_0000_01b3
  }

  /// Notes the decision about an arrival; a host below zero is a refusal.
  @inline(__always)
  mutating func note(_ host: Int) {
    placementHash = Self.hash(placementHash, host)
    if options.keepsDecisions { decisions.append(Int32(truncatingIfNeeded: max(host, -1))) }
  }

  /// Starts a VM on a host that can take it.
  @inline(__always)
  mutating func start(_ request: Int, on host: Int, life: Int64, key: Int, sequence: UInt64) {
    let plan = plans[request]
    let end = end(of: life)
    let slot = vms.add(host: host, request: request)
    measures.placed &+= 1
    occupy(host, request, plan, end: end, isNew: true)
    if plan.hasDevices { grantDevices(request, to: slot, on: host) }
    if end < .max { departures.insert(time: end, sequence: sequence, slot: slot) }
    if key >= 0 { vms.name(slot, key: key, end: end) }
  }

  /// A host for a request, or why there is none: `OrderedPlacer.none` or `.declined`.
  @inline(__always)
  mutating func choose(_ request: Int, end: Int64, sequence: UInt64) -> Int {
    if blocks.isBlocked(request) { return OrderedPlacer.none }
    if tier == .tightest, !plans[request].isChecked { return placer.tightest(plans[request]) }
    return chooseInTier(request, end: end, sequence: sequence)
  }

  private mutating func chooseInTier(_ request: Int, end: Int64, sequence: UInt64) -> Int {
    let moment = PlacementMoment(now: now, expectedEnd: end, sequence: sequence)
    let query = PlacementQuery(plan: plans[request], id: request, sequence: sequence)
    let draws = PlacementDraws(seed: options.seed, replication: options.replication)
    switch tier {
    case .tightest, .ordered: return placer.find(query, requests[request], fleet, draws)
    case .scored: return scan.best(query, requests[request], fleet, moment)
    case .chosen: return scan.choose(query, requests[request], fleet, moment)
    case .queued: return queue.placeOne(requests[request], fleet, moment)
    }
  }

  /// Counts a refusal with its reason, and remembers it while no host has room.
  mutating func refuse(_ request: Int, isDeclined: Bool) {
    measures.refuse(request, reason(request, isDeclined: isDeclined))
  }

  private mutating func reason(_ request: Int, isDeclined: Bool) -> PlacementRefusal {
    if isDeclined { return .policy }
    if let known = blocks.reason(request) { return known }
    let found = RefusalDiagnosis.reason(
      requests[request], plans[request], fleet, placer: placer)
    if found != .policy { blocks.block(request, found, plans) }
    return found
  }
}
