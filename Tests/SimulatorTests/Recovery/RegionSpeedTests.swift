import CloudModel
import Glibc
import Simulator
import Stochastics
import Testing

/// How fast a region is simulated; prints, as times are no property.
@Suite(.serialized) struct RegionSpeedTests {
  /// Three zones, 40 hosts a rack, 20 VMs a host, half of all places taken.
  private func region(hosts count: Int) -> RecoveryRegion {
    let rackCount = (count + 39) / 40
    let hosts = (0..<count).map {
      RegionHost(name: "h\($0)", zone: $0 / 40 % 3, rack: $0 / 40, milliCPU: 80_000, memoryMiB: 160)
    }
    let vms = (0..<20 * count).map { index in
      let size = Int32(1 << (index % 3))
      return RegionVM(
        name: "vm\(index)", host: index % count, milliCPU: 1000 * size, memoryMiB: 2 * size,
        priority: UInt8(index % 2))
    }
    var outages = (0..<count).map {
      OutageSource(
        name: "h\($0)", scope: .host($0), up: .exponential(mean: 7480),
        down: .lognormal(
          LognormalShape(median: 3 * exp(-1.22 * 1.22 / 2), sigma: 1.22)))
    }
    outages += (0..<rackCount).map {
      OutageSource(
        name: "r\($0)", scope: .rack($0), up: .exponential(mean: 60_000),
        down: .exponential(mean: 4))
    }
    outages += (0..<3).map {
      OutageSource(
        name: "z\($0)", scope: .zone($0), up: .exponential(mean: 5000),
        down: .exponential(mean: 2))
    }
    outages.append(
      OutageSource(
        name: "control", scope: .none, up: .exponential(mean: 25_000),
        down: .exponential(mean: 0.7), blocksRecovery: true))
    return RecoveryRegion(
      zones: ["a", "b", "c"], racks: (0..<rackCount).map { "r\($0)" }, hosts: hosts, vms: vms,
      outages: outages,
      rules: RecoveryRules(
        detection: RegionSamples.seconds(300), service: .fixed(RegionSamples.seconds(30)),
        parallel: max(1, count / 10)))
  }

  /// Of this thread alone, as tests run side by side.
  private func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  @Test(arguments: [250, 1000, 4000])
  func `time grows as hosts do`(hosts: Int) throws {
    // As many VM events for each size; BERTH_REGION_YEARS are those of 1,000 hosts.
    let years = Double(getenv("BERTH_REGION_YEARS").flatMap { Int(String(cString: $0)) } ?? 10)
    let simulation = try RegionSimulation(
      region(hosts: hosts),
      options: RegionOptions(seed: 1, replications: 2, years: years * 500 / Double(hosts)))
    let start = cpuSeconds()
    let report = simulation.report()
    let seconds = cpuSeconds() - start
    let losses = report.all.timesToRecover.count
    print(
      "\(hosts) hosts, \(report.hours / 8760) years: \(seconds) s, \(losses) losses,",
      "\(seconds * 1e9 / Double(losses)) ns a loss, U \(report.all.unavailability),",
      "elsewhere \(report.all.recoveredElsewhere), no room \(report.all.withoutRoom),",
      "queue \(report.largestQueue)")
    #expect(losses > 0)
  }
}
