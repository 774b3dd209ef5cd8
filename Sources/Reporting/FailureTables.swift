package import Documents
package import Validation

/// Recorded failures beside models, as tables and documents.
package enum FailureTables {
  /// One row for each figure.
  package static func rows(of validation: FailureValidation) -> Table {
    FailureFigureTables.rows(validation.rows)
  }

  /// All that was compared, at full precision.
  package static func document(of validation: FailureValidation) -> Document {
    [
      "dataset": .text(validation.kind.rawValue),
      "rows": .items(validation.rows.map(FailureFigureTables.document)),
      "distributions": FailureFigureTables.documents(validation.distributions),
      "notes": FailureFigureTables.notes(validation.notes),
    ]
  }

  /// The comparison as people read it.
  package static func text(of validation: FailureValidation) -> String {
    FailureFigureTables.text(validation.rows) + FailureFigureTables.text(validation.distributions)
      + validation.notes.map { "note: \($0)\n" }.joined()
  }
}
