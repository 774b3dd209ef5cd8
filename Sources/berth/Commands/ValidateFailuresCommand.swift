import ArgumentParser
import Documents
import Reporting
import Validation

/// `berth validate failures`: models of host failures beside recorded ones.
struct ValidateFailuresCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "failures",
    abstract: "Lays distributions and rates of host failures beside recorded ones.",
    discussion: """
      The data set is a folder with failures.csv.gz, as LANL's, or with nodes.csv and \
      unavailable_*.csv.gz, as Grid'5000's; tables may be unpacked. Each group of hosts is predicted \
      from its namesake in the folder of --fit, from groups of the same kind of node there, or, \
      without --fit, from the other groups. Five families of distributions are fitted to repairs \
      and to gaps between failures. Exit code 0 whatever the errors.

      EXAMPLES
        berth validate failures data/lanl-failures
        berth validate failures ours --fit data/lanl-failures -f json
      """)

  @Argument(help: "The folder of the data set.")
  var dataset: String

  @Option(
    help: ArgumentHelp("The folder of a data set to fit to instead.", valueName: "folder"))
  var fit: String?

  @Option(help: ArgumentHelp("Seed of the resampling.", valueName: "n"))
  var seed: UInt64 = 1

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    let validation: FailureValidation
    do {
      validation = try FailureValidation(folder: dataset, fittedTo: fit, seed: seed)
    } catch {
      throw Failure(error)
    }
    try output.print(
      FailureTables.document(of: validation), text: FailureTables.text(of: validation),
      rows: FailureTables.rows(of: validation))
  }
}

extension Failure {
  /// What stops the reading of recorded failures and incidents.
  init(_ error: RecordError) {
    let schema = "the columns stand in the README.md of the data set"
    switch error {
    case .table(let error):
      self.init(error, help: schema)
    case .differentKinds(let fitted, let compared):
      self.init(
        .usage, code: "E0002",
        "--fit must name a folder with \(compared), found one with \(fitted)",
        help: "both folders hold records of one kind")
    case .file(let path, let reason):
      self.init(
        error.isMissingInput ? .noInput : .invalid, code: "E0401", "\(reason)", file: path,
        help: "name the folder of a data set")
    case .noTable(_, let needed):
      self.init(
        .noInput, code: "E0401", "the folder has none of \(needed.joined(separator: ", "))",
        file: error.place, help: "name the folder of a data set")
    case .companionMissing(_, let needed, let found):
      self.init(
        .noInput, code: "E0401", "\(needed) is missing, which goes with \(found)",
        file: error.place, help: "both tables lie in one folder")
    case .badField(_, _, let column, let found, let allowed):
      self.init(
        .invalid, code: "E0401", "`\(column)` must be \(allowed), found \"\(found)\"",
        file: error.place, help: schema)
    }
  }
}
