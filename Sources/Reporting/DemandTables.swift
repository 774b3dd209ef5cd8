package import Documents
package import Validation

/// Figures of a data set beside its replay, as tables and documents.
package enum DemandTables {
  /// One row for each figure.
  package static func rows(of validation: DemandValidation) -> Table {
    Table(objects: validation.figures.map(document))
  }

  /// All that was compared, at full precision.
  package static func document(of validation: DemandValidation) -> Document {
    [
      "dataset": .text(validation.dataset),
      "rows": .items(validation.figures.map(document)),
      "notes": .items(validation.notes.map { .text($0) }),
    ]
  }

  private static func document(_ figure: DemandFigure) -> Document {
    [
      "name": .text(figure.name), "measured": .number(figure.measured),
      "predicted": .number(figure.predicted), "error": .number(figure.error),
      // Nothing of a replay is fitted: the draws lie where the data leave the instants open.
      "fitted": false, "count": Document(figure.count),
    ]
  }

  /// The comparison as people read it.
  package static func text(of validation: DemandValidation) -> String {
    let worst = validation.figures.max { abs($0.error) < abs($1.error) }
    var text = "\(validation.dataset): \(Wording.count(validation.figures.count, "figure"))"
    if let worst {
      text += "; of the replay the worst is \(worst.name), \(Wording.percent(worst.error)) off"
    }
    let table = Table(
      columns: ["name", "measured", "predicted", "error"],
      rows: validation.figures.map { figure in
        [
          .text(figure.name), .text(number(figure.measured)), .text(number(figure.predicted)),
          .text(Wording.percent(figure.error)),
        ]
      })
    text += "\n\n" + table.text(.table)
    for note in validation.notes { text += "note: \(note)\n" }
    return text
  }

  /// Whole numbers as they are, others with three decimals.
  private static func number(_ value: Double) -> String {
    Wording.fixed(value, value == value.rounded() ? 0 : 3)
  }
}
