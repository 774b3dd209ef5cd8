import Documents
import Scenarios
import Testing

/// Files of moves: what is read, and what is refused with its place.
struct EstimateFileTests {
  private static func read(_ text: String) throws -> ([EstimateRecord]?, Reading) {
    var reading = Reading(file: "moves.yaml")
    let node = try Node.read(text, as: .yaml)
    return (EstimateFile.decode(node, &reading), reading)
  }

  private static let whole = """
    - id: one
      memory_mib: 4000
      rate_mib_s: 125
      line_mib_s: 1250
      downtime_limit_s: 0.3
      stop_s: 0.005
      dirty: {c: 40, h: 160, s: 1.5}
      horizon_s: 600
    - {id: two, mode: cold}
    - {id: three, mode: stop_copy, memory_mib: 1000, rate_mib_s: 100}
    - {id: four, memory_mib: 16384, rate_mib_s: 1000, stop_s: 0.01,
       dirty: {h: 200, s: 0.05}, downtime_steps: {}}
    - {id: five, memory_mib: 1000, rate_mib_s: 3000, points: [[0, 0], [1, 10], [2, 15]]}
    """

  @Test func `moves are read and answered in their order`() throws {
    let (records, reading) = try Self.read(Self.whole)
    #expect(reading.isValid)
    let answers = EstimateFile.answers(to: try #require(records))
    #expect(answers.map(\.id) == ["one", "two", "three", "four", "five"])
    #expect(
      answers.map(\.verdict)
        == ["not_convergent", "converges", "converges", "converges", "converges"])
    #expect(answers[0].total == nil && answers[0].downtime == nil && answers[0].rounds == 773)
    let remedy = try #require(answers[0].remedy)
    #expect(remedy.confirmed == ["rate_mib_s", "throttle_percent"])
    #expect(abs(try #require(remedy.downtimeLimit) - 0.709) < 0.001)
    #expect(answers[0].assumed.isEmpty && answers[4].assumed == ["downtime_limit_s", "stop_s"])
    #expect(answers[2].total.map { abs($0 - 10.005) < 1e-9 } == true)
    // The ramp takes its size from the memory: 16 GiB, so the pause grows after 1200 s.
    #expect(answers[3].total.map { abs($0 / 4800.24 - 1) < 0.001 } == true)
    #expect(answers[3].totalWithoutRamp.map { abs($0 / 16.51 - 1) < 0.001 } == true)
    #expect(answers[0].totalWithoutRamp == nil)
  }

  @Test func `streams, caps, encryption and compression shape the transfer`() throws {
    let (records, _) = try Self.read(
      """
      - {id: tls, memory_mib: 3000, rate_mib_s: 1000, tls: true, line_mib_s: 300, stop_s: 0}
      - {id: four, memory_mib: 3000, rate_mib_s: 100, streams: 4, cap_mib_s: 300, line_mib_s: 300,
         stop_s: 0}
      - {id: half, memory_mib: 6000, compression_ratio: 2, rate_mib_s: 300, stop_s: 0}
      """)
    for answer in EstimateFile.answers(to: try #require(records)) {
      #expect(answer.total.map { abs($0 - 10) < 1e-9 } == true, "\(answer.id)")
    }
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    var keys: String
    var code: DiagnosticCode
    var line = 2
    var column: Int?

    var testDescription: String { keys }
  }

  /// Each is the second line of a move whose first line is `- id: a`.
  static let faults: [Fault] = [
    Fault(keys: "memory_mib: 1000\n  rate_mib_s: 0", code: .value, line: 3, column: 15),
    Fault(keys: "memory_mib: 0\n  rate_mib_s: 10", code: .value, column: 15),
    Fault(keys: "memory_mib: 4294967296\n  rate_mib_s: 10", code: .value, column: 15),
    Fault(keys: "memory_mib: 4 GiB\n  rate_mib_s: 10", code: .value, column: 15),
    Fault(keys: "memory_mib: .nan\n  rate_mib_s: 10", code: .value, column: 15),
    Fault(keys: "rate_mib_s: .inf\n  memory_mib: 1000", code: .value, column: 15),
    Fault(keys: "rate_mib_s: -1\n  memory_mib: 1000", code: .value, column: 15),
    Fault(keys: "rate_mib_s: 10", code: .missingKey, line: 1, column: 3),
    Fault(keys: "memory_mib: 1000", code: .missingKey, line: 1, column: 3),
    Fault(keys: "mode: warm", code: .value, column: 9),
    Fault(keys: "rate_mb_s: 1", code: .unknownKey, column: 3),
    Fault(keys: "dirty: {c: -3}", code: .value, column: 14),
    Fault(keys: "dirty: {c: 3, h: -160}", code: .value, column: 20),
    Fault(keys: "dirty: {h: 3, s: 0}", code: .value, column: 20),
    Fault(keys: "points: [[1, 20]]", code: .count, column: 11),
    Fault(keys: "points: [[1, 20], [2, 10]]", code: .value, column: 21),
    Fault(keys: "points: [[2, 20], [1, 30]]", code: .value, column: 21),
    Fault(keys: "points: [[0, 20], [1, 30]]", code: .value, column: 12),
    Fault(keys: "points: [[1, 20, 3], [2, 30]]", code: .count, column: 12),
    Fault(keys: "horizon_s: 0", code: .value, column: 14),
    Fault(
      keys: "downtime_limit_s: 300\n  memory_mib: 1000\n  rate_mib_s: 100", code: .contradiction,
      column: 21),
    Fault(
      keys: "downtime_steps: {ms: 500000}\n  memory_mib: 1000\n  rate_mib_s: 100",
      code: .contradiction, column: 19),
    Fault(
      keys: "points: [[0, 0], [1, 3]]\n  dirty: {c: 3}\n  memory_mib: 1000\n  rate_mib_s: 10",
      code: .contradiction, column: 11),
    Fault(
      keys: "postcopy_at_s: 3\n  device: {}\n  memory_mib: 1000\n  rate_mib_s: 10",
      code: .contradiction, column: 18),
    Fault(
      keys: "postcopy_at_s: 3\n  disk_mib: 9\n  memory_mib: 1000\n  rate_mib_s: 10",
      code: .contradiction, column: 18),
    Fault(keys: "mode: cold\n  disk_mib: 5", code: .missingKey, line: 1, column: 3),
  ]

  @Test(arguments: faults) func `each fault is one error with its place`(fault: Fault) throws {
    let (_, reading) = try Self.read("- id: a\n  \(fault.keys)\n")
    let found = try #require(reading.diagnostics.first)
    #expect(reading.errorCount == 1)
    #expect(found.code == fault.code)
    #expect(found.place.line == fault.line && found.place.column == fault.column)
  }

  @Test func `the file is a list of moves with names of their own`() throws {
    let twice = "- {id: a, mode: cold}\n- {id: a, mode: cold}\n"
    for (text, code) in [
      ("{id: a, mode: cold}", DiagnosticCode.value), ("[]", .count), ("7", .value),
      (twice, .duplicateName),
    ] {
      let (_, reading) = try Self.read(text)
      #expect(reading.diagnostics.map(\.code) == [code], "\(text)")
    }
  }

  @Test func `the schema is that of a list`() throws {
    let schema = EstimateKeys.schema
    #expect(schema["type"]?.value == "array")
    let item = try #require(schema["items"])
    #expect(item["properties"]?["rate_mib_s"] != nil)
    #expect(schema["$defs"]?["dirty_curve"] != nil && item["$defs"] == nil)
  }
}
