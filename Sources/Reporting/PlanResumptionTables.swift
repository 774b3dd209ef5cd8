import CloudModel
package import Documents
package import Scenarios

/// What was reached of a plan and what is left, as document and text.
package enum PlanResumptionTables {
  /// The new plan with the standing of every move of the one before.
  package static func document(
    of resumption: PlanResumption, _ answer: EvacuationAnswer
  ) -> Document {
    guard case .object(var members) = PlanTables.document(of: answer) else { return .null }
    let standings: Document = .items(
      zip(resumption.plan.moves, resumption.progress.standing).map { move, standing in
        [
          "vm": .text(move.vm), "vm_id": .text(move.vmID), "action": .text(move.action.rawValue),
          "source": .text(move.source), "target": Document(move.target),
          "wave": .integer(move.wave), "standing": .text(standing.rawValue),
        ]
      })
    let before: Document = [
      "moves": standings,
      "findings": .items(PlanCheckTables.rows(of: resumption.progress.findings).objects),
      "remarks": .items(resumption.remarks.map { .text($0) }),
    ]
    members.append(Member(key: "before", node: Node(before)))
    return .object(members)
  }

  /// What was reached, before the new plan.
  package static func text(of resumption: PlanResumption) -> String {
    let counts = MoveStanding.allCases.compactMap { standing -> String? in
      let count = resumption.moves(standing).count
      return count == 0 ? nil : "\(standing.rawValue) \(count)"
    }
    var lines = [
      "of \(Wording.count(resumption.plan.moves.count, "move")) before: "
        + (counts.isEmpty ? "none" : counts.joined(separator: "   "))
    ]
    let findings = resumption.progress.findings
    lines += findings.isEmpty ? [] : [""] + findings.map { PlanCheckTables.line($0) }
    lines += resumption.remarks.isEmpty ? [] : [""] + resumption.remarks.map { "  note: \($0)" }
    return lines.map { $0 + "\n" }.joined()
  }
}
