import Stochastics

/// Whether regions have incidents on the same days more often than independent ones would.
enum RegionCoincidence {
  private static let day: Int64 = 86_400

  /// Pairs of regions with an incident on one day, beside what independence expects; none for fewer
  /// than two regions with incidents.
  ///
  /// Incidents of all products count, each region and day once: one that spans regions is a
  /// coincidence, which is the point.
  static func figures(_ history: IncidentHistory) -> [RecordedFigure] {
    var days: [String: Set<Int64>] = [:]
    for incident in history.incidents where incident.reach != .global {
      for region in incident.regions {
        days[region, default: []].insert(incident.begin / day)
      }
    }
    guard let first = history.incidents.map(\.begin).min(),
      let last = history.incidents.map(\.begin).max(), days.count > 1
    else { return [] }
    let window = Double(last / day - first / day + 1)
    let sets = days.sorted { $0.key < $1.key }.map(\.value)
    var (joint, expected) = (0, 0.0)
    for first in sets.indices {
      for second in sets.indices where second > first {
        joint += sets[first].intersection(sets[second]).count
        expected += Double(sets[first].count) * Double(sets[second].count) / window
      }
    }
    let counts = ConfidenceInterval.poisson(count: joint)
    let basis = "regions whose days with incidents are independent"
    let name = "\(history.provider)/region_pairs"
    return [
      RecordedFigure(
        name: "\(name)/same_day.count", measured: Double(joint), predicted: expected,
        count: sets.count, interval: counts, basis: basis),
      RecordedFigure(
        name: "\(name)/joint_over_product", measured: Double(joint) / expected, predicted: 1,
        count: sets.count,
        interval: ConfidenceInterval(
          low: counts.low / expected, high: counts.high / expected, level: 0.95), basis: basis),
    ]
  }
}
