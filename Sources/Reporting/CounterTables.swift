package import Documents
package import Validation

/// Migrations with counters beside the model, as tables and documents.
package enum CounterTables {
  /// One row for each figure.
  package static func rows(of validation: CounterValidation) -> Table {
    Table(objects: validation.rows.map(document))
  }

  /// All that was compared.
  package static func document(of validation: CounterValidation) -> Document {
    [
      "rows": .items(validation.rows.map(document)),
      "verdicts": .items(validation.verdicts.map(document)),
      "left_out": ["incomplete": Document(validation.incomplete)],
      "notes": .items(validation.notes.map { .text($0) }),
    ]
  }

  private static func document(_ row: CounterRow) -> Document {
    [
      "name": .text(row.name), "measured": .number(row.measured),
      "predicted": .number(row.predicted), "error": .number(row.error),
      "tolerance": .text(shown(row.tolerance)),
      "met": row.isMet.map { .bool($0) } ?? .null, "fitted": .bool(row.fitted),
      "naive": Document(row.naive),
      "naive_error": Document(row.naive.map { $0 / row.measured - 1 }),
      "count": Document(row.count), "basis": .text(row.basis),
    ]
  }

  private static func document(_ verdict: CounterVerdict) -> Document {
    [
      "name": .text(verdict.name), "measured": .text(verdict.measured),
      "predicted": .text(verdict.predicted), "met": .bool(verdict.isMet),
      "count": Document(verdict.count), "runs": Document(verdict.runs),
    ]
  }

  /// The comparison as people read it.
  package static func text(of validation: CounterValidation) -> String {
    let stated = validation.rows.filter { $0.isMet != nil }
    let met = stated.filter { $0.isMet == true }.count
    var text = "\(met) of \(Wording.count(stated.count, "figure")) within tolerance\n\n"
    text += Table(
      columns: ["name", "measured", "predicted", "error", "tolerance", "met", "naive error"],
      rows: validation.rows.map { row in
        [
          .text(row.name), .text(Wording.fixed(row.measured, 3)),
          .text(Wording.fixed(row.predicted, 3)), .text(Wording.percent(row.error)),
          .text(shown(row.tolerance)), .text(row.isMet.map { $0 ? "yes" : "no" } ?? "-"),
          .text(row.naive.map { Wording.percent($0 / row.measured - 1) } ?? "-"),
        ]
      }
    ).text(.table)
    for verdict in validation.verdicts {
      text += "\n\(verdict.name): \(verdict.predicted); \(verdict.count) of "
      text += "\(Wording.count(verdict.runs, "run")): \(verdict.measured)"
    }
    if !validation.verdicts.isEmpty { text += "\n" }
    if validation.incomplete > 0 {
      text += "\nleft out: \(Wording.count(validation.incomplete, "incomplete migration"))\n"
    }
    for note in validation.notes { text += "note: \(note)\n" }
    return text
  }

  private static func shown(_ tolerance: CounterRow.Tolerance?) -> String {
    switch tolerance {
    case .share(let share): "\(Wording.fixed(share * 100, 0)) %"
    case .factor(let factor): "factor \(Wording.fixed(factor, 0))"
    case nil: "-"
    }
  }
}
