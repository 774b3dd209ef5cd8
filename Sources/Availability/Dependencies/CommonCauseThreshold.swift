/// How large a common share of the failures of facilities a claim stands.
///
/// Zones are taken as sharing nothing else. A share beta of the failures of each facility is one
/// event that takes all of them, the rest stays its own.
package enum CommonCauseThreshold {
  /// The largest beta with which a service is available as claimed; nil if it is not even with none,
  /// or if a zone has no facility of its own.
  ///
  /// **Shape**: `claim` is an availability from 0 to 1.
  ///
  /// **Errors**: `FaultTreeRefusal` where a tree is larger than the limits.
  package static func beta(
    _ model: DependencyModel, _ service: ServiceShape, claim: Double
  ) throws(FaultTreeRefusal) -> Double? {
    guard service.zones.count > 1 else { return nil }
    var shares = [Double](repeating: 0, count: model.zones.count)
    for zone in service.zones {
      guard let tier = model.zones[zone].tier, let tree = try? tier.tree() else { return nil }
      shares[zone] = try FaultTreeAnalysis(tree).probability
    }
    let tree = model.tree(of: service, facilities: shares)
    let diagram = try ModularDiagram(tree.tree, FaultTreeAnalysis.Limits())
    let facilities = tree.nodes.first { $0.kind == nil }?.events ?? []
    let own = tree.tree.events.map(\.probability)
    let least = facilities.map { own[$0] }.min() ?? 0
    let unavailability = { (beta: Double) -> Double in
      let common = beta * least
      var (lost, rest) = (own, own)
      for event in facilities {
        lost[event] = 1
        rest[event] = (own[event] - common) / (1 - common)
      }
      return common * diagram.probabilities(lost).leaves[diagram.topLeaf]
        + (1 - common) * diagram.probabilities(rest).leaves[diagram.topLeaf]
    }
    return largest { unavailability($0) <= 1 - claim }
  }

  /// The largest number from 0 to 1 for which something holds that stops holding as it grows.
  private static func largest(_ holds: (Double) -> Bool) -> Double? {
    guard holds(0) else { return nil }
    if holds(1) { return 1 }
    var (low, high) = (0.0, 1.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if holds(middle) { low = middle } else { high = middle }
    }
    return low
  }
}
