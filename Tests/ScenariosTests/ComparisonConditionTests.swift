import Scenarios
import Testing

/// Conditions under which a comparison fails.
@Suite struct ComparisonConditionTests {
  private func comparison() throws -> RunComparison {
    let fixture = try ComparisonFixture()
    return try RunComparison.read([
      try fixture.run("a", "replication,duration_s,failed\n0,10,0\n1,20,0\n2,30,0\n"),
      try fixture.run("b", "replication,duration_s,failed\n0,12,0\n1,21,0\n2,33,0\n"),
      try fixture.run("c", "replication,duration_s,failed\n0,9,0\n1,20,0\n2,28,3\n"),
    ])
  }

  private func failed(_ text: String) throws -> [Bool] {
    let found = try comparison()
    return try FailCondition(parsing: text, measures: found.knownMeasures).outcomes(in: found)
      .map(\.isFailed)
  }

  @Test func meansAndQuantilesAgainstNumbers() throws {
    // Means 22 and 19, medians 21 and 20, highest 33 and 28.
    #expect(try failed("duration_s > 20") == [true, false])
    #expect(try failed("duration_s.mean<20") == [false, true])
    #expect(try failed(" duration_s.p50 >= 20 ") == [true, true])
    #expect(try failed("duration_s.p95 > 30") == [true, false])
    #expect(try failed("failed > 0") == [false, true])
    #expect(try failed("failed != 0") == [false, true])
    #expect(try failed("failed == 1") == [false, true])
    #expect(try failed("failed <= -1e-3") == [false, false])
  }

  @Test func timesTheFirstRun() throws {
    #expect(try failed("duration_s > 1.05x") == [true, false])
    #expect(try failed("duration_s > 1.1 x") == [false, false], "22 is not above 1.1 times 20")
    #expect(try failed("duration_s.p50 <= 1x") == [false, true])
    #expect(try failed("failed > 2x") == [false, true], "twice nothing is nothing")
  }

  @Test(arguments: [
    "", "duration_s", "duration_s >", "> 3", "duration_s > three", "duration_s > 3s",
    "duration_s > inf", "duration_s > nan", "duration_s = 3", "duration_s > 3xx", "duration > 3",
    "duration_s.p99 > 3", "duration_s > 1 2", "duration_s > 0x10", "duration_s > x",
  ])
  func whatIsNoConditionIsRefusedWithTheNames(text: String) throws {
    let measures = try comparison().knownMeasures
    let error = #expect(throws: ComparisonError.self) {
      try FailCondition(parsing: text, measures: measures)
    }
    guard case .option(_, _, _, let help)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(help.contains("duration_s, failed"), "\(help)")
  }
}
