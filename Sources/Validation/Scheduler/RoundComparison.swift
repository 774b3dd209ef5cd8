import Policies

/// One recorded round beside the same round of the model.
struct RoundComparison {
  private let recorded: SchedulerTrace.Round
  private let model: NovaRound

  init(_ recorded: SchedulerTrace.Round, _ model: NovaRound) {
    self.recorded = recorded
    self.model = model
  }

  /// What does not agree, as differences without step and place.
  func differences() -> [SchedulerDifference] {
    let filters = filterDifferences()
    // Behind other hosts all else differs too and says nothing.
    return filters.isEmpty ? weighingDifferences() + orderDifferences() : filters
  }

  private func difference(
    _ kind: SchedulerDifference.Kind, _ expected: String, _ found: String, _ why: String
  ) -> SchedulerDifference {
    SchedulerDifference(
      step: 0, place: "", kind: kind, expected: expected, found: found, explanation: why)
  }

  private func filterDifferences() -> [SchedulerDifference] {
    var result: [SchedulerDifference] = []
    for place in 0..<max(recorded.filters.count, model.filters.count) {
      let expected = recorded.filters.indices.contains(place) ? recorded.filters[place] : nil
      let found = model.filters.indices.contains(place) ? model.filters[place] : nil
      if expected == found { continue }
      result.append(
        difference(
          .filter, Self.text(expected), Self.text(found),
          "a filter's answer is not what the state of the hosts and the request give"))
      return result
    }
    let passed = model.passed.map { model.hosts[$0].name }
    if passed != recorded.passed {
      result.append(
        difference(
          .filter, Self.list(recorded.passed), Self.list(passed),
          "the hosts that passed are not those that the filters left"))
    }
    return result
  }

  private static func text(_ filtering: NovaRound.Filtering?) -> String {
    guard let filtering else { return "no further filter" }
    return "\(filtering.name) drops " + list(filtering.dropped)
  }

  static func list(_ names: [String]) -> String {
    names.isEmpty ? "none" : names.joined(separator: " ")
  }

  private func weighingDifferences() -> [SchedulerDifference] {
    let names = recorded.weighings.map(\.name)
    guard names == model.weighings.map(\.name) else {
      return [
        difference(
          .rawValue, Self.list(names), Self.list(model.weighings.map(\.name)),
          "other weighers ran")
      ]
    }
    var result: [SchedulerDifference] = []
    for (expected, found) in zip(recorded.weighings, model.weighings) {
      result += differences(
        .rawValue, expected.name, expected.raw, found.raw,
        "the raw value is not what the state of the host gives")
      result += differences(
        .multiplier, expected.name, expected.multipliers, found.multipliers,
        "the multiplier is not that of the settings and the host's aggregates")
    }
    return result
  }

  private func differences(
    _ kind: SchedulerDifference.Kind, _ weigher: String, _ expected: [Double], _ found: [Double],
    _ why: String
  ) -> [SchedulerDifference] {
    for place in 0..<max(expected.count, found.count) {
      let left = expected.indices.contains(place) ? expected[place] : nil
      let right = found.indices.contains(place) ? found[place] : nil
      if left == right { continue }
      let host = recorded.passed.indices.contains(place) ? recorded.passed[place] : "no host"
      return [
        difference(
          kind, "\(weigher) \(host) \(Self.number(left))",
          "\(weigher) \(host) \(Self.number(right))", why)
      ]
    }
    return []
  }

  private static func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "nothing" }

  private func orderDifferences() -> [SchedulerDifference] {
    let order = model.order.map { model.hosts[$0].name }
    if order != recorded.order {
      return [
        difference(
          .order, Self.list(recorded.order), Self.list(order),
          "the order is not that of the sums of weights, equal ones in the incoming order")
      ]
    }
    for place in 0..<max(recorded.weights.count, model.weights.count) {
      let expected = recorded.weights.indices.contains(place) ? recorded.weights[place] : nil
      let found = model.weights.indices.contains(place) ? model.weights[place] : nil
      if expected == found { continue }
      let host = order.indices.contains(place) ? order[place] : "no host"
      return [
        difference(
          .weight, "\(host) \(Self.number(expected))", "\(host) \(Self.number(found))",
          "the sum is not that of the multiplied and normalised raw values")
      ]
    }
    return []
  }
}
