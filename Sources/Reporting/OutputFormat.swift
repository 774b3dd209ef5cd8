/// How results are written to standard output.
package enum OutputFormat: String, CaseIterable, Sendable {
  /// Columns for people.
  case table
  /// One JSON value.
  case json
  /// One JSON object a line.
  case jsonl
  /// Comma separated, with a header.
  case csv
  /// YAML.
  case yaml
  /// A Markdown table.
  case md
  /// Bare values, one row a line, separated by blanks.
  case value
}
