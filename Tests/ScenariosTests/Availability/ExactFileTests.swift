import Documents
import Foundation
import Scenarios
import Testing

/// What is wrong with files of exact problems, with its place.
@Suite struct ExactFileTests {
  /// Reads a text as a file and solves it; the problems of the file, or none.
  private func diagnostics(_ text: String, as name: String = "problems.json") throws -> [Diagnostic]
  {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "exact-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: name).path
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    do {
      _ = try ExactAnalysis.answers(to: try ExactFile.read(path: path))
      return []
    } catch ScenarioError.invalid(let reading) {
      return reading.diagnostics
    }
  }

  private func tree(_ gates: String, events: String = #""a": 0.1, "b": 0.2"#) -> String {
    """
    {"id": "t", "kind": "fault-tree", "input": {"top": "top",
      "events": {\(events)},
      "gates": {\(gates)}}}
    """
  }

  private func expect(
    _ text: String, _ code: DiagnosticCode, _ path: String, _ words: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let found = try diagnostics(text)
    #expect(found.count == 1, sourceLocation: sourceLocation)
    #expect(found.first?.code == code, sourceLocation: sourceLocation)
    #expect(found.first?.path == path, sourceLocation: sourceLocation)
    #expect(found.first?.place.line != nil, sourceLocation: sourceLocation)
    #expect(
      found.first?.message.contains(words) == true, "\(found.first?.message ?? "")",
      sourceLocation: sourceLocation)
    #expect(found.first?.help != nil, sourceLocation: sourceLocation)
  }

  @Test func `rings are named`() throws {
    let gates = #"""
      "top": {"op": "or", "args": ["a", "x"]}, "x": {"op": "and", "args": ["b", "y"]},
      "y": {"op": "or", "args": ["x"]}
      """#
    try expect(
      tree(gates), .contradiction, "input.gates.x", "input.gates.x depends on itself: x -> y -> x")
  }

  @Test(arguments: ["1.5", "-0.1", "\"often\"", "null"])
  func `what is no probability is refused`(value: String) throws {
    try expect(
      tree(#""top": {"op": "or", "args": ["a"]}"#, events: #""a": \#(value)"#), .value,
      "input.events.a", "found \(value == "null" ? "nothing" : value)")
  }

  @Test func `gates that cannot be are refused`() throws {
    try expect(
      tree(#""top": {"op": "atleast", "k": 3, "args": ["a", "b"]}"#), .value, "input.gates.top",
      "k must be from 1 to 2, the number of arguments, found 3")
    try expect(
      tree(#""top": {"op": "atleast", "args": ["a", "b"]}"#), .missingKey, "input.gates.top",
      "needs `k`")
    try expect(
      tree(#""top": {"op": "and", "k": 2, "args": ["a", "b"]}"#), .contradiction,
      "input.gates.top", "has `k`, which `and` does not take")
    try expect(
      tree(#""top": {"op": "or", "args": ["a", "bb"]}"#), .unknownReference, "input.gates.top",
      "args[1] must name an event or gate, found \"bb\"")
    try expect(tree(#""tops": {"op": "or", "args": ["a"]}"#), .unknownReference, "input.top", "top")
    try expect(
      tree(#""top": {"op": "nand", "args": ["a"]}"#), .value, "input.gates.top.op", "found \"nand\""
    )
    try expect(tree(#""top": {"op": "or", "args": []}"#), .count, "input.gates.top", "at least 1")
  }

  @Test func `times make a probability`() throws {
    let text = tree(
      #""top": {"op": "or", "args": ["a"]}"#, events: #""a": {"mtbf_h": 99, "mttr_h": 1}"#)
    #expect(try diagnostics(text).isEmpty)
    try expect(
      tree(#""top": {"op": "or", "args": ["a"]}"#, events: #""a": {"mtbf_h": 99}"#), .missingKey,
      "input.events.a", "needs `probability`, or `mtbf_h` and `mttr_h`")
  }

  @Test func `groups are written out where gates name their members`() throws {
    let gates =
      #""top": {"op": "and", "args": ["one", "two"]}}, "groups": [{"model": "beta-factor","#
    let members = #" "members": ["one", "two"], "q": 0.1, "beta": 0.2}]"#
    let text = tree("GATES").replacing("{GATES}}}", with: "{" + gates + members + "}}")
    #expect(try diagnostics(text).isEmpty)
    try expect(
      text.replacing(#""members": ["one", "two"]"#, with: #""members": ["one", "three"]"#)
        .replacing(#""two"]"#, with: #""b"]"#), .contradiction, "input.groups[0]",
      "has the member `three`")
  }

  private func chain(_ transitions: String) -> String {
    """
    {"id": "c", "kind": "ctmc", "input": {"states": ["up", "down", "lost"], "down": [1],
      "transitions": \(transitions)}}
    """
  }

  @Test func `chains that say nothing are refused`() throws {
    try expect(
      chain("[[0, 1, 0.1], [1, 0, 1], [0, 2, 0.1]]"), .contradiction, "input",
      "the state 2 (`lost`) that cannot be left")
    try expect(
      chain("[[0, 1, 0.1], [1, 0, 1], [0, 7, 0.1], [2, 0, 1]]"), .unknownReference,
      "input.transitions[2]", "states from 0 to 2, found 7")
    try expect(
      chain("[[0, 1, -0.1], [1, 0, 1], [2, 0, 1]]"), .value, "input.transitions[0][2]", "-0.1")
    try expect(chain("[[0, 1]]"), .value, "input.transitions[0]", "a list of from, to and rate")
  }

  @Test func `files are one problem, a list, or a mapping`() throws {
    let problem = #"{"id": "s", "kind": "tier", "input": {"tier": "II"}}"#
    for text in [problem, "[\(problem)]", #"{"vectors": [\#(problem)]}"#] {
      #expect(try diagnostics(text).isEmpty, "\(text)")
    }
    try expect("[\(problem), \(problem)]", .duplicateName, "", "two problems have the id `s`")
    try expect(
      problem.replacing("tier\", \"in", with: "teer\", \"in"), .value, "kind", "found \"teer\"")
    #expect(
      try diagnostics("id: q\nkind: tier\ninput: {tier: IV}\n", as: "problem.yaml").isEmpty)
  }
}
