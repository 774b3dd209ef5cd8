import ArgumentParser
import Benchmarking
import Documents
import Policies
import Reporting

/// `berth bench`: reproducible work for measuring.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Reproducible work for measuring.",
    discussion: """
      EXAMPLES
        berth bench placement instance.json
        berth bench engine --hosts 1000 --vms 1000000
      """,
    subcommands: [BenchEngineCommand.self, BenchMigrationCommand.self, BenchPlacementCommand.self])
}

/// `berth bench placement`: evacuation instances, solved with bound and gap.
struct BenchPlacementCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "placement", abstract: "Solves placement instances and measures.",
    discussion: """
      EXAMPLES
        berth bench placement instance.json
        berth bench placement instance.json --time-limit 5 -f json
      """)

  @OptionGroup var instances: InstanceOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    var rows: [Document] = []
    for file in instances.files {
      let json = try InstanceOptions.bytes(of: file)
      do {
        rows.append(
          Self.row(PlacementBenchmark(try PlacementInstance(json: json), instances.packing)))
      } catch {
        throw Failure(error, file: file)
      }
    }
    try output.print(Table(objects: rows))
  }

  private static func row(_ result: PlacementBenchmark) -> Document {
    [
      "name": .text(result.name), "hosts": Document(result.hosts),
      "drained": Document(result.drained), "movable": Document(result.movable),
      "unplaced": Document(result.unplaced), "bound": Document(result.bound),
      "gap": .number(result.gap), "proven": .bool(result.isProven),
      "best_fit_decreasing": Document(result.bestFitDecreasingUnplaced),
      "rows": Document(result.result.pooledSize.rows),
      "columns": Document(result.result.pooledSize.columns),
      "nonzeros": Document(result.result.pooledSize.nonzeros),
      "cpu_s": .number(result.cpuSeconds), "peak_memory_bytes": Document(result.peakMemoryBytes),
    ]
  }
}

extension Failure {
  init(_ error: PlacementInstanceError, file: String) {
    let help = "the format is that of the evacuation instances: flavors, host_classes, hosts, vms"
    switch error {
    case .notJSON(let reason):
      self.init(.invalid, code: "E0402", "no JSON: \(reason)", file: file, help: help)
    case .malformed(let path, let reason):
      self.init(.invalid, code: "E0402", reason, file: file, path: path, help: help)
    case .outOfRange(let path, let found, let allowed):
      self.init(
        .invalid, code: "E0402", "\(path) must be \(allowed), found \(found)", file: file,
        path: path, help: help)
    case .otherProblem(let found):
      self.init(
        .invalid, code: "E0402", "the problem must be \"evacuation\", found \"\(found)\"",
        file: file, path: "problem", help: help)
    }
  }
}
