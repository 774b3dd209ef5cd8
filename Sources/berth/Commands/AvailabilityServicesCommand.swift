import ArgumentParser
import Documents
import Reporting
import Scenarios

/// `berth availability SCENARIO`: is the claim true, and which shared thing makes it false.
struct AvailabilityServicesCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "services",
    abstract: "Holds a claim against the services of a scenario.",
    discussion: """
      The zones of the cloud, or as many as the scenario's section `availability` supposes, with \
      what they share by its preset, parts and tier. For each service: how much of the time it runs, \
      what zones that share nothing would give, and what limits it; the same for starting new VMs, \
      for moves and for recovery. `services` may be left out. The exit code is 2 where a service \
      does not keep the claim.

      EXAMPLES
        berth availability scenario.yaml
        berth availability scenario.yaml --claim 99.95 --set availability.preset=shared_storage
      """)

  @OptionGroup var scenario: ScenarioOptions

  @Option(help: ArgumentHelp("The promised availability, in percent.", valueName: "percent"))
  var claim: Double?

  @Option(
    help: ArgumentHelp(
      "Instead, what the loss of a zone, rack or host costs the VMs of the cloud.",
      valueName: "name"))
  var lose: String?

  @Option(help: ArgumentHelp("For how long it is lost; default 4 h.", valueName: "time"))
  var outage: String?

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func validate() throws {
    if let claim, !(0...100).contains(claim) {
      throw ValidationError("--claim must be a percentage from 0 to 100, found \(claim)")
    }
  }

  func run() throws {
    var overrides: [Override] = []
    if let claim { overrides.append(Override(["availability", "claim"], .number(claim))) }
    if let outage { overrides.append(Override(["availability", "outage"], .text(outage))) }
    let scenario = try scenario.load(overrides)
    if let lose { return try showLoss(of: lose, in: scenario) }
    let variants = scenario.record.availability.variants.all
    let isMet = variants.count > 1 ? try compare(variants, scenario) : try show(scenario)
    if !isMet { throw ArgumentParser.ExitCode(Status.negative.rawValue) }
  }

  /// Prints what the loss of a part of the cloud costs.
  private func showLoss(of name: String, in scenario: Scenario) throws {
    let answer = try scenario.lossAnswer(losing: name)
    let rows = LossTables.rows(of: answer)
    try output.print(
      LossTables.document(of: answer),
      text: LossTables.text(of: answer, table: try output.rendered(rows)), rows: rows)
  }

  /// Prints the answer about one case; whether every service keeps the claim.
  private func show(_ scenario: Scenario) throws -> Bool {
    let answer = try AvailabilityAnalysis.answer(
      to: scenario.availabilityQuestion(scenario.record.availability.variants.all[0]),
      years: Int(scenario.record.availability.years))
    let rows = AvailabilityTables.rows(of: answer)
    let shown = try rows.selecting(AvailabilityTables.shownColumns, sortedBy: nil)
    try output.print(
      AvailabilityTables.document(of: answer),
      text: AvailabilityTables.text(of: answer, table: try output.rendered(shown)), rows: rows)
    return answer.keepsClaim
  }

  /// Prints the variants in one table; whether every service keeps the claim in all of them.
  private func compare(_ variants: [AvailabilityVariant], _ scenario: Scenario) throws -> Bool {
    var answers: [(variant: AvailabilityVariant, answer: AvailabilityAnswer)] = []
    for variant in variants {
      let question = try scenario.availabilityQuestion(variant)
      answers.append((variant, try AvailabilityAnalysis.answer(to: question)))
    }
    let rows = AvailabilityVariantTables.rows(of: answers)
    try output.print(
      .items(answers.map { AvailabilityTables.document(of: $0.answer) }),
      text: AvailabilityVariantTables.text(of: answers, table: try output.rendered(rows)),
      rows: rows)
    return answers.allSatisfy { $0.answer.keepsClaim }
  }
}
