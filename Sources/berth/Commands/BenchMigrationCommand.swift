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
      round; cpu_s is the least of the rounds, for the whole run with its events. Of random what \
      follows the first starts is measured, up to 20,000 starts and ends; makespan and sum are \
      given where all jobs ended. growth is us_per_change over that of the first number of flows.

      EXAMPLES
        berth bench migration --flows 100,1000,10000 --hosts 100
        berth bench migration --workload w2b --parallel 20 --solver local --solver component
      """)

  @Option(
    help: ArgumentHelp(
      "w2, w2b, w2c or random, several with commas; default w2, or random with --flows.",
      valueName: "names"))
  var workload: WorkloadList?

  @Option(help: ArgumentHelp("Hosts; default those of the workload.", valueName: "n"))
  var hosts: Int?

  @Option(
    help: ArgumentHelp(
      "Flows at once of the workload random, several with commas; default 1000.", valueName: "n"))
  var flows: FlowNumbers?

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
    for flows in flows?.numbers ?? [] { try Self.check(flows, 1...1_000_000, "--flows") }
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
    let rows = workloads.flatMap { workload in
      let sizes = workload == .random ? flows?.numbers ?? [1000] : [0]
      var first: [SharingMethod: Double] = [:]
      return sizes.flatMap { flows in measure(workload, flows: flows, &first) }
    }
    try output.print(Table(objects: rows))
  }

  /// The rows of a workload of one size; `first` has the cost of the first size, by solver.
  private func measure(
    _ workload: MigrationWorkload, flows: Int, _ first: inout [SharingMethod: Double]
  ) -> [Document] {
    let hosts = hosts ?? workload.hosts
    let jobs = workload.jobs(hosts: hosts, flows: flows, seed: seed)
    let levels = parallel.map { [$0] } ?? workload.parallel(hosts: hosts, flows: flows)
    var rows: [Document] = []
    for level in levels {
      let result = MigrationBenchmark(
        topology: MigrationWorkload.topology(hosts: hosts), jobs: jobs,
        limits: workload.limits(parallel: level, flows: flows), methods: solvers, rounds: rounds,
        window: workload.window)
      for measurement in result.measurements {
        let cost = measurement.microsecondsPerChange
        let base = first[measurement.method] ?? cost
        first[measurement.method] = base
        let size: (flows: Int?, growth: Double?) =
          workload == .random ? (flows, cost / base) : (nil, nil)
        rows.append(Self.row(measurement, result, workload, hosts, level, size))
      }
    }
    return rows
  }

  private static func row(
    _ measurement: MigrationMeasurement, _ result: MigrationBenchmark,
    _ workload: MigrationWorkload, _ hosts: Int, _ parallel: Int,
    _ size: (flows: Int?, growth: Double?)
  ) -> Document {
    [
      "workload": .text(workload.rawValue), "hosts": Document(hosts),
      "flows": Document(size.flows), "parallel": Document(parallel),
      "solver": .text(measurement.method.rawValue),
      "flow_events": Document(measurement.flowEvents),
      "rate_changes": Document(measurement.rateChanges), "cpu_s": .number(measurement.cpuSeconds),
      "cpu_median_s": .number(measurement.medianSeconds),
      "us_per_change": .number(measurement.microsecondsPerChange),
      "growth": Document(size.growth),
      "makespan_s": Document(measurement.isWhole ? measurement.makespanSeconds : nil),
      "sum_completion_s": Document(measurement.isWhole ? measurement.sumOfCompletions : nil),
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

/// Whole numbers with commas between them.
struct FlowNumbers: ExpressibleByArgument {
  let numbers: [Int]

  init?(argument: String) {
    var numbers: [Int] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let number = Int(part) else { return nil }
      numbers.append(number)
    }
    self.numbers = numbers
  }
}

extension SharingMethod: ExpressibleByArgument {}
