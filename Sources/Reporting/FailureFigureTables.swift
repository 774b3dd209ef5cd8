import Documents
import Stochastics
import Validation

/// Figures of a recording beside a model, as tables and documents.
enum FailureFigureTables {
  static func document(_ figure: RecordedFigure) -> Document {
    [
      "name": .text(figure.name), "measured": number(figure.measured),
      "predicted": number(figure.predicted), "error": number(figure.error),
      "fitted": .bool(figure.fitted), "naive": number(figure.naive),
      "naive_error": number(figure.naiveError), "count": Document(figure.count),
      "measured_low": Document(figure.interval?.low),
      "measured_high": Document(figure.interval?.high),
      "predicted_low": Document(figure.predictedInterval?.low),
      "predicted_high": Document(figure.predictedInterval?.high), "basis": .text(figure.basis),
    ]
  }

  /// One row for each figure.
  static func rows(_ figures: [RecordedFigure]) -> Table {
    Table(objects: figures.map(document))
  }

  static func notes(_ notes: [String]) -> Document { .items(notes.map { .text($0) }) }

  /// The figures as people read them: predictions first, then what describes its own data, then
  /// what is only recorded.
  static func text(_ figures: [RecordedFigure]) -> String {
    let predicted = figures.filter { $0.predicted != nil && !$0.fitted }
    let described = figures.filter { $0.predicted != nil && $0.fitted }
    let recorded = figures.filter { $0.predicted == nil }
    var text = ""
    for (title, rows) in [
      ("PREDICTED", predicted), ("FITTED, so no test of the model", described),
    ] where !rows.isEmpty { text += "\(title)\n\n" + compared(rows).text(.table) + "\n" }
    if !recorded.isEmpty {
      let table = Table(
        columns: ["name", "measured", "95 % interval", "naive"],
        rows: recorded.map { figure in
          [
            .text(figure.name), cell(figure.measured), interval(figure.interval),
            cell(figure.naive),
          ]
        })
      text += "RECORDED\n\n" + table.text(.table) + "\n"
    }
    return text
  }

  private static func compared(_ figures: [RecordedFigure]) -> Table {
    Table(
      columns: [
        "name", "measured", "95 % interval", "predicted", "expected within", "error", "naive error",
      ],
      rows: figures.map { figure in
        [
          .text(figure.name), cell(figure.measured), interval(figure.interval),
          cell(figure.predicted), interval(figure.predictedInterval), percent(figure.error),
          percent(figure.naiveError),
        ]
      })
  }

  /// The families fitted to each group.
  static func documents(_ comparisons: [DistributionComparison]) -> Document {
    .items(comparisons.map(document))
  }

  private static func document(_ comparison: DistributionComparison) -> Document {
    [
      "group": .text(comparison.group), "subject": .text(comparison.subject),
      "basis": .text(comparison.basis), "fitted": .bool(comparison.fitted),
      "count": Document(comparison.count),
      "best": Document(comparison.best?.fit.model.family),
      "exponential_refuted": .bool(comparison.isExponentialWrong),
      "critical_distance": .number(comparison.criticalDistance),
      "families": .items(comparison.families.map(document)),
      "reason": Document(comparison.reason),
    ]
  }

  private static func document(_ family: DistributionComparison.Family) -> Document {
    [
      "family": .text(family.fit.model.family),
      "parameters": .items(
        family.fit.parameters.map { parameter in
          [
            "name": .text(parameter.name), "value": .number(parameter.value),
            "low": Document(parameter.interval?.low), "high": Document(parameter.interval?.high),
          ]
        }),
      "fitted_count": Document(family.fit.count),
      "log_likelihood": .number(family.fit.logLikelihood), "aic": .number(family.fit.aic),
      "aic_difference": .number(family.aicDifference),
      "mean_log_density": .number(family.meanLogDensity),
      "ks_distance": .number(family.distance),
    ]
  }

  /// The best family of each group beside the exponential.
  static func text(_ comparisons: [DistributionComparison]) -> String {
    let found = comparisons.filter { $0.best != nil }
    guard !found.isEmpty else { return "" }
    let table = Table(
      columns: [
        "group", "times", "count", "best", "distance", "exponential distance", "AIC behind best",
        "Weibull shape", "exponential",
      ],
      rows: found.map { comparison in
        let shape = comparison.weibullShape
        return [
          .text(comparison.group), .text(comparison.subject), Document(comparison.count),
          .text(comparison.best?.fit.model.family ?? ""), cell(comparison.best?.distance),
          cell(comparison.exponential?.distance),
          cell(comparison.exponential?.aicDifference),
          .text(significant(shape?.value) + " (" + range(shape?.interval) + ")"),
          .text(comparison.isExponentialWrong ? "refuted" : "not refuted"),
        ]
      })
    return "DISTRIBUTIONS\n\n" + table.text(.table) + "\n"
  }

  private static func number(_ value: Double?) -> Document {
    value.map { $0.isFinite ? .number($0) : .null } ?? .null
  }

  private static func cell(_ value: Double?) -> Document { .text(significant(value)) }

  private static func interval(_ interval: ConfidenceInterval?) -> Document {
    .text(range(interval))
  }

  private static func range(_ interval: ConfidenceInterval?) -> String {
    interval.map { "\(significant($0.low)) to \(significant($0.high))" } ?? ""
  }

  private static func percent(_ share: Double?) -> Document {
    .text(share.map { Wording.percent($0) } ?? "")
  }

  /// A number with about four figures: decimals enough for small ones, none for large ones.
  private static func significant(_ value: Double?) -> String {
    guard let value else { return "" }
    if value == value.rounded() { return Wording.fixed(value, 0) }
    var (decimals, size) = (3, abs(value))
    while size < 1, size > 0, decimals < 9 {
      size *= 10
      decimals += 1
    }
    return Wording.fixed(value, abs(value) >= 100 ? 1 : decimals)
  }
}
