import Stochastics

/// Recorded incidents of providers beside what models say of their reach and length.
package struct IncidentValidation: Sendable {
  /// Every figure, in the order of the documentation.
  package private(set) var rows: [RecordedFigure]
  /// The families of distributions of durations.
  package private(set) var distributions: [DistributionComparison] = []
  /// What a reader has to know, as sentences.
  package private(set) var notes: [String] = []

  /// Compares the incidents of a folder with those of another, or with the start values of the
  /// model of availability.
  ///
  /// **Errors**: those of the tables; `differentKinds` where both have nothing in common.
  package init(folder: String, fittedTo other: String? = nil) throws(RecordError) {
    let recorded = try IncidentRecords(folder: folder)
    let source = try other.map { path throws(RecordError) in try IncidentRecords(folder: path) }
    rows = recorded.figures
    if let source {
      guard Self.isAnythingCommon(recorded, source) else {
        throw .differentKinds(fitted: Self.kinds(source), compared: Self.kinds(recorded))
      }
      predict(from: source)
    } else {
      predictFromStartValues()
    }
    compareDurations(recorded, source)
    addNotes(recorded)
  }

  private static func kinds(_ records: IncidentRecords) -> String {
    (records.histories.map(\.provider) + (records.postMortems == nil ? [] : ["postmortems"]))
      .joined(separator: " and ")
  }

  private static func isAnythingCommon(_ one: IncidentRecords, _ two: IncidentRecords) -> Bool {
    let own = Set(one.histories.map(\.provider))
    return !own.isDisjoint(with: two.histories.map(\.provider))
      || (one.postMortems != nil && two.postMortems != nil)
  }

  /// Shares, rates and durations are expected to stay; counts grow with the recording.
  private mutating func predict(from source: IncidentRecords) {
    let figures = Dictionary(
      source.figures.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for index in rows.indices where rows[index].predicted == nil {
      let name = rows[index].name
      guard let other = figures[name], let value = other.measured else { continue }
      let isCount = name.hasSuffix(".count")
      let isSize = ["/incidents", "/years", "/regions", "/cases"].contains { name.hasSuffix($0) }
      if isSize { continue }
      guard !isCount || other.count > 0 else { continue }
      rows[index].predicted =
        isCount ? value / Double(other.count) * Double(rows[index].count) : value
      rows[index].predictedInterval = isCount ? nil : other.interval
      rows[index].basis =
        isCount
        ? "the share in the fitted recording" : "the same figure of the fitted recording"
    }
  }

  /// Rates a year and hours from which models of availability start; they were rounded from such
  /// records, and so are no test.
  ///
  /// **Source**: chosen, as docs/failures.md says.
  private static let startValues: [(name: String, value: Double)] = [
    ("compute/region_per_region_year", 0.1), ("compute/region_h.p50", 3),
    ("compute/control_plane_per_region_year", 0.35), ("compute/control_plane_h.p50", 0.7),
    ("compute/global_per_year", 3.7), ("compute/global_h.p50", 11),
    ("identity/per_year", 4), ("identity/duration_h.p50", 1.5),
  ]

  private mutating func predictFromStartValues() {
    for index in rows.indices {
      let name = rows[index].name.drop { $0 != "/" }.dropFirst()
      guard let start = Self.startValues.first(where: { $0.name == name }) else { continue }
      rows[index].predicted = start.value
      rows[index].fitted = true
      rows[index].basis = "start value of the model of availability, rounded from such records"
    }
  }

  private mutating func compareDurations(_ recorded: IncidentRecords, _ source: IncidentRecords?) {
    for (name, hours) in recorded.durations {
      let same = source?.durations.first { $0.name == name }?.hours
      let isOther = same != nil
      let fits = LifetimeFit.all(of: same ?? hours)
      distributions.append(
        DistributionComparison(
          group: name, subject: "duration",
          basis: isOther ? "\(name) of the fitted recording" : name, fits: fits, times: hours,
          fitted: !isOther))
      guard let best = LifetimeFit.best(fits)?.model, let least = fits.first else { continue }
      let sorted = hours.sorted()
      for (suffix, p) in [("p50", 0.5), ("p90", 0.9)] {
        let measured =
          p == 0.5 ? RecordedQuantile.median(sorted) : RecordedQuantile.rank(sorted, p)
        rows.append(
          RecordedFigure(
            name: "\(name)/fitted_duration_h.\(suffix)", measured: measured,
            predicted: best.quantile(p), fitted: !isOther, naive: least.model.quantile(p),
            count: hours.count, interval: .quantile(of: sorted, p),
            basis: "\(best.family) fitted to \(isOther ? "the other recording" : name)"))
      }
    }
  }

  private mutating func addNotes(_ recorded: IncidentRecords) {
    notes.append(
      "a duration is how long a notice stood, not for how long a VM was out; what share of a "
        + "region's VMs an incident hit is published by nobody")
    for history in recorded.histories {
      if history.compute.isEmpty {
        notes.append("\(history.provider): no incident about VMs, so that no share is stated")
      } else if history.compute.allSatisfy({ $0.reach == .unknown }) {
        notes.append("\(history.provider): no incident about VMs says its reach")
      } else {
        for (isBeyond, words) in [(false, "in one zone"), (true, "beyond one zone")]
        where !history.compute.contains(where: { $0.reach.isBeyondZone == isBeyond }) {
          notes.append("\(history.provider): no incident about VMs \(words)")
        }
      }
    }
    for compared in distributions {
      if let reason = compared.reason { notes.append("\(compared.group): \(reason)") }
      if compared.isExponentialWrong {
        notes.append("\(compared.group): exponential durations are refuted")
      }
    }
  }
}
