import Benchmarking
import Policies
import Testing

/// Both goals of the shared evacuation instances, and the one of consolidation.
@Suite struct SharedInstanceSolutionTests {
  @Test(
    .enabled(if: SharedInstances.folder != nil, "the shared instances are not here"),
    arguments: [
      ("evac-12-easy", 3, 57), ("evac-50-easy", 0, 218), ("evac-50-over", 37, 61),
      ("evac-50-tight", 4, 56),
    ])
  func bothGoalsAreProven(name: String, unplaced: Int, slots: Int) throws {
    let report = try SolveReport(json: SharedInstances.read(name))
    guard case .evacuation(let value, let bound, let assignment) = report.answer else {
      Issue.record("the answer is of another problem")
      return
    }
    #expect(value == .init(unplaced: unplaced, slots: slots))
    #expect(bound == value)
    #expect(assignment.count { $0.host == nil } == unplaced)
  }

  @Test(.enabled(if: SharedInstances.folder != nil, "the shared instances are not here"))
  func fewestMovesOfAConsolidation() throws {
    let report = try SolveReport(json: SharedInstances.read("consolidate-24"))
    guard case .consolidation(let hosts, let moves, let bound, let assignment) = report.answer
    else {
      Issue.record("the answer is of another problem")
      return
    }
    #expect(hosts.count == 2)
    #expect(moves == 13 && bound == 13 && assignment.count == 13)
    #expect(assignment.allSatisfy { $0.host.map { !hosts.contains($0) } ?? false })
  }

  /// An answer is always there, however little time there is, and its bound holds.
  @Test(.enabled(if: SharedInstances.folder != nil, "the shared instances are not here"))
  func aMillisecondIsEnoughForAnAnswer() throws {
    var options = PackingOptions()
    options.timeLimit = .milliseconds(1)
    let report = try SolveReport(json: SharedInstances.read("evac-120-rack"), options)
    guard case .evacuation(let value, let bound, _) = report.answer else {
      Issue.record("the answer is of another problem")
      return
    }
    #expect(value.unplaced >= 49 && bound.unplaced <= 49)
    #expect(bound.slots >= value.slots)
  }
}
