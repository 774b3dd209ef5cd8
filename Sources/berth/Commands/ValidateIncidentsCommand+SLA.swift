import ArgumentParser
import Reporting
import Validation

/// `berth validate sla`: promises of providers beside recorded incidents.
struct ValidateSLACommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "sla",
    abstract: "Lays the uptime that providers promise beside independence and incidents.",
    discussion: """
      The data set is a folder with sla.csv. With --fit the folder of recorded incidents gives rates \
      and durations, from which the chance of a month below the promise and the expected refund \
      follow, for three shares of VMs that an incident hits. Exit code 0 whatever the answer.

      EXAMPLES
        berth validate sla data/sla-commitments
        berth validate sla data/sla-commitments --fit data/aws-status-history -f json
      """)

  @Argument(help: "The folder of the data set.")
  var dataset: String

  @Option(help: ArgumentHelp("The folder of recorded incidents.", valueName: "folder"))
  var fit: String?

  @Option(help: ArgumentHelp("Seed of the months.", valueName: "n"))
  var seed: UInt64 = 1

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    let validation: PromiseValidation
    do {
      validation = try PromiseValidation(folder: dataset, incidents: fit, seed: seed)
    } catch {
      throw Failure(error)
    }
    try output.print(
      IncidentPromiseTables.document(of: validation),
      text: IncidentPromiseTables.text(of: validation),
      rows: IncidentPromiseTables.rows(of: validation))
  }
}
