import ArgumentParser
import Reporting
import Scenarios

/// `berth availability region`: failures, repairs and recoveries of a cloud in time.
struct AvailabilityRegionCommand: AsyncParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "region", abstract: "Simulates years of failures, repairs and recoveries.",
    discussion: """
      The hosts and VMs of the cloud in time: what fails by the parts of the scenario, VMs that are \
      rebuilt elsewhere through a queue as far as there is room, wait for their host, or are made \
      anew by their orchestrator; recovery waits for the control plane. Twenty independent stretches \
      give the intervals. `recovery` in the section `availability` says how VMs come back.

      EXAMPLES
        berth availability region scenario.yaml --years 1000
        berth availability region cloud.json --years 100 -f json
      """)

  @OptionGroup var scenario: ScenarioOptions

  @Option(help: ArgumentHelp("Years of 8,760 hours, in all.", valueName: "n"))
  var years = 100.0

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func validate() throws {
    if !(0.1...1_000_000).contains(years) {
      throw ValidationError("--years must be from 0.1 to 1000000, found \(years)")
    }
  }

  func run() async throws {
    let answer = try await scenario.load().regionAnswer(
      years: years, workers: scenario.workerCount)
    let rows = RegionTables.rows(of: answer)
    let shown = try rows.selecting(
      [
        "recovery", "vms", "downtime_s_per_year", "recovered_elsewhere", "waited_for_host",
        "without_room", "recover_p50_s", "recover_p95_s",
      ], sortedBy: nil)
    try output.print(
      RegionTables.document(of: answer),
      text: RegionTables.text(of: answer, table: try output.rendered(shown)), rows: rows)
  }
}
