/// The share of VMs that live longer than a time, from lives of which some were not seen to end.
///
/// **Source**: the product-limit estimator (Kaplan, Meier 1958), on lives counted in bins. VMs that
/// were watched for as long as their bin and still ran are at risk in it and leave after it.
package struct SurvivalCurve: Sendable, Equatable {
  /// Ends of the bins, ascending.
  package let times: [Int64]
  /// The share that lives longer than each of them.
  package let survival: [Double]

  /// A curve.
  ///
  /// **Shape**: `bins[i]` and `isCensored[i]` belong to VM i; `times` are the ends of the bins.
  package init(times: [Int64], bins: [Int], isCensored: [Bool]) {
    var ended = [Int](repeating: 0, count: times.count)
    var watched = [Int](repeating: 0, count: times.count)
    for (bin, isCensored) in zip(bins, isCensored) {
      if isCensored { watched[bin] += 1 } else { ended[bin] += 1 }
    }
    var atRisk = bins.count
    var share = 1.0
    self.times = times
    survival = times.indices.map { bin in
      if atRisk > 0 { share *= 1 - Double(ended[bin]) / Double(atRisk) }
      atRisk -= ended[bin] + watched[bin]
      return share
    }
  }

  /// The share that lives longer than a time.
  package func survival(past time: Int64) -> Double {
    times.lastIndex { $0 <= time }.map { survival[$0] } ?? 1
  }
}
