/// One pass of the scheduler over the hosts for one server: filters, weights, order.
package struct NovaRound: Sendable, Equatable {
  /// What one filter dropped.
  package struct Filtering: Sendable, Equatable {
    /// The name of the filter.
    package var name: String
    /// The hosts it dropped, in the incoming order.
    package var dropped: [String]

    /// What a filter dropped.
    package init(name: String, dropped: [String]) {
      self.name = name
      self.dropped = dropped
    }
  }

  /// What one weigher said.
  package struct Weighing: Sendable, Equatable {
    /// The name of the weigher.
    package var name: String
    /// The raw value of each host that passed.
    package var raw: [Double]
    /// The multiplier of each host that passed.
    package var multipliers: [Double]

    /// What a weigher said.
    package init(name: String, raw: [Double], multipliers: [Double]) {
      self.name = name
      self.raw = raw
      self.multipliers = multipliers
    }
  }

  /// Which server of the request, counted from 0; the round for alternates repeats the last.
  package var index: Int
  /// The hosts as they came in, their candidates as the filters left them.
  package var hosts: [NovaHostState]
  /// What the filters did; after a filter that dropped all, none ran.
  package var filters: [Filtering] = []
  /// Indices of the hosts that passed, in the incoming order.
  package var passed: [Int] = []
  /// What the weighers said; nothing if at most one host passed.
  package var weighings: [Weighing] = []
  /// Indices of the hosts that passed, the best first.
  package var order: [Int] = []
  /// Their weights in that order.
  package var weights: [Double] = []

  /// How many of the first hosts in the order share the greatest weight.
  package var bestCount: Int { weights.prefix { $0 == weights.first }.count }
}

extension FilterScheduler {
  /// Filters and weighs hosts for one server of a request.
  ///
  /// **Complexity**: O(hosts x (filters + weighers)), and the sort.
  package func round(
    of request: NovaRequest, server: String, index: Int, over hosts: [NovaHostState]
  ) -> NovaRound {
    var round = NovaRound(index: index, hosts: hosts)
    round.passed = filter(request, server: server, index: index, &round)
    let weights = weigh(request, &round)
    // The sort is stable: equal weights keep the incoming order.
    let ranking = weights.indices.sorted { left, right in
      weights[left] != weights[right] ? weights[left] > weights[right] : left < right
    }
    round.order = ranking.map { round.passed[$0] }
    round.weights = ranking.map { weights[$0] }
    return round
  }

  private func filter(
    _ request: NovaRequest, server: String, index: Int, _ round: inout NovaRound
  ) -> [Int] {
    var left = Array(round.hosts.indices)
    if let demanded = request.demandedHost {
      left.removeAll { round.hosts[$0].name != demanded }
    }
    let ignored = request.ignoredHosts.map { $0.lowercased() }
    left.removeAll { ignored.contains(round.hosts[$0].name.lowercased()) }
    if !ignored.isEmpty, left.isEmpty { return [] }
    if !request.forcedHosts.isEmpty {
      let forced = request.forcedHosts.map { $0.lowercased() }
      return left.filter { forced.contains(round.hosts[$0].name.lowercased()) }
    }
    for filter in filters where index == 0 || !filter.runsOncePerRequest {
      var kept: [Int] = []
      var dropped: [String] = []
      for place in left {
        if filter.passes(&round.hosts[place], request, server: server) {
          kept.append(place)
        } else {
          dropped.append(round.hosts[place].name)
        }
      }
      round.filters.append(.init(name: type(of: filter).name, dropped: dropped))
      left = kept
      if left.isEmpty { break }
    }
    return left
  }

  private func weigh(_ request: NovaRequest, _ round: inout NovaRound) -> [Double] {
    let hosts = round.passed.map { round.hosts[$0] }
    var weights = [Double](repeating: 0, count: hosts.count)
    if hosts.count <= 1 { return weights }
    for weigher in weighers {
      var raw = hosts.map { weigher.raw($0, request) }
      if weigher.startsAtZero { raw = raw.map { max($0, 0) } }
      let parts = Normalisation.normalised(raw, startsAtZero: weigher.startsAtZero)
      let multipliers = hosts.map { weigher.multiplier(for: $0, configuration) }
      for place in weights.indices { weights[place] += multipliers[place] * parts[place] }
      round.weighings.append(.init(name: weigher.name, raw: raw, multipliers: multipliers))
    }
    return weights
  }
}
