import CloudModel
import Migration
import Stochastics

extension MigrationValidation {
  /// Fits to one data set and predicts another: the medians of its groups.
  ///
  /// Nothing of the second is fitted. Its aborted migrations and incomplete evacuations are counted
  /// and left out of the medians.
  ///
  /// **Errors**: those of `MigrationMeasurements`; `nothingToFit` if no campaign of the first has
  /// serial migrations.
  package init(folder: String, fittedTo source: String) throws(ValidationError) {
    try self.init(
      MigrationMeasurements(folder: folder),
      fittedTo: MigrationMeasurements(folder: source), file: source)
  }

  /// Fits to one data set, of a file, and predicts another.
  ///
  /// **Errors**: `nothingToFit`.
  package init(
    _ data: MigrationMeasurements, fittedTo source: MigrationMeasurements, file: String
  ) throws(ValidationError) {
    self.init(unmeasured: data.unmeasured)
    let known = MigrationGroup.groups(of: source)
    let campaigns = MigrationGroup.campaignFits(of: known)
    guard !campaigns.isEmpty else { throw .nothingToFit(file: file) }
    fits = campaigns.map(\.fit)
    parameters = FittedParameter.distinguished(campaigns.flatMap(\.parameters))
    let groups = MigrationGroup.groups(of: data)
    let prediction = GroupPrediction(
      prediction: MigrationPrediction(fits: campaigns),
      guesses: NaiveGuess(known.flatMap(\.serial)), sizes: FlavorSizes([data, source]),
      runsWithBatches: Set(groups.filter { $0.parallel > 1 }.map(\.campaign.run)))
    var found: [(campaign: MigrationCampaign, row: ValidationRow)] = []
    for group in groups {
      outliers += group.measured.count - group.completed.count
      incompleteEvacuations +=
        group.incompleteEvacuations + group.evacuations.count - group.undisturbed.count
      let answer = prediction.answer(for: group)
      found += answer.rows.map { (group.campaign, $0) }
      notes += answer.notes
    }
    rows = Self.distinguished(found)
    notes = uniqued(notes)
  }
}

/// Predicts the medians of groups.
private struct GroupPrediction {
  let prediction: MigrationPrediction
  let guesses: NaiveGuess
  let sizes: FlavorSizes
  let runsWithBatches: Set<String>

  func answer(for group: MigrationGroup) -> (rows: [ValidationRow], notes: [String]) {
    let name = group.name("median")
    guard let size = group.measured.first ?? sizes.first(of: group.flavor) else {
      return ([], ["\(name): no migration says the size of flavor \(group.flavor)"])
    }
    let choice = prediction.choice(
      for: group.campaign, parallel: group.parallel,
      hasBatches: runsWithBatches.contains(group.campaign.run))
    var own = size
    own.campaign = group.campaign
    let serial = choice.model.nominalDuration(of: MigrationFit.request(own)).seconds
    let ends = choice.batch(serial, of: group.parallel)
    let emptied = group.undisturbed
    let moves = emptied.map {
      choice.evacuation(serial, vms: $0.vms, parallel: group.parallel)
    }
    let vms = RunningMean(emptied.map { Double($0.vms) }).mean
    let rows = [
      row(
        group, "migration_s.median", group.completed.map(\.seconds), Quantile.median(ends),
        naive: guesses.migration(group.campaign), choice),
      row(
        group, "wall_s.median", emptied.map(\.seconds), Quantile.median(moves),
        naive: guesses.evacuation(group.campaign, vms: vms, parallel: group.parallel), choice),
    ]
    return (rows.compactMap { $0 }, choice.note.map { [$0] } ?? [])
  }

  /// A row; nil without observations.
  private func row(
    _ group: MigrationGroup, _ quantity: String, _ measured: [Double], _ predicted: Double?,
    naive: Double, _ choice: MigrationPrediction.Choice
  ) -> ValidationRow? {
    guard let median = Quantile.median(measured), let predicted else { return nil }
    return ValidationRow(
      name: group.name(quantity), measured: median, predicted: predicted, fitted: false,
      naive: naive, count: measured.count,
      interval: ConfidenceInterval.quantile(of: measured, 0.5), basis: choice.basis)
  }
}

/// A migration of each flavor, which says its size.
private struct FlavorSizes {
  private var byFlavor: [String: MeasuredMigration] = [:]

  /// The earlier data counts where several say it.
  init(_ data: [MigrationMeasurements]) {
    for entry in data.flatMap(\.migrations) where byFlavor[entry.flavor] == nil {
      byFlavor[entry.flavor] = entry
    }
  }

  func first(of flavor: String) -> MeasuredMigration? { byFlavor[flavor] }
}
