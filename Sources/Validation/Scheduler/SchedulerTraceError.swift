package import Documents
package import Policies

/// What is wrong with a scheduler trace.
package enum SchedulerTraceError: Error, Sendable, Equatable {
  /// The file cannot be read or unpacked, or a line is no JSON; the line is 0 where none was
  /// reached.
  case document(DocumentError, line: Int)
  /// A line that is not UTF-8.
  case notText(line: Int)
  /// The file has no line.
  case empty
  /// The first line names another format, or none.
  case format(found: String, line: Int)
  /// A value is absent or of another kind.
  case value(path: String, found: String, allowed: String, line: Int)
  /// The settings of the header cannot be modelled.
  case configuration(NovaError, line: Int)
  /// The trace ends without the line that describes the end.
  case unfinished(line: Int)
}

extension SchedulerTraceError: CustomStringConvertible {
  /// What was found and what is expected, in one sentence without a full stop.
  package var description: String {
    switch self {
    case .document(let error, _): "\(error)"
    case .notText: "the line is not UTF-8 text"
    case .empty: "the file has no line; a trace has at least its header and its last line"
    case .format(let found, _):
      "the format must be \(SchedulerTrace.format), found \(found)"
    case .value(let path, let found, let allowed, _):
      "`\(path)` must be \(allowed), found \(found)"
    case .configuration(let error, _): "\(error)"
    case .unfinished: "the trace ends without its last line, `end` and `servers`"
    }
  }

  /// The line, counted from 1, or nil where it is not known.
  package var line: Int? {
    switch self {
    case .empty: nil
    case .document(_, let line): line > 0 ? line : nil
    case .notText(let line), .format(_, let line), .value(_, _, _, let line),
      .configuration(_, let line),
      .unfinished(let line):
      line
    }
  }
}
