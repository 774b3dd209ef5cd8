import CloudModel
package import Documents
package import Scenarios

/// Plans as tables and documents.
package enum PlanTables {
  /// The document of an answer: the plan, and the seconds that the decision took.
  package static func document(of answer: EvacuationAnswer) -> Document {
    var document = PlanFile.document(of: answer.plan)
    guard case .object(var members) = document else { return document }
    for index in members.indices where members[index].key == "solver" {
      guard case .object(var fields) = members[index].node.value else { continue }
      fields.append(Member(key: "seconds", node: Node(.number(answer.solverSeconds))))
      members[index].node.value = .object(fields)
    }
    document = .object(members)
    return document
  }

  /// One row for each move, in the order of their start.
  package static func moves(of plan: PlanRecord) -> Table { rows(of: plan, "moves") }

  /// One row for each element of a list of the plan; its columns are declared, so that an empty
  /// list has them, too.
  package static func rows(of plan: PlanRecord, _ key: String) -> Table {
    guard case .list(let elements)? = PlanFile.document(of: plan)[key]?.value else {
      return Table(columns: [])
    }
    let columns = PlanFile.columns(of: key)
    return Table(
      columns: columns,
      rows: elements.map { element in columns.map { element[$0]?.value ?? .null } })
  }

  /// One row for each strategy; beside that of Berth's own, each says what sets it apart.
  package static func comparison(of answers: [EvacuationAnswer]) -> Table {
    let beside = StrategyComparison(answers)
    return Table(
      objects: answers.map { answer in
        let plan = answer.plan
        func count(_ word: String) -> Document {
          .integer(Int64(plan.moves.filter { $0.action.rawValue == word }.count))
        }
        let row: Document = [
          "strategy": .text(plan.strategy), "verdict": .text(plan.verdict.rawValue),
          "probability": .number(plan.probability), "p50_s": .number(plan.duration.p50),
          "p95_s": .number(plan.duration.p95), "live": count("live"), "cold": count("cold"),
          "stop": count("stop"), "recreate": count("recreate"),
          "left_behind": .integer(Int64(plan.leftBehind.count)),
          "off_s": .number(plan.moves.reduce(0) { $0 + $1.off }),
          "tightest_zone_memory": .number(
            plan.bounds.filter { $0.name == "memory" }.map(\.share).max() ?? 0),
        ]
        guard let beside, case .object(let members) = row else { return row }
        let text = Document.text(beside.text(of: plan))
        return .object(members + [Member(key: "beside_planned", node: Node(text))])
      })
  }

  /// One row for each replication.
  package static func replications(of answer: EvacuationAnswer) -> Table {
    Table(
      columns: [
        "replication", "duration_s", "drained_s", "failed", "left_behind", "off_s", "blackout_s",
        "sent_bytes",
      ],
      rows: answer.outcomes.map { outcome in
        [
          .integer(Int64(outcome.replication)), .number(outcome.duration),
          .number(outcome.drained), .integer(Int64(outcome.failed)),
          .integer(Int64(outcome.leftBehind)), .number(outcome.off), .number(outcome.blackout),
          .integer(outcome.sent),
        ]
      })
  }
}
