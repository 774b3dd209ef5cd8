import CloudModel
import Collector
import Documents
import Policies
import Scenarios

extension Failure {
  /// What an error of a file means for the program; `file` names it where the error does not.
  init(_ error: DocumentError, file: String? = nil) {
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
      case .isFolder: "name a file"
      case .unreadable: "look at its rights"
      case .unwritable: "look at the folder and its rights; nothing was written"
      case .tooLarge: "split the file"
      default: nil
      }
    self.init(
      status, code: status == .noOutput ? "E0140" : "E0130", "\(error)",
      file: error.path ?? file, help: help)
  }

  /// What an error of a file that was to be written means.
  init(writing error: DocumentError) {
    guard case .isFolder(let path) = error else {
      self.init(error)
      return
    }
    self.init(
      .noOutput, code: "E0140", "\(error)", file: path, help: "name a file in that folder")
  }

  init(_ error: ScenarioError) {
    switch error {
    case .invalid(let reading): self.init(reading)
    case .document(let error): self.init(error)
    case .override(let reading): self.init(reading, .usage)
    case .unavailable(let file, let command):
      self.init(
        .unavailable, code: "E0302", "the scenario needs \(file), which does not come with it",
        file: file, help: "make it with: \(command)")
    case .option(let name, let value, let allowed, let help):
      self.init(
        .usage, code: "E0002", "\(name) must be \(allowed), found \"\(value)\"", help: help)
    }
  }

  /// What stops a strategy with a scenario: something in its cloud, in its file, or an option.
  init(_ error: StrategyError, in scenario: Scenario) {
    switch error {
    case .policyClass(let error): self.init(error, file: scenario.cloudPath)
    case .option(let name, let value, let allowed):
      let message = "\(name) must be \(allowed), found \"\(value)\""
      let help = "see `berth policies list`"
      if let reading = scenario.problem(message, at: "evacuation.\(name)", help: help) {
        self.init(reading)
      } else {
        self.init(.usage, code: "E0002", message, help: help)
      }
    }
  }

  init(_ error: ClassError, file: String?) {
    let classes = PolicyClass.allCases.map(\.rawValue).joined(separator: ", ")
    switch error {
    case .unknownValue(let owner, let key, let value):
      self.init(
        .invalid, code: "E0150", "\(owner): `\(key)` must be one of \(classes), found \"\(value)\"",
        file: file, path: key,
        help: "correct it in the cloud and record it again, or in the cloud file")
    case .unknownKey(let owner, let key):
      self.init(
        .invalid, code: "E0151", "\(owner) has the key `\(key)`, which the scheme does not know",
        file: file, path: key,
        help: "flavors: scs:migration-max, scs:migration-default, scs:migration-reason; "
          + "VMs: scs:migration")
    case .defaultAboveMaximum(let flavor, let standard, let most):
      self.init(
        .invalid, code: "E0152",
        "flavor `\(flavor)`: `scs:migration-default` is \(standard), above `scs:migration-max`, "
          + "which is \(most)", file: file, path: "scs:migration-default",
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
