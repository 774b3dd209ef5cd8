package import Documents

/// What keeps recorded failures and incidents from being read.
package enum RecordError: Error, Sendable, Equatable {
  /// The folder or a file cannot be read, or its compression is broken.
  case file(path: String, DocumentError)
  /// The folder has none of the tables that are asked for.
  case noTable(folder: String, needed: [String])
  /// The folder has one table but not the one that goes with it.
  case companionMissing(folder: String, needed: String, found: String)
  /// A table is no table, or lacks a column.
  case table(ValidationError)
  /// The text of a field is not what its column holds.
  case badField(file: String, line: Int, column: String, found: String, allowed: String)
  /// Two folders hold different kinds of records.
  case differentKinds(fitted: String, compared: String)
}

extension RecordError {
  /// File or folder and, where it is known, line: the place to look at.
  package var place: String? {
    switch self {
    case .file(let path, _): path
    case .noTable(let folder, _), .companionMissing(let folder, _, _): folder
    case .table(let error): error.place
    case .badField(let file, let line, _, _, _): "\(file):\(line)"
    case .differentKinds: nil
    }
  }

  /// Whether an input is missing, not wrong.
  package var isMissingInput: Bool {
    switch self {
    case .file(_, .missing), .file(_, .isFolder), .file(_, .unreadable), .noTable,
      .companionMissing, .table(.unreadable):
      true
    default: false
    }
  }
}
