import Documents
import Reporting
import Testing

/// Tables in every format, and numbers in words.
struct TableTests {
  private let table = Table(
    columns: ["host", "vms", "note"],
    rows: [["node-2", 10, "a|b"], ["node-1", 9, .null], ["node-3", .null, "plain"]])

  @Test func `columns are aligned, numbers to the right`() {
    #expect(
      table.text(.table) == """
        host    vms  note
        node-2   10  a|b
        node-1    9
        node-3       plain

        """)
  }

  @Test func `lines are cut at the width`() {
    #expect(table.text(.table, width: 12).split(separator: "\n")[1] == "node-2   10…")
  }

  @Test func `the other formats hold the same names and values`() {
    #expect(table.text(.csv) == "host,vms,note\nnode-2,10,a|b\nnode-1,9,\nnode-3,,plain\n")
    #expect(
      table.text(.jsonl).split(separator: "\n")[1] == #"{"host":"node-1","vms":9,"note":null}"#)
    #expect(table.text(.md).contains(#"| node-2 | 10 | a\|b |"#))
    #expect(table.text(.value).hasPrefix("node-2 10 a|b\n"))
  }

  @Test func `columns are chosen and sorted by number, not by text`() throws {
    let chosen = try table.selecting(["vms", "host"], sortedBy: "vms")
    #expect(chosen.text(.csv) == "vms,host\n,node-3\n9,node-1\n10,node-2\n")
  }

  @Test func `an unknown column names those there are`() {
    #expect(throws: Table.UnknownColumn.self) {
      try table.selecting(["hosts"], sortedBy: nil)
    }
  }

  @Test(arguments: [
    (0.0, "0 s"), (0.44, "0.4 s"), (9.96, "10.0 s"), (52.4, "52 s"), (723.2, "12 min 3 s"),
    (3600, "1 h"), (11_520, "3 h 12 min"), (90_000, "1 d 1 h"), (.infinity, "for ever"),
  ])
  func `durations are told in two units`(seconds: Double, words: String) {
    #expect(Wording.duration(seconds) == words)
  }

  @Test(arguments: [
    (1.0, 2, "1.00"), (-0.004, 2, "0.00"), (2.675, 1, "2.7"), (1234.5678, 0, "1235"),
    (-1.5, 1, "-1.5"), (.nan, 1, "nan"), (0.05, 2, "0.05"),
  ])
  func `numbers have a point and no grouping`(value: Double, decimals: Int, text: String) {
    #expect(Wording.fixed(value, decimals) == text)
  }

  @Test func `shares are told in percent`() {
    #expect(Wording.percent(0.985) == "98.5 %")
    #expect(Wording.percent(1) == "100 %")
  }
}
