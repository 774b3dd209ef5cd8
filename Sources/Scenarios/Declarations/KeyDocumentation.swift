import Documents

/// Markdown about declared sections.
package enum KeyDocumentation {
  /// A heading, a sentence and a table of keys for a section and for each one inside it.
  package static func documentation<Record>(
    of section: Section<Record>, level: Int = 2
  ) -> String {
    let description = section.description
    return ([description] + NestedSections.all(in: description))
      .map { text(of: $0, level: level) }.joined(separator: "\n")
  }

  /// A table of the codes of problems.
  package static func codes() -> String {
    "| code | meaning |\n| --- | --- |\n"
      + DiagnosticCode.allCases.map { "| `\($0.label)` | \(cell($0.title)) |\n" }.joined()
  }

  private static func text(of section: SectionDescription, level: Int) -> String {
    var text = String(repeating: "#", count: level) + " `\(section.name)`\n\n\(section.summary)\n\n"
    text += "| key | value | default | meaning |\n| --- | --- | --- | --- |\n"
    for key in section.keys {
      text += "| `\(key.name)` | \(value(key.kind)) | \(standard(key)) | \(cell(key.meaning)) |\n"
    }
    return text
  }

  private static func standard(_ key: KeyDescription) -> String {
    if key.isRequired { return "required" }
    guard let value = key.defaultValue else { return "none" }
    if case .text(let text) = value, !text.isEmpty { return "`\(cell(text))`" }
    return "`\(cell(value.json()))`"
  }

  private static func value(_ kind: ValueKind) -> String {
    switch kind {
    case .optional(let kind): value(kind)
    case .list(let kind, _): cell("list of ") + value(kind)
    case .map(let kind): cell("mapping from names to ") + value(kind)
    case .section(let name, _): "[`\(name)`](#\(name))"
    case .choice(let words): words.map { "`\(cell($0))`" }.joined(separator: ", ")
    default: cell(kind.words)
    }
  }

  private static func cell(_ text: String) -> String {
    String(text.flatMap { $0 == "|" ? Array("\\|") : $0 == "\n" ? [" "] : [$0] })
  }
}
