package import Documents

/// What is wrong with the tables of a data set, and where.
package struct DatasetError: Error, Sendable, Equatable {
  /// What is wrong.
  package enum Problem: Sendable, Equatable {
    /// The file cannot be read, or its compression is broken.
    case file(DocumentError)
    /// The folder has none of the files by which a data set is known.
    case unknownFolder
    /// There is no row of data.
    case empty
    /// A column that is needed is not there.
    case missingColumn(String)
    /// Two columns have one name.
    case repeatedColumn(String)
    /// A row has more or fewer fields than the first line.
    case fieldCount(found: Int, expected: Int)
    /// A quoted field that is not closed, or goes on after its quote.
    case badQuote
    /// The text of a field is not what its column holds.
    case badField(column: String, found: String, allowed: String)
  }

  /// What is wrong.
  package var problem: Problem
  /// The path of the file or folder.
  package var file: String
  /// The line, from 1; nil if the problem has none.
  package var line: Int?

  /// A problem at a place.
  package init(_ problem: Problem, file: String, line: Int? = nil) {
    self.problem = problem
    self.file = file
    self.line = line
  }

  /// Whether the file itself is what is missing.
  package var isMissingInput: Bool {
    switch problem {
    case .file(.missing), .file(.isFolder), .file(.unreadable), .unknownFolder: true
    default: false
    }
  }

  /// File and, where it is known, line: the place to look at.
  package var place: String { line.map { "\(file):\($0)" } ?? file }
}

extension DatasetError: CustomStringConvertible {
  /// What was found and what is allowed, in one sentence without a full stop.
  package var description: String {
    switch problem {
    case .file(let error): "\(error)"
    case .unknownFolder: "the folder has none of the tables by which a data set is known"
    case .empty: "the file has no row of data"
    case .missingColumn(let column): "the column `\(column)` is missing"
    case .repeatedColumn(let column): "the column `\(column)` stands twice"
    case .fieldCount(let found, let expected):
      "the row must have \(expected) fields like the first line, found \(found)"
    case .badQuote: "a quoted field is not closed, or goes on after its quote"
    case .badField(let column, let found, let allowed):
      "`\(column)` must be \(allowed), found \"\(found)\""
    }
  }
}
