import Documents
import Scenarios
import Simulator
import Testing

/// Every way in which a demand can be wrong, with line and column.
struct DemandBadInputTests {
  private static let head = "time_s,event,vm,flavor,lifetime_s,lifetime_max_s,within_s,zone\n"

  struct Case: Sendable, CustomTestStringConvertible {
    var rows: String
    var line: Int
    var column: String
    var isRight: @Sendable (DemandError.Problem) -> Bool
    var testDescription: String { rows }

    init(
      _ rows: String, _ line: Int, _ column: String,
      _ isRight: @escaping @Sendable (DemandError.Problem) -> Bool = {
        if case .malformed = $0 { true } else { false }
      }
    ) {
      self.rows = rows
      self.line = line
      self.column = column
      self.isRight = isRight
    }
  }

  static let cases: [Case] = [
    Case("1,depart,a,,,,,\n", 2, "vm") { $0 == .notThere(vm: "a") },
    Case("1,resize,a,small,,,,\n", 2, "vm") { $0 == .notThere(vm: "a") },
    Case("1,,a,small,,,,\n2,depart,a,,,,,\n3,depart,a,,,,,\n", 4, "vm") {
      $0 == .notThere(vm: "a")
    },
    Case("1,,a,small,,,,\n1,,a,small,,,,\n", 3, "vm") { $0 == .duplicate(vm: "a") },
    Case("1,,v1,small,,,,\n2,depart,v1,,,,,\n3,,v1,small,,,,\n", 4, "vm") {
      $0 == .duplicate(vm: "v1")
    },
    Case("2,,a,small,,,,\n1.5,,b,small,,,,\n", 3, "time_s") {
      $0 == .unsorted(found: "1.5", before: "2")
    },
    Case("1,,a,smal,,,,\n", 2, "flavor") { $0 == .unknownFlavor(name: "smal", near: "small") },
    Case("1,,a,zzzzzzzz,,,,\n", 2, "flavor") { $0 == .unknownFlavor(name: "zzzzzzzz", near: nil) },
    Case("1,,a,small,,,,nort\n", 2, "zone") { $0 == .unknownZone(name: "nort", near: "north") },
    Case("-1,,a,small,,,,\n", 2, "time_s"), Case("x,,a,small,,,,\n", 2, "time_s"),
    Case("nan,,a,small,,,,\n", 2, "time_s"), Case("inf,,a,small,,,,\n", 2, "time_s"),
    Case("0x10,,a,small,,,,\n", 2, "time_s"), Case("1e99,,a,small,,,,\n", 2, "time_s"),
    Case("99999999999999999999,,a,small,,,,\n", 2, "time_s"),
    Case(" 1,,a,small,,,,\n", 2, "time_s"),
    Case(",,a,small,,,,\n", 2, "time_s"), Case("1,,,small,,,,\n", 2, "vm"),
    Case("1,,a,,,,,\n", 2, "flavor"), Case("1,arrives,a,small,,,,\n", 2, "event"),
    Case("1,,a,small,-5,,,\n", 2, "lifetime_s"), Case("1,,a,small,5,4,,\n", 2, "lifetime_max_s"),
    Case("1,,a,small,,4,,\n", 2, "lifetime_max_s"), Case("1,,a,small,,,1m,\n", 2, "within_s"),
    Case("1,,a,small,,,,\n2,depart,a,small,,,,\n", 3, "flavor"),
    Case("1,,a,small,,,,\n2,resize,a,large,5,,,\n", 3, "lifetime_s"),
    Case("1,,a,small,,,\n", 2, ""), Case("1,,a,small,,,,,\n", 2, ""),
    Case("1,,\"a,small,,,,\n", 2, ""), Case("1,,\"a\"b,small,,,,\n", 2, ""),
    Case("1,,a\"b,small,,,,\n", 2, ""),
    Case("1,,a,small,,,,\n1e1,,b,small,,,,\n9,,c,small,,,,\n", 4, "time_s") {
      $0 == .unsorted(found: "9", before: "10")
    },
  ]

  @Test(arguments: cases)
  func `a bad row has its line and column`(sample: Case) throws {
    let found = try DemandFixture.error(
      Self.head + sample.rows, names: DemandNames(zones: ["north"]))
    let error = try #require(found)
    #expect(sample.isRight(error.problem), "\(error)")
    #expect(error.line == sample.line)
    #expect(error.column == sample.column)
    #expect(!error.message.isEmpty)
  }

  @Test(arguments: [
    ("", 1, ""), ("\n\n", 1, ""), ("time_s,vm\n", 1, "flavor"), ("time_s,vm,flavr\n", 1, "flavr"),
    ("time_s,vm,flavor,vm\n", 1, "vm"), ("{\"time_s\":1,\"vm\":\"a\"}\n", 1, "flavor"),
    ("{\"time_s\":1,\"vm\":\"a\",\"flavor\":\"small\"}\n{\"time_s\":1\n", 2, ""),
    ("{\"time_s\":true,\"vm\":\"a\",\"flavor\":\"small\"}\n", 1, "time_s"),
    ("{\"time_s\":1,\"vm\":\"a\",\"flavor\":\"small\",\"lif\":1}\n", 1, "lif"),
    ("{\"format\":\"demand\",\"format_version\":\"2.0\"}\n", 1, "format_version"),
    ("{\"time_s\":1,\"vm\":\"a\",\"flavor\":\"small\"}\n[]\n", 2, ""),
  ])
  func `a bad header or line of JSON has its line`(text: String, line: Int, column: String) throws {
    let error = try #require(try DemandFixture.error(text))
    guard case .malformed = error.problem else {
      Issue.record("\(error)")
      return
    }
    #expect(error.line == line)
    #expect(error.column == column)
  }

  @Test func `a bin that reaches behind what was handed out`() throws {
    let text = "time_s,vm,flavor,within_s\n100,a,small,\n200,b,small,\n300,c,small,250\n"
    let error = try DemandFixture.error(text)
    #expect(error?.line == 4)
    #expect(error?.column == "within_s")
    // A pass over the file knows the longest bin from the start.
    let fixture = try DemandFixture(text)
    let file = try fixture.open(outline: fixture.summary())
    #expect(DemandEvent.faults(try DemandEvent.all(of: file)).isEmpty)
  }

  @Test func `files that are no text, too long or broken`() throws {
    let head = Array("time_s,vm,flavor\n".utf8)
    let wide = try DemandFixture(head + [0x31, 0x2C, 0xFF, 0x2C, 0x0A])
    let error = #expect(throws: DemandError.self) { try DemandEvent.all(of: wide.open()) }
    #expect(error?.line == 2)
    let long = try DemandFixture(head + [UInt8](repeating: 0x31, count: 2_000_000))
    #expect(throws: DemandError(.longLine(limit: 1 << 20), line: 2)) {
      try DemandEvent.all(of: long.open())
    }
    let rows = Array((0..<1000).flatMap { "\($0),v\($0),small\n".utf8 })
    let packed = GzipWriter.pack(head + rows)
    let cut = try DemandFixture(Array(packed.dropLast(9)))
    let broken = #expect(throws: DemandError.self) { try DemandEvent.all(of: cut.open()) }
    #expect(broken?.problem == .brokenGzip)
    #expect((900...1002).contains(broken?.line ?? 0))
    let path = cut.path + ".none"
    #expect(throws: DemandError(.unreadable(code: 2))) {
      try DemandFile(path: path, flavors: DemandFixture.flavors, names: DemandNames())
    }
  }

  @Test func `problems become messages with a place`() {
    let error = DemandError(.unknownFlavor(name: "smal", near: "small"), line: 7, column: "flavor")
    let found = error.diagnostic(in: "d.csv")
    #expect(found.code == .unknownReference)
    #expect(found.place.line == 7)
    #expect(found.help == "did you mean `small`?")
    guard case .invalid(let reading) = error.scenarioError(in: "d.csv") else {
      Issue.record("an error in a file must be a reading")
      return
    }
    #expect(reading.text().contains("d.csv:7"))
    guard
      case .document(.missing(path: "d.csv")) = DemandError(.unreadable(code: 2)).scenarioError(
        in: "d.csv")
    else {
      Issue.record("a missing file must be one")
      return
    }
  }
}
