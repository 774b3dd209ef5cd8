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
}
