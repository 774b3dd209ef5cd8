package import Documents
import Scenarios
import Stochastics
package import Validation

/// Fitted numbers of the migration model, as tables and documents.
package enum CalibrationTables {
  /// One row for each number of each campaign.
  package static func rows(of parameters: [FittedParameter]) -> Table {
    Table(objects: parameters.map(document))
  }

  /// A number with its interval and its source.
  package static func document(_ parameter: FittedParameter) -> Document {
    [
      "name": .text(parameter.name), "parameter": .text(parameter.parameter),
      "value": .number(parameter.value), "low": Document(parameter.interval?.low),
      "high": Document(parameter.interval?.high), "unit": .text(parameter.unit),
      "count": Document(parameter.count), "source": .text(parameter.source),
      "run": .text(parameter.campaign.run), "storage": .text(parameter.campaign.storage),
      "tunnelled": .text(parameter.campaign.tunnelled),
      "completion_timeout": .text(parameter.campaign.completionTimeout),
    ]
  }

  /// All that was fitted, and what scenarios take of it.
  package static func document(of calibration: MigrationCalibration) -> Document {
    [
      "dataset": .text(calibration.dataset),
      "migration": .items(calibration.chosen.map(document)),
      "parameters": .items(calibration.parameters.map(document)),
      "left_out": ["aborted": Document(calibration.aborted)],
      "notes": .items(calibration.notes.map { .text($0) }),
    ]
  }

  /// The numbers as people read them: those for scenarios first.
  package static func text(of calibration: MigrationCalibration) -> String {
    var text = "\(Wording.count(calibration.chosen.count, "number")) for scenarios, fitted to "
    text += "\(calibration.dataset)\n\n" + table(calibration.chosen, \.parameter).text(.table)
    text += "\nALL CAMPAIGNS\n\n" + table(calibration.parameters, \.name).text(.table)
    if calibration.aborted > 0 {
      text += "\nleft out: \(Wording.count(calibration.aborted, "aborted migration"))\n"
    }
    for note in calibration.notes { text += "note: \(note)\n" }
    return text
  }

  /// Numbers with their intervals.
  static func table(
    _ parameters: [FittedParameter], _ name: KeyPath<FittedParameter, String>
  ) -> Table {
    Table(
      columns: ["name", "value", "low", "high", "unit", "observations"],
      rows: parameters.map { entry in
        [
          .text(entry[keyPath: name]), .text(Wording.fixed(entry.value, 3)),
          .text(entry.interval.map { Wording.fixed($0.low, 3) } ?? "-"),
          .text(entry.interval.map { Wording.fixed($0.high, 3) } ?? "-"), .text(entry.unit),
          .text("\(entry.count)"),
        ]
      })
  }
}
