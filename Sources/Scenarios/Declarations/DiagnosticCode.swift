/// Whether a problem stops the work.
package enum DiagnosticLevel: String, Sendable {
  /// The file cannot be used.
  case error
  /// The file can be used; the reader should know.
  case warning
}

/// The problems that files can have, by stable number.
///
/// Numbers from 100 are for the form of files, from 120 for what names refer to, from 200 for
/// warnings. They are part of the interface: a number is never given another meaning.
package enum DiagnosticCode: Int, CaseIterable, Sendable {
  /// The text breaks the rules of YAML or JSON.
  case syntax = 101
  /// Too deep, too many values or too many bytes.
  case tooLarge = 102
  /// Bytes that are not UTF-8 text.
  case encoding = 103
  /// A value of the wrong kind or outside its range.
  case value = 104
  /// A required key is absent.
  case missingKey = 105
  /// A key stands twice in a mapping.
  case duplicateKey = 106
  /// A quantity without its unit or with an unknown one.
  case unit = 107
  /// A time without offset, or no time at all.
  case instant = 108
  /// The file is of a version that cannot be read.
  case formatVersion = 109
  /// A key that is not declared.
  case unknownKey = 110
  /// A list that has too few or too many elements.
  case count = 111
  /// Two things of one kind have the same name.
  case duplicateName = 120
  /// A name that nothing has.
  case unknownReference = 121
  /// Two values that cannot both hold.
  case contradiction = 122
  /// A thing that needs another one which is absent.
  case incomplete = 123
  /// The file is missing, unreadable or a folder.
  case file = 130
  /// Events of a demand that go back in time.
  case unsortedDemand = 160
  /// A VM of a demand ends or is resized that is not there.
  case absentVM = 161
  /// Something that is declared and never used.
  case unused = 201
  /// A value that is allowed but unusual.
  case unusual = 202
  /// A value that was assumed because the file does not say it.
  case assumed = 203
  /// A key that will go away.
  case deprecated = 204
  /// A value outside the range that a model was measured in.
  case extrapolation = 207

  /// Whether such a problem stops the work.
  package var level: DiagnosticLevel { rawValue < 200 ? .error : .warning }

  /// The code as people see it, such as `E0104` or `W0207`.
  package var label: String {
    let digits = String(rawValue)
    return (level == .error ? "E" : "W") + String(repeating: "0", count: 4 - digits.count) + digits
  }

  /// What the code means, for the documentation.
  package var title: String {
    switch self {
    case .syntax: "the text breaks the rules of YAML or JSON"
    case .tooLarge: "the file is too large, too deep or has too many values"
    case .encoding: "the file is not UTF-8 text"
    case .value: "a value is of the wrong kind or outside its range"
    case .missingKey: "a required key is absent"
    case .duplicateKey: "a key stands twice in one mapping"
    case .unit: "a quantity has no unit or an unknown one"
    case .instant: "a time is not ISO 8601 with an offset"
    case .formatVersion: "the file is of a version that cannot be read"
    case .unknownKey: "a key is not known"
    case .count: "a list has too few or too many elements"
    case .duplicateName: "two things of one kind have the same name"
    case .unknownReference: "a name refers to nothing"
    case .contradiction: "two values cannot both hold"
    case .incomplete: "a thing needs another one that is absent"
    case .file: "the file is missing or cannot be read"
    case .unsortedDemand: "rows of a demand go back in time"
    case .absentVM: "a VM of a demand ends or is resized that is not there"
    case .unused: "something is declared and never used"
    case .unusual: "a value is allowed but unusual"
    case .assumed: "a value was assumed because the file does not say it"
    case .deprecated: "a key will go away"
    case .extrapolation: "a value lies outside the range that a model was measured in"
    }
  }
}
