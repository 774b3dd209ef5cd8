import ArgumentParser
import Benchmarking
import Documents
import Reporting
import Simulator

/// `berth bench migration`: max-min fair sharing of links, ways of finding it side by side.
struct BenchMigrationCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "migration", abstract: "Shares links among migrations, and measures the solvers.",
    discussion: """
      Hosts have network cards of 10 Gbit/s. w2: 10 of 100 hosts are emptied of 20 VMs of 4 GiB \
      each. w2b: 50 of 100 hosts, 4 to 16 GiB, random targets; w2c: 500 of 1,000 hosts. random: \
      as many flows at once as --flows says, between any hosts. Solvers run in turn within each \
      round; cpu_s is the least of the rounds, for the whole run with its events.

      EXAMPLES
        berth bench migration --workload w2b,w2c -f json
        berth bench migration --workload w2b --parallel 20 --solver local --solver component
      """)

  @Option(
    help: ArgumentHelp(
      "w2, w2b, w2c or random, several with commas; default w2, or random with --flows.",
      valueName: "names"))
  var workload: WorkloadList?

  @Option(help: ArgumentHelp("Hosts; default those of the workload.", valueName: "n"))
  var hosts: Int?

  @Option(help: ArgumentHelp("Flows at once of the workload random.", valueName: "n"))
  var flows: Int?

  @Option(
    help: ArgumentHelp(
      "Migrations at once from one host; default those of the workload.", valueName: "n"))
  var parallel: Int?

  @Option(
    name: .customLong("solver"),
    help: ArgumentHelp(
      "local, component, textbook or equal-share; may be given several times.", valueName: "name"))
  var solvers: [SharingMethod] = [.local, .component, .textbook]

  @Option(help: ArgumentHelp("Rounds.", valueName: "n"))
  var rounds = 5

  @Option(help: ArgumentHelp("Seed of the draws.", valueName: "n"))
  var seed: UInt64 = 1

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  private var workloads: [MigrationWorkload] {
    workload?.workloads ?? [flows == nil ? .evacuation : .random]
  }

  func validate() throws {
    try Self.check(hosts, 10...100_000, "--hosts")
    try Self.check(flows, 1...1_000_000, "--flows")
    try Self.check(parallel, 1...1_000_000, "--parallel")
    try Self.check(rounds, 1...1000, "--rounds")
    if flows != nil, workloads.contains(where: { $0 != .random }) {
      throw ValidationError("--flows is for the workload random only")
    }
  }

  private static func check(
    _ value: Int?, _ range: ClosedRange<Int>, _ name: String
  ) throws {
    if let value, !range.contains(value) {
      throw ValidationError(
        "\(name) must be from \(range.lowerBound) to \(range.upperBound), found \(value)")
    }
  }

  func run() throws {
    var rows: [Document] = []
    for workload in workloads {
      let hosts = hosts ?? workload.hosts
      let flows = flows ?? 1000
      let jobs = workload.jobs(hosts: hosts, flows: flows, seed: seed)
      let levels = parallel.map { [$0] } ?? workload.parallel(hosts: hosts, flows: flows)
      for level in levels {
        let result = MigrationBenchmark(
          topology: MigrationWorkload.topology(hosts: hosts), jobs: jobs,
          limits: workload.limits(parallel: level, flows: flows), methods: solvers, rounds: rounds)
        for measurement in result.measurements {
          rows.append(Self.row(measurement, result, workload: workload, hosts, level))
        }
      }
    }
    try output.print(Table(objects: rows))
  }

  private static func row(
    _ measurement: MigrationMeasurement, _ result: MigrationBenchmark,
    workload: MigrationWorkload, _ hosts: Int, _ parallel: Int
  ) -> Document {
    [
      "workload": .text(workload.rawValue), "hosts": Document(hosts),
      "parallel": Document(parallel), "solver": .text(measurement.method.rawValue),
      "flow_events": Document(measurement.flowEvents),
      "rate_changes": Document(measurement.rateChanges), "cpu_s": .number(measurement.cpuSeconds),
      "cpu_median_s": .number(measurement.medianSeconds),
      "us_per_change": .number(measurement.microsecondsPerChange),
      "makespan_s": .number(measurement.makespanSeconds),
      "sum_completion_s": .number(measurement.sumOfCompletions),
      "ratio_to_component": Document(result.ratio(of: measurement, to: .component)),
      "ratio_to_textbook": Document(result.ratio(of: measurement, to: .textbook)),
    ]
  }
}

/// Names of workloads with commas between them.
struct WorkloadList: ExpressibleByArgument {
  let workloads: [MigrationWorkload]

  init?(argument: String) {
    var workloads: [MigrationWorkload] = []
    for name in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let workload = MigrationWorkload(rawValue: String(name)) else { return nil }
      workloads.append(workload)
    }
    self.workloads = workloads
  }
}

extension SharingMethod: ExpressibleByArgument {}
