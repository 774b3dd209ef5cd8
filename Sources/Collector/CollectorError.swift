/// Why a cloud cannot be read.
///
/// Each case carries the place and what was found there; `description` makes a sentence of it.
package enum CollectorError: Error, Sendable, Equatable {
  /// The folder has no `index.json` that can be opened.
  case indexMissing(folder: String)
  /// A file that the index names is not in the folder or cannot be opened.
  case fileMissing(file: String, namedAt: String)
  /// A name in the index leads out of the folder.
  case unsafePath(path: String, value: String)
  /// A file is larger than is reasonable for one answer.
  case fileTooLarge(file: String, byteCount: Int, limit: Int)
  /// A file holds more values than are reasonable for one answer, which would not fit the memory.
  case tooManyValues(file: String, limit: Int)
  /// A file is not JSON; `offset` is the first byte that does not fit, counted from 0.
  case malformed(file: String, offset: Int?, byteCount: Int)
  /// A value of another type or shape than the service documents.
  case unexpectedValue(file: String, path: String, value: String?, allowed: String)
  /// A field is hidden from the account that asked.
  case notVisible(file: String, path: String)
  /// There is no answer to a call that cannot be done without.
  case callMissing(call: String)
  /// A call that cannot be done without was refused; `rule` is the policy rule that refused it.
  case callRefused(call: String, file: String, status: Int, rule: String?, message: String)
  /// Values that cannot all be true.
  case contradiction(file: String, path: String, value: String, allowed: String)
  /// A list of pages that does not end.
  case endlessPages(call: String, pages: Int)
  /// The cloud has no host.
  case emptyCloud(file: String)
}

extension CollectorError {
  /// The file that the error is about, or nil.
  package var file: String? {
    switch self {
    case .indexMissing, .unsafePath: "index.json"
    case .fileMissing(let file, _), .fileTooLarge(let file, _, _),
      .tooManyValues(let file, _), .malformed(let file, _, _),
      .unexpectedValue(let file, _, _, _), .notVisible(let file, _),
      .callRefused(_, let file, _, _, _), .contradiction(let file, _, _, _),
      .emptyCloud(let file):
      file
    case .callMissing, .endlessPages: nil
    }
  }

  /// Where in the file, such as `servers[3].flavor.vcpus`, or nil.
  package var path: String? {
    switch self {
    case .fileMissing(_, let path), .unsafePath(let path, _),
      .unexpectedValue(_, let path, _, _), .notVisible(_, let path),
      .contradiction(_, let path, _, _):
      path
    case .indexMissing, .fileTooLarge, .tooManyValues, .malformed, .callMissing, .callRefused,
      .endlessPages,
      .emptyCloud:
      nil
    }
  }
}

extension CollectorError: CustomStringConvertible {
  /// The error in a sentence for an operator.
  package var description: String {
    switch self {
    case .indexMissing(let folder):
      "\(folder) has no readable index.json; it is not the folder of a capture"
    case .fileMissing(let file, let namedAt):
      "index.json names \(file) at \(namedAt), but the folder has no such readable file"
    case .unsafePath(let path, let value):
      "index.json \(path) is \"\(value)\"; allowed are names of files inside the folder"
    case .fileTooLarge(let file, let byteCount, let limit):
      "\(file) has \(byteCount) bytes; the limit is \(limit)"
    case .tooManyValues(let file, let limit):
      "\(file) holds more than \(limit) values; no answer of a service does"
    case .malformed(let file, let offset, let byteCount):
      if let offset, offset >= byteCount {
        "\(file) ends at byte \(byteCount) in the middle of its JSON"
      } else if let offset {
        "\(file) is not JSON from byte \(offset) on"
      } else {
        "\(file) is not JSON"
      }
    case .unexpectedValue(let file, let path, let value, let allowed):
      "\(file) \(path) is \(value ?? "absent"); allowed: \(allowed)"
    case .notVisible(let file, let path):
      "\(file) \(path) is absent: the account may not see it; an administrator's is needed"
    case .callMissing(let call):
      "there is no answer to \(call), which cannot be done without"
    case .callRefused(let call, let file, let status, let rule, let message):
      "\(call) was refused (\(status), \(file))"
        + (rule.map { " by the policy rule \($0)" } ?? "") + ": \(message)"
    case .contradiction(let file, let path, let value, let allowed):
      "\(file) \(path) is \(value); allowed: \(allowed)"
    case .endlessPages(let call, let pages):
      "\(call) does not end after \(pages) pages"
    case .emptyCloud(let file):
      "\(file) lists no hypervisor: the cloud has no host"
    }
  }
}
