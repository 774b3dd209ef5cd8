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
      One row for each file and solver. The program's own search is `glpk`; the others get the \
      exact program as an MPS file and the same seconds of CPU time on one thread for each goal (10 \
      without --time-limit), and the same check of rows. One that is not installed is left out with a line. \
      `best_fit_decreasing` is what packing the largest first leaves out.

      EXAMPLES
        berth bench placement instance.json
        berth bench placement instance.json --solver all --time-limit 5 -f json
      """)

  @OptionGroup var instances: InstanceOptions

  @Option(
    name: .customLong("solver"),
    help: ArgumentHelp(
      "glpk, highs, cbc or all; may be given several times; default glpk.", valueName: "name"))
  var names: [String] = ["glpk"]

  @Flag(help: "Also makes room for as many VMs of 8 vCPUs and 32 GiB as can be.")
  var slots = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func validate() throws {
    for name in names where name != "all" && ComparedSolver(named: name) == nil {
      let known = ComparedSolver.all.map(\.name).joined(separator: ", ")
      throw ValidationError("--solver must be \(known) or all, found \(name)")
    }
  }

  func run() throws {
    InstanceOptions.listenForInterrupts()
    let wanted =
      names.contains("all") ? ComparedSolver.all : names.compactMap { ComparedSolver(named: $0) }
    for solver in wanted where !solver.isInstalled && !messages.quiet {
      Console.say("the solver \(solver.name) is not installed and is left out")
    }
    var rows: [Document] = []
    for file in instances.files {
      let json = try InstanceOptions.bytes(of: file)
      do {
        let instance = try PlacementInstance(json: json)
        for solver in wanted where solver.isInstalled {
          let result = PlacementBenchmark(
            instance, packing, solver: solver, countsSlots: slots)
          if let result { rows.append(row(result)) }
        }
      } catch {
        throw Failure(error, file: file)
      }
    }
    try output.print(Table(objects: rows))
    InstanceOptions.endIfInterrupted()
  }

  /// The limits, those of work so that a cloud of 1,000 hosts takes some two seconds.
  private var packing: PackingOptions {
    var options = instances.packing
    if options.timeLimit == nil { options.workLimit = 36_000_000 }
    return options
  }

  private func row(_ result: PlacementBenchmark) -> Document {
    var fields: [(String, Document)] = [
      ("name", .text(result.name)), ("solver", .text(result.solver.name)),
      ("hosts", Document(result.hosts)), ("drained", Document(result.drained)),
      ("movable", Document(result.movable)), ("unplaced", Document(result.unplaced)),
      ("bound", Document(result.bound)), ("gap", .number(result.gap)),
      ("proven", .bool(result.isProven)),
      ("best_fit_decreasing", Document(result.bestFitDecreasingUnplaced)),
    ]
    if slots {
      fields.append(("ref_slots_left", Document(result.result.references ?? 0)))
      fields.append(("ref_slots_bound", Document(result.result.referenceBound ?? 0)))
    }
    fields += [
      ("rows", Document(result.result.pooledSize.rows)),
      ("columns", Document(result.result.pooledSize.columns)),
      ("nonzeros", Document(result.result.pooledSize.nonzeros)),
      ("cpu_s", .number(result.cpuSeconds)),
      ("peak_memory_bytes", Document(result.peakMemoryBytes)),
      ("remark", Document(result.remark)),
    ]
    return .fields(fields)
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
