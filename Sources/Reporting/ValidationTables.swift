package import Documents
import Stochastics
package import Validation

/// Predicted beside measured figures, as tables and documents.
package enum ValidationTables {
  /// One row for each figure.
  package static func rows(of validation: MigrationValidation) -> Table {
    Table(objects: validation.rows.map(document))
  }

  private static func document(_ row: ValidationRow) -> Document {
    [
      "name": .text(row.name), "measured": .number(row.measured),
      "predicted": .number(row.predicted), "error": .number(row.error),
      "fitted": .bool(row.fitted), "naive": .number(row.naive),
      "naive_error": .number(row.naiveError), "count": Document(row.count),
      "measured_low": Document(row.interval?.low), "measured_high": Document(row.interval?.high),
      "basis": .text(row.basis),
    ]
  }

  /// All that was compared, and what was left out.
  package static func document(of validation: MigrationValidation) -> Document {
    [
      "parameters": .items(validation.parameters.map(CalibrationTables.document)),
      "rows": .items(validation.rows.map(document)),
      "defaults": .items(validation.assumedRows.map(document)),
      "left_out": [
        "outliers": Document(validation.outliers), "unmeasured": Document(validation.unmeasured),
        "aborted": Document(validation.aborted),
        "incomplete_evacuations": Document(validation.incompleteEvacuations),
        "incomplete_batches": Document(validation.incompleteBatches),
      ], "notes": .items(validation.notes.map { .text($0) }),
    ]
  }

  /// The comparison as people read it: predictions first, then what was fitted, then the defaults.
  package static func text(of validation: MigrationValidation) -> String {
    let predicted = validation.rows.filter { !$0.fitted }
    let worst = predicted.map { abs($0.error) }.max() ?? 0
    let naive = predicted.map { abs($0.naiveError) }.max() ?? 0
    var text = "\(Wording.count(predicted.count, "prediction")): the worst is "
    text += "\(Wording.percent(worst)) off, a guess without a model \(Wording.percent(naive))\n\n"
    text += table(predicted).text(.table) + "\n"
    let fitted = validation.rows.filter(\.fitted)
    if !fitted.isEmpty {
      text += "FITTED, so no test of the model\n\n" + table(fitted).text(.table) + "\n"
    }
    text += "PARAMETERS, with 95 % intervals\n\n"
    text += CalibrationTables.table(validation.parameters, \.name).text(.table)
    if !validation.assumedRows.isEmpty {
      text += "\nDEFAULTS, to which nothing of this data was fitted\n\n"
      text += table(validation.assumedRows).text(.table)
    }
    let left = validation.aborted + validation.incompleteEvacuations
    if left > 0 {
      text += "\nleft out: \(Wording.count(validation.aborted, "aborted migration")), "
      text += "\(Wording.count(validation.incompleteEvacuations, "incomplete evacuation"))\n"
    }
    for note in validation.notes { text += "note: \(note)\n" }
    return text
  }

  private static func table(_ rows: [ValidationRow]) -> Table {
    Table(
      columns: ["name", "measured", "predicted", "error", "naive error"],
      rows: rows.map { row in
        [
          .text(row.name), .text(Wording.fixed(row.measured, 2)),
          .text(Wording.fixed(row.predicted, 2)), .text(Wording.percent(row.error)),
          .text(Wording.percent(row.naiveError)),
        ]
      })
  }
}
