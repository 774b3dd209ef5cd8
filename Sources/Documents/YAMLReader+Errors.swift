import Yams

extension YAMLReader {
  /// The error of the parser as one of ours.
  static func typed(_ error: YamlError) -> DocumentError {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _):
      let place = Place(line: mark.line, column: mark.column)
      // The parser's own limit lies above ours, and it says so only in words.
      if problem.contains("nesting") || problem.contains("exceeded") {
        return .tooDeep(limit: 1000, place: place)
      }
      return .syntax(found: found(problem, context), allowed: "valid YAML", place: place)
    case .composer(_, let problem, let mark, _):
      let place = Place(line: mark.line, column: mark.column)
      return problem.contains("another document")
        ? .severalDocuments(place: place)
        : .syntax(found: problem, allowed: "valid YAML", place: place)
    case .reader(let problem, let offset, _, let text):
      return .syntax(found: problem, allowed: "text", place: place(ofCharacter: offset, in: text))
    case .duplicatedKeysInMapping(let duplicates, let context):
      return .duplicateKey(
        duplicates.first ?? "", place: Place(line: context.mark.line, column: context.mark.column))
    case .memory: return .tooManyValues(limit: 0, place: .none)
    default: return .syntax(found: "\(error)", allowed: "valid YAML", place: .none)
    }
  }

  /// The words of the parser, which mostly say "did not find ..." or "found ...".
  private static func found(_ problem: String, _ context: YamlError.Context?) -> String {
    let what = problem.hasPrefix("found ") ? String(problem.dropFirst(6)) : "a fault (\(problem))"
    return context.map { "\(what) \($0.text)" } ?? what
  }

  private static func place(ofCharacter offset: Int?, in text: String) -> Place {
    guard let offset else { return .none }
    let before = text.prefix(offset).unicodeScalars
    let column = before.reversed().prefix { $0 != "\n" }.count
    return Place(line: before.count { $0 == "\n" } + 1, column: column + 1)
  }
}
