import ArgumentParser
import Documents
import Reporting
import Scenarios

/// `berth availability sharing`: what a provider should publish about redundancy and sharing.
struct AvailabilitySharingCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "sharing", abstract: "Shows what is redundant and what zones share.",
    discussion: """
      One row for each part: in each of what there is one, how many of its members are needed, how \
      many zones share one, what stops and what degrades without it, how often it fails, where the \
      figures come from, and what the SCS standard on zones says.

      EXAMPLES
        berth availability sharing scenario.yaml
        berth availability sharing scenario.yaml -f md
      """)

  @OptionGroup var scenario: ScenarioOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    let scenario = try scenario.load()
    let question = try scenario.availabilityQuestion(scenario.record.availability.variants.all[0])
    let rows = SharingTables.rows(of: question)
    try output.print(
      .items(rows.objects),
      text: SharingTables.text(of: question, table: try output.rendered(rows)), rows: rows)
  }
}
