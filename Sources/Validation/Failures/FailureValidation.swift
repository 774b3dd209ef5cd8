import Stochastics

/// Models of host failures beside recorded ones.
///
/// A recording is laid beside what another one says of it, group by group; alone, each group is
/// predicted from the others.
package struct FailureValidation: Sendable {
  /// The kind of the recording.
  package let kind: HostFailures.Kind
  /// Every figure, in the order of the documentation.
  package private(set) var rows: [RecordedFigure]
  /// The families of distributions, group by group.
  package private(set) var distributions: [DistributionComparison] = []
  /// What a reader has to know, as sentences.
  package private(set) var notes: [String]

  /// Compares the recording of a folder with another, or with itself.
  ///
  /// **Errors**: those of `HostFailures`; `differentKinds`.
  package init(
    folder: String, fittedTo other: String? = nil, seed: UInt64 = 1
  ) throws(RecordError) {
    let recorded = try HostFailures(folder: folder)
    let source = try other.map { path throws(RecordError) in try HostFailures(folder: path) }
    if let source, source.kind != recorded.kind {
      throw .differentKinds(fitted: source.kind.rawValue, compared: recorded.kind.rawValue)
    }
    self.init(recorded, fittedTo: source, seed: seed)
  }

  init(_ recorded: HostFailures, fittedTo source: HostFailures?, seed: UInt64) {
    kind = recorded.kind
    rows = Self.whole(recorded, source)
    notes = recorded.notes
    let own = recorded.groups.map { FailureModel($0) }
    let models = source.map { $0.groups.map { FailureModel($0) } } ?? own
    for model in own {
      let group = model.group
      let prediction = FailurePrediction(of: group, among: models, isOther: source != nil)
      rows += FailureQuantity.allCases.map { prediction.figure($0, of: group) }
      let itself = FailurePrediction(itself: model)
      rows += [FailureQuantity.medianRepair, .longRepair, .gapVariation].map {
        itself.figure($0, of: group)
      }
      compare(model, prediction, isOther: source != nil)
    }
    rows += Self.independence(recorded.sites, seed: seed)
    addNotes()
  }

  /// Figures of the whole; causes keep the shares of the fitted recording.
  private static func whole(
    _ recorded: HostFailures, _ source: HostFailures?
  ) -> [RecordedFigure] {
    guard let source else { return recorded.figures }
    let fitted = Dictionary(
      source.figures.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return recorded.figures.map { figure in
      guard let other = fitted[figure.name], let value = other.measured else { return figure }
      var figure = figure
      if figure.name.hasPrefix("all/cause/") {
        figure.predicted = value / Double(max(1, other.count)) * Double(figure.count)
        figure.basis = "the share of the cause in the fitted recording"
      } else if figure.name.contains("repair_min") || figure.name.contains(".p50")
        || figure.name.contains("per_node_year") || figure.name.contains(".share")
        || figure.name.hasSuffix("availability")
      {
        figure.predicted = value
        figure.predictedInterval = other.interval
        figure.basis = "the same figure of the fitted recording"
      }
      return figure
    }
  }

  private mutating func compare(
    _ model: FailureModel, _ prediction: FailurePrediction, isOther: Bool
  ) {
    let name = model.group.name
    // Peers speak with one voice only where there is one; else the group's own fit is shown.
    let same = isOther && prediction.peers.count == 1 ? prediction.peers.first : nil
    let fitted = same ?? model
    let basis = same == nil ? name : prediction.basis
    distributions += [
      DistributionComparison(
        group: name, subject: "repair", basis: basis, fits: fitted.repairFits,
        times: model.repairs, fitted: same == nil),
      DistributionComparison(
        group: name, subject: "gap", basis: basis, fits: fitted.gapFits, times: model.gaps,
        fitted: same == nil),
    ]
  }

  private static func independence(
    _ sites: [SiteOutages], seed: UInt64
  ) -> [RecordedFigure] {
    guard let found = SiteIndependence(sites, seed: seed) else { return [] }
    let pairs = sites.count * (sites.count - 1) / 2
    var rows = zip(sites, found.shares).map { site, share in
      RecordedFigure.recorded(
        "\(site.name)/half_out.share", share, count: site.times.count,
        basis: "time with half or more of \(site.nodeCount) nodes out")
    }
    rows.append(
      RecordedFigure(
        name: "pairs/both_half_out.share", measured: found.joint, predicted: found.product,
        fitted: false, count: pairs, basis: "sites that fail independently"))
    var ratio = RecordedFigure(
      name: "pairs/joint_over_product", measured: nil, predicted: 1, count: pairs,
      basis: "sites that fail independently; interval by resampling weeks")
    if found.product > 0 { ratio.measured = found.joint / found.product }
    ratio.interval = found.ratioInterval.map { .init(low: $0.low, high: $0.high, level: 0.95) }
    rows.append(ratio)
    return rows
  }

  private mutating func addNotes() {
    for subject in ["repair", "gap"] {
      let compared = distributions.filter { $0.subject == subject && $0.best != nil }
      let wrong = compared.filter(\.isExponentialWrong)
      notes.append(
        "exponential \(subject) times are refuted in \(wrong.count) of \(compared.count) groups"
          + (wrong.isEmpty ? "" : ": " + wrong.map(\.group).joined(separator: ", ")))
    }
    for empty in distributions {
      if let reason = empty.reason { notes.append("\(empty.group), \(empty.subject): \(reason)") }
    }
  }
}
