import ArgumentParser
import Reporting
import Scenarios

/// `berth plan check`: whether a plan still fits a newer cloud.
struct PlanCheckCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Says whether a plan still fits a newer cloud.",
    discussion: """
      Hosts and VMs are held against what the plan takes for granted, and its waves are carried \
      out on the newer cloud under the rules for targets. Exit code 0 if nothing stops the plan, \
      2 if something does.

      EXAMPLES
        berth plan check plan.json cloud-now.json
        berth plan check plan.json cloud-now.json --scenario maintenance.yaml -f json
      """)

  @Argument(help: "A plan file.")
  var plan: String

  @Argument(help: "A newer cloud file.")
  var snapshot: String

  @Option(
    help: ArgumentHelp(
      "Another scenario for policies, devices and groups than the one in the plan.",
      valueName: "file"))
  var scenario: String?

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    let record = try PlanFile.read(path: plan)
    let place = ScenarioOfPlan(
      plan: record, path: plan, scenario: scenario, cloud: snapshot)
    let loaded = try place.load()
    let check = PlanCheck(record, in: loaded, knowsWishes: place.isKnown)
    try output.print(
      PlanCheckTables.document(of: check), text: PlanCheckTables.text(of: check),
      rows: PlanCheckTables.rows(of: check.findings))
    if !check.fits { throw ArgumentParser.ExitCode(Status.negative.rawValue) }
  }
}
