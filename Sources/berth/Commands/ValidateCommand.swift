import ArgumentParser
import Reporting
import Validation

/// `berth validate`: models beside recorded reality.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Lays the models beside recorded reality.",
    discussion: """
      EXAMPLES
        berth validate migrations data/openstack-livemigration-osic
        berth validate demand data/azure-vm-2017 -f json
      """,
    subcommands: [
      ValidateMigrationsCommand.self, ValidateFailuresCommand.self,
      ValidateIncidentsCommand.self, ValidateSLACommand.self, ValidateDemandCommand.self,
      ValidateSchedulerCommand.self,
    ])
}

/// `berth validate migrations`: predicted beside measured migrations and evacuations.
struct ValidateMigrationsCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "migrations",
    abstract: "Fits the migration model to serial runs and predicts the rest.",
    discussion: """
      The data set is a folder with migrations.csv and evacuations.csv. Rows marked as fitted were \
      used in the fit; all others are predictions. With --fit the numbers come from the serial \
      migrations of another data set, and the medians of all groups are predicted, also of sizes \
      that it does not have. A folder with runs.csv and cold_restart.csv is a set of migrations \
      with QEMU's own counters: each figure is laid beside its tolerance. Exit code 0 whatever the \
      errors.

      EXAMPLES
        berth validate migrations data/qemu-migration-postgres
        berth validate migrations ours --fit data/openstack-livemigration-osic -f json
      """)

  @Argument(help: "The folder of the data set.")
  var dataset: String

  @Option(
    help: ArgumentHelp("The folder of a data set to fit to instead.", valueName: "folder"))
  var fit: String?

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    if CounterValidation.recognises(folder: dataset) {
      try runCounters()
      return
    }
    let validation: MigrationValidation
    do {
      if let fit {
        validation = try MigrationValidation(folder: dataset, fittedTo: fit)
      } else {
        validation = try MigrationValidation(folder: dataset)
      }
    } catch {
      throw Failure(error)
    }
    let rows = ValidationTables.rows(of: validation)
    try output.print(
      ValidationTables.document(of: validation), text: ValidationTables.text(of: validation),
      rows: rows)
  }

  /// Migrations with counters of the hypervisor have nothing to be fitted to.
  private func runCounters() throws {
    if let fit {
      throw Failure(
        .usage, code: "E0002", "--fit must go with a folder that has migrations.csv, found \(fit)",
        help: "leave --fit out: migrations with QEMU's counters are predicted as they are")
    }
    let validation: CounterValidation
    do {
      validation = try CounterValidation(folder: dataset)
    } catch {
      throw Failure(error)
    }
    try output.print(
      CounterTables.document(of: validation), text: CounterTables.text(of: validation),
      rows: CounterTables.rows(of: validation))
  }
}

extension Failure {
  init(_ error: Validation.ValidationError, help: String? = nil) {
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
      help: help ?? "a data set is a folder with migrations.csv and evacuations.csv; see "
        + "data/openstack-livemigration-osic/README.md")
  }
}
