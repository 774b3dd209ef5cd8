import Documents
import Foundation
import Policies
import TestSupport
import Testing
import Validation

/// The model of Nova's scheduler beside recorded traces.
struct SchedulerValidationTests {
  /// Compares a text as a file.
  private func validated(
    _ bytes: [UInt8], name: String = "trace.jsonl"
  ) throws -> SchedulerValidation {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: name)
    try Data(bytes).write(to: file)
    return try SchedulerValidation(trace: file.path)
  }

  private func validated(_ lines: [Document]) throws -> SchedulerValidation {
    try validated(Array(SmallTrace.text(lines).utf8))
  }

  @Test(
    .enabled("there is no recorded trace") {
      Repository.shared("openstack/traces/a.jsonl.gz") != nil
    })
  func `a recorded trace of a real Nova is predicted to the last bit`() throws {
    let trace = try #require(Repository.shared("openstack/traces/a.jsonl.gz"))
    let validation = try SchedulerValidation(trace: trace.path)
    #expect(validation.decisions == 323 && validation.decisionsExact == 323)
    #expect(validation.rounds == 338 && validation.roundsExact == 338)
    #expect(validation.chainChoices == 289 && validation.chainAgree == 277)
    #expect(validation.differences.count == 12)
    for difference in validation.differences {
      #expect(difference.kind == .chain, "step \(difference.step)")
      #expect(
        difference.explanation.hasPrefix("after a live migration the target shows the server only"),
        "step \(difference.step)")
    }
  }

  @Test func `a late target is the only difference of the small trace, and it is told`() throws {
    let validation = try validated(SmallTrace.lines())
    #expect(validation.decisions == 3 && validation.decisionsExact == 3)
    #expect(validation.rounds == 3 && validation.roundsExact == 3)
    #expect(validation.chainChoices == 3 && validation.chainAgree == 2)
    let difference = try #require(validation.differences.first)
    #expect(validation.differences.count == 1 && difference.kind == .chain)
    #expect(difference.step == 3 && difference.place == "decision 0, round 0")
    #expect(difference.expected == "one" && difference.found == "two")
    #expect(difference.explanation.contains("vm-1 moved to one in step 2"))
    #expect(difference.explanation.contains("one free_ram_mb 102400"))
    #expect(difference.explanation.contains("one free_ram_mb 92160"))
  }

  @Test func `a tampered choice is found in the order and in the claim`() throws {
    let validation = try validated(SmallTrace.lines(choice: "two"))
    #expect(validation.decisionsExact == 2 && validation.roundsExact == 2)
    #expect(validation.differences.map(\.kind) == [.order])
    let order = try #require(validation.differences.first)
    #expect(order.step == 3 && order.expected == "two one" && order.found == "one two")
    #expect(order.explanation.contains("the sums of weights"))
    // The chain knows where vm-1 is and would have chosen the tampered host itself.
    #expect(validation.chainAgree == 3)
  }

  @Test func `a tampered last line is found`() throws {
    var lines = SmallTrace.lines()
    lines[5] = ["end": SmallTrace.header["placement"]?.value ?? .null, "servers": [:]]
    let found = try validated(lines).differences.filter { $0.kind == .end }
    #expect(found.map(\.expected) == ["vm-1 on no host", "vm-1 holds nothing"])
    #expect(found.allSatisfy { $0.step == 5 && $0.place == "last line" })
  }

  @Test func `a last bit too much in a weight is found`() throws {
    let text = SmallTrace.text(SmallTrace.lines())
    #expect(text.contains("\"weights\":[2.0,1.95]"))
    let changed = text.replacing(
      "\"weights\":[2.0,1.95]", with: "\"weights\":[2.0,1.9500000000000002]")
    let validation = try validated(Array(changed.utf8))
    #expect(validation.roundsExact == 2 && validation.differences.first?.kind == .weight)
    // Without the order in which weights were added the last bit says nothing.
    let unordered = changed.replacing(
      ",\"weighers\":[\"RAMWeigher\",\"CPUWeigher\"]}", with: "}")
    #expect(
      try error(Array(unordered.utf8))
        == .value(path: "config.weighers", found: "nothing", allowed: "there", line: 1))
  }

  @Test(arguments: [
    ("\"used\":1}", "\"used\":2}", SchedulerDifference.Kind.usage),
    ("VCPU%3A1", "VCPU%3A2", .query), ("\"requests\":2", "\"requests\":3", .candidates),
    ("[\"RAMWeigher\",[102400,97280],1.0]", "[\"RAMWeigher\",[102400,97281],1.0]", .rawValue),
    ("[\"CPUWeigher\",[32.0,32.0],1.0]", "[\"CPUWeigher\",[32.0,32.0],2.0]", .multiplier),
    ("[\"ComputeFilter\",[]]", "[\"ComputeFilter\",[\"one\"]]", .filter),
    ("\"selected\":[[\"one\",\"two\"]]", "\"selected\":[[\"one\"]]", .selection),
    ("\"server\":\"vm-2\",\"ok\":true", "\"server\":\"vm-2\",\"ok\":false", .claim),
  ])
  func `every kind of tampering is told by its kind`(
    original: String, tampered: String, kind: SchedulerDifference.Kind
  ) throws {
    let text = SmallTrace.text(SmallTrace.lines())
    #expect(text.contains(original))
    let validation = try validated(Array(text.replacing(original, with: tampered).utf8))
    #expect(validation.differences.contains { $0.kind == kind }, "\(validation.differences)")
    #expect(validation.decisionsExact < 3)
  }

  @Test func `packed or plain, the answer is the same`() throws {
    let bytes = Array(SmallTrace.text(SmallTrace.lines()).utf8)
    let plain = try validated(bytes)
    #expect(try validated(GzipWriter.pack(bytes), name: "trace.jsonl.gz") == plain)
  }

  private func error(_ bytes: [UInt8]) throws -> SchedulerTraceError? {
    do {
      _ = try validated(bytes)
      return nil
    } catch let error as SchedulerTraceError {
      return error
    }
  }

  @Test func `other formats are refused`() throws {
    let text = SmallTrace.text(SmallTrace.lines())
    let other = text.replacing("scheduler-trace-2", with: "scheduler-trace-1")
    #expect(
      try error(Array(other.utf8)) == .format(found: "\"scheduler-trace-1\"", line: 1))
    #expect(try error(Array("{}\n".utf8)) == .format(found: "none", line: 1))
    #expect(try error([]) == .empty)
  }

  @Test func `a line that is cut short is named`() throws {
    let text = SmallTrace.text(SmallTrace.lines())
    let third = text.split(separator: "\n")[0...2].joined(separator: "\n")
    let found = try #require(try error(Array(third.dropLast(40).utf8)))
    #expect(found.line == 3)
    guard case .document(.syntax, line: 3) = found else {
      Issue.record("found \(found)")
      return
    }
    #expect(try error(Array((third + "\n").utf8)) == .unfinished(line: 3))
  }

  @Test func `broken gzip is named`() throws {
    let packed = GzipWriter.pack(Array(SmallTrace.text(SmallTrace.lines()).utf8))
    let found = try #require(try error(Array(packed.dropLast(20))))
    guard case .document(.notGzip, _) = found else {
      Issue.record("found \(found)")
      return
    }
  }

  @Test func `a missing file is missing`() {
    #expect(throws: SchedulerTraceError.document(.missing(path: "/no/such/trace"), line: 0)) {
      try SchedulerValidation(trace: "/no/such/trace")
    }
  }

  @Test func `filters that are not modelled and values of another kind are named`() throws {
    let text = SmallTrace.text(SmallTrace.lines())
    #expect(
      try error(Array(text.replacing("[\"ComputeFilter\"]", with: "[\"JsonFilter\"]").utf8))
        == .configuration(.filter("JsonFilter"), line: 1))
    let found = try #require(
      try error(Array(text.replacing("\"free_ram_mb\"", with: "\"ram\"").utf8)))
    #expect(found.line == 2)
    #expect(found.description.contains("a row with `free_ram_mb`"))
    let kind = try #require(
      try error(Array(text.replacing("\"ram_mb\":10240", with: "\"ram_mb\":\"much\"").utf8)))
    #expect(
      kind.description
        == "`decisions[0].spec.flavor.ram_mb` must be a whole number within 1.1e12, found \"much\"")
  }
}
