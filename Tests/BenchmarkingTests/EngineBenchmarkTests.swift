import Benchmarking
import CloudModel
import Simulator
import TestSupport
import Testing

/// The demands of the engine's benchmark and the hashes that best fit must give.
@Suite struct EngineBenchmarkTests {
  private static let bestFit = PlacementMethod.ordered(
    HostOrder(.residual(.vcpus, .least, then: .least)))

  /// The hashes are those that the reference in C++ prints with `--vms 20000`.
  @Test(arguments: [(100, "f54c7e66de9463c7"), (1_000, "50c969bbede9fadd")])
  func `best fit places as the reference does`(hosts: Int, hash: String) throws {
    let (fleet, demand) = EngineWorkload.churn(hosts: hosts, vms: 20_000, seed: 1)
    let result = try EngineBenchmark(
      fleet: fleet, demand: demand, method: Self.bestFit, options: PlacementOptions())
    #expect(result.hashText == hash)
    #expect(result.events == 40_000)
    #expect(result.rejected == 0)
    #expect(result.cpuSeconds > 0)
    // Two mean lives after the start the cloud is 70 % full; at 100 hosts most of the run is.
    if hosts == 100 {
      let used = result.measures.samples[3..<20].map { Double($0.usedMilliCPU) / 4_800_000 }
      let mean = used.reduce(0, +) / Double(used.count)
      #expect(abs(mean - 0.7) < 0.05, "\(mean)")
    }
  }

  @Test func `a recorded demand gives what a generated one gives`() throws {
    let (fleet, demand) = EngineWorkload.churn(hosts: 60, vms: 9_000, seed: 3, isUnequal: true)
    var source = demand
    let trace = try EngineTrace(recording: &source)
    #expect(trace.count == 9_000)
    let fromTrace = try EngineBenchmark(
      fleet: fleet, demand: trace, method: Self.bestFit, options: PlacementOptions())
    let generated = try EngineBenchmark(
      fleet: fleet, demand: demand, method: Self.bestFit, options: PlacementOptions())
    #expect(fromTrace.placementHash == generated.placementHash)
    #expect(fromTrace.measures == generated.measures)
  }

  @Test func `unequal hosts lie in three zones and one in fifty has the trait`() throws {
    let (fleet, demand) = EngineWorkload.churn(hosts: 1_500, vms: 30_000, seed: 1, isUnequal: true)
    #expect(fleet.traitBits.count { $0 == 1 } == 30)
    #expect(Set(fleet.capacityMilliCPU).count == 4)
    var source = demand
    var (asked, zones) = (0, [0, 0, 0])
    var block = DemandBlock()
    while true {
      block.removeAll()
      source.fill(&block)
      if block.count == 0 { break }
      for request in block.requests.map({ demand.requests[Int($0)] }) {
        zones[Int(request.zone)] += 1
        if request.requiredTraits == 1 { asked += 1 }
      }
    }
    // 1 % of 30,000 and a third each, within four standard deviations.
    #expect(abs(asked - 300) < 70, "\(asked)")
    #expect(zones.allSatisfy { abs($0 - 10_000) < 330 }, "\(zones)")
  }

  @Test func `the week is drawn within its bins`() throws {
    let vms = """
      arrival_s,batch,flavor,vcpus,memory_gib,lifetime_bin,censored
      2100000,1,d,16,112,0,0
      2100000,1,b,1,1.75,1,0
      2100300,2,p,8,64,1,1

      """
    let bins = "bin,min_s,max_s\n0,0,0\n1,3900,7200\n"
    for seed in UInt64(1)...50 {
      let week = try EngineWeek(vms: [UInt8](vms.utf8), bins: [UInt8](bins.utf8), seed: seed)
      var source = week
      var block = DemandBlock()
      source.fill(&block)
      #expect(block.count == 3)
      #expect(block.times == block.times.sorted())
      #expect(block.times[0] >= 0 && block.times[1] <= 300_000_000)
      #expect((300_000_000...600_000_000).contains(block.times[2]))
      let lives = zip(block.requests, block.lives).sorted { $0.0 < $1.0 }
      #expect(lives.map(\.0) == [0, 7, 7])
      #expect((3_600_000_000...7_200_000_000).contains(lives[0].1))
      #expect(block.lives[2] == -1)
      #expect(block.lives.contains { (0...300_000_000).contains($0) })
      #expect(week.requests[7].milliCPU == 8000 && week.requests[7].memoryMiB == 32 * 1024)
    }
  }

  @Test func `a broken table is refused with its line`() {
    let bins = [UInt8]("bin,min_s,max_s\n0,0,0\n".utf8)
    let header = "arrival_s,batch,flavor,vcpus,memory_gib,lifetime_bin,censored\n"
    for (row, line) in [
      ("1,2,3\n", 2), ("1,1,a,1,2,0,0\n1,1,a,x,2,0,0\n", 3), ("9,1,a,1,2,7,0\n", 2),
    ] {
      #expect {
        try EngineWeek(vms: [UInt8]((header + row).utf8), bins: bins, seed: 1)
      } throws: { error in
        (error as? EngineWeek.TableError)?.line == line
      }
    }
  }
}
