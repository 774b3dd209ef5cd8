import ArgumentParser
import Collector
import Reporting
import Validation

/// `berth validate demand`: figures of recorded demand beside their replay.
struct ValidateDemandCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "demand",
    abstract: "Lays the figures of a data set of demand or hosts beside their replay.",
    discussion: """
      The data set is a folder with the tables of azure-vm-2017, alibaba-gpu-2023, \
      chameleon-inventory or solvinity-topology; which one it is shows by its files. Demand is \
      converted and replayed on hosts without end, hosts are made into a cloud. Exit code 0 \
      whatever the errors.

      EXAMPLES
        berth validate demand data/azure-vm-2017
        berth validate demand data/azure-vm-2017 -f json
      """)

  @Argument(help: "The folder of the data set.")
  var dataset: String

  @Option(help: ArgumentHelp("Seed of the draws.", valueName: "n"))
  var seed: UInt64 = 1

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    let validation: DemandValidation
    do {
      validation = try DemandValidation(folder: dataset, seed: seed)
    } catch {
      throw Failure(error)
    }
    try output.print(
      DemandTables.document(of: validation), text: DemandTables.text(of: validation),
      rows: DemandTables.rows(of: validation))
  }
}

extension Failure {
  /// What stops the reading of a data set's tables.
  init(_ error: DatasetError) {
    let names = DatasetCatalog.all.map(\.name).joined(separator: ", ")
    self.init(
      error.isMissingInput ? .noInput : .invalid, code: "E0401", error.description,
      file: error.place,
      help: error.isMissingInput
        ? "name a folder with the tables of one of \(names)"
        : "the tables must be as their publishers describe them; nothing was written")
  }
}
