import ArgumentParser
import Reporting
import Validation

/// `berth validate incidents`: reach and length of recorded incidents beside models.
struct ValidateIncidentsCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "incidents",
    abstract: "Lays the reach and length of recorded incidents beside models.",
    discussion: """
      The data set is a folder with incidents.csv, as Google's history, events.csv, as that of AWS, \
      or postmortems.csv. With --fit the figures of another part of such records are the \
      prediction; without, the start values of the model of availability are. The naive column \
      says what zones would do that share nothing. Exit code 0 whatever the errors.

      EXAMPLES
        berth validate incidents data/gcp-incidents
        berth validate incidents ours --fit data/gcp-incidents -f json
      """)

  @Argument(help: "The folder of the data set.")
  var dataset: String

  @Option(
    help: ArgumentHelp("The folder of a data set to fit to instead.", valueName: "folder"))
  var fit: String?

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    let validation: IncidentValidation
    do {
      validation = try IncidentValidation(folder: dataset, fittedTo: fit)
    } catch {
      throw Failure(error)
    }
    try output.print(
      IncidentTables.document(of: validation), text: IncidentTables.text(of: validation),
      rows: IncidentTables.rows(of: validation))
  }
}
