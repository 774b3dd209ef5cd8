import ArgumentParser
import Reporting
import Scenarios

/// `berth compare`: how runs differ from the first.
struct CompareCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Says how runs differ from the first, with intervals.",
    discussion: """
      Runs of one scenario with the same seed met the same draws and are compared replication by \
      replication, others as independent samples. Several policies of one run count as one run \
      each. Exit code 2 if a condition of --fail-on holds, or with --exit-code if a difference is \
      shown.

      EXAMPLES
        berth compare abort=runs/a post-copy=runs/b
        berth compare runs/a runs/b --fail-on 'duration_s > 1.05x' -f json
      """)

  @Argument(help: ArgumentHelp("Run folders, each with a label if wanted.", valueName: "label=run"))
  var runs: [String]

  @Option(
    name: .customLong("metric"),
    help: ArgumentHelp("Compare only this figure; may be given several times.", valueName: "name"))
  var measures: [String] = []

  @Option(
    help: ArgumentHelp(
      "Exit code 2 if this holds for a later run: METRIC OP NUMBER[x], where METRIC may end in "
        + ".p50 or .p95, OP is one of > >= < <= == != and x means times the first run. May be "
        + "given several times.", valueName: "expr"))
  var failOn: [String] = []

  @Flag(help: "Exit code 2 if a difference is shown.")
  var exitCode = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    let comparison: RunComparison
    var conditions: [(FailCondition, [FailCondition.Outcome])] = []
    do throws(ComparisonError) {
      comparison = try RunComparison.read(runs, measures: measures)
      for text in failOn {
        let condition = try FailCondition(parsing: text, measures: comparison.knownMeasures)
        conditions.append((condition, try condition.outcomes(in: comparison)))
      }
    } catch {
      throw Failure(error)
    }
    try output.print(
      ComparisonTables.document(of: comparison, conditions: conditions),
      text: ComparisonSummary(comparison, conditions: conditions).text,
      rows: ComparisonTables.rows(of: comparison))
    if output.chosenFormat != .table { tell(comparison, conditions) }
    let isFailed = conditions.contains { $0.1.contains(where: \.isFailed) }
    if isFailed || (exitCode && comparison.isAnyShown) {
      throw ArgumentParser.ExitCode(Status.negative.rawValue)
    }
  }

  /// Says beside a result for programs what it may not hold: the notes, and which conditions held.
  private func tell(
    _ comparison: RunComparison, _ conditions: [(FailCondition, [FailCondition.Outcome])]
  ) {
    for note in comparison.notes { messages.note("note: \(note)") }
    for (condition, outcomes) in conditions {
      for outcome in outcomes where outcome.isFailed {
        messages.note(
          "fails on \(condition.text): \(comparison.entries[outcome.entry].label) has "
            + "\(outcome.value), limit \(outcome.limit)")
      }
    }
  }
}

extension Failure {
  /// What keeps runs from being compared.
  init(_ error: ComparisonError) {
    switch error {
    case .missing(let folder):
      self.init(
        .noInput, code: "E0130", "there is no folder `\(folder)`", file: folder,
        help: "name the folder of a run, or LABEL=FOLDER; `berth run` says where it left it")
    case .unusable(let folder, let reason, let help):
      self.init(
        .invalid, code: "E0420", "the run `\(folder)` cannot be compared: \(reason)",
        file: folder, help: help)
    case .document(let error, let file): self.init(error, file: file)
    case .option(let name, let value, let allowed, let help):
      self.init(
        .usage, code: "E0002", "\(name) must be \(allowed), found \"\(value)\"", help: help)
    }
  }
}
