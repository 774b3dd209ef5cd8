import CloudModel
import Simulator
import Stochastics
import Testing

/// Long runs beside formulas that are exact.
@Suite struct RegionAvailabilityTests {
  private typealias Samples = RegionSamples

  private func hostOutages(_ count: Int, up: Double, _ down: LifetimeModel) -> [OutageSource] {
    (0..<count).map {
      OutageSource(name: "host\($0)", scope: .host($0), up: .exponential(mean: up), down: down)
    }
  }

  private func report(
    _ region: RecoveryRegion, seed: UInt64, years: Double, replications: Int = 20
  ) throws -> RegionReport {
    try RegionSimulation(
      region, options: RegionOptions(seed: seed, replications: replications, years: years)
    ).report()
  }

  /// Whether a value lies in an interval twice as wide, which a sound run misses once in 10,000.
  private func isNear(_ value: Double, _ interval: ConfidenceInterval?) -> Bool {
    guard let interval else { return false }
    let centre = (interval.low + interval.high) / 2
    return abs(value - centre) <= 2 * interval.halfWidth
  }

  @Test func `without recovery the parts add up`() throws {
    var region = Samples.region(
      [[2, 2], [2, 2]], vms: Samples.vms(on: [2, 2, 2, 2], .wait), rules: Samples.rules())
    region.outages = hostOutages(4, up: 900, .lognormal(LognormalShape(mean: 20, cv: 1.5)))
    for zone in 0..<2 {
      region.outages.append(
        OutageSource(
          name: "zone\(zone)", scope: .zone(zone), up: .exponential(mean: 2000),
          down: .exponential(mean: 10)))
    }
    let report = try report(region, seed: 5, years: 30)
    let expected = 1 - 900.0 / 920 * 2000 / 2010
    print("seed 5: U \(report.all.unavailability), expected \(expected)")
    #expect(isNear(expected, report.all.interval))
    #expect(report.all.recoveredElsewhere == 0 && report.all.withoutRoom == 0)
  }

  /// The mean of the lesser of a time and a lifetime: the integral of the survival function.
  private func meanOfLesser(_ time: Double, _ model: LifetimeModel) -> Double {
    let steps = 4000
    return (0..<steps).reduce(0) { sum, step in
      sum + (1 - model.cumulative(time * (Double(step) + 0.5) / Double(steps)))
    } * time / Double(steps)
  }

  @Test func `with room a loss lasts until recovery or repair`() throws {
    let down = LifetimeModel.lognormal(LognormalShape(mean: 2, cv: 2))
    var region = Samples.region(
      [[9, 9, 9, 9]], vms: Samples.vms(on: [3, 3, 3, 3]),
      rules: Samples.rules(detection: 1800, service: 1800, parallel: 12))
    region.outages = hostOutages(4, up: 3000, down)
    let report = try report(region, seed: 6, years: 50)
    // All VMs of a host are recovered at once, an hour after the loss; up times have no memory.
    let mean = meanOfLesser(1, down)
    let expected = mean / (3000 + mean)
    print("seed 6: U \(report.all.unavailability), expected \(expected)")
    #expect(isNear(expected, report.all.interval))
    let times = report.all.timesToRecover
    #expect(abs((times.meanSeconds ?? 0) / 3600 - mean) < 0.03 * mean)
    #expect(abs((times.quantileSeconds(0.95) ?? 0) - 3600) < 3600 / 64)
    let median = down.quantile(0.5) * 3600
    #expect(abs((times.quantileSeconds(0.5) ?? 0) - median) < 0.05 * median)
  }

  @Test func `a service is out as often as a quorum of its hosts`() throws {
    var vms = Samples.vms(on: [1, 1, 1], .wait)
    for index in vms.indices { vms[index].service = 0 }
    var region = Samples.region(
      [[1, 1, 1]], vms: vms, services: [RegionService(name: "s", needed: 2)],
      rules: Samples.rules())
    region.outages = hostOutages(3, up: 100, .exponential(mean: 10))
    let report = try report(region, seed: 7, years: 30)
    let q = 10.0 / 110
    let service = report.services[0]
    #expect(isNear(3 * q * q * (1 - q) + q * q * q, service.interval))
    // One of two up fails while the third is down.
    let perYear = 3 * q * (1 - q) * (1 - q) * 2 / 100 * 8760
    #expect(abs(service.outagesPerYear - perYear) < 0.03 * perYear)
    #expect(abs((service.meanOutageSeconds ?? 0) / 3600 - 5) < 0.2)
    #expect(service.months == 20 * 360 && service.monthsBelow > 0)
    #expect(
      service.monthsBelowInterval?.contains(Double(service.monthsBelow) / 7200) == true)
    #expect(isNear(q, service.replicas.interval))
  }

  @Test func `recovery is blocked for the share of its blockers`() throws {
    var region = Samples.region(
      [[4], [4]], vms: Samples.vms(on: [4]), rules: Samples.rules(service: 60, parallel: 4))
    region.outages = hostOutages(2, up: 200, .exponential(mean: 5))
    region.outages.append(
      OutageSource(
        name: "control", scope: .none, up: .exponential(mean: 30), down: .exponential(mean: 3),
        blocksRecovery: true))
    let blocked = try report(region, seed: 8, years: 20)
    #expect(abs(blocked.blockedHours / blocked.hours - 3.0 / 33) < 0.003)
    region.outages.removeLast()
    let free = try report(region, seed: 8, years: 20)
    #expect(free.blockedVMSeconds == 0 && free.blockedHours == 0)
    // All VMs are recovered at once, so that what is lost more is what was waited, but for the hosts
    // that fail while VMs are on them for longer or shorter.
    let more = blocked.all.lostVMSeconds - free.all.lostVMSeconds
    print("seed 8: lost more \(more), waited \(blocked.blockedVMSeconds)")
    #expect(abs(more - blocked.blockedVMSeconds) < 0.1 * blocked.blockedVMSeconds)
  }
}
