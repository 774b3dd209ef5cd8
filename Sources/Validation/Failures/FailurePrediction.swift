import Glibc
import Stochastics

/// Predicts the figures of a group from its peers: the group of its name in another recording, or
/// the groups that are alike.
struct FailurePrediction {
  let peers: [FailureModel]
  let basis: String
  /// Whether the peers are this group's own figures.
  let isOwn: Bool

  /// The peers of a group among models: its namesake in another recording; else the groups of the
  /// same kind of node; else all others.
  init(of group: HostGroup, among models: [FailureModel], isOther: Bool) {
    if isOther, let same = models.first(where: { $0.group.name == group.name }) {
      (peers, basis, isOwn) = ([same], "\(group.name) of the fitted recording", false)
      return
    }
    let others = models.filter { $0.group.name != group.name && $0.group.repairs.count > 1 }
    // Single machines fail and are watched unlike one node of many, whatever their processors.
    let kin = others.filter { $0.group.isSingle == group.isSingle }
    let alike = kin.filter { $0.group.likeness != nil && $0.group.likeness == group.likeness }
    let (found, kind) =
      !alike.isEmpty
      ? (alike, "with \(group.likeness ?? "")")
      : !kin.isEmpty
        ? (kin, group.isSingle ? "of a single node" : "of several nodes")
        : (others, "of any kind")
    peers = found
    basis =
      found.isEmpty
      ? "no other group to predict from"
      : "geometric mean of \(found.count) groups \(kind): "
        + found.map(\.group.name).joined(separator: ", ")
    isOwn = false
  }

  /// The group itself, for figures that show how well a distribution describes what it was fitted
  /// to.
  init(itself model: FailureModel) {
    (peers, basis, isOwn) = ([model], "the best family fitted to \(model.group.name)", true)
  }

  func figure(_ quantity: FailureQuantity, of group: HostGroup) -> RecordedFigure {
    let measured = quantity.measured(group)
    let logs = logarithms(quantity)
    let centre = centre(of: logs)
    let mean = self.centre(of: logarithms(.meanRepair))
    let isShare = quantity == .availability
    let value =
      peers.count == 1
      ? quantity.predicted(peers[0]) : centre.map { isShare ? 1 - exp($0) : exp($0) }
    var basis = basis
    if measured == nil {
      basis = "not recorded for \(group.name)"
    } else if value == nil, !peers.isEmpty {
      basis = "too little to predict from in " + peers.map(\.group.name).joined(separator: ", ")
    }
    return RecordedFigure(
      name: "\(group.name)/\(isOwn ? "in_sample/" : "")\(quantity.rawValue)",
      measured: measured?.value, predicted: value, fitted: isOwn,
      naive: value == nil ? nil : quantity.exponential(mean: mean.map { exp($0) }),
      count: quantity == .gapVariation ? group.gaps.count : group.repairs.count,
      interval: measured?.interval,
      predictedInterval: isOwn ? nil : interval(of: logs, quantity: quantity), basis: basis)
  }

  /// The logarithms of what each peer says; of availabilities, those of the unavailability.
  private func logarithms(_ quantity: FailureQuantity) -> [Double] {
    let kept = quantity == .availability ? FailureQuantity.unavailability : quantity
    return peers.compactMap { kept.predicted($0) }.filter { $0 > 0 }.map { log($0) }
  }

  /// Groups differ by factors, so that their middle is the geometric mean.
  private func centre(of logs: [Double]) -> Double? {
    logs.isEmpty ? nil : logs.reduce(0, +) / Double(logs.count)
  }

  /// Where a further group is expected: from the spread of the peers; of a single one only how well
  /// its own figure is known, as nobody has seen its spread over time.
  private func interval(
    of logs: [Double], quantity: FailureQuantity
  ) -> ConfidenceInterval? {
    guard logs.count > 1 else {
      return peers.count == 1 ? quantity.measured(peers[0].group)?.interval : nil
    }
    let spread = RunningMean(logs)
    let half =
      StudentT.quantile(0.975, degrees: Double(logs.count - 1))
      * spread.standardDeviation * (1 + 1 / Double(logs.count)).squareRoot()
    let (low, high) = (exp(spread.mean - half), exp(spread.mean + half))
    guard quantity == .availability else {
      return ConfidenceInterval(
        low: low, high: quantity == .unavailability ? min(1, high) : high, level: 0.95)
    }
    return ConfidenceInterval(low: max(0, 1 - high), high: 1 - low, level: 0.95)
  }
}
