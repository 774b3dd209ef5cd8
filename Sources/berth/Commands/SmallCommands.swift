import ArgumentParser
import Benchmarking
import CloudModel
import Documents
import Foundation
import Policies
import Reporting
import Scenarios
import Validation

/// `berth policies`: what can decide.
struct PoliciesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policies", abstract: "Lists the policies with their parameters.",
    discussion: """
      EXAMPLES
        berth policies list
        berth policies list -f json
      """,
    subcommands: [PoliciesListCommand.self])
}

/// `berth policies list`.
struct PoliciesListCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the policies with their parameters.",
    discussion: """
      EXAMPLES
        berth policies list
        berth policies list -f csv
      """)

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    try output.print(
      Table(
        columns: ["kind", "name", "summary", "parameters"],
        rows: PolicyCatalog.evacuation.map { policy in
          let parameters = policy.parameters.map { "\($0.name): \($0.meaning)" }
          return [
            "evacuation", .text(policy.name), .text(policy.summary),
            .text(parameters.joined(separator: "; ")),
          ]
        }))
  }
}

/// `berth validate`: models beside recorded reality.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Lays the models beside recorded reality.",
    discussion: """
      EXAMPLES
        berth validate migrations data/openstack-livemigration-osic
        berth validate migrations data/openstack-livemigration-osic -f json
      """,
    subcommands: [ValidateMigrationsCommand.self])
}

/// `berth validate migrations`: predicted beside measured migrations and evacuations.
struct ValidateMigrationsCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "migrations",
    abstract: "Fits the migration model to serial runs and predicts the rest.",
    discussion: """
      The data set is a folder with migrations.csv and evacuations.csv. Rows marked as fitted were \
      used in the fit; all others are predictions. Exit code 0 whatever the errors.

      EXAMPLES
        berth validate migrations data/openstack-livemigration-osic
        berth validate migrations data/openstack-livemigration-osic -f csv
      """)

  @Argument(help: "The folder of the data set.")
  var dataset: String

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    let validation: MigrationValidation
    do {
      validation = try MigrationValidation(folder: dataset)
    } catch {
      throw Failure(error)
    }
    let rows = ValidationTables.rows(of: validation)
    try output.print(
      ValidationTables.document(of: validation), text: ValidationTables.text(of: validation),
      rows: rows)
  }
}

/// `berth bench`: reproducible work for measuring.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Reproducible work for measuring.",
    discussion: """
      EXAMPLES
        berth bench placement instance.json
        berth bench placement a.json b.json -f json
      """,
    subcommands: [BenchPlacementCommand.self])
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

  @Argument(help: "Instance files.")
  var files: [String]

  @Option(help: ArgumentHelp("Seconds of wall time instead of a limit of work.", valueName: "s"))
  var timeLimit: Double?

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func validate() throws {
    if let timeLimit, !(timeLimit > 0 && timeLimit <= 86_400) {
      throw ValidationError("--time-limit must be above 0 and at most 86400, found \(timeLimit)")
    }
  }

  func run() throws {
    var rows: [Document] = []
    for file in files {
      let instance: PlacementInstance
      do {
        instance = try PlacementInstance(json: try FileContent.bytes(of: file, limit: 64 << 20))
      } catch let error as DocumentError {
        throw Failure(error, file: file)
      } catch let error as PlacementInstanceError {
        throw Failure(error, file: file)
      }
      var options = PackingOptions()
      options.timeLimit = timeLimit.map { .seconds($0) }
      rows.append(Self.row(PlacementBenchmark(instance, options)))
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
  init(_ error: Validation.ValidationError) {
    let message: String
    var status = Status.invalid
    switch error {
    case .unreadable:
      message = "the file cannot be read"
      status = .noInput
    case .notText: message = "the file is not UTF-8 text"
    case .empty: message = "the file has no row of data"
    case .missingColumn(_, let column): message = "the column `\(column)` is missing"
    case .repeatedColumn(_, let column): message = "the column `\(column)` stands twice"
    case .fieldCount(_, _, let found, let expected):
      message = "the row must have \(expected) fields like the first line, found \(found)"
    case .badQuote: message = "a quoted field is not closed, or goes on after its quote"
    case .badField(_, _, let column, let value):
      message = "`\(value)` is no value of the column `\(column)`"
    case .nothingToFit: message = "no row is usable: there is nothing to fit to"
    }
    self.init(
      status, code: "E0401", message, file: error.place,
      help: "a data set is a folder with migrations.csv and evacuations.csv; see "
        + "data/openstack-livemigration-osic/README.md")
  }

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
