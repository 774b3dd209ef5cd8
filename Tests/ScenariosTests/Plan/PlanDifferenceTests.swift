import CloudModel
import Documents
import Scenarios
import Testing

/// In what two plans differ.
struct PlanDifferenceTests {
  private var plan: PlanRecord {
    var plan = PlanRecord()
    plan.verdict = .fits
    plan.hosts = ["a"]
    plan.strategy = "planned"
    plan.moves = [
      PlanFixture.move("v1", "a", "b"), PlanFixture.move("v2", "a", "c"),
      PlanFixture.move("v3", "a", nil, wave: 2, action: .stop),
    ]
    return plan
  }

  private func texts(_ other: PlanRecord) -> [String] {
    PlanDifferences(plan, other).all.map { difference in
      "\(difference.part.rawValue) \(difference.subject) \(difference.key)"
    }
  }

  @Test func `a plan does not differ from itself`() {
    #expect(PlanDifferences(plan, plan).all.isEmpty)
  }

  @Test func `moves that are in one plan only, or say something else`() {
    var other = plan
    other.moves[0].target = "c"
    other.moves[1].action = .cold
    other.moves[1].wave = 2
    other.moves[2] = PlanFixture.move("v4", "a", "b")
    #expect(
      texts(other) == [
        "move v1 target", "move v2 action", "move v2 wave", "move v3 ", "move v4 ",
      ])
    let all = PlanDifferences(plan, other)
    #expect(all.count(in: .move) == 4)
    #expect(all.all[0].first == .text("b") && all.all[0].second == .text("c"))
    #expect(all.all[3].second == .null && all.all[4].first == .null)
  }

  @Test func `the other parts`() {
    var other = plan
    other.verdict = .infeasible
    other.duration.p95 = 10
    other.window = 60
    other.notes = ["changed"]
    var left = LeftBehindRecord()
    (left.vm, left.vmID, left.host, left.reason) = ("v9", "v9", "a", "memory")
    other.leftBehind = [left]
    var parameter = ParameterRecord()
    parameter.name = "slots_per_source"
    parameter.value = 2
    other.parameters = [parameter]
    #expect(
      texts(other) == [
        "question  window_s", "answer  verdict", "answer duration_s p95", "left_behind v9 ",
        "parameter slots_per_source ", "note  ",
      ])
    let back = PlanDifferences(other, plan)
    #expect(back.all.map(\.first) == PlanDifferences(plan, other).all.map(\.second))
  }

  @Test func `plans that differ in times only are not called equal`() {
    var other = plan
    other.moves[0].start = 1
    #expect(texts(other) == ["rest  moves"])
  }

  @Test func `of two moves of one VM the first is compared with the first`() {
    var (first, second) = (plan, plan)
    first.moves.append(PlanFixture.move("v1", "b", "c", wave: 3))
    second.moves.append(PlanFixture.move("v1", "b", "a", wave: 3))
    let found = PlanDifferences(first, second).all
    #expect(found.map(\.key) == ["target"] && found[0].second == .text("a"))
  }
}
