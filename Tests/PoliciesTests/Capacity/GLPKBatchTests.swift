import CloudModel
import Policies
import Stochastics
import Testing

/// The placement of whole queues by an integer program.
@Suite struct GLPKBatchTests {
  private func place(_ queue: [PlacementRequest], in fleet: Fleet) throws -> [Int32] {
    let policy = try GLPKBatch(options: Properties())
    let context = PlacementContext(fleet: fleet, requests: queue)
    guard case .queued(var placer, let every, let atMost) = policy.method(in: context) else {
      Issue.record("the policy does not take queues")
      return []
    }
    #expect(every == 60_000_000 && atMost == 200)
    return placer.place(queue, in: fleet, at: PlacementMoment(now: 0))
  }

  /// Largest first, two of 4 share the first host and one of 3 finds no room; 4 + 3 + 3 fit twice.
  @Test func betterThanTheLargestFirst() throws {
    let hosts = FleetSample.Host(vcpus: 10, freeVCPUs: 10, vmCount: 1)
    let fleet = FleetSample.fleet([hosts, hosts])
    let queue = [4, 4, 3, 3, 3, 3].map { FleetSample.request($0, 1) }
    let placed = try place(queue, in: fleet)
    #expect(!placed.contains(-1))
    #expect(BatchReplay.problems(placed, queue, fleet) == [])
  }

  /// Nobody is refused with either, but the largest first would open one host more.
  @Test func opensFewHosts() throws {
    let host = FleetSample.Host(vcpus: 10, freeVCPUs: 10)
    let fleet = FleetSample.fleet([host, host, host, host])
    let queue = [4, 4, 3, 3, 3, 3].map { FleetSample.request($0, 1) }
    let placed = try place(queue, in: fleet)
    #expect(!placed.contains(-1))
    #expect(Set(placed).count == 2)
  }

  @Test(arguments: 0..<60) func placesWhatFitsAndNothingElse(seed: Int) throws {
    var stream = RandomStream(seed: UInt64(seed), replication: 0, purpose: .policies)
    let fleet = FleetSample.randomFleet(hosts: 12, devices: seed % 2 == 0, &stream)
    let queue = FleetSample.randomRequests(count: 60, devices: seed % 2 == 0, &stream)
    let placed = try place(queue, in: fleet)
    #expect(BatchReplay.problems(placed, queue, fleet) == [], "seed \(seed)")
    #expect(try place(queue, in: fleet) == placed, "seed \(seed) is not repeatable")
    // With devices the order of the queue may refuse what another order would not.
    let alone = queue.indices.filter { index in
      seed % 2 == 1 && placed[index] == -1
        && BatchReplay.hasRoom(for: queue[index], after: placed, queue, fleet)
    }
    #expect(alone.isEmpty, "seed \(seed) refuses what still fits")
  }

  /// On fleets small enough to try everything, the fewest vCPUs are refused.
  @Test(arguments: 0..<60) func fewestRefused(seed: Int) throws {
    var draw = RandomStream(seed: UInt64(seed), replication: 1, purpose: .policies)
    let fleet = FleetSample.fleet(
      (0..<2).map { _ in
        .init(
          freeVCPUs: Int32(4 + draw.integer(below: 8)), freeGiB: Int32(4 + draw.integer(below: 8)),
          vmCount: 1)
      })
    let queue = (0..<7).map { _ in
      FleetSample.request(Int32(1 + draw.integer(below: 5)), Int32(1 + draw.integer(below: 5)))
    }
    let placed = try place(queue, in: fleet)
    let refused = queue.indices.reduce(0) { $0 + (placed[$1] == -1 ? Int(queue[$1].milliCPU) : 0) }
    let least = BatchReplay.leastRefused(queue[...], fleet)
    // A request counts a thousandth, too, so that equal vCPUs in fewer requests are better.
    #expect(refused <= least, "seed \(seed)")
    #expect(BatchReplay.problems(placed, queue, fleet) == [], "seed \(seed)")
  }

  @Test func emptyQueueAndEmptyFleet() throws {
    #expect(try place([], in: FleetSample.fleet([.init()])) == [])
    #expect(try place([FleetSample.request(1, 1)], in: FleetSample.fleet([])) == [-1])
  }

  @Test func optionsAreRead() throws {
    let policy = try GLPKBatch(options: Properties([("every", "5"), ("at_most", "7")]))
    let context = PlacementContext(fleet: FleetSample.fleet([]), requests: [])
    guard case .queued(_, 5_000_000, 7) = policy.method(in: context) else {
      Issue.record("the options do not arrive")
      return
    }
  }
}

/// Carries an assignment out, request by request.
private enum BatchReplay {
  /// What goes wrong, in words.
  static func problems(
    _ placed: [Int32], _ queue: [PlacementRequest], _ fleet: Fleet
  ) -> [String] {
    guard placed.count == queue.count else { return ["\(placed.count) answers"] }
    var fleet = fleet
    return carryOut(placed, queue, &fleet)
  }

  static func hasRoom(
    for request: PlacementRequest, after placed: [Int32], _ queue: [PlacementRequest],
    _ fleet: Fleet
  ) -> Bool {
    var fleet = fleet
    _ = carryOut(placed, queue, &fleet)
    return (0..<fleet.count).contains { fleet.fits(request, on: $0) }
  }

  static func leastRefused(_ queue: ArraySlice<PlacementRequest>, _ fleet: Fleet) -> Int {
    guard let request = queue.first else { return 0 }
    var least = Int(request.milliCPU) + leastRefused(queue.dropFirst(), fleet)
    for host in 0..<fleet.count where fleet.fits(request, on: host) {
      var next = fleet
      take(request, host, &next)
      least = min(least, leastRefused(queue.dropFirst(), next))
    }
    return least
  }

  /// Takes what the requests ask for in the order of the queue, of devices the one with the least
  /// left that suffices.
  private static func carryOut(
    _ placed: [Int32], _ queue: [PlacementRequest], _ fleet: inout Fleet
  ) -> [String] {
    var used: [String] = []
    for (index, host) in placed.enumerated() where host >= 0 {
      let request = queue[index]
      fleet.freeMilliCPU[Int(host)] -= request.milliCPU
      fleet.freeMemoryMiB[Int(host)] -= request.memoryMiB
      fleet.freeDiskGiB[Int(host)] -= request.diskGiB
      if request.zone >= 0, fleet.zone[Int(host)] != request.zone {
        used.append("zone of \(index)")
      }
      let bits = fleet.traitBits[Int(host)]
      if bits & request.requiredTraits != request.requiredTraits { used.append("traits") }
    }
    for host in 0..<fleet.count {
      if fleet.freeMilliCPU[host] < 0 { used.append("vCPUs of host \(host)") }
      if fleet.freeMemoryMiB[host] < 0 { used.append("memory of host \(host)") }
      if fleet.freeDiskGiB[host] < 0 { used.append("disk of host \(host)") }
      let requests = queue.indices.filter { placed[$0] == Int32(host) }.map { queue[$0] }
      if let free = devicesLeft(requests, on: host, fleet) {
        fleet.deviceFree = free
      } else {
        used.append("devices of host \(host)")
      }
    }
    return used
  }

  /// What devices have left after the requests in their order; nil if one finds none.
  private static func devicesLeft(
    _ requests: [PlacementRequest], on host: Int, _ fleet: Fleet
  ) -> [Int32]? {
    var trial = fleet
    return requests.allSatisfy { takeDevices($0, host, &trial) } ? trial.deviceFree : nil
  }

  private static func take(_ request: PlacementRequest, _ host: Int, _ fleet: inout Fleet) {
    fleet.freeMilliCPU[host] -= request.milliCPU
    fleet.freeMemoryMiB[host] -= request.memoryMiB
    fleet.freeDiskGiB[host] -= request.diskGiB
  }

  private static func takeDevices(
    _ request: PlacementRequest, _ host: Int, _ fleet: inout Fleet
  ) -> Bool {
    var taken: Set<Int> = []
    for demand in request.devices {
      for _ in 0..<demand.count {
        let range = Int(fleet.deviceStart[host])..<Int(fleet.deviceStart[host + 1])
        let usable = range.filter { device in
          !taken.contains(device) && fleet.deviceFree[device] >= demand.share
            && demand.types >> UInt64(fleet.deviceType[device]) & 1 == 1
        }
        guard let best = usable.min(by: { fleet.deviceFree[$0] < fleet.deviceFree[$1] }) else {
          return false
        }
        taken.insert(best)
        fleet.deviceFree[best] -= demand.share
      }
    }
    return true
  }
}
