import Benchmarking
import Documents
import Policies

/// Rolling maintenance among the instances of `berth solve`.
extension SolveCommand {
  /// The answer in figures, as those of other problems: numbers under their names, by course.
  static func row(_ report: RollingReport) -> Document {
    [
      "name": .text(report.name), "problem": "rolling",
      "objective": figures(report) { number, bound in
        [("", Document(number)), ("_bound", bound.map { Document($0) } ?? .null)]
      },
      "bound": figures(report) { _, bound in [("", bound.map { Document($0) } ?? .null)] },
      "gap": figures(report) { number, bound in
        let bound = bound ?? number
        return [("", .number(abs(Double(number - bound)) / Double(max(1, bound))))]
      },
      "proven": figures(report) { number, bound in [("", .bool(number == bound ?? number))] },
      "cpu_s": .number(report.cpuSeconds), "peak_rss_bytes": Document(report.peakMemoryBytes),
    ]
  }

  /// Facts of the numbers of both courses; moves there and back are fixed and have no bound.
  private static func figures(
    _ report: RollingReport, _ facts: (Int, Int?) -> [(suffix: String, value: Document)]
  ) -> Document {
    func course(_ plan: RollingPlan, movesBound: Int?) -> Document {
      let waves = facts(plan.waves.count, plan.wavesBound).map { ("waves\($0.suffix)", $0.value) }
      let moves = facts(plan.moves, movesBound).filter { movesBound != nil || $0.suffix.isEmpty }
        .map { ("moves\($0.suffix)", $0.value) }
      return .fields(waves + moves)
    }
    return [
      "back": course(report.back, movesBound: nil),
      "stay": course(report.stay, movesBound: report.stay.movesBound),
    ]
  }

  /// The answer with its plans.
  static func document(_ report: RollingReport) -> Document {
    guard case .object(let members) = row(report) else { return .null }
    let plans: Document = ["back": waves(report.back), "stay": waves(report.stay)]
    let postponed: Document = [
      "back": .items(report.back.postponed.map { Document($0.host) }),
      "stay": .items(report.stay.postponed.map { Document($0.host) }),
    ]
    return .object(
      members + [
        Member(key: "plan", node: Node(plans)), Member(key: "postponed", node: Node(postponed)),
      ])
  }

  private static func waves(_ plan: RollingPlan) -> Document {
    .items(
      plan.waves.map { wave in
        [
          "hosts": .items(wave.hosts.map { Document($0) }),
          "moves": .items(
            wave.moves.map { ["vm": Document($0.vm), "target": Document($0.target)] }),
        ]
      })
  }
}
