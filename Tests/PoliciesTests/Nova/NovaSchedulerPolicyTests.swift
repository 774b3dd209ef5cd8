import CloudModel
import Policies
import Stochastics
import Testing

/// The fast policy beside the full scheduler, and its options.
struct NovaSchedulerPolicyTests {
  /// A fleet with one device type, rooms drawn from few values so that there are ties.
  private func fleet(hosts: Int, _ stream: inout RandomStream) -> Fleet {
    var fleet = Fleet()
    fleet.deviceTypes = ["gpu"]
    for _ in 0..<hosts {
      fleet.freeMilliCPU.append(Int32(1000 * (4 + stream.integer(below: 8))))
      fleet.freeMemoryMiB.append(Int32(4096 * (1 + stream.integer(below: 8))))
      fleet.freeDiskGiB.append(Int32(10 * stream.integer(below: 4)))
      fleet.vmCount.append(Int32(stream.integer(below: 5)))
      for _ in 0..<stream.integer(below: 3) {
        fleet.deviceType.append(0)
        fleet.deviceFree.append(stream.integer(below: 2) == 0 ? 1000 : 0)
      }
      fleet.deviceStart.append(Int32(fleet.deviceType.count))
    }
    return fleet
  }

  private func state(_ host: Int, _ fleet: Fleet) -> NovaHostState {
    var state = NovaHostState(name: "\(host)")
    state.vcpus = Int(fleet.freeMilliCPU[host]) / 1000
    state.freeMemoryMiB = Int(fleet.freeMemoryMiB[host])
    state.freeDiskMiB = Int(fleet.freeDiskGiB[host]) * 1024
    state.instances = Int(fleet.vmCount[host])
    let devices = Int(fleet.deviceStart[host])..<Int(fleet.deviceStart[host + 1])
    state.pools = [
      NovaDevicePool(
        vendor: "x", product: "y", free: devices.count { fleet.deviceFree[$0] == 1000 })
    ]
    return state
  }

  private func chooser(_ options: [(String, String)], _ fleet: Fleet) throws -> any HostChooser {
    let policy = try NovaScheduler(options: Properties(options))
    let method = policy.method(in: PlacementContext(fleet: fleet, requests: []))
    guard case .chosen(let chooser) = method else {
      throw NovaError.unknownSetting("the policy is not of the chosen tier")
    }
    return chooser
  }

  @Test(arguments: [
    [], [("cpu_weight_multiplier", "2.0"), ("disk_weight_multiplier", "0.5")],
    [("num_instances_weight_multiplier", "-1.5"), ("pci_weight_multiplier", "0")],
    [("ram_weight_multiplier", "-1")],
  ])
  func `it chooses what the full scheduler chooses`(options: [(String, String)]) throws {
    let seed: UInt64 = 20_261_124
    let request = PlacementRequest(milliCPU: 1000, memoryMiB: 1024)
    let full = try NovaSample.scheduler(filters: [], options)
    let asked = NovaRequest(servers: ["vm"], flavor: NovaSample.flavor())
    for replication in 0..<200 as Range<UInt64> {
      var stream = RandomStream(seed: seed, replication: replication, purpose: .generation)
      let fleet = fleet(hosts: 1 + stream.integer(below: 30), &stream)
      let candidates = (0..<Int32(fleet.count)).filter { _ in stream.integer(below: 4) > 0 }
      if candidates.isEmpty { continue }
      var chooser = try chooser(options, fleet)
      let chosen = chooser.choose(
        among: candidates, of: fleet, for: request, at: PlacementMoment(now: 0))
      let round = full.round(
        of: asked, server: "vm", index: 0, over: candidates.map { state(Int($0), fleet) })
      let expected = round.order.first.map { candidates[$0] }
      #expect(chosen == expected, "seed \(seed), replication \(replication)")
    }
  }

  @Test func `a subset is drawn by seed and number of the request`() throws {
    var stream = RandomStream(seed: 5, replication: 0, purpose: .generation)
    let fleet = fleet(hosts: 20, &stream)
    let request = PlacementRequest(milliCPU: 1000, memoryMiB: 1024)
    func choices(_ options: [(String, String)]) throws -> [Int32?] {
      var chooser = try chooser(options, fleet)
      return (0..<50).map { number in
        chooser.choose(
          among: Array(0..<20), of: fleet, for: request,
          at: PlacementMoment(now: 0, sequence: UInt64(number)))
      }
    }
    let drawn = try choices([("host_subset_size", "3")])
    #expect(Set(drawn).count == 3)
    #expect(try choices([("host_subset_size", "3")]) == drawn)
    #expect(Set(try choices([])).count == 1)
  }

  @Test(arguments: [
    ("release", "33"), ("ram_weight_multiplier", "much"), ("host_subset_size", "0"),
    ("shuffle_best_same_weighed_hosts", "perhaps"), ("luck", "1"),
  ])
  func `other values and options are refused`(name: String, value: String) {
    #expect {
      try NovaScheduler(options: Properties([(name, value)]))
    } throws: { error in
      guard case PlacementPolicyError.option(let found, _, _) = error else { return false }
      return found == name
    }
  }

  @Test func `release 34 has several names`() throws {
    for release in ["34", "34.0.0", "2026.2"] {
      _ = try NovaScheduler(options: Properties([("release", release)]))
    }
  }
}
