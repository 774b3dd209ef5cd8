import ArgumentParser
import Documents
import Reporting
import Validation

/// `berth validate scheduler`: the model of Nova's scheduler beside a recorded one.
struct ValidateSchedulerCommand: ParsableCommand, Speaking {
  static let configuration = CommandConfiguration(
    commandName: "scheduler",
    abstract: "Replays a recorded scheduler of Nova 34 and tells what differs.",
    discussion: """
      The trace is a file of JSON lines, gzip or plain, in the format scheduler-trace-2. Each round \
      is compared alone, each decision alone, and the choices of a replay with its own state from \
      the first step on. Exit code 0 whatever the differences.

      EXAMPLES
        berth validate scheduler trace.jsonl.gz
        berth validate scheduler trace.jsonl.gz -f json
      """)

  @Argument(help: "The trace.")
  var trace: String

  @OptionGroup var output: OutputOptions
  @OptionGroup var messages: MessageOptions

  func run() throws {
    let validation: SchedulerValidation
    do {
      validation = try SchedulerValidation(trace: trace)
    } catch {
      throw Failure(error, file: trace)
    }
    try output.print(
      SchedulerTables.document(of: validation), text: SchedulerTables.text(of: validation),
      rows: SchedulerTables.rows(of: validation))
  }
}

extension Failure {
  init(_ error: SchedulerTraceError, file: String) {
    if case .document(let reason, _) = error, reason.path != nil {
      self.init(reason, file: file)
      return
    }
    let place = error.line.map { "\(file):\($0)" } ?? file
    self.init(
      .invalid, code: "E0401", error.description, file: place,
      help: "a trace has a header, one line for each step and a last line `end`; "
        + "see docs/nova-scheduler.md")
  }
}
