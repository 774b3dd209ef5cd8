import ArgumentParser
import Documents
import Foundation
import Reporting
import Scenarios

/// Options of every command that prints a result.
struct OutputOptions: ParsableArguments {
  @Option(name: [.short, .long], help: "How to print the result.")
  var format: OutputFormat = .table

  @Flag(help: "The same as -f json.")
  var json = false

  @Option(
    name: [.short, .customLong("column")],
    help: ArgumentHelp("Print only this column; may be given several times.", valueName: "name"))
  var columns: [String] = []

  @Option(help: ArgumentHelp("Sort rows by this column.", valueName: "name"))
  var sortColumn: String?

  @Option(
    help: ArgumentHelp("Width of tables; default: the terminal's, 100 in pipes.", valueName: "n"))
  var width: Int?

  @Option(help: "Colours for people; auto: only on a terminal, and not with NO_COLOR.")
  var color: ColorChoice = .auto

  /// Whether standard output gets colours.
  var isColoured: Bool {
    switch color {
    case .always: return true
    case .never: return false
    case .auto:
      let environment = ProcessInfo.processInfo.environment
      return isatty(STDOUT_FILENO) == 1 && (environment["NO_COLOR"] ?? "").isEmpty
        && environment["TERM"] != "dumb"
    }
  }

  /// The format asked for by either option.
  var chosenFormat: OutputFormat { json ? .json : format }

  func validate() throws {
    if let width, width < 20 {
      throw ValidationError("--width must be at least 20, found \(width)")
    }
  }

  /// Rows as text. Asked for before anything is written, so that a column that does not exist
  /// leaves nothing behind.
  func rendered(_ table: Table) throws -> String {
    do {
      return try table.selecting(columns, sortedBy: sortColumn).text(
        chosenFormat, width: tableWidth)
    } catch {
      throw Failure(
        .usage, code: "E0001", "no column `\(error.name)`",
        help: "the columns are: \(error.known.joined(separator: ", "))")
    }
  }

  /// One answer: as a document in the formats for programs, as text for people, as a table of its
  /// rows where a table or columns are asked for by name.
  ///
  /// Only what is printed is made.
  func rendered(
    _ document: @autoclosure () throws -> Document, text: @autoclosure () throws -> String,
    rows: @autoclosure () throws -> Table
  ) throws -> String {
    let isWhole = columns.isEmpty && sortColumn == nil
    switch chosenFormat {
    case .table where isWhole: return try text()
    case .json where isWhole: return try document().json(.indented) + "\n"
    case .yaml where isWhole: return try document().yaml()
    case .jsonl where isWhole: return try document().json() + "\n"
    default: return try rendered(rows())
    }
  }

  /// Prints rows.
  func print(_ table: Table) throws { try Console.write(try rendered(table)) }

  /// Prints one answer.
  func print(
    _ document: @autoclosure () throws -> Document, text: @autoclosure () throws -> String,
    rows: @autoclosure () throws -> Table
  ) throws {
    try Console.write(
      try rendered(try document(), text: try text(), rows: try rows()))
  }

  private var tableWidth: Int? {
    if let width { return width }
    if let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap(Int.init) {
      return max(20, columns)
    }
    return nil
  }
}

extension OutputFormat: ExpressibleByArgument {}

/// When to colour.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument, Sendable {
  case auto, always, never
}

/// Options about what is said besides the result.
struct MessageOptions: ParsableArguments {
  @Flag(name: [.short, .long], help: "No progress and no notes; errors stay.")
  var quiet = false

  @Flag(
    name: [.short, .long],
    help: "Also why each VM of a plan has its class; twice: the numbers of the model, too.")
  var verbose: Int

  @Option(help: "How to tell that something takes long: auto, plain, json or none.")
  var progress: ProgressStyle = .auto

  @Option(help: "How errors are written.")
  var errorFormat: ErrorFormat = .text

  /// Tells on request why each VM has its class, and twice asked for where the numbers come from.
  func explain(_ plan: PlanRecord) {
    if verbose > 0 { Console.say(PlanTables.rows(of: plan, "classes").text(.table)) }
    if verbose > 1 { Console.say(PlanTables.rows(of: plan, "parameters").text(.table)) }
  }

  /// Says something beside the result, unless silence was asked for.
  func note(_ text: String) {
    if !quiet { Console.say(text) }
  }

  /// Writes a plan to a file and says so.
  func write(_ plan: PlanRecord, to path: String, replace: Bool) throws {
    do {
      try AtomicFile.write(PlanFile.text(of: plan), to: path, replace: replace)
    } catch {
      throw Failure(writing: error)
    }
    note("plan written to \(path)")
  }

  /// Says what a reader should know of a scenario, unless quiet.
  func warn(of scenario: Scenario) {
    guard !quiet, !scenario.warnings.isEmpty else { return }
    let failure = Failure(warnings: scenario.warnings)
    Console.report(errorFormat == .json ? failure.jsonLines : failure.text)
  }
}

/// How errors are written to standard error.
enum ErrorFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
  /// For people.
  case text
  /// One JSON object a line.
  case json
}
