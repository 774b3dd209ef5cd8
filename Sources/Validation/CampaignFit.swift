import CloudModel
import Migration
import Stochastics

/// All numbers that one campaign gives: those of the line, and what its evacuations add.
struct CampaignFit: Sendable {
  let fit: MigrationFit
  /// Between two migrations of a host that are requested one at a time.
  let gap: FittedValue?
  /// Between two batches of a host.
  let batchGap: FittedValue?
  /// What a migration costs more while others wait.
  let contention: FittedValue?
  /// The coefficient of variation of a repeated migration.
  let spread: FittedValue?
  /// Whether several migrations were requested at once.
  let hasBatches: Bool

  /// Fits to the groups of one campaign; nil without serial migrations.
  init?(_ campaign: MigrationCampaign, _ groups: [MigrationGroup]) {
    guard let fit = MigrationFit(campaign, groups.flatMap(\.serial)) else { return nil }
    self.fit = fit
    hasBatches = groups.contains { $0.parallel > 1 }
    gap = Self.gap(groups.filter { $0.parallel == 1 }, fit)
    let contention = Self.contention(groups, fit)
    self.contention = contention
    batchGap = contention.flatMap { contention in
      Self.gap(groups.filter { $0.parallel > 1 }, fit, contention: contention.value)
    }
    spread = Self.spread(groups)
  }

  var campaign: MigrationCampaign { fit.campaign }

  /// The mean duration that the line gives for the migrations of a group; nil without any.
  private static func duration(_ group: MigrationGroup, _ fit: MigrationFit) -> Double? {
    group.migrations.isEmpty
      ? nil : RunningMean(group.migrations.map { fit.duration($0).seconds }).mean
  }

  /// What evacuations take beyond their migrations, for each migration or batch.
  private static func gap(
    _ groups: [MigrationGroup], _ fit: MigrationFit, contention: Double = 0
  ) -> FittedValue? {
    var rests = RunningMean()
    for group in groups {
      guard let serial = duration(group, fit) else { continue }
      for entry in group.evacuations {
        let batches = (entry.vms + group.parallel - 1) / group.parallel
        let moves = Double(entry.vms) * (serial + contention)
        rests.add((entry.seconds - moves) / Double(batches))
      }
    }
    return value(rests)
  }

  /// The last of a batch of n ends after n (T + delta).
  private static func contention(
    _ groups: [MigrationGroup], _ fit: MigrationFit
  ) -> FittedValue? {
    var added = RunningMean()
    for group in groups {
      guard let serial = duration(group, fit) else { continue }
      for batch in group.batches {
        guard let last = batch.seconds.last else { continue }
        added.add(last / Double(group.parallel) - serial)
      }
    }
    return value(added)
  }

  /// Gaps and waiting are never negative: where the data says so, it says that they are small.
  private static func value(_ sample: RunningMean) -> FittedValue? {
    guard sample.count > 0 else { return nil }
    return FittedValue(
      value: max(0, sample.mean), standardError: sample.count > 1 ? sample.standardError : nil,
      count: sample.count)
  }

  /// The deviation within groups of one size, over their mean; its error is that of a deviation of
  /// normal observations, value / sqrt(2 n).
  private static func spread(_ groups: [MigrationGroup]) -> FittedValue? {
    var squares = 0.0
    var count = 0
    var freedom = 0
    for group in groups where group.serial.count > 1 {
      let sample = RunningMean(group.serial.map(\.seconds))
      squares += sample.variance / (sample.mean * sample.mean) * Double(sample.count - 1)
      freedom += sample.count - 1
      count += sample.count
    }
    guard freedom > 0 else { return nil }
    let value = (squares / Double(freedom)).squareRoot()
    return FittedValue(
      value: value, standardError: value / (2 * Double(freedom)).squareRoot(), count: count)
  }
}
