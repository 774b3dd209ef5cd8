import CloudModel
import Simulator
import Stochastics

/// Small regions for tests.
enum RegionSamples {
  /// Random choices of a seed.
  struct Draws {
    private var stream: RandomStream

    init(seed: UInt64) {
      stream = RandomStream(seed: seed, replication: 0, purpose: .generation)
    }

    mutating func below(_ bound: Int) -> Int { stream.integer(below: bound) }

    mutating func chance(_ share: Double) -> Bool { stream.uniform() <= share }
  }

  /// A time in hours that is always the same.
  static func exactly(_ hours: Double) -> LifetimeModel {
    .lognormal(LognormalShape(median: hours, sigma: 0))
  }

  /// Hosts with places, a zone and a rack each list.
  static func hosts(_ places: [[Int32]]) -> [RegionHost] {
    places.enumerated().flatMap { zone, list in
      list.enumerated().map { index, places in
        RegionHost(name: "z\(zone)h\(index)", zone: zone, rack: zone, places: places)
      }
    }
  }

  /// A region of hosts with places in zones, a rack in each.
  static func region(
    _ places: [[Int32]], vms: [RegionVM], services: [RegionService] = [],
    outages: [OutageSource] = [], planned: [PlannedWork] = [], rules: RecoveryRules
  ) -> RecoveryRegion {
    RecoveryRegion(
      zones: places.indices.map { "z\($0)" }, racks: places.indices.map { "r\($0)" },
      hosts: hosts(places), vms: vms, services: services, outages: outages, planned: planned,
      rules: rules)
  }

  /// Rules in whole seconds.
  static func rules(
    detection: Int = 0, service: Int = 0, parallel: Int = 1, perHost: Int? = nil, boot: Int = 0,
    bandwidth: Bandwidth? = nil, placement: RecoveryPlacement = .spread
  ) -> RecoveryRules {
    RecoveryRules(
      detection: seconds(detection), service: .fixed(seconds(service)), parallel: parallel,
      perHost: perHost, boot: seconds(boot), bandwidth: bandwidth, placement: placement)
  }

  static func seconds(_ count: Int) -> SimulatedDuration {
    SimulatedDuration(microseconds: Int64(count) * 1_000_000)
  }

  /// VMs of one place, so many on each host in turn.
  static func vms(on counts: [Int], _ recovery: RecoveryClass = .rebuild) -> [RegionVM] {
    counts.enumerated().flatMap { host, count in
      (0..<count).map { RegionVM(name: "vm\(host)-\($0)", host: host, recovery: recovery) }
    }
  }

  /// A random region in which everything that there is occurs.
  static func any(seed: UInt64) -> RecoveryRegion {
    var draws = Draws(seed: seed)
    let zones = 1 + draws.below(3)
    let places = (0..<zones).map { _ in
      (0...draws.below(4)).map { _ in Int32(2 + draws.below(7)) }
    }
    let hostCount = places.reduce(0) { $0 + $1.count }
    let flat = places.flatMap { $0 }
    let services = (0..<draws.below(4)).map {
      RegionService(name: "s\($0)", needed: 1, isApart: draws.chance(0.7))
    }
    let vms = anyVMs(flat, zones: zones, services: services.count, &draws)
    let kept = services.enumerated().filter { index, _ in vms.contains { $0.service == index } }
    var region = region(
      places,
      vms: vms.map { vm in
        var vm = vm
        vm.service = vm.service.flatMap { old in kept.firstIndex { $0.offset == old } }
        return vm
      },
      services: kept.map(\.element), outages: anyOutages(hostCount, zones: zones, &draws),
      planned: draws.chance(0.5)
        ? [
          PlannedWork(
            name: "work", scope: .zone(draws.below(zones)), firstHour: 5, everyHours: 50,
            hours: 4, toleratedHosts: draws.below(2))
        ] : [],
      rules: anyRules(&draws))
    for service in region.services.indices {
      let count = region.vms.count { $0.service == service }
      region.services[service].needed = 1 + draws.below(count)
    }
    return region
  }

  private static func anyVMs(
    _ places: [Int32], zones: Int, services: Int, _ draws: inout Draws
  ) -> [RegionVM] {
    var vms: [RegionVM] = []
    for (host, places) in places.enumerated() {
      var left = Int(places) - draws.below(3)
      var taken: Set<Int> = []
      while left > 0 {
        let size = min(left, 1 + draws.below(2))
        left -= size
        let service = services > 0 && draws.chance(0.4) ? draws.below(services) : nil
        vms.append(
          RegionVM(
            name: "vm\(vms.count)", host: host, milliCPU: 1000 * Int32(size),
            memoryMiB: Int32(size),
            recovery: RecoveryClass.allCases[draws.below(3)], priority: UInt8(draws.below(3)),
            zone: draws.chance(0.2) ? draws.below(zones) : nil,
            service: service.flatMap { taken.insert($0).inserted ? $0 : nil },
            copied: Bytes(Int64(draws.below(3)) * 1_000_000)))
      }
    }
    return vms
  }

  private static func anyOutages(
    _ hosts: Int, zones: Int, _ draws: inout Draws
  ) -> [OutageSource] {
    var outages = (0..<hosts).map { host in
      OutageSource(
        name: "host\(host)", scope: .host(host), up: .exponential(mean: 40),
        down: .lognormal(LognormalShape(mean: 2, cv: 2)))
    }
    for zone in 0..<zones {
      outages.append(
        OutageSource(
          name: "zone\(zone)", scope: .zone(zone), up: .exponential(mean: 90),
          down: .exponential(mean: 1)))
    }
    outages.append(
      OutageSource(
        name: "change", scope: .region, up: .exponential(mean: 30), down: .exponential(mean: 3),
        blocksRecovery: draws.chance(0.5), share: 0.3))
    outages.append(
      OutageSource(
        name: "control", scope: .none, up: .exponential(mean: 20), down: .exponential(mean: 1),
        blocksRecovery: true))
    outages.append(
      OutageSource(
        name: "rack", scope: .hosts([draws.below(hosts)]), up: .exponential(mean: 50),
        down: .exponential(mean: 0.2)))
    return outages
  }

  private static func anyRules(_ draws: inout Draws) -> RecoveryRules {
    var rules = rules(
      detection: draws.below(3) * 60, service: draws.below(4) * 100,
      parallel: 1 + draws.below(5), perHost: draws.chance(0.3) ? 1 + draws.below(2) : nil,
      boot: draws.chance(0.5) ? 45 : 0,
      bandwidth: draws.chance(0.4) ? Bandwidth(bytesPerSecond: 10_000) : nil,
      placement: draws.chance(0.5) ? .spread : .pack)
    if draws.chance(0.4) { rules.service = .drawn(.exponential(mean: 200)) }
    return rules
  }
}
