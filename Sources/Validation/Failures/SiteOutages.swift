import Stochastics

/// The times in which at least half of a site's nodes were out.
package struct SiteOutages: Sendable {
  /// The name of the site.
  package let name: String
  /// How many nodes the table of nodes gives it.
  package let nodeCount: Int
  /// When the first of its nodes was first watched and the last one last, in seconds since 1970.
  let watched: ClosedRange<Int64>
  /// The times, ascending and apart.
  let times: [HostFailures.Outage]

  /// The times of a site with a node or more.
  ///
  /// **Complexity**: O(outages log outages).
  init(name: String, nodes: [HostFailures.Node]) {
    self.name = name
    nodeCount = nodes.count
    let first = nodes.map(\.from).min() ?? 0
    watched = first...max(first, nodes.map(\.to).max() ?? 0)
    let outages = nodes.flatMap(\.outages).filter { $0.seconds >= HostFailures.leastOutage }
    // Returns before failures of the same instant, so that a node that fails again is one.
    let changes = (outages.map { ($0.start, 1) } + outages.map { ($0.stop, -1) })
      .sorted { $0 < $1 }
    var times: [HostFailures.Outage] = []
    var (out, start) = (0, Int64?.none)
    for (instant, change) in changes {
      out += change
      if 2 * out >= nodes.count {
        start = start ?? instant
      } else if let begin = start {
        if let last = times.last, last.stop == begin {
          times[times.count - 1].stop = instant
        } else if instant > begin {
          times.append(HostFailures.Outage(start: begin, stop: instant))
        }
        start = nil
      }
    }
    self.times = times
  }
}

/// Whether sites are out at the same time more often than if they failed independently.
struct SiteIndependence {
  /// The part of the whole window in which each site is out.
  private(set) var shares: [Double]
  /// The mean over pairs of the part in which both are.
  private(set) var joint: Double
  /// The same if they failed independently: the mean of the products of the parts.
  private(set) var product: Double
  /// The 95 % interval of the ratio of both by resampling weeks; nil where too many of the samples
  /// have no ratio.
  private(set) var ratioInterval: (low: Double, high: Double)?

  /// Seconds of a week.
  private static let week: Int64 = 604_800
  /// How many times the weeks are resampled.
  private static let resamples = 1000

  /// A comparison of two sites or more; nil for fewer, or without a window.
  init?(_ sites: [SiteOutages], seed: UInt64) {
    guard sites.count > 1, let start = sites.map(\.watched.lowerBound).min(),
      let end = sites.map(\.watched.upperBound).max(), end > start
    else { return nil }
    let weeks = Int((end - start + Self.week - 1) / Self.week)
    let single = sites.map { Self.weekly($0.times, start: start, weeks: weeks) }
    var pairs: [(first: Int, second: Int, weekly: [Double])] = []
    for first in sites.indices {
      for second in sites.indices where second > first {
        let both = Self.common(sites[first].times, sites[second].times)
        pairs.append((first, second, Self.weekly(both, start: start, weeks: weeks)))
      }
    }
    let lengths = (0..<weeks).map { week in
      Double(min(Self.week, end - start - Int64(week) * Self.week))
    }
    func figures(_ counts: [Double]) -> (shares: [Double], joint: Double, product: Double) {
      let whole = zip(counts, lengths).reduce(0) { $0 + $1.0 * $1.1 }
      func sum(_ weekly: [Double]) -> Double {
        zip(counts, weekly).reduce(0) { $0 + $1.0 * $1.1 } / whole
      }
      let shares = single.map(sum)
      let joint = pairs.reduce(0) { $0 + sum($1.weekly) } / Double(pairs.count)
      let product = pairs.reduce(0) { $0 + shares[$1.first] * shares[$1.second] }
      return (shares, joint, product / Double(pairs.count))
    }
    (shares, joint, product) = figures(Array(repeating: 1, count: weeks))
    var ratios: [Double] = []
    for resample in 0..<Self.resamples {
      var stream = RandomStream(seed: seed, replication: UInt64(resample), purpose: .bootstrap)
      var counts = [Double](repeating: 0, count: weeks)
      for _ in 0..<weeks { counts[stream.integer(below: weeks)] += 1 }
      let found = figures(counts)
      if found.product > 0 { ratios.append(found.joint / found.product) }
    }
    ratios.sort()
    if ratios.count * 20 >= Self.resamples * 19, let low = Quantile.ofSorted(ratios, 0.025),
      let high = Quantile.ofSorted(ratios, 0.975)
    {
      ratioInterval = (low, high)
    }
  }

  /// Seconds of each week that lie in some times.
  private static func weekly(
    _ times: [HostFailures.Outage], start: Int64, weeks: Int
  ) -> [Double] {
    var seconds = [Double](repeating: 0, count: weeks)
    for time in times {
      var from = time.start
      while from < time.stop {
        let index = Int((from - start) / week)
        let to = min(time.stop, start + Int64(index + 1) * week)
        if seconds.indices.contains(index) { seconds[index] += Double(to - from) }
        from = to
      }
    }
    return seconds
  }

  /// What two lists of times have in common.
  private static func common(
    _ first: [HostFailures.Outage], _ second: [HostFailures.Outage]
  ) -> [HostFailures.Outage] {
    var common: [HostFailures.Outage] = []
    var (i, j) = (0, 0)
    while i < first.count, j < second.count {
      let start = max(first[i].start, second[j].start)
      let stop = min(first[i].stop, second[j].stop)
      if start < stop { common.append(HostFailures.Outage(start: start, stop: stop)) }
      if first[i].stop < second[j].stop { i += 1 } else { j += 1 }
    }
    return common
  }
}
