import ArgumentParser
import Reporting
import Scenarios

/// `berth plan diff`: what differs between two plans.
struct PlanDiffCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Says in what two plans differ.",
    discussion: """
      Exit code 0, or with --exit-code 2 if there is a difference.

      EXAMPLES
        berth plan diff monday.json tuesday.json
        berth plan diff a.json b.json -f csv --exit-code
      """)

  @Argument(help: ArgumentHelp("A plan file.", valueName: "a"))
  var first: String

  @Argument(help: ArgumentHelp("Another plan file.", valueName: "b"))
  var second: String

  @Flag(help: "Exit code 2 if there is a difference.")
  var exitCode = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    let plans = (try PlanFile.read(path: first), try PlanFile.read(path: second))
    let differences = PlanDifferences(plans.0, plans.1)
    try output.print(
      PlanDifferenceTables.document(of: differences, plans.0, plans.1),
      text: PlanDifferenceTables.text(of: differences),
      rows: PlanDifferenceTables.rows(of: differences))
    if exitCode, !differences.all.isEmpty {
      throw ArgumentParser.ExitCode(Status.negative.rawValue)
    }
  }
}
