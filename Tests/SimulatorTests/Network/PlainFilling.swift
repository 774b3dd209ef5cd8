/// Progressive filling as books describe it: all rates rise together in steps, and a flow stops
/// where a link is full or its own limit is reached. Slow, and shares nothing with the simulator.
enum PlainFilling {
  struct Flow {
    var links: [Int]
    var limit: Double
  }

  static func rates(_ capacities: [Double], _ flows: [Flow]) -> [Double] {
    var rates = Array(repeating: 0.0, count: flows.count)
    var rising = Set(flows.indices)
    while !rising.isEmpty {
      var step = Double.infinity
      var slack: [Double] = []
      var counts: [Int] = []
      for link in capacities.indices {
        let load = flows.indices.reduce(0.0) {
          $0 + (flows[$1].links.contains(link) ? rates[$1] : 0)
        }
        slack.append(capacities[link] - load)
        counts.append(rising.count { flows[$0].links.contains(link) })
        if counts[link] > 0 { step = min(step, slack[link] / Double(counts[link])) }
      }
      for flow in rising.sorted() { step = min(step, flows[flow].limit - rates[flow]) }
      for flow in rising.sorted() {
        rates[flow] += max(0, step)
        let isStopped =
          rates[flow] >= flows[flow].limit * (1 - 1e-13)
          || flows[flow].links.contains { link in
            slack[link] - Double(counts[link]) * step <= 1e-13 * capacities[link]
          }
        if isStopped { rising.remove(flow) }
      }
    }
    return rates
  }

  /// The same in fewer looks, for thousands of flows: each round gives the flows of the link with
  /// the least part, or the flow with the least limit, what they keep.
  static func roundRates(_ capacities: [Double], _ flows: [Flow]) -> [Double] {
    var rates = Array(repeating: 0.0, count: flows.count)
    var rising = Array(flows.indices)
    var left = capacities
    while !rising.isEmpty {
      var counts = capacities.map { _ in 0 }
      for flow in rising { for link in flows[flow].links { counts[link] += 1 } }
      let parts = zip(left, counts).map { $1 > 0 ? max(0, $0) / Double($1) : .infinity }
      let least = parts.min() ?? .infinity
      let limit = rising.map { flows[$0].limit }.min() ?? .infinity
      let rate = min(least, limit)
      let narrow = least <= limit ? parts.firstIndex(of: least) : nil
      rising.removeAll { flow in
        let isHeld = narrow.map(flows[flow].links.contains) ?? (flows[flow].limit == limit)
        guard isHeld else { return false }
        rates[flow] = rate
        for link in flows[flow].links { left[link] -= rate }
        return true
      }
    }
    return rates
  }
}
