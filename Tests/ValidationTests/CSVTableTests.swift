import Testing
import Validation

@Suite struct CSVTableTests {
  private func table(_ text: String) throws -> CSVTable {
    try CSVTable(text: text, file: "t.csv")
  }

  @Test func readsQuotesAndLineEnds() throws {
    let read = try table("\u{FEFF}a,b\r\n\"x, \"\"y\"\"\nz\",2\r\n\n,3")
    #expect(read.columns == ["a", "b"])
    #expect(read.rows.map(\.fields) == [["x, \"y\"\nz", "2"], ["", "3"]])
    #expect(read.rows.map(\.line) == [2, 5])
    #expect(try read.number(0, 1) == 2 && read.number(1, 0) == nil)
  }

  @Test func errorsSayWhere() {
    let refused: [(String, ValidationError)] = [
      ("", .empty(file: "t.csv")), ("a,b\n", .empty(file: "t.csv")),
      ("a,a\n1,2", .repeatedColumn(file: "t.csv", column: "a")),
      ("a,b\n1,2\n3", .fieldCount(file: "t.csv", line: 3, found: 1, expected: 2)),
      ("a\n\"x", .badQuote(file: "t.csv", line: 2)),
      ("a\n\"x\"y", .badQuote(file: "t.csv", line: 2)),
    ]
    for (text, error) in refused { #expect(throws: error) { try table(text) } }
    #expect(ValidationError.badQuote(file: "t.csv", line: 2).place == "t.csv:2")
  }

  @Test func fieldsAreChecked() throws {
    let read = try table("a\nx\n-1\nnan\n1e999")
    let column = try read.column("a")
    for row in 0..<4 {
      #expect(throws: read.badField(row, column)) { try read.integer(row, column) }
      #expect(throws: read.badField(row, column)) { try read.number(row, column) }
    }
    #expect(throws: ValidationError.missingColumn(file: "t.csv", column: "b")) {
      try read.column("b")
    }
  }

  @Test func aFileThatIsNotThere() {
    #expect(throws: ValidationError.unreadable(file: "/nowhere/at/all.csv")) {
      try CSVTable(path: "/nowhere/at/all.csv")
    }
  }
}
