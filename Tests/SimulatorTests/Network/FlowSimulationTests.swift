import CloudModel
import Simulator
import Stochastics
import Testing

/// Jobs run to the end, with ends found by hand and limits held.
@Suite struct FlowSimulationTests {
  private static let card = Bandwidth(bytesPerSecond: 1.25e9)

  private static func topology(_ hosts: Int) -> NetworkTopology {
    NetworkTopology(cards: Array(repeating: card, count: hosts))
  }

  private static func run(
    _ topology: NetworkTopology, _ jobs: [FlowJob], _ limits: MigrationLimits,
    _ method: SharingMethod = .local
  ) -> FlowResult {
    var simulation = FlowSimulation(
      topology: topology, jobs: jobs, limits: limits, method: method)
    return simulation.run()
  }

  /// 80 GiB leave each of ten hosts at 10 Gbit/s: 80 x 2^30 x 8 / 10^10 = 68.719 s.
  @Test(arguments: [1, 2, 20])
  func `ten hosts are empty when their cards have sent all`(parallel: Int) {
    let jobs = (0..<200).map { index in
      let (host, vm) = (index / 20, index % 20)
      let target = 10 + (9 * host + vm) % 90
      return FlowJob(source: Int32(host), target: Int32(target), bytes: .gibibytes(4))
    }
    let result = Self.run(Self.topology(100), jobs, MigrationLimits(perSource: parallel))
    let seconds = result.makespan.seconds
    #expect(abs(seconds - 68.72) < 0.0687)
    #expect(abs(seconds - 68.719477) < 1e-4)
    #expect(result.flowEvents == 400)
  }

  @Test func `two flows share a card and the longer one speeds up`() {
    let jobs = [
      FlowJob(source: 0, target: 1, bytes: Bytes(1_250_000_000)),
      FlowJob(source: 0, target: 2, bytes: Bytes(3_750_000_000)),
    ]
    let result = Self.run(Self.topology(3), jobs, MigrationLimits(perSource: 2))
    // Both at half the card until 2 s; then 2.5 GB are left, at 1.25 GB/s.
    #expect(
      result.ends == [SimulatedTime(microseconds: 2_000_000), .init(microseconds: 4_000_000)])
    let serial = Self.run(Self.topology(3), jobs, MigrationLimits(perSource: 1))
    #expect(
      serial.ends == [SimulatedTime(microseconds: 1_000_000), .init(microseconds: 4_000_000)])
    #expect(serial.starts == [.start, SimulatedTime(microseconds: 1_000_000)])
  }

  @Test func `a flow without capacity never ends and the others do`() {
    let jobs = [
      FlowJob(source: 0, target: 1, bytes: .gibibytes(1)),
      FlowJob(source: 0, target: 2, bytes: Bytes(1_250_000_000)),
      FlowJob(source: 0, target: 2, bytes: Bytes(0)),
    ]
    let topology = Self.topology(3)
    var simulation = FlowSimulation(
      topology: topology, jobs: jobs, limits: MigrationLimits(perSource: 3))
    simulation.setBackground(Self.card, of: topology.cardIn(1))
    let result = simulation.run()
    #expect(result.ends == [nil, SimulatedTime(microseconds: 1_000_000), .start])
    #expect(result.makespan.microseconds == 1_000_000)
  }

  @Test func `links between racks and zones are shared`() {
    // Hosts 0, 1 | 2, 3 in one zone, 4, 5 in another; racks have less than a card, zones less still.
    let topology = NetworkTopology(
      cards: Array(repeating: Self.card, count: 6), racks: [0, 0, 1, 1, 2, 2],
      uplink: Bandwidth(bytesPerSecond: 1e9), zones: [0, 0, 0, 0, 1, 1],
      zoneLink: Bandwidth(bytesPerSecond: 0.4e9))
    #expect(topology.path(from: 0, to: 1).count == 2)
    #expect(topology.path(from: 0, to: 2).count == 4)
    #expect(topology.path(from: 0, to: 4).count == 6)
    let jobs = [(0, 1), (0, 2), (1, 4)].map { source, target in
      FlowJob(source: source, target: target, bytes: Bytes(1_000_000_000))
    }
    let result = Self.run(topology, jobs, MigrationLimits(perSource: 2))
    // The zones leave 0.4 to the third, the uplink 0.6 to the second, the card 0.65 to the first.
    let ends = result.ends.map { $0?.seconds ?? -1 }
    for (end, rate) in zip(ends, [0.65, 0.6, 0.4]) { #expect(abs(end - 1 / rate) < 2e-6) }
  }

  /// How many jobs run at once at most, for each value of a key.
  private func most(
    _ result: FlowResult, _ jobs: [FlowJob], by keys: (FlowJob) -> Set<Int32>
  ) -> Int {
    var changes: [(time: Int64, step: Int, job: Int)] = []
    for index in jobs.indices {
      guard let start = result.starts[index], let end = result.ends[index] else { continue }
      changes.append((start.microseconds, 1, index))
      changes.append((end.microseconds, -1, index))
    }
    var running: [Int32: Int] = [:]
    var most = 0
    for change in changes.sorted(by: { ($0.time, $0.step) < ($1.time, $1.step) }) {
      for key in keys(jobs[change.job]) {
        running[key, default: 0] += change.step
        most = max(most, running[key] ?? 0)
      }
    }
    return most
  }

  @Test(arguments: UInt64(1)...12)
  func `limits of sources, targets, racks and the cloud are held and used`(seed: UInt64) {
    var random = RandomStream(seed: seed, replication: 0, purpose: .generation)
    let racks = (0..<12).map { Int32($0 / 3) }
    let topology = NetworkTopology(
      cards: Array(repeating: Self.card, count: 12), racks: racks,
      uplink: Bandwidth(bytesPerSecond: 2e9))
    let jobs = (0..<150).map { _ in
      let (source, other) = (random.integer(below: 12), random.integer(below: 11))
      return FlowJob(
        source: Int32(source), target: Int32(other < source ? other : other + 1),
        bytes: .mebibytes(Int64(100 + random.integer(below: 4000))))
    }
    let limits = MigrationLimits(
      perSource: 1 + random.integer(below: 4), perTarget: 1 + random.integer(below: 3),
      perRack: 2 + random.integer(below: 4), inAll: 5 + random.integer(below: 6))
    let result = Self.run(topology, jobs, limits)
    #expect(result.ends.allSatisfy { $0 != nil }, "seed \(seed)")
    #expect(most(result, jobs) { [$0.source] } <= limits.perSource, "seed \(seed)")
    #expect(most(result, jobs) { [$0.target] } <= limits.perTarget ?? 0, "seed \(seed)")
    #expect(
      most(result, jobs) { [racks[Int($0.source)], racks[Int($0.target)]] }
        <= limits.perRack ?? 0, "seed \(seed)")
    #expect(most(result, jobs) { _ in [0] } <= limits.inAll ?? 0, "seed \(seed)")
    // The jobs of a host start in the order of the list.
    for host in Int32(0)..<12 {
      let starts = jobs.indices.filter { jobs[$0].source == host }.compactMap { result.starts[$0] }
      #expect(starts == starts.sorted(), "seed \(seed) host \(host)")
    }
    // Unlimited but for the sources, no source leaves a place empty while it has a job.
    let free = Self.run(topology, jobs, MigrationLimits(perSource: limits.perSource))
    let first = Set(jobs.map(\.source)).map { host in
      jobs.indices.filter { jobs[$0].source == host && free.starts[$0] == .start }.count
        - min(limits.perSource, jobs.count { $0.source == host })
    }
    #expect(first.allSatisfy { $0 == 0 }, "seed \(seed)")
    let component = Self.run(topology, jobs, limits, .component)
    for (local, other) in zip(result.ends, component.ends) {
      #expect(abs((local?.seconds ?? 0) - (other?.seconds ?? 1)) < 1e-4, "seed \(seed)")
    }
    #expect(Self.run(topology, jobs, limits) == result, "seed \(seed)")
  }
}
