import Documents
import Scenarios
import Testing

/// What people and programs see of problems and declarations.
struct DeclarationsTextTests {
  @Test func `a problem with its line`() throws {
    let (_, reading) = try DeclarationsExample.read("name: a\ncount: ten # c\n")
    #expect(
      reading.text() == """
        error[E0104]: count must be a whole number of at least 1, found "ten"
          --> a.yaml:2:8
          |
        2 | count: ten # c
          |        ^^^
        help: write a number without quotes, for example `1`

        """)
  }

  @Test func `a problem as JSON`() throws {
    let (_, reading) = try DeclarationsExample.read("name: a\ncuont: 1\n")
    #expect(
      DiagnosticText.jsonLines(reading.diagnostics).hasPrefix(
        #"{"level":"error","code":"E0110","message":"unknown key `cuont` in host `a`","#
          + #""file":"a.yaml","line":2,"column":1,"byte":null,"path":"cuont","#
          + #""help":"did you mean `count`?"#
      ))
  }

  @Test func `at most twenty are printed`() {
    var reading = Reading(file: "f")
    for index in 0..<25 { reading.report(.unused, "m\(index)", at: Place(byte: 7)) }
    let text = reading.text()
    #expect(text.hasPrefix("warning[W0201]: m0\n  --> f (byte 7)\n"))
    #expect(text.hasSuffix("\nand 5 more problems\n"))
    #expect(reading.isValid)
    #expect(reading.warningCount == 25)
  }

  @Test func `long lines are cut around the value`() {
    let line = String(repeating: "a", count: 300) + ": \"é\tx\""
    var reading = Reading(file: "f", source: SourceText(Array(line.utf8)))
    reading.report(.value, "m", at: Place(line: 1, column: 303))
    let lines = reading.text().split(separator: "\n")
    #expect(lines[3].hasSuffix(": \"é\tx\""))
    #expect(lines[3].count < 120)
    #expect(lines[4].hasSuffix(" ^^^^^"))
  }

  @Test func `codes are stable and titled`() {
    #expect(DiagnosticCode.value.label == "E0104")
    #expect(DiagnosticCode.unknownKey.label == "E0110")
    #expect(DiagnosticCode.extrapolation.label == "W0207")
    let labels = DiagnosticCode.allCases.map(\.label)
    #expect(Set(labels).count == labels.count)
    #expect(KeyDocumentation.codes().contains("| `E0105` | a required key is absent |"))
  }

  @Test(
    arguments: [
      ("migraton", "migration"), ("prority", "priority"), ("live_migrate", nil), ("x", nil),
      ("spraed", "spread"), ("", nil),
    ] as [(String, String?)])
  func `near misses`(name: String, expected: String?) {
    let known = ["availability", "migration", "priority", "spread", "y2"]
    #expect(NearMiss.nearest(to: name, among: known) == expected)
  }

  @Test func `the schema follows the declarations`() throws {
    let schema = Schema.schema(of: DeclarationsExample.host)
    #expect(schema["$schema"]?.value == "https://json-schema.org/draft/2020-12/schema")
    #expect(schema["required"]?.value == ["name"])
    #expect(schema["additionalProperties"]?.value == false)
    let properties = try #require(schema["properties"])
    #expect(properties["count"]?["minimum"]?.value == 1)
    #expect(properties["count"]?["default"]?.value == 1)
    #expect(properties["share"]?["maximum"]?.value == 1.0)
    #expect(properties["state"]?["enum"]?.value == ["up", "down", "maintenance"])
    #expect(properties["memory"]?["default"]?.value == "64 GiB")
    #expect(properties["traits"]?["items"]?["pattern"]?.value == "^[a-z]+$")
    #expect(properties["devices"]?["items"]?["$ref"]?.value == "#/$defs/device")
    #expect(schema["$defs"]?["device"]?["required"]?.value == ["type"])
    let gate = Schema.schema(of: DeclarationsExample.gate)
    #expect(
      gate["$defs"]?["gate"]?["properties"]?["inputs"]?["items"]?["$ref"]?.value == "#/$defs/gate")
  }

  @Test func `the documentation follows the declarations`() {
    let text = KeyDocumentation.documentation(of: DeclarationsExample.host)
    #expect(text.hasPrefix("## `host`\n\nA host.\n\n| key | value | default | meaning |\n"))
    #expect(text.contains("| `name` | a text that is not empty | required | its name |\n"))
    #expect(
      text.contains("| `count` | a whole number of at least 1 | `1` | how many \\| VMs it has |\n"))
    #expect(text.contains("| `since` | a time such as 2026-11-24T08:00:00+01:00 | none |"))
    #expect(text.contains("| `devices` | list of [`device`](#device) | `[]` | all devices |\n"))
    #expect(text.contains("\n## `device`\n"))
  }
}
