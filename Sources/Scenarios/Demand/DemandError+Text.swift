import Documents
package import Simulator

extension DemandError {
  /// What a file that is read by lines has wrong with it.
  init(_ error: LineError) {
    switch error.problem {
    case .longLine(let limit): self.init(.longLine(limit: limit), line: error.line)
    case .brokenGzip: self.init(.brokenGzip, line: error.line)
    case .notUTF8(let column):
      self.init(
        .malformed(found: "byte \(column) of the line is no text", allowed: "UTF-8"),
        line: error.line)
    case .unreadable(let error): self.init(error)
    }
  }

  /// Why a file cannot be opened, by the system's error number.
  init(_ error: DocumentError) {
    let code: Int32 =
      switch error {
      case .missing: 2
      case .isFolder: 21
      case .unreadable(_, let code): code
      default: 5
      }
    self.init(.unreadable(code: code))
  }

  /// What is wrong, in one sentence without a full stop.
  package var message: String {
    let subject = column.isEmpty ? "" : "`\(column)`: "
    return subject
      + {
        switch problem {
        case .malformed(let found, let allowed): "found \(found), allowed: \(allowed)"
        case .unsorted(let found, let before):
          "rows must ascend in time, found \(found) behind \(before)"
        case .duplicate(let vm): "VM `\(vm.prefix(60))` arrives a second time"
        case .notThere(let vm): "VM `\(vm.prefix(60))` is not there at this time"
        case .unknownFlavor(let name, _): "no flavor is called `\(name.prefix(60))`"
        case .unknownZone(let name, _): "no zone of the cloud is called `\(name.prefix(60))`"
        case .longLine(let limit): "the line has more than \(limit) bytes"
        case .brokenGzip: "the gzip stream is damaged, or ends too early"
        case .unreadable(let code): "the file cannot be read (error \(code))"
        }
      }()
  }

  /// What to do about it, or nil.
  private var help: String? {
    switch problem {
    case .malformed: "docs/demand.md describes the columns"
    case .unsorted: "sort the rows by `time_s`"
    case .duplicate: "give each VM an id of its own"
    case .notThere: "a VM arrives before it is resized or departs, and departs once"
    case .unknownFlavor(_, let near?), .unknownZone(_, let near?): "did you mean `\(near)`?"
    case .unknownFlavor: "add it to the table of flavors"
    case .unknownZone: "leave the zone empty to let the policy choose"
    case .longLine: "the file is perhaps no table; look at its path"
    case .brokenGzip: "pack it again, or copy it again"
    case .unreadable: nil
    }
  }

  private var code: DiagnosticCode {
    switch problem {
    case .malformed: .value
    case .unsorted: .unsortedDemand
    case .duplicate: .duplicateName
    case .notThere: .absentVM
    case .unknownFlavor, .unknownZone: .unknownReference
    case .longLine: .tooLarge
    case .brokenGzip: .encoding
    case .unreadable: .file
    }
  }

  /// The problem in a file; the column of the table stands in the path.
  package func diagnostic(in file: String) -> Diagnostic {
    Diagnostic(
      code: code, message: message, file: file,
      place: line.map { Place(line: $0, column: 1) } ?? .none, path: column, help: help)
  }

  /// The problem as what stops the work with a scenario.
  package func scenarioError(in file: String) -> ScenarioError {
    switch problem {
    case .unreadable(2): return .document(.missing(path: file))
    case .unreadable(21): return .document(.isFolder(path: file))
    case .unreadable(let code): return .document(.unreadable(path: file, code: code))
    default:
      var reading = Reading(file: file)
      reading.report(code, message, at: diagnostic(in: file).place, help: help)
      return .invalid(reading)
    }
  }
}
