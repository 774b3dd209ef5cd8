import CloudModel

/// What happened in a simulated placement, and how full the cloud was over time.
///
/// Use over time is kept as a number and the sum of its changes times their instants, for each type
/// of request and zone: an event costs one addition to each, whatever the number of resources, and
/// the integral up to any instant follows from both.
package struct PlacementMeasures: Sendable, Equatable {
  /// The instant up to which is measured, in microseconds.
  package internal(set) var now: Int64 = 0
  /// VMs that were asked for.
  package internal(set) var arrivals: Int {
    get { counts.arrivals }
    set { counts.arrivals = newValue }
  }
  /// Refused VMs by index of the request.
  private var unplaced: [Int]
  /// VMs that were placed.
  package internal(set) var placed: Int {
    get { counts.placed }
    set { counts.placed = newValue }
  }
  /// VMs that ended.
  package internal(set) var departures: Int {
    get { counts.departures }
    set { counts.departures = newValue }
  }
  /// VMs that got another size on their host.
  package internal(set) var resizesInPlace = 0
  /// VMs that got another size on another host, each a migration.
  package internal(set) var migrations = 0
  /// VMs that kept their size because the new one had no room.
  package internal(set) var resizesRefused = 0
  /// VMs that ended while they waited in the queue.
  package internal(set) var withdrawn = 0
  /// How often the queue was placed.
  package internal(set) var flushes = 0
  /// Time that placed and refused VMs waited in the queue, in microseconds, in all.
  package internal(set) var totalWaiting: Int64 = 0
  /// The longest of these times.
  package internal(set) var longestWaiting: Int64 = 0
  /// Most VMs at once.
  package var peakVMs: Int64 { counts.peakVMs }
  /// Most virtual CPUs in use at once, in thousandths.
  package var peakMilliCPU: Int64 { counts.peakMilliCPU }
  /// Most memory in use at once, in MiB.
  package var peakMemoryMiB: Int64 { counts.peakMemoryMiB }
  /// The state at the instants of the interval, in order.
  package internal(set) var samples: [PlacementSample] = []

  /// What every event changes, besides the tallies.
  var counts: PlacementCounts
  private var refusedByCode: [Int]
  private let requests: [PlacementRequest]
  let zoneCount: Int
  private let base: PlacementBase
  /// By request and zone.
  var tallies: [Tally]
  /// By type of device and zone, in thousandths.
  private var deviceTallies: [Tally]

  /// A number that changes over time.
  struct Tally: Sendable, Equatable {
    var count: Int64 = 0
    /// How many VMs were placed so far, those that came by a resize aside.
    var started = 0
    /// The sum of changes, each times its instant; wide, as a year of a large cloud needs 90 bits.
    var moment: Int128 = 0

    @inline(__always)
    mutating func change(by amount: Int64, at time: Int64) {
      count &+= amount
      moment &+= Int128(amount) &* Int128(time)
    }

    /// Counts a VM that is placed.
    @inline(__always)
    mutating func add(at time: Int64) {
      change(by: 1, at: time)
      started &+= 1
    }

    /// The integral from the start to an instant, in microseconds.
    func integral(until now: Int64) -> Int128 { Int128(count) * Int128(now) - moment }
  }

  /// Nothing has happened yet.
  init(fleet: Fleet, requests: [PlacementRequest]) {
    base = PlacementBase(fleet)
    zoneCount = base.zoneCount
    self.requests = requests
    unplaced = [Int](repeating: 0, count: requests.count)
    refusedByCode = [Int](repeating: 0, count: PlacementRefusal.allCases.count)
    tallies = [Tally](repeating: Tally(), count: requests.count * base.zoneCount)
    deviceTallies = [Tally](repeating: Tally(), count: fleet.deviceTypes.count * base.zoneCount)
    counts = PlacementCounts(base)
  }

  /// VMs that were refused for a reason.
  package func refused(_ reason: PlacementRefusal) -> Int { refusedByCode[reason.code] }

  /// VMs that were refused.
  package var refused: Int { refusedByCode.reduce(0, +) }

  /// Whether there is more than one zone.
  var hasZones: Bool { zoneCount > 1 }

  mutating func refuse(_ request: Int, _ reason: PlacementRefusal) {
    refusedByCode[reason.code] += 1
    unplaced[request] += 1
  }

  /// Notes a VM more on a host; `isNew` tells a placed one from one that was resized.
  @inline(__always)
  mutating func add(
    _ request: Int, _ plan: RequestPlan, zone: Int, at time: Int64, isNew: Bool
  ) {
    let place = request &* zoneCount &+ zone
    tallies[place].change(by: 1, at: time)
    tallies[place].started &+= isNew ? 1 : 0
    counts.add(plan)
  }

  /// Notes a VM less on a host.
  @inline(__always)
  mutating func remove(_ request: Int, _ plan: RequestPlan, zone: Int, at time: Int64) {
    tallies[request &* zoneCount &+ zone].change(by: -1, at: time)
    counts.remove(plan)
  }

  mutating func changeActiveHosts(by amount: Int64, at time: Int64) {
    counts.activeHosts.change(by: amount, at: time)
  }

  mutating func changeDevice(type: Int, zone: Int, by amount: Int64, at time: Int64) {
    deviceTallies[type * zoneCount + zone].change(by: amount, at: time)
  }
}

extension PlacementMeasures {
  /// Hosts with at least one VM now.
  package var activeHostCount: Int { Int(counts.activeHosts.count) }

  /// VMs that run now, those that were there at the start included.
  package var vmCount: Int { Int(counts.vms) }

  /// The integral of hosts with at least one VM, in host-hours.
  package var hostHours: Double { Self.hours(counts.activeHosts.integral(until: now)) }

  /// The integral of VMs that run, in VM-hours.
  package var vmHours: Double {
    let added = tallies.reduce(Int128(0)) { $0 + $1.integral(until: now) }
    return Self.hours(added + Int128(base.vms) * Int128(now))
  }

  /// How much there is of a resource, in its unit.
  package func capacity(_ resource: PlacementResource, zone: Int? = nil) -> Int64 {
    base.capacity(resource, zone: zone)
  }

  /// How much of a resource is in use now, in its unit.
  package func used(_ resource: PlacementResource, zone: Int? = nil) -> Int64 {
    base.used(resource, zone: zone)
      + sum(resource, zone: zone) { tally, factor in tally.count * factor }
  }

  /// The integral of what is in use, in its unit times hours.
  ///
  /// The difference of two instants' values leaves a warm-up out.
  package func usedHours(_ resource: PlacementResource, zone: Int? = nil) -> Double {
    let started = Int128(base.used(resource, zone: zone)) * Int128(now)
    return Self.hours(
      started
        + sum(resource, zone: zone) { tally, factor in
          tally.integral(until: now) * Int128(factor)
        })
  }

  /// The share of a resource that was in use on average since the start; 0 if there is none of it.
  package func meanUtilisation(_ resource: PlacementResource, zone: Int? = nil) -> Double {
    let capacity = Double(capacity(resource, zone: zone))
    guard capacity > 0 else { return 0 }
    guard now > 0 else { return Double(used(resource, zone: zone)) / capacity }
    return usedHours(resource, zone: zone) / (capacity * Double(now) / 3.6e9)
  }

  /// The state now without what hosts have left.
  func sample(at time: Int64) -> PlacementSample {
    PlacementSample(
      time: time, vms: vmCount, activeHosts: activeHostCount, usedMilliCPU: used(.vcpus),
      usedMemoryMiB: used(.memory), usedDiskGiB: used(.disk),
      usedDevices: base.deviceTypes.map { used(.device($0)) }, left: .init(), stranded: .init(),
      fragmented: .init())
  }

  /// VMs that were placed or refused so far, by index of the request.
  package var decidedByRequest: [Int] {
    requests.indices.map { request in
      unplaced[request]
        + tallies[request * zoneCount..<(request + 1) * zoneCount].reduce(0) { $0 + $1.started }
    }
  }

  /// The request that was decided about most often; the first of equal ones, nil if none was.
  var mostDemanded: Int? {
    let decided = decidedByRequest
    guard let most = decided.max(), most > 0 else { return nil }
    return decided.firstIndex(of: most)
  }

  private static func hours(_ integral: Int128) -> Double { Double(integral) / 3.6e9 }

  private func sum<Number: AdditiveArithmetic>(
    _ resource: PlacementResource, zone: Int?, _ term: (Tally, Int64) -> Number
  ) -> Number {
    var total = Number.zero
    for zone in zone.map({ $0..<$0 + 1 }) ?? 0..<zoneCount {
      if case .device(let type) = resource {
        total += term(deviceTallies[type * zoneCount + zone], 1)
        continue
      }
      for (index, request) in requests.enumerated() {
        total += term(tallies[index * zoneCount + zone], resource.amount(of: request))
      }
    }
    return total
  }
}
