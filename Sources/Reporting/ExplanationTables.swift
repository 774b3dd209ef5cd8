package import Documents
package import Scenarios

/// Explanations of plans as text, tables and documents.
package enum ExplanationTables {
  /// The document of an explanation.
  package static func document(of explanation: PlanExplanation) -> Document {
    [
      "conflict": .items(
        explanation.conflict.map {
          ["family": .text($0.family.rawValue), "what": .text($0.what)]
        }),
      "families": .items(explanation.families.map(document)),
      "left_behind": .items(
        explanation.leftBehind.map { left in
          [
            "vm": .text(left.vm), "host": .text(left.host), "reason": .text(left.reason),
            "rejected_hosts": .object(
              left.rejectedHosts.map { Member(key: $0.name, node: Node(.integer($0.count))) }),
            "advice": .text(left.advice),
          ]
        }),
    ]
  }

  private static func document(_ family: PlanExplanation.Family) -> Document {
    [
      "family": .text(family.family.rawValue),
      "left_behind_without": .integer(Int64(family.leftBehindWithout)),
      "change": Document(family.change), "verified": .bool(family.isVerified),
    ]
  }

  /// One row for each family.
  package static func families(of explanation: PlanExplanation) -> Table {
    Table(
      columns: ["family", "left_behind_without", "change", "verified"],
      rows: explanation.families.map { family in
        [
          .text(family.family.rawValue), .integer(Int64(family.leftBehindWithout)),
          Document(family.change), .bool(family.isVerified),
        ]
      })
  }

  /// The explanation as an operator reads it.
  package static func text(of explanation: PlanExplanation) -> String {
    guard explanation.isNeeded else { return "nothing blocks it: the plan fits its window\n" }
    var lines = ["what cannot be met together"]
    lines += explanation.conflict.map { "  \($0.family.rawValue): \($0.what)" }
    lines += ["", "what a family of rules costs, and the smallest change that is enough"]
    for family in explanation.families {
      let without = "without \(family.family.rawValue) \(family.leftBehindWithout) left behind"
      lines.append("  \(without): \(family.change ?? "no single change of it is enough")")
    }
    if !explanation.leftBehind.isEmpty {
      lines += ["", "left behind"]
      for left in explanation.leftBehind {
        let counts = left.rejectedHosts.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
        lines.append(
          "  \(left.vm) on \(left.host): \(left.reason)"
            + (counts.isEmpty ? "" : " (hosts refused: \(counts))") + "; \(left.advice)")
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }
}
