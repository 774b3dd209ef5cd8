package import Documents

/// A problem in a file, with its place and the next thing to do.
package struct Diagnostic: Sendable, Equatable {
  /// What kind of problem it is; it decides whether it is an error.
  package var code: DiagnosticCode
  /// What is wrong, with the value found and what is allowed.
  package var message: String
  /// The file, as the user named it, or empty.
  package var file: String
  /// Where in the file.
  package var place: Place
  /// The keys that lead to the value, such as `hosts[2].count`, or empty.
  package var path: String
  /// What to type or change next, or nil.
  package var help: String?

  /// A problem in a file.
  package init(
    code: DiagnosticCode, message: String, file: String = "", place: Place = .none,
    path: String = "", help: String? = nil
  ) {
    self.code = code
    self.message = message
    self.file = file
    self.place = place
    self.path = path
    self.help = help
  }

  /// Whether it stops the work.
  package var level: DiagnosticLevel { code.level }

  /// The problem as one JSON object; absent parts are null.
  package var document: Document {
    [
      "level": .text(level.rawValue), "code": .text(code.label), "message": .text(message),
      "file": file.isEmpty ? .null : .text(file), "line": Document(place.line),
      "column": Document(place.column), "byte": Document(place.byte),
      "path": path.isEmpty ? .null : .text(path), "help": Document(help),
    ]
  }
}
