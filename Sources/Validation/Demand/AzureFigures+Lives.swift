import Collector
import Stochastics

extension AzureFigures {
  func lives(of vms: AzureTables.Requests) -> Quantities {
    var quantities = Quantities()
    let running = vms.isCensored.count { $0 }
    quantities.add(
      "running_at_end.share", Double(running) / Double(vms.count), of: vms.count)
    let middles = tables.bins.map(\.middle)
    let finished = zip(vms.bins, vms.isCensored).filter { !$0.1 }.map { middles[$0.0] }.sorted()
    for (name, share) in [("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p99", 0.99)] {
      quantities.add(
        "lifetime_s.\(name)", Quantile.ofSorted(finished, share) ?? 0, of: finished.count)
    }
    let curve = SurvivalCurve(
      times: tables.bins.map(\.greatest), bins: vms.bins, isCensored: vms.isCensored)
    let times: [(String, Int64)] = [
      ("1h", 3600), ("6h", 21_600), ("1d", 86_400), ("3d", 259_200),
    ]
    for (name, time) in times {
      quantities.add("survival_\(name)", curve.survival(past: time), of: vms.count)
    }
    return quantities
  }

  static func bursts(_ batches: [Int64]) -> Quantities {
    var quantities = Quantities()
    var counts: [Int64: Int] = [:]
    for batch in batches { counts[batch, default: 0] += 1 }
    let sizes = counts.values.map(Double.init).sorted()
    quantities.add("batches", sizes.count, of: batches.count)
    quantities.add(
      "batch_vms.mean", Double(batches.count) / Double(max(1, sizes.count)), of: sizes.count)
    for (name, share) in [("p50", 0.5), ("p99", 0.99), ("max", 1)] {
      quantities.add("batch_vms.\(name)", Quantile.ofSorted(sizes, share) ?? 0, of: sizes.count)
    }
    return quantities
  }

  /// Arrivals of each interval from the first of the window to the last, empty ones included.
  static func arrivals(_ stamps: [Int64], window: [Int64]) -> Quantities {
    var quantities = Quantities()
    let (first, last) = (window.first ?? 0, window.last ?? 0)
    var counts = [Int](repeating: 0, count: Int((last - first) / AzureTables.sample) + 1)
    for stamp in stamps {
      let interval = Int((stamp - first) / AzureTables.sample)
      if counts.indices.contains(interval) { counts[interval] += 1 }
    }
    let spread = RunningMean(counts.map(Double.init))
    quantities.add("arrivals_per_300s.mean", spread.mean, of: counts.count)
    quantities.add("arrivals_per_300s.max", spread.maximum, of: counts.count)
    quantities.add(
      "arrivals_per_300s.dispersion", spread.variance / spread.mean, of: counts.count)
    return quantities
  }
}
