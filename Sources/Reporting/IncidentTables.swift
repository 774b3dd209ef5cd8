package import Documents
package import Validation

/// Recorded incidents beside models, as tables and documents.
package enum IncidentTables {
  /// One row for each figure.
  package static func rows(of validation: IncidentValidation) -> Table {
    FailureFigureTables.rows(validation.rows)
  }

  /// All that was compared, at full precision.
  package static func document(of validation: IncidentValidation) -> Document {
    [
      "rows": .items(validation.rows.map(FailureFigureTables.document)),
      "distributions": FailureFigureTables.documents(validation.distributions),
      "notes": FailureFigureTables.notes(validation.notes),
    ]
  }

  /// The comparison as people read it.
  package static func text(of validation: IncidentValidation) -> String {
    FailureFigureTables.text(validation.rows) + FailureFigureTables.text(validation.distributions)
      + validation.notes.map { "note: \($0)\n" }.joined()
  }
}
