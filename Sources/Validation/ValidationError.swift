/// Data sets that nothing can be compared with.
package enum ValidationError: Error, Sendable, Equatable {
  /// A file that cannot be read.
  case unreadable(file: String)
  /// A file that is not UTF-8.
  case notText(file: String)
  /// A file without a single row of data.
  case empty(file: String)
  /// A column that is needed and not there.
  case missingColumn(file: String, column: String)
  /// Two columns of one name.
  case repeatedColumn(file: String, column: String)
  /// A row with more or fewer fields than the first line.
  case fieldCount(file: String, line: Int, found: Int, expected: Int)
  /// A quoted field that is not closed, or text after its closing quote.
  case badQuote(file: String, line: Int)
  /// A field whose text is not what its column holds.
  case badField(file: String, line: Int, column: String, value: String)
  /// No row is usable: nothing is left to fit to.
  case nothingToFit(file: String)
}

extension ValidationError {
  /// File and, where it is known, line: the place to look at.
  package var place: String {
    switch self {
    case .unreadable(let file), .notText(let file), .empty(let file), .nothingToFit(let file),
      .missingColumn(let file, _), .repeatedColumn(let file, _):
      file
    case .fieldCount(let file, let line, _, _), .badQuote(let file, let line),
      .badField(let file, let line, _, _):
      "\(file):\(line)"
    }
  }
}
