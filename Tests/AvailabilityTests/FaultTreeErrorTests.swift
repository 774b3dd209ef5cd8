import Availability
import Testing

/// What is wrong with trees.
@Suite struct FaultTreeErrorTests {
  private func problems(
    _ top: String = "top", events: [BasicEvent] = [BasicEvent("a", 0.1)], gates: [NamedGate]
  ) -> [FaultTreeProblem] {
    do {
      _ = try FaultTree(top: top, events: events, gates: gates)
      return []
    } catch {
      return error.problems
    }
  }

  @Test func `a ring is named from its first gate on`() {
    let gates = [
      NamedGate("top", .or, ["a", "x"]), NamedGate("x", .and, ["y", "a"]),
      NamedGate("y", .or, ["z"]), NamedGate("z", .or, ["x"]),
    ]
    #expect(problems(gates: gates) == [.cycle(gates: ["x", "y", "z"], first: 1)])
    #expect(problems(gates: [NamedGate("top", .or, ["top"])]) == [.cycle(gates: ["top"], first: 0)])
  }

  @Test func `all problems come at once`() {
    let found = problems(
      "tip", events: [BasicEvent("a", 1.5), BasicEvent("b", .nan), BasicEvent("a", 0)],
      gates: [
        NamedGate("g", .atLeast(3), ["a", "b"]), NamedGate("g", .or, ["c"]),
        NamedGate("h", .not, ["a", "b"]), NamedGate("i", .and, []),
      ])
    #expect(found.count == 9)
    #expect(found.contains(.countOutOfRange(gate: 0, count: 3, arguments: 2)))
    #expect(found.contains(.unknownArgument(gate: 1, argument: 0, name: "c")))
    #expect(found.contains(.unknownTop(name: "tip")))
    #expect(found.contains(.duplicateEvent(event: 2)))
    #expect(found.contains(.duplicateGate(gate: 1)))
    #expect(found.contains(.severalNegated(gate: 2, arguments: 2)))
    #expect(found.contains(.noArguments(gate: 3)))
  }

  @Test func `a top that is an event, always fails or never fails is solved`() throws {
    let event = try FaultTree(top: "a", events: [BasicEvent("a", 0.25)], gates: [])
    #expect(try FaultTreeAnalysis(event).probability == 0.25)
    let sure = try FaultTree(
      top: "t", events: [BasicEvent("a", 0.25)],
      gates: [NamedGate("t", .or, ["a", "n"]), NamedGate("n", .not, ["a"])])
    #expect(try FaultTreeAnalysis(sure).probability == 1)
    let never = try FaultTree(
      top: "t", events: [BasicEvent("a", 0)], gates: [NamedGate("t", .or, ["a"])])
    let analysis = try FaultTreeAnalysis(never)
    #expect(analysis.probability == 0)
    #expect(analysis.importance[0].achievementWorth == nil)
  }
}
