import ArgumentParser
import Reporting
import Scenarios

/// `berth migration`: single moves.
struct MigrationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migration", abstract: "Time, bytes, blackout and verdict of single moves.",
    discussion: """
      EXAMPLES
        berth migration estimate moves.yaml
        berth migration estimate moves.json -f json
      """,
    subcommands: [MigrationEstimateCommand.self])
}

/// `berth migration estimate`: what single moves come to, round by round.
struct MigrationEstimateCommand: AsyncParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "estimate", abstract: "Says of each move in a file whether and when it ends.",
    discussion: """
      The file is a list in YAML or JSON; see `berth schema migration`. A move that does not end \
      is an answer: exit code 0, or 2 with --require-convergent.

      EXAMPLES
        berth migration estimate moves.yaml
        berth migration estimate moves.json -f json --require-convergent
      """)

  @Argument(help: "A list of moves in YAML or JSON.")
  var file: String

  @Flag(help: "Exit code 2 if a move does not end by itself.")
  var requireConvergent = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() async throws {
    let moves = try EstimateFile.read(path: file)
    let answers = await Waiting.tell("estimating \(moves.count) moves", messages) {
      EstimateFile.answers(to: moves)
    }
    let rows = EstimateTables.rows(of: answers)
    let isText = output.chosenFormat == .table && output.columns.isEmpty
    if isText, output.sortColumn == nil {
      try Console.write(EstimateTables.text(of: answers))
    } else {
      try output.print(rows)
    }
    if requireConvergent, !answers.allSatisfy(\.converges) {
      throw ArgumentParser.ExitCode(Status.negative.rawValue)
    }
  }
}
