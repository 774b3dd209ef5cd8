import CloudModel
import Policies
import Testing

/// Packing of devices beside worked examples.
struct DevicePackingTests {
  private static func winner(_ fleet: Fleet, _ request: PlacementRequest) throws -> Int? {
    let context = PlacementContext(fleet: fleet, requests: [])
    let method = try DevicePacking(options: Properties()).method(in: context)
    guard case .scored(let scorer) = method else { return nil }
    return FleetSample.winner(scorer, in: fleet, for: request)
  }

  /// Idle; one device in use; one in part; one in part with too little; none at all.
  private static let hosts: [FleetSample.Host] = [
    .init(devices: [1000, 1000]), .init(devices: [0, 1000]), .init(devices: [500, 1000]),
    .init(devices: [100, 1000, 1000]), .init(),
  ]

  private static func share(_ share: Int32, types: UInt64 = 1) -> PlacementRequest {
    FleetSample.request(1, 2, devices: [DeviceDemand(types: types, count: 1, share: share)])
  }

  @Test func `a share goes to a part, then beside a device in use, then to an idle host`() throws {
    #expect(try Self.winner(FleetSample.fleet(Self.hosts), Self.share(400)) == 2)
    #expect(try Self.winner(FleetSample.fleet(Self.hosts), Self.share(600)) == 1)
    let rest = [Self.hosts[0], Self.hosts[3]]
    #expect(try Self.winner(FleetSample.fleet(rest), Self.share(600)) == 1)
    #expect(try Self.winner(FleetSample.fleet([Self.hosts[0]]), Self.share(600)) == 0)
  }

  @Test func `a device in part use of another type does not count as a part`() throws {
    let fleet = FleetSample.fleet([
      .init(devices: [1000, 500], deviceTypes: [0, 1]), .init(devices: [700], deviceTypes: [0]),
    ])
    #expect(try Self.winner(fleet, Self.share(400, types: 1)) == 1)
  }

  @Test func `a VM without devices goes where the fewest devices are left, then the tightest`()
    throws
  {
    var hosts = Self.hosts
    #expect(try Self.winner(FleetSample.fleet(hosts), FleetSample.request(1, 2)) == 4)
    hosts.append(.init(freeVCPUs: 20))
    #expect(try Self.winner(FleetSample.fleet(hosts), FleetSample.request(1, 2)) == 5)
  }
}
