import Glibc
import Stochastics

/// What the failures of one group say of another, or of its future.
struct FailureModel {
  /// Repairs of the group in hours, those of zero minutes as half a minute.
  let repairs: [Double]
  /// Times between failures of a node, likewise.
  let gaps: [Double]
  /// The fits to the repairs, one for each family.
  let repairFits: [LifetimeFit]
  /// The fits to the gaps.
  let gapFits: [LifetimeFit]
  let rate: Double?
  /// The mean of the repairs as recorded.
  let meanRepair: Double?
  let group: HostGroup

  /// Times are recorded to the minute; one of zero was shorter than that.
  private static let leastHours = 1.0 / 120

  init(_ group: HostGroup) {
    self.group = group
    repairs = group.repairs.map { max($0, Self.leastHours) }
    gaps = group.gaps.map { max($0, Self.leastHours) }
    repairFits = LifetimeFit.all(of: repairs)
    gapFits = LifetimeFit.all(of: gaps)
    rate = group.rate
    meanRepair =
      group.repairs.isEmpty ? nil : group.repairs.reduce(0, +) / Double(group.repairs.count)
  }
}

/// A quantity of a group that a model predicts.
enum FailureQuantity: String, CaseIterable {
  case rate = "failures_per_node_year"
  case meanRepair = "repair_h.mean"
  case medianRepair = "repair_h.p50"
  case longRepair = "repair_h.p90"
  case gapVariation = "gap.cv"
  case unavailability = "node_unavailability"
  case availability = "node_availability"

  /// What a recording says.
  func measured(_ group: HostGroup) -> (value: Double, interval: ConfidenceInterval?)? {
    switch self {
    case .rate: return group.rate.map { ($0, group.rateInterval) }
    case .meanRepair:
      guard !group.repairs.isEmpty else { return nil }
      let mean = RunningMean(group.repairs)
      return (mean.mean, ConfidenceInterval.mean(of: mean)?.fromZero)
    case .medianRepair: return Self.quantile(group.repairs, 0.5)
    case .longRepair: return Self.quantile(group.repairs, 0.9)
    case .gapVariation:
      let gaps = RunningMean(group.gaps)
      return gaps.count > 1 && gaps.mean > 0 ? (gaps.standardDeviation / gaps.mean, nil) : nil
    case .unavailability:
      return group.availability.map { share in
        let interval = group.availabilityInterval
        return (
          1 - share,
          interval.map { ConfidenceInterval(low: 1 - $0.high, high: 1 - $0.low, level: $0.level) }
        )
      }
    case .availability: return group.availability.map { ($0, group.availabilityInterval) }
    }
  }

  private static func quantile(
    _ values: [Double], _ p: Double
  ) -> (value: Double, interval: ConfidenceInterval?)? {
    let sorted = values.sorted()
    let found = p == 0.5 ? RecordedQuantile.median(sorted) : RecordedQuantile.rank(sorted, p)
    return found.map { ($0, .quantile(of: sorted, p)) }
  }

  /// What the model of a group says; nil where it was fitted to too little.
  func predicted(_ model: FailureModel) -> Double? {
    let repair = LifetimeFit.best(model.repairFits)?.model
    switch self {
    case .rate: return model.rate
    case .meanRepair: return model.meanRepair
    case .medianRepair: return repair?.quantile(0.5)
    case .longRepair: return repair?.quantile(0.9)
    case .gapVariation: return LifetimeFit.best(model.gapFits)?.model.variation
    // Failures a year of watching times hours of repair, over the hours of the year.
    case .unavailability:
      guard let rate = model.rate, let repair = model.meanRepair else { return nil }
      return rate * repair / HostFailures.hoursOfYear
    case .availability: return Self.unavailability.predicted(model).map { 1 - $0 }
    }
  }

  /// What exponential times with the mean that the model predicts would say.
  func exponential(mean: Double?) -> Double? {
    switch self {
    case .medianRepair: mean.map { LifetimeModel.exponential(mean: $0).quantile(0.5) }
    case .longRepair: mean.map { LifetimeModel.exponential(mean: $0).quantile(0.9) }
    case .gapVariation: 1
    default: nil
    }
  }
}
