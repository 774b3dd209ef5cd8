import ArgumentParser
import CloudModel
import Documents
import Reporting
import Scenarios

/// `berth plan why`: what blocks a plan, and the smallest changes that would make it fit.
struct PlanWhyCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Says what blocks a plan, and what would make it fit.",
    discussion: """
      Plans again without each family of rules in turn, and with single changes of it; a change \
      that is printed was tried. The cloud file is the one that the plan names, as long as it has \
      not changed.

      EXAMPLES
        berth plan why plan.json
        berth plan why plan.json --vm db-17 -f json
      """)

  @Argument(help: "A plan file.")
  var plan: String

  @Option(help: ArgumentHelp("Another cloud file than the one of the plan.", valueName: "file"))
  var cloud: String?

  @Option(help: ArgumentHelp("Only VMs of this name or id among those left behind."))
  var vm: String?

  @Option(help: ArgumentHelp("Only VMs on this host among those left behind."))
  var host: String?

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    let record = try PlanFile.read(path: plan)
    let scenario = try Scenario.load(answeredBy: record, path: plan, cloud: cloud)
    let question = try scenario.evacuationQuestion()
    var explanation: PlanExplanation
    do {
      explanation = try ExplanationSearch(question, plan: record).explanation()
    } catch {
      throw Failure(error, in: scenario)
    }
    explanation.leftBehind.removeAll { left in
      vm.map { $0 != left.vm && $0 != left.vmID } ?? false || host.map { $0 != left.host } ?? false
    }
    try output.print(
      ExplanationTables.document(of: explanation), text: ExplanationTables.text(of: explanation),
      rows: ExplanationTables.families(of: explanation))
    if explanation.isNeeded { throw ArgumentParser.ExitCode(Status.negative.rawValue) }
  }
}
