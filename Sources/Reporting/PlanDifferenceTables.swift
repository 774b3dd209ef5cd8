package import Documents
package import Scenarios

/// The difference of two plans as table, document and text.
package enum PlanDifferenceTables {
  /// One row for each value in which they differ. What is in one plan only has no key.
  package static func rows(of differences: PlanDifferences) -> Table {
    Table(
      columns: ["part", "subject", "key", "a", "b"],
      rows: differences.all.map { difference in
        [
          .text(difference.part.rawValue), .text(difference.subject), .text(difference.key),
          brief(difference, difference.first), brief(difference, difference.second),
        ]
      })
  }

  /// The whole answer.
  package static func document(
    of differences: PlanDifferences, _ first: PlanRecord, _ second: PlanRecord
  ) -> Document {
    [
      "answer": .text(answer(differences)), "equal": .bool(differences.all.isEmpty),
      "verdict_a": .text(first.verdict.rawValue), "verdict_b": .text(second.verdict.rawValue),
      "moves": counts(differences),
      "differences": .items(
        differences.all.map { difference in
          [
            "part": .text(difference.part.rawValue), "subject": .text(difference.subject),
            "key": difference.key.isEmpty ? .null : .text(difference.key),
            "a": difference.first, "b": difference.second,
          ]
        }),
    ]
  }

  private static func counts(_ differences: PlanDifferences) -> Document {
    let moves = differences.all.filter { $0.part == .move }
    func subjects(_ isCounted: (PlanDifference) -> Bool) -> Int64 {
      Int64(Set(moves.filter(isCounted).map(\.subject)).count)
    }
    return [
      "only_a": .integer(subjects { $0.key.isEmpty && $0.second == .null }),
      "only_b": .integer(subjects { $0.key.isEmpty && $0.first == .null }),
      "other_target": .integer(subjects { $0.key == "target" }),
      "other_action": .integer(subjects { $0.key == "action" }),
      "other_wave": .integer(subjects { $0.key == "wave" }),
    ]
  }

  /// The answer in one sentence.
  package static func answer(_ differences: PlanDifferences) -> String {
    guard !differences.all.isEmpty else { return "the plans are equal" }
    let parts = PlanPart.allCases.compactMap { part -> String? in
      let count = differences.count(in: part)
      guard count > 0 else { return nil }
      switch part {
      case .question: return "the question"
      case .answer: return "the answer"
      case .wave: return Wording.count(count, "wave")
      case .move: return Wording.count(count, "move")
      case .leftBehind: return Wording.count(count, "VM") + " left behind"
      case .bound: return Wording.count(count, "bound")
      case .load: return Wording.count(count, "load")
      case .parameter: return Wording.count(count, "parameter")
      case .note: return "notes"
      case .rest: return "times or advice only"
      }
    }
    return "the plans differ in " + parts.joined(separator: ", ")
  }

  /// The differences as people read them: `~` other, `-` only in the first, `+` only in the second.
  package static func text(of differences: PlanDifferences) -> String {
    var lines = [answer(differences)]
    for part in PlanPart.allCases {
      let found = differences.all.filter { $0.part == part }
      guard !found.isEmpty else { continue }
      lines += ["", part.rawValue.uppercased().split(separator: "_").joined(separator: " ")]
      var seen: Set<String> = []
      for difference in found {
        let isNew = seen.insert(difference.subject + "\u{0}" + kind(difference)).inserted
        guard isNew else { continue }
        let same = found.filter {
          $0.subject == difference.subject && kind($0) == kind(difference)
        }
        lines +=
          same.first?.key.isEmpty == true
          ? same.map { line($0) }
          : ["  ~ " + subject(difference) + same.map(change).joined(separator: ", ")]
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Values of one subject stand in one line; subjects without a name have one for each value.
  private static func kind(_ difference: PlanDifference) -> String {
    difference.key.isEmpty ? "whole" : difference.subject.isEmpty ? difference.key : "values"
  }

  private static func subject(_ difference: PlanDifference) -> String {
    difference.subject.isEmpty ? "" : difference.subject + "  "
  }

  private static func change(_ difference: PlanDifference) -> String {
    if difference.part == .rest { return difference.key }
    return "\(difference.key) \(shown(difference.first)) -> \(shown(difference.second))"
  }

  private static func line(_ difference: PlanDifference) -> String {
    let (sign, value) =
      difference.second == .null ? ("-", difference.first) : ("+", difference.second)
    return "  \(sign) " + subject(difference) + Table.text(brief(difference, value))
  }

  private static func shown(_ value: Document) -> String {
    let text = Table.text(value)
    return text.isEmpty ? "none" : text
  }

  /// What is in one plan only, in the few words that matter.
  private static func brief(_ difference: PlanDifference, _ value: Document) -> Document {
    guard difference.key.isEmpty, case .object = value else { return value }
    func text(_ key: String) -> String { Table.text(value[key]?.value ?? .null) }
    switch difference.part {
    case .move:
      let target = text("target")
      return .text(
        "\(text("action")) \(text("source"))" + (target.isEmpty ? "" : " -> \(target)")
          + ", wave \(text("wave"))")
    case .leftBehind: return .text("on \(text("host")): \(text("reason"))")
    case .bound: return .text("\(text("value")) of \(text("limit")) \(text("unit"))")
    case .parameter: return .text("\(text("value")) \(text("unit"))")
    default: return value
    }
  }
}
