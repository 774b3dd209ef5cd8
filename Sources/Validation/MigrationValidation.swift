import Migration
import Stochastics

/// The migration model beside measured migrations and evacuations.
///
/// For each campaign the overhead and the rate are fitted to its serial migrations; everything
/// else is predicted. Campaigns are never mixed: other hosts and other guests touch other amounts
/// of memory.
package struct MigrationValidation: Sendable {
  /// The numbers fitted to each campaign with serial migrations, in the order of the data.
  package internal(set) var fits: [MigrationFit] = []
  /// The fitted numbers of each campaign with their intervals.
  package internal(set) var parameters: [FittedParameter] = []
  /// Every figure of the data beside the model, in the order of the data.
  package internal(set) var rows: [ValidationRow] = []
  /// Serial means beside a model with its defaults, to which nothing of this data was fitted; only
  /// for streams that are not tunnelled, for which the defaults stand.
  package internal(set) var assumedRows: [ValidationRow] = []
  /// Migrations left out because they lasted much longer than others of their group.
  package internal(set) var outliers = 0
  /// Evacuations left out because not all VMs were moved.
  package internal(set) var incompleteEvacuations = 0
  /// Migrations of batches left out because another of their batch was not measured.
  package internal(set) var incompleteBatches = 0
  /// Migrations left out because they were aborted: too long, or without a duration.
  package var aborted: Int { outliers + unmeasured }
  /// Migrations without a duration.
  package internal(set) var unmeasured: Int
  /// What else a reader has to know, as sentences.
  package internal(set) var notes: [String] = []

  /// A migration of half as much again as the median of its group was aborted, or worse: repeated
  /// migrations spread by 4 to 6 %, so this is eight deviations away.
  static let outlierFactor = 1.5
  /// The same from the lower quartile, which lies a little below the median.
  static let abortFactor = 1.6

  /// Compares a data set in a folder.
  ///
  /// **Errors**: those of `MigrationMeasurements`.
  package init(folder: String) throws(ValidationError) {
    self.init(try MigrationMeasurements(folder: folder))
  }

  /// Compares a data set.
  package init(_ data: MigrationMeasurements) {
    self.init(unmeasured: data.unmeasured)
    let groups = MigrationGroup.groups(of: data)
    let guesses = NaiveGuess(groups.flatMap(\.serial))
    outliers = groups.reduce(0) { $0 + $1.outliers }
    incompleteEvacuations = groups.reduce(0) { $0 + $1.incompleteEvacuations }
    incompleteBatches = groups.reduce(0) { $0 + $1.incompleteBatches }
    var found: [(campaign: MigrationCampaign, row: ValidationRow)] = []
    for campaign in uniqued(groups.map(\.campaign)) {
      let own = groups.filter { $0.campaign == campaign }
      guard let comparison = CampaignComparison(campaign, own, guesses) else {
        notes.append("run \(campaign.run): no serial migrations to fit to, nothing is predicted")
        continue
      }
      fits.append(comparison.fit)
      notes += comparison.notes
      found += comparison.rows().map { (campaign, $0) }
      assumedRows += comparison.assumedRows()
    }
    rows = Self.distinguished(found)
    parameters = FittedParameter.distinguished(
      MigrationGroup.campaignFits(of: groups).flatMap(\.parameters))
  }

  /// A comparison without rows.
  init(unmeasured: Int) { self.unmeasured = unmeasured }

  /// Gives rows of one name from several runs the run in front, after a row for all of them.
  static func distinguished(
    _ found: [(campaign: MigrationCampaign, row: ValidationRow)]
  ) -> [ValidationRow] {
    var byName: [String: [Int]] = [:]
    for (index, entry) in found.enumerated() { byName[entry.row.name, default: []].append(index) }
    var rows: [ValidationRow] = []
    for (index, entry) in found.enumerated() {
      let same = byName[entry.row.name] ?? []
      if same.count == 1 {
        rows.append(entry.row)
        continue
      }
      if same.first == index {
        rows.append(.pooled(same.map { found[$0].row }, name: entry.row.name))
      }
      var row = entry.row
      row.name = "\(entry.campaign.run)/\(row.name)"
      rows.append(row)
    }
    return rows
  }
}

/// What one would say without a model: the mean of all serial migrations with that kind of
/// storage, whatever their size, without gaps, and divided by how many are requested at once.
struct NaiveGuess {
  private let shared: RunningMean
  private let block: RunningMean

  init(_ serial: [MeasuredMigration]) {
    shared = RunningMean(serial.filter { !$0.campaign.copiesDisk }.map(\.seconds))
    block = RunningMean(serial.filter { $0.campaign.copiesDisk }.map(\.seconds))
  }

  func migration(_ campaign: MigrationCampaign) -> Double {
    campaign.copiesDisk ? block.mean : shared.mean
  }

  func evacuation(_ campaign: MigrationCampaign, vms: Double, parallel: Int) -> Double {
    vms * migration(campaign) / Double(parallel)
  }
}

/// The elements without repetitions, in the order of their first appearance.
func uniqued<Element: Hashable>(_ elements: [Element]) -> [Element] {
  var seen: Set<Element> = []
  return elements.filter { seen.insert($0).inserted }
}
