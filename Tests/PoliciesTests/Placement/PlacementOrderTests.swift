import CloudModel
import Policies
import Stochastics
import Testing

/// Policies of the ordered tier beside their definitions, on random fleets.
struct PlacementOrderTests {
  /// What a policy declares on a fleet.
  private static func order(
    _ policy: some PlacementPolicy, _ fleet: Fleet
  ) throws -> (HostOrder, [HostPredicate]) {
    let method = policy.method(in: PlacementContext(fleet: fleet, requests: []))
    guard case .ordered(let order, let predicates) = method else {
      Issue.record("the policy is not of the ordered tier")
      throw PlacementPolicyError.option(name: "", value: "", allowed: "")
    }
    return (order, predicates)
  }

  /// A number that is smaller for a host that comes earlier in an order.
  private static func rank(
    _ order: HostOrder, _ fleet: Fleet, _ host: Int, _ request: PlacementRequest
  ) -> [Double] {
    let cpu = Double(fleet.freeMilliCPU[host])
    let memory = Double(fleet.freeMemoryMiB[host])
    var rank: [Double] = []
    if order.zones == .leastUsedFirst {
      let inZone = (0..<fleet.count).filter { fleet.zone[$0] == fleet.zone[host] }
      let capacity = inZone.reduce(0.0) { $0 + Double(fleet.capacityMilliCPU[$1]) }
      let free = inZone.reduce(0.0) { $0 + Double(fleet.freeMilliCPU[$1]) }
      rank += [(capacity - free) / capacity, Double(fleet.zone[host])]
    }
    func signed(_ value: Double, _ preference: HostOrder.Preference) -> Double {
      preference == .least ? value : -value
    }
    switch order.key {
    case .index: rank += [Double(host)]
    case .residual(.vcpus, let first, let second):
      rank += [signed(cpu, first), signed(memory, second)]
    case .residual(.memory, let first, let second):
      rank += [signed(memory, first), signed(cpu, second)]
    case .greatest(let weigh):
      let weight = weigh(request)
      rank += [-(weight.perMilliCPU * cpu + weight.perMemoryMiB * memory)]
    }
    return rank
  }

  /// Checks that a policy's first host is one that a definition puts first, for many requests.
  private static func check(
    _ policy: some PlacementPolicy, seed: UInt64,
    _ definition: (Fleet, Int, PlacementRequest) -> [Double]
  ) throws {
    var stream = RandomStream(seed: seed, replication: 0, purpose: .policies)
    let fleet = FleetSample.randomFleet(hosts: 60, devices: false, &stream)
    let (order, predicates) = try order(policy, fleet)
    for request in FleetSample.randomRequests(count: 30, devices: false, &stream) {
      let fitting = (0..<fleet.count).filter { host in
        fleet.fits(request, on: host) && predicates.allSatisfy { $0(fleet, host, request) }
      }
      let first = fitting.min {
        rank(order, fleet, $0, request).lexicographicallyPrecedes(rank(order, fleet, $1, request))
      }
      guard let first else { continue }
      let mine = definition(fleet, first, request)
      for other in fitting {
        let isBetter = definition(fleet, other, request).lexicographicallyPrecedes(mine)
        #expect(!isBetter, "seed \(seed): \(other) precedes \(first)")
      }
    }
  }

  private static func free(_ fleet: Fleet, _ host: Int) -> [Double] {
    [Double(fleet.freeMilliCPU[host]), Double(fleet.freeMemoryMiB[host])]
  }

  @Test(arguments: UInt64(0)..<20)
  func `first, best and worst fit take the first, fullest and emptiest host`(seed: UInt64) throws {
    try Self.check(try FirstFit(options: Properties()), seed: seed) { _, host, _ in [Double(host)] }
    try Self.check(try BestFit(options: Properties()), seed: seed) { fleet, host, _ in
      Self.free(fleet, host)
    }
    try Self.check(try WorstFit(options: Properties()), seed: seed) { fleet, host, _ in
      Self.free(fleet, host).map { -$0 }
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func `zone-balancing takes the zone with the least share of vCPUs in use`(seed: UInt64) throws {
    try Self.check(try ZoneBalancing(options: Properties()), seed: seed) { fleet, host, _ in
      let zone = (0..<fleet.count).filter { fleet.zone[$0] == fleet.zone[host] }
      let free = zone.reduce(0) { $0 + Int(fleet.freeMilliCPU[$1]) }
      let capacity = zone.reduce(0) { $0 + Int(fleet.capacityMilliCPU[$1]) }
      return [1 - Double(free) / Double(capacity)]
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func `dot-product takes the greatest product of request and residual`(seed: UInt64) throws {
    try Self.check(try DotProduct(options: Properties()), seed: seed) { fleet, host, request in
      let count = Double(fleet.count)
      let cpu = fleet.capacityMilliCPU.reduce(0.0) { $0 + Double($1) } / count
      let memory = fleet.capacityMemoryMiB.reduce(0.0) { $0 + Double($1) } / count
      let product =
        Double(request.milliCPU) / cpu * (Double(fleet.freeMilliCPU[host]) / cpu)
        + Double(request.memoryMiB) / memory * (Double(fleet.freeMemoryMiB[host]) / memory)
      return [-(product * 1e9).rounded()]
    }
  }

  @Test func `dot-product by hand: memory goes where memory is left`() throws {
    let fleet = FleetSample.fleet([
      .init(vcpus: 40, memoryGiB: 160, freeVCPUs: 40, freeGiB: 40),
      .init(vcpus: 40, memoryGiB: 160, freeVCPUs: 10, freeGiB: 160),
    ])
    let (order, _) = try Self.order(try DotProduct(options: Properties()), fleet)
    // In units of the mean host: (1, 1/4) and (1/4, 1) are left.
    func products(_ request: PlacementRequest) -> [Double] {
      [0, 1].map { -Self.rank(order, fleet, $0, request)[0] }
    }
    let wide = products(FleetSample.request(8, 16))  // (1/5, 1/10)
    #expect(abs(wide[0] - 0.225) < 1e-12 && abs(wide[1] - 0.15) < 1e-12)
    let deep = products(FleetSample.request(4, 32))  // (1/10, 1/5)
    #expect(abs(deep[0] - 0.15) < 1e-12 && abs(deep[1] - 0.225) < 1e-12)
  }

  @Test func `random-of-k samples two unless told, and of them takes the emptiest`() throws {
    let fleet = FleetSample.fleet([.init()])
    let (order, _) = try Self.order(try RandomOfK(options: Properties()), fleet)
    #expect(order.sample == 2)
    let (five, _) = try Self.order(try RandomOfK(options: Properties([("k", "5")])), fleet)
    #expect(five.sample == 5)
    guard case .residual(.vcpus, .most, then: .most) = five.key else {
      Issue.record("the order is not that of worst fit")
      return
    }
  }
}
