import Documents
import Scenarios

/// The exit codes of the program, in one table; `docs/errors.md` explains them.
enum Status: Int32 {
  /// Done; all gates met.
  case done = 0
  /// A bug.
  case unexpected = 1
  /// Done, but the answer is no.
  case negative = 2
  /// Wrong options or values of options.
  case usage = 64
  /// A scenario, plan, snapshot or data set is invalid.
  case invalid = 65
  /// An input file is missing or unreadable.
  case noInput = 66
  /// Something that is needed is not there.
  case unavailable = 69
  /// Output exists or cannot be written.
  case noOutput = 73
  /// Credentials or rights.
  case noRights = 77
}

/// Why a command ends without its result: one status, one or more problems.
struct Failure: Error {
  let status: Status
  let problems: [Problem]
  /// The text of the problems, where a reading has rendered them with excerpts already.
  let rendered: String?

  /// One problem as people and programs see it.
  struct Problem {
    var code: String
    var message: String
    var file: String?
    var line: Int?
    var column: Int?
    var path: String?
    var help: String?
  }

  init(
    _ status: Status, code: String, _ message: String, file: String? = nil, path: String? = nil,
    help: String? = nil
  ) {
    self.status = status
    problems = [
      Problem(
        code: code, message: message, file: file, line: nil, column: nil, path: path, help: help)
    ]
    rendered = nil
  }

  /// All problems of several failures; the status of the first.
  init(_ failures: [Failure], or status: Status) {
    self.status = failures.first?.status ?? status
    problems = failures.flatMap(\.problems)
    rendered = nil
  }

  /// What does not stop the work, for its forms alone.
  init(warnings: [Diagnostic]) {
    status = .invalid
    problems = warnings.map { Problem($0) }
    rendered = DiagnosticText.render(warnings)
  }

  /// What is wrong in a file, or in what an option sets in it.
  init(_ reading: Reading, _ status: Status = .invalid) {
    self.status = status
    problems = reading.diagnostics.map { Problem($0, isInFile: status != .usage) }
    rendered = reading.text()
  }

  /// The problems as text for people.
  var text: String {
    if let rendered { return rendered }
    return problems.map { problem in
      var lines = ["error[\(problem.code)]: \(problem.message)"]
      if let file = problem.file {
        lines.append("  --> \(file)" + (problem.path.map { " \($0)" } ?? ""))
      }
      if let help = problem.help { lines.append("help: \(help)") }
      return lines.joined(separator: "\n") + "\n"
    }.joined(separator: "\n")
  }

  /// The problems as JSON, one object a line.
  var jsonLines: String {
    problems.map { problem in
      let document: Document = [
        "level": problem.code.hasPrefix("W") ? "warning" : "error", "code": .text(problem.code),
        "message": .text(problem.message), "file": Document(problem.file),
        "line": problem.line.map { .integer(Int64($0)) } ?? .null,
        "column": problem.column.map { .integer(Int64($0)) } ?? .null,
        "path": Document(problem.path), "help": Document(problem.help),
      ]
      return document.json() + "\n"
    }.joined()
  }
}

extension Failure.Problem {
  /// A problem of a file, or of the option that a reading has instead of one.
  init(_ diagnostic: Diagnostic, isInFile: Bool = true) {
    self.init(
      code: diagnostic.code.label, message: diagnostic.message,
      file: diagnostic.file.isEmpty || !isInFile ? nil : diagnostic.file,
      line: diagnostic.place.line, column: diagnostic.place.column,
      path: diagnostic.path.isEmpty ? nil : diagnostic.path, help: diagnostic.help)
  }
}
