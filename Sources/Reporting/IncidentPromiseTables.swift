package import Documents
package import Validation

/// Promises of providers beside models, as tables and documents.
package enum IncidentPromiseTables {
  /// One row for each figure.
  package static func rows(of validation: PromiseValidation) -> Table {
    FailureFigureTables.rows(validation.rows)
  }

  /// All that was compared, at full precision.
  package static func document(of validation: PromiseValidation) -> Document {
    [
      "rows": .items(validation.rows.map(FailureFigureTables.document)),
      "notes": FailureFigureTables.notes(validation.notes),
    ]
  }

  /// The comparison as people read it.
  package static func text(of validation: PromiseValidation) -> String {
    FailureFigureTables.text(validation.rows) + validation.notes.map { "note: \($0)\n" }.joined()
  }
}
