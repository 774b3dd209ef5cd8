import Benchmarking
import CloudModel
import Simulator
import Testing

/// The workloads of `berth bench migration`, and what all solvers must say of them.
@Suite struct SharingBenchmarkTests {
  private static func measure(
    _ workload: MigrationWorkload, hosts: Int, flows: Int = 1, parallel: Int,
    _ methods: [SharingMethod] = [.local, .component, .textbook]
  ) -> MigrationBenchmark {
    MigrationBenchmark(
      topology: MigrationWorkload.topology(hosts: hosts),
      jobs: workload.jobs(hosts: hosts, flows: flows, seed: 1),
      limits: workload.limits(parallel: parallel, flows: flows), methods: methods, rounds: 1)
  }

  @Test(arguments: [1, 5, 20])
  func `w2 takes what the cards of the drained hosts need`(parallel: Int) {
    for measurement in Self.measure(.evacuation, hosts: 100, parallel: parallel).measurements {
      #expect(abs(measurement.makespanSeconds - 68.72) < 0.0687, "\(measurement.method)")
      #expect(measurement.flowEvents == 400)
    }
  }

  @Test(arguments: [
    (MigrationWorkload.half, 100, 1, 2), (.half, 100, 1, 20), (.random, 30, 120, 4),
  ])
  func `exact solvers give the same ends and the approximation others`(
    workload: MigrationWorkload, hosts: Int, flows: Int, parallel: Int
  ) {
    let result = Self.measure(
      workload, hosts: hosts, flows: flows, parallel: parallel, SharingMethod.allCases)
    let exact = result.measurements.filter { $0.method != .equalShare }
    #expect(exact.count == 3)
    for measurement in exact {
      #expect(measurement.flowEvents == exact[0].flowEvents)
      #expect(abs(measurement.makespanSeconds / exact[0].makespanSeconds - 1) < 1e-7)
      #expect(abs(measurement.sumOfCompletions / exact[0].sumOfCompletions - 1) < 1e-7)
      #expect(result.ratio(of: measurement, to: .component) != nil)
    }
    let other = result.measurements.first { $0.method == .equalShare }
    #expect((other?.sumOfCompletions ?? 0) > exact[0].sumOfCompletions * 1.005)
  }

  @Test func `a window leaves the first starts out and ends in time`() {
    let result = MigrationBenchmark(
      topology: MigrationWorkload.topology(hosts: 20),
      jobs: MigrationWorkload.random.jobs(hosts: 20, flows: 100, seed: 1),
      limits: MigrationWorkload.random.limits(parallel: 5, flows: 100),
      methods: [.local, .component, .textbook], rounds: 2, window: .full(events: 150))
    for measurement in result.measurements {
      #expect((150..<200).contains(measurement.flowEvents), "\(measurement.method)")
      #expect(measurement.flowEvents == result.measurements[0].flowEvents)
      #expect(!measurement.isWhole)
    }
    #expect(MigrationWorkload.half.window == .whole)
    #expect(MigrationWorkload.random.window != .whole)
  }

  @Test func `jobs are as the workloads say`() {
    let half = MigrationWorkload.half.jobs(hosts: 100, flows: 1, seed: 1)
    #expect(half.count == 1000)
    for host in Int32(0)..<50 { #expect(half.count { $0.source == host } == 20) }
    #expect(half.allSatisfy { (50..<100).contains($0.target) })
    let sizes = Set(half.map { Int($0.bytes.gibibytes) })
    #expect(sizes == Set(4...16))
    #expect(half != MigrationWorkload.half.jobs(hosts: 100, flows: 1, seed: 2))
    #expect(half == MigrationWorkload.half.jobs(hosts: 100, flows: 1, seed: 1))
    let random = MigrationWorkload.random.jobs(hosts: 10, flows: 25, seed: 1)
    #expect(random.count == 100)
    #expect(random.allSatisfy { $0.source != $0.target && (0..<10).contains($0.target) })
  }
}
