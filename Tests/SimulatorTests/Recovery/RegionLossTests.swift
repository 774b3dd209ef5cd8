import Availability
import CloudModel
import Simulator
import Testing

@Suite struct RegionLossTests {
  private typealias Samples = RegionSamples

  /// A zone full of VMs, and room for a number of them elsewhere.
  private func loss(_ zone: ZoneLoss, seed: UInt64) -> RegionLoss {
    var draws = Samples.Draws(seed: seed)
    var (homes, targets): ([Int32], [Int32]) = ([], [])
    var vms: [RegionVM] = []
    while vms.count < zone.vms {
      let count = min(zone.vms - vms.count, 1 + draws.below(40))
      vms += (0..<count).map { RegionVM(name: "vm\(vms.count + $0)", host: homes.count) }
      homes.append(Int32(count))
    }
    var left = zone.headroom
    while left > 0 {
      let count = min(left, 1 + draws.below(40))
      targets.append(Int32(count))
      left -= count
    }
    let region = Samples.region(
      [homes, targets], vms: vms,
      rules: Samples.rules(
        detection: Int(zone.detectionSeconds), service: Int(zone.serviceSeconds),
        parallel: zone.parallel, placement: draws.chance(0.5) ? .spread : .pack))
    return RegionLoss(
      of: .zone(0), in: region, for: Samples.seconds(Int(zone.outageSeconds)), seed: seed)
  }

  @Test func `the reference loss of a zone is met`() throws {
    let zone = ZoneLoss(
      vms: 800, detectionSeconds: 300, serviceSeconds: 20, parallel: 4, headroom: 500,
      outageSeconds: 14400)
    let outcome = try loss(zone, seed: 15).outcome()
    #expect(outcome.all.lostVMSeconds == 5_100_000)
    #expect(outcome.all.recoveredElsewhere == 500)
    #expect(outcome.all.lastElsewhereSeconds == 2800)
    #expect(outcome.all.meanDownSeconds == 6375)
    #expect(outcome.all.lost == 800 && outcome.all.waitedForHost == 300)
    #expect(outcome.all.withoutRoom == 300 && outcome.all.lastBackSeconds == 14400)
    #expect(outcome[.rebuild] == outcome.all && outcome[.wait].lost == 0)
    #expect(outcome.largestQueue == 796)
    #expect(outcome.timeline.first == .init(seconds: 0, down: 800))
    #expect(outcome.timeline.last == .init(seconds: 14400, down: 0))
    #expect(outcome.timeline.contains(.init(seconds: 320, down: 796)))
    #expect(outcome.timeline.count == 127)
  }

  @Test(arguments: 1...300)
  func `losses cost what the closed form says`(seed: UInt64) throws {
    var draws = Samples.Draws(seed: seed)
    let zone = ZoneLoss(
      vms: 1 + draws.below(60), detectionSeconds: Double(draws.below(50)),
      serviceSeconds: Double(draws.below(9)), parallel: 1 + draws.below(7),
      headroom: draws.below(70), outageSeconds: Double(1 + draws.below(100)))
    let outcome = try loss(zone, seed: seed).outcome()
    let cost = zone.cost
    #expect(outcome.all.lostVMSeconds == cost.lostVMSeconds, "seed \(seed)")
    #expect(outcome.all.recoveredElsewhere == cost.recoveredElsewhere, "seed \(seed)")
    #expect(outcome.all.lastElsewhereSeconds == cost.lastRecreatedSeconds, "seed \(seed)")
    #expect(outcome.all.lost == zone.vms, "seed \(seed)")
  }

  @Test func `priorities, zones and classes are kept`() throws {
    var vms = Samples.vms(on: [5])
    vms[0].priority = 2
    vms[1].priority = 1
    vms[2].recovery = .wait
    vms[3].zone = 0
    vms[4].recovery = .orchestrated
    let region = Samples.region(
      [[5], [4]], vms: vms, rules: Samples.rules(detection: 10, service: 100))
    let outcome = try RegionLoss(of: .host(0), in: region, for: Samples.seconds(1000)).outcome()
    // The orchestrated VM at 110 s, then priorities 1 and 2; two VMs wait for their host.
    #expect(outcome[.orchestrated].lostVMSeconds == 110)
    #expect(outcome[.rebuild].lostVMSeconds == 210 + 310 + 1000)
    #expect(outcome[.rebuild].withoutRoom == 1)
    #expect(outcome[.wait].lostVMSeconds == 1000 && outcome[.wait].withoutRoom == 0)
  }

  @Test func `replicas stay apart and hosts take few recoveries at a time`() throws {
    var vms = Samples.vms(on: [4, 1])
    for index in [0, 1, 4] { vms[index].service = 0 }
    var region = Samples.region(
      [[4, 3], [3]], vms: vms,
      services: [RegionService(name: "s", needed: 2, isApart: true)],
      rules: Samples.rules(service: 100, parallel: 10))
    let apart = try RegionLoss(of: .host(0), in: region, for: Samples.seconds(1000)).outcome()
    // One of the two replicas finds a host without another.
    #expect(apart.all.recoveredElsewhere == 3 && apart.all.lostVMSeconds == 1300)
    region.services[0].isApart = false
    region.rules.perHost = 1
    let narrow = try RegionLoss(of: .host(0), in: region, for: Samples.seconds(1000)).outcome()
    #expect(narrow.all.recoveredElsewhere == 4 && narrow.all.lostVMSeconds == 600)
  }

  @Test func `copies share their bandwidth`() throws {
    var vms = Samples.vms(on: [3])
    for index in 0..<3 { vms[index].copied = Bytes(index == 0 ? 1000 : 3000) }
    let region = Samples.region(
      [[3], [3]], vms: vms,
      rules: Samples.rules(
        service: 10, parallel: 3, bandwidth: Bandwidth(bytesPerSecond: 100)))
    let outcome = try RegionLoss(of: .host(0), in: region, for: Samples.seconds(1000)).outcome()
    // 3 x 1000 bytes in 30 s, then 2 x 2000 in 40 s.
    #expect(outcome.all.lostVMSeconds == 40 + 80 + 80)
  }

  @Test func `a boot follows the return of a host`() throws {
    let region = Samples.region(
      [[3], [1]], vms: Samples.vms(on: [3]),
      rules: Samples.rules(detection: 10, service: 80, boot: 7))
    let outcome = try RegionLoss(of: .host(0), in: region, for: Samples.seconds(60)).outcome()
    #expect(outcome.all.waitedForHost == 3 && outcome.all.lostVMSeconds == 3 * 67)
  }

  @Test func `a timeline of many points is thinned`() throws {
    let zone = ZoneLoss(
      vms: 500, detectionSeconds: 3, serviceSeconds: 2, parallel: 1, headroom: 400,
      outageSeconds: 5000)
    var loss = loss(zone, seed: 3)
    loss.timelineLimit = 50
    let points = try loss.outcome().timeline
    #expect(points.count <= 51 && points.count > 10)
    #expect(points.first == .init(seconds: 0, down: 500))
    #expect(points.last == .init(seconds: 5000, down: 0))
    #expect(zip(points, points.dropFirst()).allSatisfy { $0.seconds < $1.seconds })
  }

  @Test func `what is wrong is said`() {
    let good = Samples.region([[2], [1]], vms: Samples.vms(on: [2]), rules: Samples.rules())
    func fault(_ change: (inout RecoveryRegion) -> Void) -> RegionError? {
      var region = good
      change(&region)
      do throws(RegionError) {
        try region.check()
        return nil
      } catch { return error }
    }
    #expect(fault { _ in } == nil)
    #expect(fault { $0.vms[0].name = $0.vms[1].name } == .duplicateName("vm0-1"))
    #expect(fault { $0.vms[0].host = 9 } == .badReference(part: "vm0-0", field: "host"))
    #expect(fault { $0.vms[0].memoryMiB = 2 } == .overfull(host: "z0h0"))
    #expect(fault { $0.rules.parallel = 0 } == .badValue(part: "rules", field: "parallel"))
    #expect(
      fault { $0.services = [RegionService(name: "s", needed: 1)] }
        == .badValue(part: "s", field: "replicas"))
    #expect(throws: RegionError.badValue(part: "loss", field: "duration")) {
      try RegionLoss(of: .region, in: good, for: .zero).outcome()
    }
  }
}
