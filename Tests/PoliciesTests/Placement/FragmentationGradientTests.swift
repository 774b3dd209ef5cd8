import CloudModel
import Policies
import Stochastics
import Testing

/// Fragmentation gradient descent beside the paper's definition, written out slowly.
struct FragmentationGradientTests {
  /// What a host has left, in the words of the paper.
  private struct Node {
    var host: Int
    var cpu: Int32
    var memory: Int32
    var disk: Int32
    var devices: [(type: UInt8, free: Int32)]

    init(_ host: Int, _ fleet: Fleet) {
      self.host = host
      (cpu, memory) = (fleet.freeMilliCPU[host], fleet.freeMemoryMiB[host])
      disk = fleet.freeDiskGiB[host]
      devices = (Int(fleet.deviceStart[host])..<Int(fleet.deviceStart[host + 1])).map {
        (fleet.deviceType[$0], fleet.deviceFree[$0])
      }
    }

    func serves(_ device: (type: UInt8, free: Int32), _ demand: DeviceDemand) -> Bool {
      demand.types & (1 << UInt64(device.type)) != 0 && device.free >= demand.share
    }

    func canRun(_ request: PlacementRequest, _ fleet: Fleet) -> Bool {
      cpu >= request.milliCPU && memory >= request.memoryMiB && disk >= request.diskGiB
        && fleet.largestMilliCPU[host] >= request.milliCPU
        && fleet.largestMemoryMiB[host] >= request.memoryMiB
        && (request.zone < 0 || request.zone == fleet.zone[host])
        && fleet.traitBits[host] & request.requiredTraits == request.requiredTraits
        && fleet.traitBits[host] & request.forbiddenTraits == 0
        && request.devices.allSatisfy { demand in
          devices.count { serves($0, demand) } >= Int(demand.count)
        }
    }

    /// F_n(m): what is left and of no use to a request.
    func fragments(_ request: PlacementRequest, _ fleet: Fleet) -> Double {
      if fleet.deviceFree.isEmpty { return canRun(request, fleet) ? 0 : Double(cpu) }
      let isUser = !request.devices.isEmpty && canRun(request, fleet)
      return devices.reduce(0) { sum, device in
        let isUseful = isUser && request.devices.contains { serves(device, $0) }
        return sum + (isUseful ? 0 : Double(device.free))
      }
    }

    /// F_n: the mean over the requests.
    func fragments(_ context: PlacementContext) -> Double {
      let total = context.frequencies.reduce(0, +)
      return zip(context.requests, context.frequencies).reduce(0) {
        $0 + $1.1 / total * fragments($1.0, context.fleet)
      }
    }

    mutating func place(_ request: PlacementRequest) {
      cpu -= request.milliCPU
      memory -= request.memoryMiB
      disk -= request.diskGiB
      var taken: Set<Int> = []
      for demand in request.devices {
        let usable = devices.indices.filter {
          !taken.contains($0) && serves(devices[$0], demand)
        }
        let chosen = usable.sorted { (devices[$0].free, $0) < (devices[$1].free, $1) }
        for place in chosen.prefix(Int(demand.count)) {
          devices[place].free -= demand.share
          taken.insert(place)
        }
      }
    }
  }

  private static func scorer(_ context: PlacementContext) throws -> any HostScorer {
    let method = try FragmentationGradient(options: Properties()).method(in: context)
    guard case .scored(let scorer) = method else {
      throw PlacementPolicyError.option(name: "", value: "", allowed: "a scorer")
    }
    return scorer
  }

  private static func growth(
    _ host: Int, _ request: PlacementRequest, _ context: PlacementContext
  ) -> Double {
    let before = Node(host, context.fleet)
    var after = before
    after.place(request)
    return after.fragments(context) - before.fragments(context)
  }

  @Test(arguments: UInt64(0)..<60)
  func `the host with the least growth of the paper's measure`(seed: UInt64) throws {
    var stream = RandomStream(seed: seed, replication: 0, purpose: .policies)
    let devices = seed % 3 > 0
    let fleet = FleetSample.randomFleet(hosts: 40, devices: devices, &stream)
    let requests = FleetSample.randomRequests(count: 9, devices: devices, &stream)
    // Equal frequencies are equal whole numbers inside, so ties can be told exactly.
    let isUniform = seed % 2 == 0
    let context = PlacementContext(
      fleet: fleet, requests: requests,
      frequencies: requests.map { _ in isUniform ? 1 : Double(1 + stream.integer(below: 8)) })
    let most = devices ? 4000.0 : 64_000.0
    let tolerance = isUniform ? 1e-6 : Double(requests.count) * most * most / 0x1p34
    let scorer = try Self.scorer(context)
    for request in requests {
      let fitting = (0..<fleet.count).filter { fleet.fits(request, on: $0) }
      guard let winner = FleetSample.winner(scorer, in: fleet, for: request) else {
        #expect(fitting.isEmpty, "seed \(seed)")
        continue
      }
      let mine = Self.growth(winner, request, context)
      for other in fitting {
        let growth = Self.growth(other, request, context)
        #expect(growth >= mine - tolerance, "seed \(seed): \(other) beats \(winner)")
        guard isUniform, fleet.freeMilliCPU[other] < fleet.freeMilliCPU[winner] else { continue }
        #expect(growth > mine + tolerance, "seed \(seed): \(other) is as good and tighter")
      }
    }
  }

  /// Two hosts: one device whole, the other with 0.6 left; half of the requests ask for a whole
  /// device and half for 0.3 of one.
  private static func twoHosts() -> PlacementContext {
    let share = FleetSample.request(1, 2, devices: [DeviceDemand(types: 1, count: 1, share: 300)])
    let whole = FleetSample.request(1, 2, devices: [DeviceDemand(types: 1, count: 1)])
    return PlacementContext(
      fleet: FleetSample.fleet([.init(devices: [1000]), .init(devices: [600])]),
      requests: [share, whole], frequencies: [1, 1])
  }

  @Test func `by hand: a share goes to the device that is a fragment already`() throws {
    let context = Self.twoHosts()
    // The whole device becomes 0.7, lost to whole requests: +0.35. The other goes from 0.6 to 0.3,
    // half of which is lost in both cases: -0.15.
    #expect(abs(Self.growth(0, context.requests[0], context) - 350) < 1e-9)
    #expect(abs(Self.growth(1, context.requests[0], context) + 150) < 1e-9)
    let scorer = try Self.scorer(context)
    #expect(FleetSample.winner(scorer, in: context.fleet, for: context.requests[0]) == 1)
    var scores = [0.0, 0.0]
    scorer.score(
      0..<2, of: context.fleet, for: context.requests[0], at: PlacementMoment(now: 0), into: &scores
    )
    #expect(abs(scores[0] / scores[1] + 350 / 150) < 1e-3)
  }

  @Test func `a VM without devices keeps away from devices that it would block`() throws {
    var context = Self.twoHosts()
    context.fleet = FleetSample.fleet([
      .init(freeVCPUs: 2, devices: [1000]), .init(freeVCPUs: 40, devices: [1000]),
      .init(freeVCPUs: 48),
    ])
    context.requests.append(FleetSample.request(2, 2))
    context.frequencies.append(1)
    let scorer = try Self.scorer(context)
    // The first would have no vCPU left for its device; the last two lose nothing, and the second
    // has fewer vCPUs left.
    #expect(FleetSample.winner(scorer, in: context.fleet, for: context.requests[2]) == 1)
  }

  @Test func `equal states score alike wherever they stand, and other frequencies decide`() throws {
    var context = Self.twoHosts()
    context.frequencies = [1, 0]
    // Nobody asks for whole devices: 0.7 and 0.3 are both of use, and nothing is lost.
    let scorer = try Self.scorer(context)
    var scores = [0.0, 1.0]
    scorer.score(
      0..<2, of: context.fleet, for: context.requests[0], at: PlacementMoment(now: 0), into: &scores
    )
    #expect(scores[0] == scores[1])
    context.frequencies = []
    let uniform = try Self.scorer(context)
    #expect(FleetSample.winner(uniform, in: context.fleet, for: context.requests[0]) == 1)
  }

  private static func scores(
    _ scorer: any HostScorer, _ fleet: Fleet, _ request: PlacementRequest
  ) -> [Double] {
    var scores = [Double](repeating: .nan, count: fleet.count)
    scorer.score(
      0..<fleet.count, of: fleet, for: request, at: PlacementMoment(now: 0), into: &scores)
    return scores
  }

  @Test(arguments: UInt64(0)..<20)
  func `a scorer that saw other states scores as a new one`(seed: UInt64) throws {
    var stream = RandomStream(seed: seed, replication: 0, purpose: .policies)
    let devices = seed % 2 == 0
    var fleet = FleetSample.randomFleet(hosts: 30, devices: devices, &stream)
    let requests = FleetSample.randomRequests(count: 6, devices: devices, &stream)
    let context = PlacementContext(fleet: fleet, requests: requests)
    let used = try Self.scorer(context)
    for _ in 0..<40 {
      let host = stream.integer(below: fleet.count)
      switch stream.integer(below: 4) {
      case 0: fleet.freeMilliCPU[host] = Int32(stream.integer(below: 48)) * 1000
      case 1: fleet.freeMemoryMiB[host] = Int32(stream.integer(below: 192)) * 1024
      case 2: fleet.freeDiskGiB[host] = Int32(stream.integer(below: 2)) * 1000
      default:
        guard devices else { continue }
        let device = stream.integer(below: fleet.deviceFree.count)
        fleet.deviceFree[device] = Int32(stream.integer(below: 11)) * 100
      }
      let request = requests[stream.integer(below: requests.count)]
      let fresh = try Self.scorer(context)
      #expect(
        Self.scores(used, fleet, request) == Self.scores(fresh, fleet, request), "seed \(seed)")
    }
  }

  @Test func `a request that was not announced is scored too`() throws {
    let known = Self.twoHosts()
    let other = FleetSample.request(2, 4, devices: [DeviceDemand(types: 1, count: 1, share: 500)])
    var announced = known
    announced.requests.append(other)
    announced.frequencies.append(0)
    let scores = Self.scores(try Self.scorer(known), known.fleet, other)
    #expect(scores == Self.scores(try Self.scorer(announced), known.fleet, other))
    #expect(scores[0] != scores[1] && scores.allSatisfy(\.isFinite))
  }
}
