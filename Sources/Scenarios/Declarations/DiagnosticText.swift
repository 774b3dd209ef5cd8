package import Documents

/// Writes problems for people and for programs.
package enum DiagnosticText {
  /// The problems as text: message, place, line with a caret, help; a blank line between two.
  ///
  /// At most `limit` are written, then the number of the others. `omitted` counts problems that
  /// were found but not kept; `isStopped` says that there may be more.
  package static func render(
    _ diagnostics: [Diagnostic], source: SourceText? = nil, limit: Int = 20, omitted: Int = 0,
    isStopped: Bool = false
  ) -> String {
    var blocks = diagnostics.prefix(limit).map { block($0, source) }
    let rest = max(0, diagnostics.count - limit) + omitted
    if rest > 0 {
      let most = isStopped ? "; the rest of the file was not read" : ""
      blocks.append("and \(rest) more \(rest == 1 ? "problem" : "problems")\(most)\n")
    }
    return blocks.joined(separator: "\n")
  }

  /// The problems as JSON, one object a line, all of them.
  package static func jsonLines(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map { $0.document.json() + "\n" }.joined()
  }

  private static func block(_ diagnostic: Diagnostic, _ source: SourceText?) -> String {
    var text = "\(diagnostic.level.rawValue)[\(diagnostic.code.label)]: \(diagnostic.message)\n"
    if !diagnostic.file.isEmpty { text += "  --> \(diagnostic.file)\(suffix(diagnostic.place))\n" }
    if let line = diagnostic.place.line, let column = diagnostic.place.column,
      let content = source?.line(line), !content.isEmpty
    {
      text += excerpt(content, line: line, column: column)
    }
    if let help = diagnostic.help { text += "help: \(help)\n" }
    return text
  }

  private static func suffix(_ place: Place) -> String {
    if let line = place.line, let column = place.column { return ":\(line):\(column)" }
    return place.byte.map { " (byte \($0))" } ?? ""
  }

  /// The line with carets under the value, cut to what surrounds it if the line is long.
  private static func excerpt(_ content: String, line: Int, column: Int) -> String {
    let scalars = Array(content.unicodeScalars)
    let start = min(column - 1, scalars.count)
    let first = scalars.count <= 100 ? 0 : max(0, start - 40)
    let shown = scalars[first..<min(scalars.count, first + 100)]
    let width = String(line).count
    let gutter = String(repeating: " ", count: width)
    // Tabs stay tabs above the caret, so that it stands under its value.
    let pad = scalars[first..<start].map { $0 == "\t" ? "\t" : " " }.joined()
    let cut = shown.endIndex - start
    let carets = String(repeating: "^", count: max(1, min(valueLength(scalars[start...]), cut)))
    return "\(gutter) |\n\(line) | \(text(shown))\n\(gutter) | \(pad)\(carets)\n"
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }

  /// How long the value is that starts here, as far as one line shows it.
  private static func valueLength(_ rest: ArraySlice<Unicode.Scalar>) -> Int {
    guard let first = rest.first else { return 1 }
    if "[{|>&".unicodeScalars.contains(first) { return 1 }
    if first == "\"" || first == "'" {
      let end = rest.dropFirst().firstIndex(of: first) ?? rest.endIndex - 1
      return end - rest.startIndex + 1
    }
    var end = rest.startIndex
    while end < rest.endIndex, !",]}".unicodeScalars.contains(rest[end]) {
      let isColon = rest[end] == ":" && (end + 1 == rest.endIndex || rest[end + 1] == " ")
      let isComment = rest[end] == " " && end + 1 < rest.endIndex && rest[end + 1] == "#"
      if isColon || isComment { break }
      end += 1
    }
    while end > rest.startIndex, rest[end - 1] == " " { end -= 1 }
    return end - rest.startIndex
  }
}
