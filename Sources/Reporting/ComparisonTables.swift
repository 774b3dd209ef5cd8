package import Documents
package import Scenarios
import Stochastics

/// A comparison of runs as table and document.
package enum ComparisonTables {
  /// One row for each entry and measure: what it is, and how it differs from the first run.
  package static func rows(of comparison: RunComparison) -> Table {
    let columns = [
      "run", "policy", "settings", "measure", "replications", "mean", "mean_low", "mean_high",
      "p50", "p95", "than", "pairs", "difference", "difference_low", "difference_high", "ratio",
      "ratio_low", "ratio_high", "shown",
    ]
    let rows = comparison.entries.indices.flatMap { index in
      comparison.measures.compactMap { measure -> [Document]? in
        guard let summary = comparison.summary(measure, of: index) else { return nil }
        let entry = comparison.entries[index]
        return [
          .text(entry.label), Document(entry.policy),
          .text(settings(comparison.settings[entry.run])), .text(measure),
          Document(summary.count), .number(summary.mean), Document(summary.interval?.low),
          Document(summary.interval?.high), .number(summary.p50), .number(summary.p95),
        ] + cells(of: comparison.difference(measure, of: index), comparison)
      }
    }
    return Table(columns: columns, rows: rows)
  }

  private static func cells(
    of difference: RunComparison.Difference?, _ comparison: RunComparison
  ) -> [Document] {
    guard let difference else { return Array(repeating: .null, count: 9) }
    let found = difference.comparison
    return [
      .text(comparison.entries[difference.base].label), Document(difference.pairs),
      .number(found.difference), Document(found.interval?.low), Document(found.interval?.high),
      Document(found.ratio), Document(found.ratioInterval?.low),
      Document(found.ratioInterval?.high), found.isShown.map { .bool($0) } ?? .null,
    ]
  }

  /// The settings of a run that others do not share, in one line.
  package static func settings(_ settings: [RunSetting]) -> String {
    settings.isEmpty
      ? "" : settings.map { "\($0.path): \(Table.text($0.value))" }.joined(separator: ", ")
  }

  /// The whole answer.
  package static func document(
    of comparison: RunComparison, conditions: [(FailCondition, [FailCondition.Outcome])] = []
  ) -> Document {
    [
      "answer": .text(ComparisonSummary(comparison, conditions: conditions).answer),
      "runs": .items(
        comparison.runs.enumerated().map { index, run in
          [
            "run": .text(run.label), "folder": .text(run.folder), "seed": .integer(run.seed),
            "program": .text(run.program),
            "settings": .fields(comparison.settings[index].map { ($0.path, $0.value) }),
          ]
        }),
      "measures": .items(rows(of: comparison).objects),
      "fail_on": .items(
        conditions.flatMap { condition, outcomes in
          outcomes.map { row(of: $0, condition, comparison) }
        }),
      "notes": .items(comparison.notes.map { .text($0) }),
    ]
  }

  private static func row(
    of outcome: FailCondition.Outcome, _ condition: FailCondition, _ comparison: RunComparison
  ) -> Document {
    [
      "condition": .text(condition.text), "run": .text(comparison.entries[outcome.entry].label),
      "value": .number(outcome.value), "limit": .number(outcome.limit),
      "failed": .bool(outcome.isFailed),
    ]
  }
}
