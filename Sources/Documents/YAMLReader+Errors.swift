import Yams

extension YAMLReader {
  /// The error of the parser as one of ours.
  static func typed(_ error: YamlError, depthLimit: Int) -> DocumentError {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _):
      let place = Place(line: mark.line, column: mark.column)
      // The parser's own limit lies above ours, and it says so only in words.
      if problem.contains("nesting") || problem.contains("exceeded") {
        return .tooDeep(limit: depthLimit, place: place)
      }
      let reason = context.map { "\(problem) \($0.text)" } ?? problem
      return .malformed(reason: reason, place: place)
    case .composer(_, let problem, let mark, _):
      let place = Place(line: mark.line, column: mark.column)
      return problem.contains("another document")
        ? .severalDocuments(place: place) : .malformed(reason: problem, place: place)
    case .reader(let problem, let offset, _, let text):
      return .malformed(reason: problem, place: place(ofCharacter: offset, in: text))
    case .duplicatedKeysInMapping(let duplicates, let context):
      return .duplicateKey(
        duplicates.first ?? "", place: Place(line: context.mark.line, column: context.mark.column))
    default: return .malformed(reason: "\(error)", place: .none)
    }
  }

  private static func place(ofCharacter offset: Int?, in text: String) -> Place {
    guard let offset else { return .none }
    let before = text.prefix(offset).unicodeScalars
    let column = before.reversed().prefix { $0 != "\n" }.count
    return Place(line: before.count { $0 == "\n" } + 1, column: column + 1)
  }
}
