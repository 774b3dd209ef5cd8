import Stochastics

/// Mean, median and 90th percentile of durations.
enum DurationFigures {
  /// The recorded ones, which nothing predicts.
  ///
  /// **Shape**: ascending values; none gives no figures.
  static func recorded(_ sorted: [Double], name: String) -> [RecordedFigure] {
    guard let median = RecordedQuantile.median(sorted),
      let tail = RecordedQuantile.rank(sorted, 0.9)
    else { return [] }
    let mean = RunningMean(sorted)
    let count = sorted.count
    return [
      .recorded(
        "\(name).mean", mean.mean, count: count,
        interval: ConfidenceInterval.mean(of: mean)?.fromZero),
      .recorded("\(name).p50", median, count: count, interval: .quantile(of: sorted, 0.5)),
      .recorded("\(name).p90", tail, count: count, interval: .quantile(of: sorted, 0.9)),
    ]
  }
}

extension ConfidenceInterval {
  /// The interval of a number that is not below zero.
  var fromZero: ConfidenceInterval {
    ConfidenceInterval(low: max(0, low), high: max(0, high), level: level)
  }
}
