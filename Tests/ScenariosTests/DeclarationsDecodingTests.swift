import Documents
import Scenarios
import Testing

/// Reading records by their declarations.
struct DeclarationsDecodingTests {
  @Test func `a full record`() throws {
    let (record, reading) = try DeclarationsExample.read(
      """
      name: n1
      count: 12
      share: 1
      state: maintenance
      memory: 1.5TiB
      boot: 3 h 12 min
      network: 25 Gbit/s
      since: 2026-11-24T08:00:00.25+01:00
      spare: false
      traits: [avx, numa]
      weights: {b: 1, a: 0.5}
      tags: {z: "1", a: ""}
      device: {type: gpu}
      devices: [{type: nic, count: 2}]
      x-note: {anything: [1]}
      """)
    #expect(reading.diagnostics == [])
    let host = try #require(record)
    #expect(host.memory == 3 << 39)
    #expect(host.boot == 11_520_000_000)
    #expect(host.network == 3.125e9)
    #expect(host.since == 1_795_503_600_250_000)
    #expect(host.tags == [Entry(key: "z", value: "1"), Entry(key: "a", value: "")])
    #expect(host.weights == ["a": 0.5, "b": 1])
    #expect(host.device == ExampleDevice(type: "gpu", count: 1))
    #expect(host.devices == [ExampleDevice(type: "nic", count: 2)])
    #expect(host.place == Place(line: 1, column: 1))
  }

  @Test func `absent keys have their default`() throws {
    let (record, _) = try DeclarationsExample.read("name: n1")
    let host = try #require(record)
    #expect(host.count == 1)
    #expect(host.memory == 64 << 30)
    #expect(host.network == 3.125e9)
    #expect(host.since == nil)
  }

  @Test(
    arguments: [
      ("count: ten", .value, "count must be a whole number of at least 1, found \"ten\""),
      ("count: 0", .value, "count must be a whole number of at least 1, found 0"),
      ("count: 1.5", .value, "count must be a whole number of at least 1, found 1.5"),
      ("count: 9223372036854775808", .value, nil),
      ("count:", .value, "count must be a whole number of at least 1, found nothing"),
      ("count: [1]", .value, "count must be a whole number of at least 1, found a list"),
      ("share: 1.01", .value, "share must be a number from 0.0 to 1.0, found 1.01"),
      ("share: .nan", .value, "share must be a number from 0.0 to 1.0, found nan"),
      ("share: .inf", .value, nil), ("share: 50 %", .value, nil),
      ("state: dwn", .value, "state must be one of up, down, maintenance, found \"dwn\""),
      ("state: 1", .value, nil), ("spare: yes", .value, nil), ("spare: 1", .value, nil),
      ("memory: 64", .unit, nil), ("memory: 64 gib", .unit, nil), ("memory: \"64\"", .unit, nil),
      ("memory: 64 GiB x", .unit, nil), ("memory: lots", .value, nil),
      ("memory: -1 GiB", .value, nil),
      ("memory: 1 KiB", .value, nil), ("memory: 9e30 GiB", .value, nil),
      ("memory: 99999999999999 TiB", .value, nil), ("memory: {}", .value, nil),
      ("boot: 90", .unit, nil), ("boot: 90 sec", .unit, nil), ("boot: 1:30", .unit, nil),
      ("boot: -1 s", .value, nil), ("boot: 4 h 30", .unit, nil),
      ("network: 25 Gbps", .unit, nil), ("network: 1e300 GB/s", .value, nil),
      ("network: -1 MB/s", .value, nil),
      ("since: 2026-11-24", .instant, nil), ("since: 2026-11-24T08:00:00", .instant, nil),
      ("since: 2026-02-30T08:00:00Z", .instant, nil), ("since: 12", .instant, nil),
      ("traits: avx", .value, nil), ("traits: [AVX]", .value, nil), ("traits: [1]", .value, nil),
      ("traits: [a, b, c, d]", .count, "traits must have at most 3 values, found 4"),
      ("weights: [1]", .value, nil), ("weights: {a: x}", .value, nil),
      ("tags: {a: 1}", .value, nil),
      ("device: {count: 1}", .missingKey, nil), ("device: gpu", .value, nil),
      ("devices: [{type: a, kind: b}]", .unknownKey, nil), ("devices: {}", .value, nil),
      ("hots: 1", .unknownKey, nil), ("name2: x", .unknownKey, nil),
    ] as [(String, DiagnosticCode, String?)])
  func `one wrong value gives one problem`(
    line: String, code: DiagnosticCode, message: String?
  ) throws {
    let (record, reading) = try DeclarationsExample.read("name: n1\n\(line)\n")
    #expect(record == nil)
    #expect(reading.diagnostics.map(\.code) == [code])
    let problem = try #require(reading.diagnostics.first)
    #expect(problem.place.line == 2)
    #expect(message == nil || problem.message == message, "\(problem.message)")
  }

  @Test func `all problems come at once, with paths`() throws {
    let (_, reading) = try DeclarationsExample.read(
      """
      count: 0
      devices:
        - {type: a}
        - {type: b, count: 9}
        - {count: 2, typ: x}
      tags: {"a": 1}
      """)
    #expect(
      reading.diagnostics.map { "\($0.code.label) \($0.path)" } == [
        "E0104 count", "E0104 devices[1].count", "E0110 devices[2].typ", "E0105 devices[2]",
        "E0104 tags.a", "E0105 ",
      ])
    #expect(reading.diagnostics[2].help == "did you mean `type`? allowed: count, type")
    #expect(reading.diagnostics[5].message == "host needs the key `name`")
    #expect(!reading.isValid)
  }

  @Test func `contradictions are found once the keys are right`() throws {
    let (record, reading) = try DeclarationsExample.read("name: a\nspare: true\ncount: 3\n")
    #expect(record == nil)
    #expect(reading.diagnostics.map(\.code) == [.contradiction])
    #expect(reading.diagnostics[0].place == Place(line: 3, column: 8))
  }

  @Test func `a section may hold itself`() throws {
    let node = try Node.read("{name: a, inputs: [{name: b, inputs: [{name: c}]}]}", as: .yaml)
    var reading = Reading()
    let gate = try #require(DeclarationsExample.gate.decode(node, &reading))
    #expect(gate.inputs[0].inputs[0].name == "c")
    #expect(DeclarationsExample.gate.encode(gate) == node.value)
  }

  @Test func `problems kept are bounded and all counted`() throws {
    let list = String(repeating: "1, ", count: 5000)
    let (_, reading) = try DeclarationsExample.read("name: a\ntraits: [\(list)]\n")
    #expect(reading.diagnostics.count == Reading.keptLimit)
    #expect(reading.errorCount == 5001)
    #expect(reading.text().hasSuffix("and 4981 more problems\n"))
  }
}
