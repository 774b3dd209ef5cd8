import CloudModel
import Simulator
import Stochastics
import Testing

/// Runs whose times are fixed, so that each figure can be worked out by hand.
@Suite struct RegionScheduleTests {
  private typealias Samples = RegionSamples

  private func source(
    _ name: String, _ scope: OutageScope, up: Double, down: Double, blocks: Bool = false,
    share: Double = 1
  ) -> OutageSource {
    OutageSource(
      name: name, scope: scope, up: Samples.exactly(up), down: Samples.exactly(down),
      blocksRecovery: blocks, share: share)
  }

  private func run(
    _ region: RecoveryRegion, hours: Double, warmUp: Double = 0
  ) throws -> RegionReport {
    try RegionSimulation(
      region,
      options: RegionOptions(
        seed: 1, replications: 1, years: hours / 8760, warmUpHours: warmUp)
    ).report()
  }

  @Test func `a blocked recovery begins when the block ends`() throws {
    let region = Samples.region(
      [[3], [3]], vms: Samples.vms(on: [3]),
      outages: [
        source("host", .host(0), up: 10, down: 5),
        source("control", .none, up: 9.5, down: 1.5, blocks: true),
      ], rules: Samples.rules(detection: 600, service: 600, parallel: 3))
    let report = try run(region, hours: 15)
    #expect(report.all.lostVMSeconds == 3 * (3600 + 600))
    #expect(report.blockedHours == 1.5 && report.blockedVMSeconds == 3 * 3000)
    #expect(report.largestQueue == 3)
  }

  @Test func `a new host that fails sends its VMs back to the queue`() throws {
    let region = Samples.region(
      [[1], [1], [1]], vms: Samples.vms(on: [1]),
      outages: [
        source("old", .host(0), up: 10, down: 5), source("new", .host(1), up: 10.5, down: 20),
      ], rules: Samples.rules(detection: 600, service: 3600))
    // Lost at 10:00, on host 1 from 10:10, lost with it at 10:30, detected at 10:40, on host 2 until
    // 11:40.
    let report = try run(region, hours: 20)
    #expect(report.all.lostVMSeconds == 6000 && report.all.recoveredElsewhere == 1)
  }

  @Test func `room that comes back is used at once`() throws {
    let region = Samples.region(
      [[2], [1]], vms: Samples.vms(on: [2]),
      outages: [
        source("old", .host(0), up: 10, down: 5), source("new", .host(1), up: 9, down: 2),
      ], rules: Samples.rules(service: 600, parallel: 2))
    let report = try run(region, hours: 18)
    #expect(report.all.recoveredElsewhere == 1 && report.all.withoutRoom == 1)
    #expect(report.all.lostVMSeconds == 3600 + 600 + 5 * 3600)
  }

  @Test func `planned work waits while a host is down and goes on when one fails`() throws {
    let region = Samples.region(
      [[1], [1], [1]], vms: Samples.vms(on: [1, 1], .wait),
      outages: [
        source("other", .host(1), up: 9, down: 2), source("spare", .host(2), up: 500, down: 2),
      ],
      planned: [
        PlannedWork(name: "work", scope: .host(0), firstHour: 10, everyHours: 20, hours: 10)
      ], rules: Samples.rules())
    // The first date, 10, is put off to 11; work until 21; the other host fails from 20 to 22, 31
    // to 33, ...; the date 30 begins at once and ends at 40.
    let report = try run(region, hours: 40)
    #expect(report.postponedDates == 1)
    #expect(report.all.plannedVMSeconds == 20 * 3600)
    #expect(report.all.lostVMSeconds == (20 + 2 + 2 + 2) * 3600)
  }

  @Test func `a part of the VMs is hit and starts where it is`() throws {
    let region = Samples.region(
      [[400]], vms: Samples.vms(on: [400], .wait),
      outages: [source("change", .region, up: 10, down: 3, share: 0.25)],
      rules: Samples.rules(boot: 60))
    let report = try run(region, hours: 13 * 50)
    let lost = Double(report.all.timesToRecover.count) / 50
    #expect(abs(lost - 100) < 5)
    #expect(report.all.timesToRecover.longestSeconds == 10_860.0)
  }

  @Test func `what lasts over the warm-up counts from its end`() throws {
    let region = Samples.region(
      [[1]], vms: Samples.vms(on: [1], .wait),
      outages: [source("host", .host(0), up: 10, down: 4)], rules: Samples.rules())
    let report = try run(region, hours: 2, warmUp: 11)
    #expect(report.all.lostVMSeconds == 7200 && report.all.unavailability == 1)
    #expect(report.all.timesToRecover.count == 0 && report.hours == 2)
  }

  @Test(arguments: 1...20)
  func `a seed repeats its run and a further part changes no draw`(seed: UInt64) throws {
    var region = Samples.any(seed: seed)
    let options = RegionOptions(seed: seed, replications: 2, years: 0.1)
    let first = try RegionSimulation(region, options: options)
    let again = try RegionSimulation(region, options: options)
    #expect(first.measures(replication: 1) == again.measures(replication: 1), "seed \(seed)")
    #expect(first.measures(replication: 0) != first.measures(replication: 1), "seed \(seed)")
    region.outages.insert(source("harmless", .none, up: 7, down: 3), at: 0)
    region.outages.reverse()
    let longer = try RegionSimulation(region, options: options)
    #expect(first.measures(replication: 1) == longer.measures(replication: 1), "seed \(seed)")
  }
}
