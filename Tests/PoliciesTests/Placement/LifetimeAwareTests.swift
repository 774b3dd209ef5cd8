import CloudModel
import Policies
import Stochastics
import Testing

/// Lifetime-aware placement beside its rule.
struct LifetimeAwareTests {
  private static let hour: Int64 = 3_600_000_000

  private static func scorer(_ fleet: Fleet) throws -> any HostScorer {
    let context = PlacementContext(fleet: fleet, requests: [])
    let method = try LifetimeAware(options: Properties()).method(in: context)
    guard case .scored(let scorer) = method else {
      throw PlacementPolicyError.option(name: "", value: "", allowed: "a scorer")
    }
    return scorer
  }

  /// Hosts that are empty, end after 1, 4 and 8 hours, and after 8 hours with less left.
  private static let fleet = FleetSample.fleet([
    .init(),
    .init(freeVCPUs: 4, vmCount: 3, latestEnd: 1 * hour),
    .init(freeVCPUs: 40, vmCount: 1, latestEnd: 4 * hour),
    .init(freeVCPUs: 30, vmCount: 2, latestEnd: 8 * hour),
    .init(freeVCPUs: 20, vmCount: 2, latestEnd: 8 * hour),
  ])

  @Test(arguments: [
    (vcpus: 2, hours: 1, host: 1), (vcpus: 2, hours: 3, host: 4), (vcpus: 30, hours: 3, host: 3),
    (vcpus: 40, hours: 3, host: 2), (vcpus: 40, hours: 9, host: 2), (vcpus: 2, hours: 9, host: 4),
    (vcpus: 44, hours: 1, host: 0),
  ])
  func `hosts that stay busy anyway, then the least extension, then empty ones`(
    vcpus: Int, hours: Int, host: Int
  ) throws {
    let moment = PlacementMoment(now: 0, expectedEnd: Int64(hours) * Self.hour)
    let request = FleetSample.request(Int32(vcpus), 2)
    let scorer = try Self.scorer(Self.fleet)
    #expect(FleetSample.winner(scorer, in: Self.fleet, for: request, at: moment) == host)
  }

  @Test func `a VM of unknown end joins the tightest busy host`() throws {
    let scorer = try Self.scorer(Self.fleet)
    let winner = FleetSample.winner(scorer, in: Self.fleet, for: FleetSample.request(2, 2))
    #expect(winner == 1)
  }

  @Test func `a host that outlived its end counts as ending now`() throws {
    let moment = PlacementMoment(now: 10 * Self.hour, expectedEnd: 11 * Self.hour)
    let fleet = FleetSample.fleet([
      .init(freeVCPUs: 20, vmCount: 1, latestEnd: 9 * Self.hour),
      .init(freeVCPUs: 10, vmCount: 1, latestEnd: 1 * Self.hour),
    ])
    let request = FleetSample.request(2, 2)
    #expect(FleetSample.winner(try Self.scorer(fleet), in: fleet, for: request, at: moment) == 1)
  }

  @Test(arguments: UInt64(0)..<40)
  func `on random fleets it takes what the rule puts first`(seed: UInt64) throws {
    var stream = RandomStream(seed: seed, replication: 0, purpose: .policies)
    let fleet = FleetSample.randomFleet(hosts: 50, devices: false, &stream)
    let scorer = try Self.scorer(fleet)
    for request in FleetSample.randomRequests(count: 20, devices: false, &stream) {
      let now = Int64(stream.integer(below: 10)) * Self.hour
      let end = now + Int64(1 + stream.integer(below: 12)) * Self.hour
      let moment = PlacementMoment(now: now, expectedEnd: end)
      let expected = (0..<fleet.count).filter { fleet.fits(request, on: $0) }.min { first, second in
        Self.key(first, fleet, moment).lexicographicallyPrecedes(Self.key(second, fleet, moment))
      }
      let winner = FleetSample.winner(scorer, in: fleet, for: request, at: moment)
      #expect(winner == expected, "seed \(seed)")
    }
  }

  /// Empty or not, extension, vCPUs, memory, index.
  private static func key(_ host: Int, _ fleet: Fleet, _ moment: PlacementMoment) -> [Int64] {
    let isEmpty = fleet.vmCount[host] == 0
    let end = isEmpty ? 0 : max(moment.now, fleet.latestEnd[host])
    return [
      isEmpty ? 1 : 0, isEmpty ? 0 : max(0, moment.expectedEnd - end),
      Int64(fleet.freeMilliCPU[host]), Int64(fleet.freeMemoryMiB[host]), Int64(host),
    ]
  }
}
