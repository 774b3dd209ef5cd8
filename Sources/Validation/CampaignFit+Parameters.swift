import Migration
import Stochastics

extension CampaignFit {
  /// The fitted numbers with their intervals, in the order of reports.
  var parameters: [FittedParameter] {
    var found = [overhead, slope, rate]
    for (name, fitted, what) in [
      ("gap", gap, "evacuations with one migration at a time"),
      ("batch_gap", batchGap, "evacuations in batches"),
      ("contention", contention, "last migrations of batches"),
    ] {
      guard let fitted else { continue }
      found.append(
        parameter(
          name, fitted.value, "s", fitted.intervalFromZero, fitted.count,
          "mean of \(fitted.count) \(what), less the fitted durations"))
    }
    if let spread {
      found.append(
        parameter(
          "spread", spread.value, "", spread.intervalFromZero, spread.count,
          "deviation within each size of \(spread.count) serial migrations"))
    }
    return found
  }

  /// The name of the model's parameter for the overhead.
  var overheadName: String { campaign.copiesDisk ? "overhead_block" : "overhead_shared" }

  private var overhead: FittedParameter {
    let value = FittedValue(
      value: fit.overheadSeconds, standardError: fit.method == .line ? fit.overheadError : nil,
      count: fit.count, fitted: 2)
    let source =
      switch fit.method {
      case .line: lineSource
      case .defaultOverhead: "default of the model: one size cannot say it"
      case .noOverhead: "zero: the line has no positive overhead"
      case .noSlope: "mean duration at the default rate: larger sizes were not slower"
      }
    return parameter(
      overheadName, value.value, "s", value.intervalFromZero,
      fit.method == .defaultOverhead ? 0 : fit.count, source)
  }

  private var slope: FittedParameter {
    parameter(
      "seconds_per_gib", fit.secondsPerGiB, "s/GiB", slopeInterval, fit.count, rateSource)
  }

  private var rate: FittedParameter {
    var interval: ConfidenceInterval?
    if let slope = slopeInterval, slope.low > 0 {
      interval = ConfidenceInterval(
        low: 1024 / slope.high, high: 1024 / slope.low, level: slope.level)
    }
    return parameter(
      "stream_rate", 1024 / fit.secondsPerGiB, "MiB/s", interval, fit.count, rateSource)
  }

  private var slopeInterval: ConfidenceInterval? {
    guard fit.method != .noSlope else { return nil }
    let isLine = fit.method == .line
    return FittedValue(
      value: fit.secondsPerGiB, standardError: isLine ? fit.slopeError : fit.ratioError,
      count: fit.count, fitted: isLine ? 2 : 1
    ).interval
  }

  private var rateSource: String {
    switch fit.method {
    case .line: lineSource
    case .defaultOverhead: "\(fit.count) serial migrations of one size, with the default overhead"
    case .noOverhead: "\(fit.count) serial migrations without overhead"
    case .noSlope: "default of the model at most: larger sizes were not slower"
    }
  }

  private var lineSource: String {
    "least squares through \(fit.count) serial migrations of \(fit.sizes) sizes"
  }

  private func parameter(
    _ name: String, _ value: Double, _ unit: String, _ interval: ConfidenceInterval?,
    _ count: Int, _ source: String
  ) -> FittedParameter {
    let place = [campaign.storage, campaign.tunnelled, campaign.completionTimeout, name]
    return FittedParameter(
      name: place.joined(separator: "/"), campaign: campaign, parameter: name, value: value,
      unit: unit, interval: interval, count: count, source: source)
  }
}

extension FittedParameter {
  /// The numbers of several campaigns; the run stands in front of names that several have.
  static func distinguished(_ all: [FittedParameter]) -> [FittedParameter] {
    var counts: [String: Int] = [:]
    for entry in all { counts[entry.name, default: 0] += 1 }
    return all.map { entry in
      var entry = entry
      if counts[entry.name, default: 0] > 1 { entry.name = "\(entry.campaign.run)/\(entry.name)" }
      return entry
    }
  }
}
