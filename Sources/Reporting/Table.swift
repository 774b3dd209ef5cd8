package import Documents

/// Rows under named columns, in any of the output formats.
package struct Table: Sendable {
  /// The names of the columns, which are also the keys in JSON.
  package var columns: [String]
  /// The rows; each has one value per column.
  package var rows: [[Document]]

  /// A table.
  package init(columns: [String], rows: [[Document]] = []) {
    self.columns = columns
    self.rows = rows
  }

  /// A table of objects: columns are the keys of the first, in order.
  package init(objects: [Document]) {
    guard case .object(let members)? = objects.first else {
      self.init(columns: [])
      return
    }
    let columns = members.map(\.key)
    self.init(
      columns: columns,
      rows: objects.map { object in columns.map { object[$0]?.value ?? .null } })
  }

  /// The column that someone asked for does not exist.
  package struct UnknownColumn: Error, Sendable {
    /// The name asked for.
    package let name: String
    /// The names there are.
    package let known: [String]
  }

  /// Only the columns named, in that order, sorted by one of them.
  ///
  /// **Errors**: `UnknownColumn`.
  package func selecting(
    _ names: [String], sortedBy sortColumn: String?
  ) throws(UnknownColumn) -> Table {
    var result = self
    if let sortColumn {
      let place = try position(of: sortColumn)
      result.rows = rows.enumerated().sorted { first, second in
        let (left, right) = (first.element[place], second.element[place])
        return Self.isLess(left, right)
          || (!Self.isLess(right, left) && first.offset < second.offset)
      }.map(\.element)
    }
    guard !names.isEmpty else { return result }
    var places: [Int] = []
    for name in names { places.append(try position(of: name)) }
    return Table(columns: names, rows: result.rows.map { row in places.map { row[$0] } })
  }

  private func position(of name: String) throws(UnknownColumn) -> Int {
    guard let place = columns.firstIndex(of: name) else {
      throw UnknownColumn(name: name, known: columns)
    }
    return place
  }

  private static func isLess(_ left: Document, _ right: Document) -> Bool {
    if let first = number(left), let second = number(right) { return first < second }
    return text(left) < text(right)
  }

  private static func number(_ value: Document) -> Double? {
    switch value {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The rows as JSON objects.
  package var objects: [Document] {
    rows.map { row in .fields(Array(zip(columns, row))) }
  }

  /// The table as text in a format, with a line feed at the end unless it is empty.
  ///
  /// `width` cuts the lines of `table`; the other formats are never cut.
  package func text(_ format: OutputFormat, width: Int? = nil) -> String {
    switch format {
    case .table: aligned(width: width)
    case .json: Document.items(objects).json(.indented) + "\n"
    case .jsonl: objects.map { $0.json() + "\n" }.joined()
    case .csv: ([columns.map { Document.text($0) }] + rows).map { CSVWriter.row($0) }.joined()
    case .yaml: Document.items(objects).yaml()
    case .md: markdown
    case .value: rows.map { $0.map(Self.text).joined(separator: " ") + "\n" }.joined()
    }
  }

  private var markdown: String {
    let header = "| " + columns.joined(separator: " | ") + " |\n"
    let rule = "|" + columns.map { _ in "---|" }.joined() + "\n"
    return header + rule
      + rows.map { row in
        "| " + row.map { Self.escaped(Self.text($0)) }.joined(separator: " | ") + " |\n"
      }.joined()
  }

  /// A cell of a Markdown table: one line, bars escaped.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if character == "|" {
        result += "\\|"
      } else {
        result.append(character.isNewline ? " " : character)
      }
    }
    return result
  }

  private func aligned(width: Int?) -> String {
    let cells = rows.map { $0.map(Self.text) }
    let widths = columns.indices.map { column in
      cells.reduce(columns[column].count) { max($0, $1[column].count) }
    }
    let isNumeric = columns.indices.map { column in
      !rows.isEmpty
        && rows.allSatisfy { Self.number($0[column]) != nil || $0[column] == .null }
    }
    func line(_ fields: [String]) -> String {
      var text = ""
      for (column, field) in fields.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - field.count)
        text += (column == 0 ? "" : "  ") + (isNumeric[column] ? padding + field : field + padding)
      }
      while text.last == " " { text.removeLast() }
      guard let width, text.count > width, width > 1 else { return text }
      return String(text.prefix(width - 1)) + "…"
    }
    return ([columns] + cells).map { line($0) + "\n" }.joined()
  }

  /// A value as people read it: nothing for null, text without quotes.
  package static func text(_ value: Document) -> String {
    switch value {
    case .null: ""
    case .text(let text): text
    case .list(let nodes): nodes.map { text($0.value) }.joined(separator: ", ")
    case .object(let members):
      members.map { "\($0.key) \(text($0.node.value))" }.joined(separator: ", ")
    case .bool, .integer, .number: value.json()
    }
  }
}
