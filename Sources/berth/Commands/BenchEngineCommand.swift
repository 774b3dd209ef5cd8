import ArgumentParser
import Benchmarking
import CloudModel
import Documents
import Policies
import Reporting
import Scenarios
import Simulator

/// `berth bench engine`: the placement engine on a workload that everybody can repeat.
struct BenchEngineCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "engine", abstract: "Places VMs that come and go, and measures the engine.",
    discussion: """
      The demand lies in memory before the clock starts. `placement_hash` is a hash of the host of \
      each VM: equal hashes mean equal placements. Benchmarks/README.md describes the workloads.

      EXAMPLES
        berth bench engine --hosts 1000 --vms 1000000 -f json
        berth bench engine --hosts 1000 --unequal --policy worst-fit
      """)

  @Option(
    help: ArgumentHelp("w1: VMs that come and go; w1-azure: a recorded week.", valueName: "name"))
  var workload: EngineWorkload = .churn

  @Option(help: ArgumentHelp("Hosts; default 1000, or 4000 for the week.", valueName: "n"))
  var hosts: Int?

  @Option(help: ArgumentHelp("VMs of w1.", valueName: "n"))
  var vms = 1_000_000

  @Option(help: ArgumentHelp("Policy by name.", valueName: "name"))
  var policy = "best-fit"

  @Flag(help: "Hosts of five shapes in three zones, a trait on 2 % of them.")
  var unequal = false

  @Flag(help: "Draws the demand on the way instead of holding it in memory.")
  var streamed = false

  @Flag(help: "Without the measures of use over time, for their cost.")
  var unmeasured = false

  @Option(help: ArgumentHelp("Seed of the draws.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Folder of the recorded week, for w1-azure.", valueName: "folder"))
  var data = "data/azure-vm-2017"

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func validate() throws {
    if let hosts, !(1...10_000_000).contains(hosts) {
      throw ValidationError("--hosts must be from 1 to 10000000, found \(hosts)")
    }
    if !(1...100_000_000).contains(vms) {
      throw ValidationError("--vms must be from 1 to 100000000, found \(vms)")
    }
    if workload == .week, unequal {
      throw ValidationError("--unequal is for the workload w1 only")
    }
  }

  func run() throws {
    switch workload {
    case .churn:
      let (fleet, demand) = EngineWorkload.churn(
        hosts: hosts ?? 1000, vms: vms, seed: seed, isUnequal: unequal)
      try measure(fleet, demand)
    case .week:
      try measure(EngineFleet.equal(hosts ?? 4000), try week())
    }
  }

  private func week() throws -> EngineWeek {
    let names = ["\(data)/vms_day24-30.csv.gz", "\(data)/lifetime_bins.csv"]
    let files: [[UInt8]]
    do {
      files = try names.map { name in
        let bytes = try FileContent.bytes(of: name, limit: 1 << 28)
        return name.hasSuffix(".gz") ? try GzipReader.unpack(bytes, limit: 1 << 30) : bytes
      }
    } catch let error as DocumentError {
      throw Failure(error)
    }
    do throws(EngineWeek.TableError) {
      return try EngineWeek(vms: files[0], bins: files[1], seed: seed)
    } catch {
      throw Failure(
        .invalid, code: "E0401", "line \(error.line) must hold \(error.allowed)", file: data,
        help: "the folder holds the tables of the data set azure-vm-2017")
    }
  }

  private func measure<Source: DemandSource>(_ fleet: Fleet, _ demand: Source) throws {
    guard let type = PolicyCatalog.placement(named: policy) else {
      let known = PolicyCatalog.placement.map { $0.name }
      throw Failure(
        .usage, code: "E0002", "no placement policy `\(policy)`",
        help: "there are: \(known.joined(separator: ", "))")
    }
    let method = try type.init(options: Properties()).method(
      in: PlacementContext(fleet: fleet, requests: demand.requests, seed: seed))
    let options = PlacementOptions(seed: seed, isMeasured: !unmeasured)
    var demand = demand
    let result =
      streamed
      ? try EngineBenchmark(fleet: fleet, demand: demand, method: method, options: options)
      : try EngineBenchmark(
        fleet: fleet, demand: try EngineTrace(recording: &demand), method: method,
        options: options)
    let document = Self.document(result, workload: workload, policy: policy)
    let text =
      "\(result.hosts) hosts, \(result.vms) VMs, policy \(policy): "
      + "\(Wording.fixed(result.nanosecondsPerEvent, 1)) ns of CPU per VM event "
      + "(\(result.events) events in \(Wording.fixed(result.cpuSeconds, 3)) s), "
      + "\(result.rejected) refused, hash \(result.hashText)\n"
    try output.print(document, text: text, rows: Table(objects: [document]))
  }

  private static func document(
    _ result: EngineBenchmark, workload: EngineWorkload, policy: String
  ) -> Document {
    [
      "workload": .text(workload.rawValue), "policy": .text(policy),
      "hosts": Document(result.hosts), "vms": Document(result.vms),
      "events": Document(result.events), "cpu_s": .number(result.cpuSeconds),
      "ns_per_vm_event": .number(result.nanosecondsPerEvent),
      "peak_rss_bytes": .integer(result.peakMemoryBytes), "rejected": Document(result.rejected),
      "placement_hash": .text(result.hashText),
    ]
  }
}

extension EngineWorkload: ExpressibleByArgument {}
