package import Scenarios
import Stochastics

/// A comparison as a planner reads it: the answer in a sentence, the runs, the differences.
package struct ComparisonSummary {
  private let comparison: RunComparison
  private let conditions: [(FailCondition, [FailCondition.Outcome])]

  /// The summary of a comparison and of the conditions under which it fails.
  package init(
    _ comparison: RunComparison, conditions: [(FailCondition, [FailCondition.Outcome])] = []
  ) {
    self.comparison = comparison
    self.conditions = conditions
  }

  /// Measures that decide, the first that the runs have being the one of the answer.
  private static let preferred = [
    "duration_s", "rejected_share", "left_behind", "failed", "off_s", "blackout_s", "sent_bytes",
    "waiting_mean_s", "vcpu_used_share", "memory_used_share", "device_used_share", "host_hours",
    "fragmentation_share",
  ]

  /// Measures of which it matters that they are zero.
  private static let tellingZero = [
    "duration_s", "rejected_share", "left_behind", "failed", "off_s", "blackout_s",
  ]

  /// The measures shown to people: those that decide, or else the first few.
  private var shown: [String] {
    let known = Self.preferred.filter { measure in
      comparison.measures.contains(measure)
        && (Self.tellingZero.contains(measure) || !isZeroEverywhere(measure))
    }
    return known.isEmpty ? Array(comparison.measures.prefix(6)) : known
  }

  private func isZeroEverywhere(_ measure: String) -> Bool {
    comparison.entries.allSatisfy { $0.values(of: measure)?.allSatisfy { $0 == 0 } ?? true }
  }

  /// The whole text.
  package var text: String {
    ([answer, ""] + runLines + differenceLines + conditionLines + noteLines)
      .map { $0 + "\n" }.joined()
  }

  private func label(_ entry: Int) -> String { comparison.entries[entry].label }

  /// The answer in one sentence: how the main measure of each later run differs from the first's.
  package var answer: String {
    let main = shown.first { measure in comparison.differences.contains { $0.measure == measure } }
    guard let main else { return "the runs have no figure in common" }
    let clauses = comparison.differences.filter { $0.measure == main }.map {
      clause($0) + leftBehind(of: $0.entry, besides: main)
    }
    let limit = 5
    let more = clauses.count > limit ? ["\(clauses.count - limit) more below"] : []
    return (clauses.prefix(limit) + more).joined(separator: "; ")
  }

  private func clause(_ difference: RunComparison.Difference) -> String {
    let (name, other) = (label(difference.entry), label(difference.base))
    let (measure, found) = (difference.measure, difference.comparison)
    guard let interval = found.interval else {
      return "\(measure) of \(name) is \(by(difference)) that of \(other) (one replication, no "
        + "interval)"
    }
    if difference.isSame {
      return "\(name) and \(other): no difference shown in \(measure), the same in "
        + (difference.pairs.map { "all \(Wording.count($0, "replication"))" }
          ?? "every replication")
    }
    guard found.isShown == true else {
      return "\(name) and \(other): no difference shown in \(measure) "
        + (found.ratioInterval.map { "(\(Self.range($0)) times)" }
          ?? "(\(MeasureWording.range(interval.low, interval.high, of: measure)))")
    }
    guard let times = Self.times(found) else {
      return "\(measure) of \(name) is \(by(difference)) that of \(other) (95 % interval of the "
        + "difference \(MeasureWording.range(interval.low, interval.high, of: measure)))"
    }
    let size = "\(times.text) times"
    let ends = "(95 % interval \(Self.range(times.interval)))"
    return measure == "duration_s"
      ? "\(name) ends \(size) \(times.isLess ? "sooner" : "later") than \(other) \(ends)"
      : "\(measure) of \(name) is \(size) \(times.isLess ? "lower" : "higher") than of \(other) "
        + ends
  }

  private func by(_ difference: RunComparison.Difference) -> String {
    let value = difference.comparison.difference
    if value == 0 { return "the same as" }
    return "\(MeasureWording.text(abs(value), of: difference.measure)) "
      + (value < 0 ? "below" : "above")
  }

  /// A ratio above one, whichever of the two is the greater; nil if it has no two ends above zero.
  private static func times(
    _ found: MeanComparison
  ) -> (text: String, interval: ConfidenceInterval, isLess: Bool)? {
    guard let ratio = found.ratio, let interval = found.ratioInterval, interval.low > 0 else {
      return nil
    }
    let isLess = ratio < 1
    let turned =
      isLess
      ? ConfidenceInterval(low: 1 / interval.high, high: 1 / interval.low, level: interval.level)
      : interval
    let decimals = MeasureWording.decimals(for: turned.halfWidth)
    let text =
      Wording.fixed(isLess ? 1 / ratio : ratio, decimals) + " +- "
      + Wording.fixed(turned.halfWidth, decimals)
    return (text, turned, isLess)
  }

  private static func range(_ interval: ConfidenceInterval) -> String {
    let decimals = MeasureWording.decimals(for: interval.halfWidth)
    return "\(Wording.fixed(interval.low, decimals)) to \(Wording.fixed(interval.high, decimals))"
  }

  /// What a run that ends sooner leaves on the hosts: it may end sooner because of that.
  private func leftBehind(of entry: Int, besides main: String) -> String {
    guard main == "duration_s" else { return "" }
    let measures = [("left_behind", "VMs left behind"), ("failed", "failed steps")]
    for (measure, noun) in measures {
      guard let difference = comparison.difference(measure, of: entry) else { continue }
      let found = difference.comparison
      guard let interval = found.interval, found.isShown == true else { return "" }
      let size = MeasureWording.text(
        abs(found.difference), halfWidth: interval.halfWidth, of: measure)
      return ", with \(size) \(found.difference < 0 ? "fewer" : "more") \(noun)"
    }
    return ""
  }

  private var runLines: [String] {
    let measures = shown
    let hasSettings = comparison.settings.contains { !$0.isEmpty }
    let header = ["run"] + measures + (hasSettings ? ["settings"] : [])
    let rows = comparison.entries.indices.map { entry in
      let settings = ComparisonTables.settings(
        comparison.settings[comparison.entries[entry].run])
      return [label(entry)]
        + measures.map { measure in
          comparison.summary(measure, of: entry).map {
            MeasureWording.text($0.mean, halfWidth: $0.interval?.halfWidth, of: measure)
          } ?? ""
        } + (hasSettings ? [settings.isEmpty ? "defaults" : settings] : [])
    }
    return Self.aligned([header] + rows)
  }

  /// One table for each entry that others are held against.
  private var differenceLines: [String] {
    var lines: [String] = []
    for base in comparison.entries.indices {
      let own = comparison.differences.filter { $0.base == base && shown.contains($0.measure) }
      if own.isEmpty { continue }
      let rows = own.filter { !$0.isSame }.map { row(of: $0) }
      lines += ["", "  differences to \(label(base)), \(pairing(of: own)), 95 % intervals"]
      if !rows.isEmpty {
        lines += Self.aligned([["run", "measure", "difference", "interval", "times", ""]] + rows)
      }
      for entry in comparison.entries.indices {
        let same = own.filter { $0.entry == entry && $0.isSame }.map(\.measure)
        if !same.isEmpty {
          lines.append(
            "  \(label(entry)): the same in every replication: \(same.joined(separator: ", "))")
        }
      }
    }
    return lines
  }

  private func row(of difference: RunComparison.Difference) -> [String] {
    let (measure, found) = (difference.measure, difference.comparison)
    let verdict =
      switch found.isShown {
      case nil: "no interval"
      case true?: ""
      case false?: "no difference shown"
      }
    let times = found.ratio.map { ratio in
      let decimals = MeasureWording.decimals(for: found.ratioInterval?.halfWidth ?? 0)
      return Wording.fixed(ratio, decimals)
        + (found.ratioInterval.map { " (\(Self.range($0)))" } ?? "")
    }
    return [
      label(difference.entry), measure, MeasureWording.difference(found.difference, of: measure),
      found.interval.map { MeasureWording.range($0.low, $0.high, of: measure) } ?? "",
      times ?? "", verdict,
    ]
  }

  private func pairing(of differences: [RunComparison.Difference]) -> String {
    let counts = Set(differences.map(\.pairs))
    if counts == [nil] { return "unpaired" }
    guard counts.count == 1, let count = differences.first?.pairs else {
      return "paired except where a note says otherwise"
    }
    return "paired on \(Wording.count(count, "replication"))"
  }

  private var conditionLines: [String] {
    conditions.flatMap { condition, outcomes in
      ["", "  fails on \(condition.text)"]
        + Self.aligned(
          outcomes.map { outcome in
            let value = MeasureWording.text(outcome.value, of: condition.measure)
            let limit = MeasureWording.text(outcome.limit, of: condition.measure)
            return [
              outcome.isFailed ? "FAIL" : "ok", label(outcome.entry),
              "\(value), limit \(limit)",
            ]
          })
    }
  }

  private var noteLines: [String] {
    comparison.notes.isEmpty ? [] : [""] + comparison.notes.map { "  note: \($0)" }
  }

  private static func aligned(_ rows: [[String]]) -> [String] {
    let widths = (rows.first ?? []).indices.map { column in
      rows.map { $0[column].count }.max() ?? 0
    }
    return rows.map { row in
      var line = " "
      for (text, width) in zip(row, widths) {
        line += " " + text + String(repeating: " ", count: width - text.count) + " "
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
