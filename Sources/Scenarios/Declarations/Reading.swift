package import Documents

/// A step from a value to one inside it.
package enum PathStep: Hashable, Sendable {
  /// The value of a key.
  case key(String)
  /// An element of a list, counted from 0.
  case index(Int)
}

/// One reading of a file: where it is and what was wrong so far.
///
/// Nothing throws: a wrong value is reported and reading goes on, so that all problems of a file
/// come at once.
package struct Reading: Sendable {
  /// The file, as the user named it, or empty.
  package let file: String
  /// The text of the file, to show lines of it; nil for large files.
  package var source: SourceText?
  /// The problems in the order found, at most `keptLimit` of them.
  package private(set) var diagnostics: [Diagnostic] = []
  /// The number of errors, kept or not.
  package private(set) var errorCount = 0
  /// The number of warnings, kept or not.
  package private(set) var warningCount = 0
  private var steps: [PathStep] = []

  /// The problems kept, so that a large file of nonsense does not fill the memory.
  package static let keptLimit = 1000

  /// The reading of a file that has just begun.
  package init(file: String = "", source: SourceText? = nil) {
    self.file = file
    self.source = source
  }

  /// Whether reading stopped before the end of the file, because it has too many problems.
  package internal(set) var isStopped = false
  /// Whether the file is of a later minor version, whose further keys mean nothing here.
  var allowsUnknownKeys = false
  /// Whether the file is of another major version, about which nothing else can be said.
  private var isForeign = false

  /// Whether so many problems were found that no more are kept.
  var isFull: Bool { diagnostics.count >= Self.keptLimit }

  /// Whether nothing was found that stops the work.
  package var isValid: Bool { errorCount == 0 }

  /// The keys that lead to the present value, such as `hosts[2].count`.
  package var path: String {
    var text = ""
    for step in steps {
      switch step {
      case .index(let index): text += "[\(index)]"
      case .key(let key): text += (text.isEmpty ? "" : ".") + key
      }
    }
    return text
  }

  /// Reads a value inside the present one.
  package mutating func within<Result>(
    _ step: PathStep, _ body: (inout Reading) -> Result
  ) -> Result {
    steps.append(step)
    let result = body(&self)
    steps.removeLast()
    return result
  }

  /// Goes to a value inside the present one; `leave` goes back.
  mutating func enter(_ step: PathStep) { steps.append(step) }

  /// Goes back from where `enter` went.
  mutating func leave() { steps.removeLast() }

  /// Notes a problem with the present value.
  package mutating func report(
    _ code: DiagnosticCode, _ message: String, at place: Place, help: String? = nil
  ) {
    if isForeign { return }
    if code == .formatVersion {
      isForeign = true
      (diagnostics, errorCount, warningCount) = ([], 0, 0)
    }
    switch code.level {
    case .error: errorCount += 1
    case .warning: warningCount += 1
    }
    guard diagnostics.count < Self.keptLimit else { return }
    diagnostics.append(
      Diagnostic(
        code: code, message: message, file: file, place: place, path: path, help: help))
  }

  /// Notes that the present value is not what is allowed: "PATH must be ALLOWED, found VALUE".
  package mutating func refuse(
    _ node: Node, allowed: String, code: DiagnosticCode = .value, help: String? = nil
  ) {
    let subject = steps.isEmpty ? "the document" : path
    report(
      code, "\(subject) must be \(allowed), found \(Self.shown(node.value))", at: node.place,
      help: help ?? "`berth schema` says what may stand here")
  }

  /// Notes what stopped the reading of the file.
  package mutating func report(_ error: DocumentError) {
    report(Self.code(of: error), "\(error)", at: error.place, help: Self.help(for: error))
  }

  /// The same problems with the places that are found for their paths.
  func located(_ place: (String) -> Place?) -> Reading {
    var result = self
    for index in result.diagnostics.indices where result.diagnostics[index].place == .none {
      result.diagnostics[index].place = place(result.diagnostics[index].path) ?? .none
    }
    return result
  }

  /// The same problems, found elsewhere than in this file.
  func moved(to file: String) -> Reading {
    var result = Reading(file: file)
    (result.errorCount, result.warningCount) = (errorCount, warningCount)
    result.diagnostics = diagnostics.map { diagnostic in
      var moved = diagnostic
      moved.file = file
      return moved
    }
    return result
  }

  /// All problems as text, as `DiagnosticText.render` writes them.
  package func text(limit: Int = 20) -> String {
    DiagnosticText.render(
      diagnostics, source: source, limit: limit,
      omitted: errorCount + warningCount - diagnostics.count, isStopped: isStopped)
  }

  /// A value as messages show it: scalars in full up to a length, others by kind.
  package static func shown(_ value: Document) -> String {
    switch value {
    case .null, .list, .object: return value.kindName
    case .text(let text):
      let isLong = text.unicodeScalars.count > 60
      return Document.text(isLong ? String(text.prefix(57)) + "..." : text).json()
    case .number(let number) where !number.isFinite: return "\(number)"
    default: return value.json()
    }
  }

  private static func code(of error: DocumentError) -> DiagnosticCode {
    switch error {
    case .missing, .isFolder, .unreadable, .exists, .unwritable: .file
    case .tooLarge, .tooDeep, .tooManyValues, .unpacksTooLarge: .tooLarge
    case .notUTF8, .notText, .otherEncoding, .notGzip: .encoding
    case .duplicateKey: .duplicateKey
    case .numberTooLarge: .value
    case .syntax, .malformed, .keyNotText, .unknownAnchor, .unknownTag, .severalDocuments: .syntax
    }
  }

  private static func help(for error: DocumentError) -> String? {
    switch error {
    case .duplicateKey: "remove one of the two"
    case .otherEncoding, .notUTF8: "save the file as UTF-8"
    case .notText: "this is no text file; look at its path"
    case .syntax(_, _, let place) where place.line != nil:
      "correct it here; a file that was cut off has to be made again"
    case .malformed: "look at the brackets, quotes and indentation before this place"
    case .tooDeep: "no file of this program needs such depth; look for an unclosed bracket"
    case .tooManyValues: "write fewer aliases, or the values themselves"
    case .unknownTag: "remove the tag"
    case .numberTooLarge: "write a smaller number"
    case .keyNotText: "write the key as a text, in quotes if need be"
    case .unknownAnchor: "put texts that start with `*` in quotes"
    case .severalDocuments: "split the file at the line `---`"
    case .tooLarge: "convert the file to JSON with a name that ends in `.json`, which has no limit"
    default: nil
    }
  }
}
