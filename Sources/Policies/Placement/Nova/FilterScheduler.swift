package import Stochastics

/// What Nova leaves to chance: the order of equal hosts, and which of a host's candidates.
package protocol NovaChance {
  /// The places of a round's order in the order in which its hosts are tried: the first `best`
  /// shuffled, then one of the first `subset` put in front.
  mutating func places(of round: NovaRound, shuffling best: Int, subset: Int) -> [Int]

  /// Which of a host's candidates is claimed for a server.
  mutating func candidate(of host: NovaHostState, for server: String) -> Int
}

/// Draws from a stream of random numbers; candidates are taken as they come.
package struct DrawnChance: NovaChance {
  private var stream: RandomStream

  /// Draws from a stream.
  package init(_ stream: RandomStream) { self.stream = stream }

  /// Shuffles and draws; where there is nothing to choose from, nothing is drawn.
  package mutating func places(
    of round: NovaRound, shuffling best: Int, subset: Int
  ) -> [Int] {
    var places = Array(round.order.indices)
    for place in stride(from: best - 1, to: 0, by: -1) {
      places.swapAt(place, stream.integer(below: place + 1))
    }
    let first = subset > 1 ? stream.integer(below: subset) : 0
    places.insert(places.remove(at: first), at: 0)
    return places
  }

  /// The first candidate.
  package mutating func candidate(of host: NovaHostState, for server: String) -> Int { 0 }
}

/// What came of a call of the scheduler.
package struct NovaDecision: Sendable, Equatable {
  /// One try to claim a candidate in Placement.
  package struct Claim: Sendable, Equatable {
    /// The server.
    package var server: String
    /// The host.
    package var host: String
    /// Whether Placement granted it.
    package var isGranted: Bool
    /// What was asked for, sorted by provider.
    package var allocations: [ResourceAllocation]

    /// A try to claim.
    package init(
      server: String, host: String, isGranted: Bool, allocations: [ResourceAllocation]
    ) {
      self.server = server
      self.host = host
      self.isGranted = isGranted
      self.allocations = allocations
    }
  }

  /// The rounds, one for each server, and one for the alternates of several.
  package var rounds: [NovaRound] = []
  /// The claims in the order in which they were tried.
  package var claims: [Claim] = []
  /// For each server the chosen host and then the alternates; nil if not all servers found one.
  package var selected: [[String]]?
}

/// Nova's scheduler: filters, weighs, claims, and chooses alternates.
///
/// **Source**: Nova 34.0.0, `nova/scheduler/manager.py`; what is modelled and what is not stands in
/// docs/nova-scheduler.md.
package struct FilterScheduler: Sendable {
  /// The settings.
  package let configuration: NovaConfiguration
  let filters: [any NovaFilter]
  let weighers: [NovaWeigher]

  /// A scheduler with settings.
  ///
  /// **Errors**: `NovaError.filter` and `.weigher` for names that are not modelled.
  package init(_ configuration: NovaConfiguration) throws(NovaError) {
    self.configuration = configuration
    filters = try NovaFilters.enabled(configuration)
    weighers = try NovaWeigher.chosen(configuration)
  }

  /// How many of the first hosts of a round may be taken by chance.
  package func choiceCount(_ round: NovaRound) -> Int {
    max(shuffledCount(round), subsetCount(round))
  }

  private func shuffledCount(_ round: NovaRound) -> Int {
    configuration.shufflesBest ? round.bestCount : 1
  }

  private func subsetCount(_ round: NovaRound) -> Int {
    min(configuration.hostSubsetSize, round.order.count)
  }

  /// Places the servers of a request, all or none; what is granted stays in the ledger.
  ///
  /// `hosts` are those of the allocation candidates, in the order in which Nova hands them over,
  /// each with its candidates. Without hosts there are no rounds.
  package func decide(
    _ request: NovaRequest, over hosts: [NovaHostState], in ledger: inout ResourceLedger,
    by chance: inout some NovaChance
  ) -> NovaDecision {
    var decision = NovaDecision()
    if hosts.isEmpty { return decision }
    var request = request
    var hosts = hosts
    var chosen: [String] = []
    for (index, server) in request.servers.enumerated() {
      let round = round(of: request, server: server, index: index, over: hosts)
      decision.rounds.append(round)
      hosts = ordered(round, by: &chance)
      guard let place = claim(for: server, &hosts, &decision, in: &ledger, by: &chance) else {
        break
      }
      let candidate = hosts[place].candidates[0]
      hosts[place].consume(request, server: server, candidate: candidate)
      request.group?.hosts.append(hosts[place].name)
      chosen.append(hosts[place].name)
    }
    guard chosen.count == request.servers.count else {
      for server in request.servers { ledger.release(server) }
      return decision
    }
    decision.selected = withAlternates(chosen, request, hosts, &decision, by: &chance)
    return decision
  }

  /// The hosts of a round in the order in which they are tried.
  private func ordered(
    _ round: NovaRound, by chance: inout some NovaChance
  ) -> [NovaHostState] {
    if round.order.isEmpty { return [] }
    let places = chance.places(
      of: round, shuffling: shuffledCount(round), subset: subsetCount(round))
    precondition(
      places.count == round.order.count, "Chance must keep all hosts that it is given.")
    return places.map { round.hosts[round.order[$0]] }
  }

  /// Claims a candidate of the first host that Placement grants one of; the claimed candidate is
  /// then the first of its host.
  private func claim(
    for server: String, _ hosts: inout [NovaHostState], _ decision: inout NovaDecision,
    in ledger: inout ResourceLedger, by chance: inout some NovaChance
  ) -> Int? {
    for place in hosts.indices where !hosts[place].candidates.isEmpty {
      let which = chance.candidate(of: hosts[place], for: server)
      hosts[place].candidates.swapAt(0, which)
      let allocations = hosts[place].candidates[0].allocations
      let isGranted = ledger.claim(allocations, for: server)
      decision.claims.append(
        .init(
          server: server, host: hosts[place].name, isGranted: isGranted, allocations: allocations))
      if isGranted { return place }
    }
    return nil
  }

  private func withAlternates(
    _ chosen: [String], _ request: NovaRequest, _ hosts: [NovaHostState],
    _ decision: inout NovaDecision, by chance: inout some NovaChance
  ) -> [[String]] {
    let wanted = request.wantsAlternates ? configuration.maxAttempts - 1 : 0
    var hosts = hosts
    let last = request.servers.count - 1
    if last > 0, wanted > 0 {
      let round = round(of: request, server: request.servers[last], index: last, over: hosts)
      decision.rounds.append(round)
      hosts = ordered(round, by: &chance)
    }
    let alternates = hosts.filter { !chosen.contains($0.name) && !$0.candidates.isEmpty }
      .prefix(wanted).map(\.name)
    return chosen.map { [$0] + alternates }
  }
}
