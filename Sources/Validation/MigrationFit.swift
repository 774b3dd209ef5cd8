import CloudModel
package import Migration
import Stochastics

/// The numbers of the fixed-rate model fitted to serial migrations of one campaign.
package struct MigrationFit: Sendable {
  /// How the two numbers were found.
  package enum Method: String, Sendable {
    /// A line through two sizes or more.
    case line
    /// One size only: the overhead is the stated default and the rate is fitted.
    case defaultOverhead = "default_overhead"
    /// The line would cross zero below the origin: no overhead, the rate is fitted.
    case noOverhead = "no_overhead"
    /// Larger sizes were not slower: the mean as overhead, at the default rate at most.
    case noSlope = "no_slope"
  }

  /// The campaign.
  package var campaign: MigrationCampaign
  /// The fixed overhead in seconds.
  package var overheadSeconds: Double
  /// Its standard error; nil where it was not fitted.
  package var overheadError: Double?
  /// Seconds per GiB of memory and copied disk.
  package var secondsPerGiB: Double
  /// Its standard error; nil where it was not fitted by a line.
  package var slopeError: Double?
  /// The standard error of the seconds per GiB where the overhead is given; nil for one migration.
  var ratioError: Double?
  /// How many sizes were seen.
  package var sizes: Int
  /// How many migrations were fitted.
  package var count: Int
  /// How the numbers were found.
  package var method: Method
  /// The model with these numbers.
  package var model: MigrationModel

  /// Fits to migrations; nil if there are none.
  init?(_ campaign: MigrationCampaign, _ migrations: [MeasuredMigration]) {
    guard !migrations.isEmpty else { return nil }
    let defaults = MigrationModel()
    let x = migrations.map { Self.copiedGiB($0, defaults) }
    let y = migrations.map(\.seconds)
    let meanX = RunningMean(x).mean
    let meanY = RunningMean(y).mean
    let stated =
      campaign.copiesDisk
      ? defaults.parameters.overheadBlock.value : defaults.parameters.overheadShared.value
    self.campaign = campaign
    sizes = Set(x).count
    count = migrations.count
    let deviation = RunningMean(y).standardError
    ratioError = y.count > 1 && meanX > 0 ? deviation / meanX : nil
    let line = try? LeastSquaresLine(x: x, y: y)
    if let line, line.slope > 0, line.intercept >= 0 {
      method = .line
      (overheadSeconds, secondsPerGiB) = (line.intercept, line.slope)
      (overheadError, slopeError) = (line.interceptError, line.slopeError)
    } else if let line, line.slope > 0, meanX > 0 {
      method = .noOverhead
      (overheadSeconds, secondsPerGiB) = (0, meanY / meanX)
    } else if line == nil, meanX > 0, meanY > stated {
      method = .defaultOverhead
      (overheadSeconds, secondsPerGiB) = (stated, (meanY - stated) / meanX)
    } else {
      method = .noSlope
      let slope = 1024 / defaults.parameters.streamRate.value
      secondsPerGiB = meanX > 0 ? min(slope, meanY / meanX) : slope
      overheadSeconds = max(0, meanY - secondsPerGiB * meanX)
    }
    guard
      let model = Self.model(
        overhead: overheadSeconds, slope: secondsPerGiB, copiesDisk: campaign.copiesDisk)
    else { return nil }
    self.model = model
  }

  /// The model's duration of a migration like a measured one, requested on its own.
  func duration(_ migration: MeasuredMigration) -> SimulatedDuration {
    model.nominalDuration(of: Self.request(migration))
  }

  /// What was asked for in a measured migration.
  static func request(_ migration: MeasuredMigration) -> MigrationRequest {
    MigrationRequest(
      kind: .live, memory: migration.memory, disk: migration.disk,
      storage: migration.campaign.copiesDisk ? .block : .shared)
  }

  private static func copiedGiB(
    _ migration: MeasuredMigration, _ model: MigrationModel
  ) -> Double {
    let request = request(migration)
    return model.copiedMemory(request).gibibytes + model.copiedDisk(request).gibibytes
  }

  private static func model(
    overhead: Double, slope: Double, copiesDisk: Bool
  ) -> MigrationModel? {
    var parameters = MigrationParameters()
    let source = "fitted to serial migrations of the data set"
    do throws(MigrationError) {
      if copiesDisk {
        try parameters.overheadBlock.set(overhead, source: source, evidence: .derived)
      } else {
        try parameters.overheadShared.set(overhead, source: source, evidence: .derived)
      }
      try parameters.streamRate.set(1024 / slope, source: source, evidence: .derived)
      // What was measured was measured to its end, whatever timeout was set.
      try parameters.completionTimeout.set(0, source: "measured migrations ended")
    } catch { return nil }
    return MigrationModel(parameters)
  }
}
