package import Documents

/// What stops the work with a file.
package enum ScenarioError: Error, Sendable {
  /// The file has problems, all of which are in the reading.
  case invalid(Reading)
  /// The file cannot be read or written at all.
  case document(DocumentError)
  /// A file that does not come with the scenario is not there; the command makes it.
  case unavailable(file: String, command: String)
  /// A value given on the command line is wrong.
  case option(name: String, value: String, allowed: String, help: String)
  /// What an option sets in the scenario does not fit its key; the problems are in the reading,
  /// whose file is the option.
  case override(Reading)

  /// A file, or why it cannot be opened.
  static func opened(_ path: String) throws(ScenarioError) -> OpenedFile {
    do {
      return try OpenedFile(path: path)
    } catch {
      throw .document(error)
    }
  }
}
