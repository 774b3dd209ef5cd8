package import Documents

/// What keeps runs from being compared.
package enum ComparisonError: Error, Sendable {
  /// There is no folder of that name.
  case missing(folder: String)
  /// The folder is no run that ended, or its files are not those of a run.
  case unusable(folder: String, reason: String, help: String)
  /// A file of the run cannot be read.
  case document(DocumentError, file: String)
  /// A value given on the command line is wrong.
  case option(name: String, value: String, allowed: String, help: String)
}
