import Collector
import CloudModel
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

  init(_ reading: Reading) {
    status = .invalid
    problems = reading.diagnostics.map { diagnostic in
      Problem(
        code: diagnostic.code.label, message: diagnostic.message,
        file: diagnostic.file.isEmpty ? nil : diagnostic.file, line: diagnostic.place.line,
        column: diagnostic.place.column, path: diagnostic.path.isEmpty ? nil : diagnostic.path,
        help: diagnostic.help)
    }
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

extension Failure {
  /// What an error of a file means for the program.
  init(_ error: DocumentError) {
    let status: Status =
      switch error {
      case .missing, .isFolder, .unreadable: .noInput
      case .exists, .unwritable: .noOutput
      default: .invalid
      }
    let help: String? =
      switch error {
      case .exists: "name another file, or add --force to replace it"
      case .missing: "look at the path; nothing was written"
      default: nil
      }
    self.init(status, code: status == .noOutput ? "E0140" : "E0130", "\(error)", help: help)
  }

  init(_ error: ScenarioError) {
    switch error {
    case .invalid(let reading): self.init(reading)
    case .document(let error): self.init(error)
    case .option(let name, let value, let allowed, let help):
      self.init(
        .usage, code: "E0002", "\(name) must be \(allowed), found \"\(value)\"", help: help)
    }
  }

  init(_ error: StrategyError) {
    switch error {
    case .policyClass(let error): self.init(error)
    case .option(let name, let value, let allowed):
      self.init(
        .usage, code: "E0002", "\(name) must be \(allowed), found \"\(value)\"",
        help: "see `berth policies list`")
    }
  }

  init(_ error: ClassError) {
    let classes = PolicyClass.allCases.map(\.rawValue).joined(separator: ", ")
    switch error {
    case .unknownValue(let owner, let key, let value):
      self.init(
        .invalid, code: "E0150", "\(owner): `\(key)` must be one of \(classes), found \"\(value)\"",
        path: key, help: "correct it in the cloud and record it again, or in the cloud file")
    case .unknownKey(let owner, let key):
      self.init(
        .invalid, code: "E0151", "\(owner) has the key `\(key)`, which the scheme does not know",
        path: key,
        help: "flavors: scs:migration-max, scs:migration-default, scs:migration-reason; "
          + "VMs: scs:migration")
    case .defaultAboveMaximum(let flavor, let standard, let most):
      self.init(
        .invalid, code: "E0152",
        "flavor `\(flavor)`: `scs:migration-default` is \(standard), above `scs:migration-max`, "
          + "which is \(most)", path: "scs:migration-default",
        help: "a default cannot promise more than the maximum")
    }
  }

  init(_ error: CollectorError, folder: String) {
    let status: Status =
      switch error {
      case .indexMissing: .noInput
      case .callRefused, .notVisible: .noRights
      default: .invalid
      }
    self.init(
      status, code: "E0301", error.description, file: error.file.map { "\(folder)/\($0)" },
      path: error.path, help: "nothing was written; record the cloud again")
  }
}
