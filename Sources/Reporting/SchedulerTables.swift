package import Documents
package import Validation

/// The modelled scheduler beside a recorded one, as tables and documents.
package enum SchedulerTables {
  /// One row for each difference, those of the chain last.
  package static func rows(of validation: SchedulerValidation) -> Table {
    rows(validation.differences.filter { $0.kind != .chain } + chain(validation))
  }

  /// Where the replay with its own state chose another host: a statement about what the state knows,
  /// not about the scheduler's rules.
  private static func chain(_ validation: SchedulerValidation) -> [SchedulerDifference] {
    validation.differences.filter { $0.kind == .chain }
  }

  private static func rows(_ differences: [SchedulerDifference]) -> Table {
    Table(
      columns: ["step", "place", "kind", "expected", "found", "explanation"],
      rows: differences.map { difference in
        [
          Document(difference.step), .text(difference.place), .text(difference.kind.rawValue),
          .text(difference.expected), .text(difference.found), .text(difference.explanation),
        ]
      })
  }

  /// The counts and all differences.
  package static func document(of validation: SchedulerValidation) -> Document {
    [
      "decisions": Document(validation.decisions), "rounds": Document(validation.rounds),
      "rounds_exact": Document(validation.roundsExact),
      "decisions_exact": Document(validation.decisionsExact),
      "chain_agree": Document(validation.chainAgree),
      "chain_choices": Document(validation.chainChoices),
      "differences": .items(rows(validation.differences.filter { $0.kind != .chain }).objects),
      "chain_differences": .items(rows(chain(validation)).objects),
    ]
  }

  /// The comparison as people read it: the counts, then each difference with its reason.
  package static func text(of validation: SchedulerValidation) -> String {
    var text = line(
      "rounds alone", validation.roundsExact, validation.rounds,
      "filters, raw values, weights to the last bit, order")
    text += line(
      "decisions alone", validation.decisionsExact, validation.decisions,
      "query, candidates, usage, claims, alternates too")
    text += line(
      "chain", validation.chainAgree, validation.chainChoices,
      "choices of a replay with its own state throughout")
    if validation.differences.isEmpty { return text + "\nno difference\n" }
    text += "\n\(Wording.count(validation.differences.count, "difference"))\n"
    for difference in validation.differences {
      text += "\nstep \(difference.step), \(difference.place), \(difference.kind.rawValue)\n"
      text += "  recorded: \(difference.expected)\n  model:    \(difference.found)\n"
      text += "  \(difference.explanation)\n"
    }
    return text
  }

  private static func line(_ name: String, _ agreeing: Int, _ all: Int, _ what: String) -> String {
    let padded = name + String(repeating: " ", count: max(0, 16 - name.count))
    return "\(padded)\(agreeing) of \(all) agree: \(what)\n"
  }
}
