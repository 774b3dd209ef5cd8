import Scenarios

/// How an evacuation by another strategy compares with that of Berth's own, in words.
///
/// The goals in their order, each only where those before it are equal: fewest VMs left behind, the
/// window held, least time off, shortest time (the median).
struct StrategyComparison {
  /// The name of Berth's own strategy, the default of scenarios.
  private static let own = "planned"

  private let planned: PlanRecord

  /// Beside the planned one of some answers; nil if there is none, or nothing else.
  init?(_ answers: [EvacuationAnswer]) {
    guard answers.count > 1,
      let planned = answers.first(where: { $0.plan.strategy == Self.own })
    else { return nil }
    self.planned = planned.plan
  }

  /// The first goal in which a plan differs, and in brackets the later ones in which it is better.
  func text(of plan: PlanRecord) -> String {
    if plan.strategy == planned.strategy { return "-" }
    let differences = goals(of: plan).drop { $0.difference == 0 }
    guard let first = differences.first else { return "equal" }
    let better = differences.dropFirst().filter { $0.difference < 0 }.map(\.text)
    return first.text + (better.isEmpty ? "" : " (\(better.joined(separator: ", ")))")
  }

  private struct Goal {
    /// Above 0 where the plan is worse.
    let difference: Double
    let text: String
  }

  private func goals(of plan: PlanRecord) -> [Goal] {
    let left = plan.leftBehind.count - planned.leftBehind.count
    let fits = (plan.verdict == .fits, planned.verdict == .fits)
    let off = Self.off(plan) - Self.off(planned)
    let time = plan.duration.p50 - planned.duration.p50
    return [
      Goal(
        difference: Double(left),
        text: "\(abs(left)) \(left > 0 ? "more" : "fewer") left behind"),
      Goal(
        difference: fits.0 == fits.1 ? 0 : fits.0 ? -1 : 1,
        text: fits.0 ? "fits the window" : "does not fit the window"),
      Goal(
        difference: off, text: "\(Self.seconds(abs(off))) \(off > 0 ? "more" : "less") time off"),
      Goal(difference: time, text: "\(Self.seconds(abs(time))) \(time > 0 ? "longer" : "shorter")"),
    ]
  }

  private static func seconds(_ seconds: Double) -> String {
    MeasureWording.text(seconds, of: "_s")
  }

  /// Time without service of all moves, to the microsecond in which plans count.
  private static func off(_ plan: PlanRecord) -> Double {
    (plan.moves.reduce(0) { $0 + $1.off } * 1e6).rounded() / 1e6
  }
}
