/// Recorded values with weights, from which values are drawn as they were seen.
package struct EmpiricalTable: Hashable, Sendable {
  /// The values, ascending.
  package let values: [Double]
  /// For each value the share of the weight up to and including it; the last is 1.
  package let cumulative: [Double]

  /// A table of values, all of the same weight unless weights are given.
  ///
  /// **Errors**: `emptySample` without values or without weight; `badParameter` for a value or a
  /// weight that is not finite, or a negative weight; `countMismatch` where not every value has a
  /// weight.
  package init(values: [Double], weights: [Double]? = nil) throws(StochasticsError) {
    let weights = weights ?? Array(repeating: 1, count: values.count)
    guard values.count == weights.count else {
      throw .countMismatch(first: values.count, second: weights.count)
    }
    for value in values where !value.isFinite { throw .badParameter(name: "value", value: value) }
    for weight in weights where !(weight >= 0 && weight.isFinite) {
      throw .badParameter(name: "weight", value: weight)
    }
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
      .filter { weights[$0] > 0 }
    let total = order.reduce(0) { $0 + weights[$1] }
    guard let last = order.last, total > 0 else { throw .emptySample }
    var sum = 0.0
    var shares: [Double] = []
    for index in order {
      sum += weights[index]
      shares.append(index == last ? 1 : min(sum / total, 1))
    }
    self.values = order.map { values[$0] }
    cumulative = shares
  }

  /// The least value whose share reaches `p`.
  ///
  /// **Complexity**: O(log values).
  package func quantile(_ p: Double) -> Double {
    var low = 0
    var high = values.count - 1
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] >= p { high = middle } else { low = middle + 1 }
    }
    return values[low]
  }

  /// The weighted mean.
  package var mean: Double {
    var sum = 0.0
    var before = 0.0
    for (value, share) in zip(values, cumulative) {
      sum += value * (share - before)
      before = share
    }
    return sum
  }
}
