import Migration
import Stochastics

/// The round-by-round model beside migrations with counters of QEMU.
package struct CounterValidation: Sendable {
  /// Every figure beside the model, in the order of the data.
  package private(set) var rows: [CounterRow] = []
  /// What is said of convergence.
  package private(set) var verdicts: [CounterVerdict] = []
  /// Migrations left out because they were not completed.
  package let incomplete: Int
  /// What else a reader has to know, as sentences.
  package private(set) var notes: [String] = []

  /// Whether a folder holds such data.
  package static func recognises(folder: String) -> Bool { CounterMeasurements.isIn(folder) }

  /// Compares a data set in a folder: `runs.csv`, and `cold_restart.csv` and `progress.csv.gz`
  /// where they are there.
  ///
  /// **Errors**: those of `CSVTable`; `nothingToFit` without a completed migration.
  package init(folder: String) throws(ValidationError) {
    self.init(try CounterMeasurements(folder: folder))
  }

  init(_ data: CounterMeasurements) {
    incomplete = data.incomplete
    for scenario in uniqued(data.migrations.map(\.scenario)) {
      let runs = data.migrations.filter { $0.scenario == scenario }
      let progress = data.progress.filter { $0.scenario == scenario }
      add(CounterScenario(name: scenario, runs: runs, progress: progress))
    }
    for scenario in uniqued(data.restarts.map(\.scenario)) {
      let seconds = data.restarts.filter { $0.scenario == scenario }.map(\.seconds)
      rows += Self.restart(scenario, seconds)
    }
  }

  /// A guest that is shut down, defined and booted: the sum of the parts. A warmed guest is not what
  /// the parts were measured on.
  private static func restart(_ scenario: String, _ seconds: [Double]) -> [CounterRow] {
    guard let median = Quantile.median(seconds) else { return [] }
    let parameters = MigrationParameters()
    return [
      CounterRow(
        name: "\(scenario)/service_gap_s.median", measured: median,
        predicted: parameters.shutdown.value + parameters.define.value + parameters.boot.value,
        tolerance: scenario.hasPrefix("Cold_Restart") ? .share(0.05) : nil, fitted: true,
        count: seconds.count,
        basis: "defaults of the model: shutdown, define, boot")
    ]
  }

  private mutating func add(_ scenario: CounterScenario) {
    guard let first = scenario.runs.first,
      let guest = CounterGuest(workload: first.workload, threads: first.threads)
    else {
      notes.append("\(scenario.name): no dirty curve for this load, nothing is predicted")
      return
    }
    switch first.mode {
    case "stop-copy": rows += scenario.stopAndCopy(guest, first)
    case "postcopy": rows += scenario.postCopy(guest, first)
    case "precopy", "precopy-autoconverge":
      let answer = scenario.preCopy(guest, first)
      rows += answer.rows
      verdicts.append(answer.verdict)
      notes += answer.notes
    default: notes.append("\(scenario.name): mode `\(first.mode)` is not known")
    }
  }
}
