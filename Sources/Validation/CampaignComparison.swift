import CloudModel
import Migration
import Stochastics

/// The rows of one campaign.
struct CampaignComparison {
  let campaign: MigrationCampaign
  let groups: [MigrationGroup]
  let guesses: NaiveGuess
  /// Fitted to all serial migrations.
  let fit: MigrationFit
  /// Fitted to those of odd iterations; nil if there are none.
  let oddFit: MigrationFit?

  init?(_ campaign: MigrationCampaign, _ groups: [MigrationGroup], _ guesses: NaiveGuess) {
    let serial = groups.flatMap(\.serial)
    guard let fit = MigrationFit(campaign, serial) else { return nil }
    self.campaign = campaign
    self.groups = groups
    self.guesses = guesses
    self.fit = fit
    oddFit = MigrationFit(campaign, serial.filter { Self.isOdd($0.iteration) })
  }

  static func isOdd(_ iteration: Int) -> Bool { !iteration.isMultiple(of: 2) }

  /// What the fit could not do.
  var notes: [String] {
    switch fit.method {
    case .line: []
    case .defaultOverhead:
      ["run \(campaign.run): one size only, so the overhead is the default and the rate is fitted"]
    case .noOverhead:
      ["run \(campaign.run): the line has no positive overhead, so the rate alone is fitted"]
    case .noSlope:
      ["run \(campaign.run): duration does not grow with size, so the rate is the default"]
    }
  }

  /// All rows, group by group.
  func rows() -> [ValidationRow] {
    groups.flatMap { group in
      group.parallel == 1
        ? serialRows(group) + evacuationRows(group)
        : batchRows(group)
    }
  }

  /// Serial means beside the defaults of the model.
  func assumedRows() -> [ValidationRow] {
    guard campaign.tunnelled == "off" else { return [] }
    let model = MigrationModel()
    return groups.compactMap { group in
      row(
        group, "migration_s.mean", part: "assumed", measured: group.serial.map(\.seconds),
        predicted: mean(group.serial) { model.nominalDuration(of: MigrationFit.request($0)) },
        fitted: false, naive: guesses.migration(campaign), basis: "defaults of the model")
    }
  }

  private func serialRows(_ group: MigrationGroup) -> [ValidationRow] {
    let quantity = "migration_s.mean"
    let naive = guesses.migration(campaign)
    let all = group.serial
    let even = all.filter { !Self.isOdd($0.iteration) }
    var rows = [
      row(
        group, quantity, measured: all.map(\.seconds), predicted: mean(all, fit.duration),
        fitted: true, naive: naive,
        basis: "overhead and rate of all serial migrations (\(fit.method.rawValue))")
    ]
    if let oddFit, oddFit.sizes == fit.sizes {
      rows.append(
        row(
          group, quantity, part: "even", measured: even.map(\.seconds),
          predicted: mean(even, oddFit.duration), fitted: false, naive: naive,
          basis: "overhead and rate of odd iterations (\(oddFit.method.rawValue))"))
    }
    // Two sizes fit any line; only a third tests it.
    let others = groups.flatMap(\.serial).filter { $0.flavor != group.flavor }
    if let otherFit = MigrationFit(campaign, others), otherFit.sizes > 1 {
      rows.append(
        row(
          group, quantity, part: "other_sizes", measured: all.map(\.seconds),
          predicted: mean(all, otherFit.duration), fitted: false, naive: naive,
          basis: "overhead and rate of the other sizes (\(otherFit.method.rawValue))"))
    }
    return rows.compactMap { $0 }
  }

  /// A row; nil without observations.
  func row(
    _ group: MigrationGroup, _ quantity: String, part: String? = nil, measured: [Double],
    predicted: Double, fitted: Bool, naive: Double, basis: String
  ) -> ValidationRow? {
    let sample = RunningMean(measured)
    guard sample.count > 0, sample.mean > 0 else { return nil }
    return ValidationRow(
      name: group.name(quantity, part: part), measured: sample.mean, predicted: predicted,
      fitted: fitted, naive: naive, count: sample.count,
      interval: ConfidenceInterval.mean(of: sample), basis: basis)
  }

  /// The mean of predictions for measured migrations, in seconds.
  func mean(
    _ migrations: [MeasuredMigration], _ duration: (MeasuredMigration) -> SimulatedDuration
  ) -> Double {
    RunningMean(migrations.map { duration($0).seconds }).mean
  }
}
