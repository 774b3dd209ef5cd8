import Policies

/// One recorded decision beside that of the model, which knows Placement's state before it.
struct DecisionComparison {
  private let recorded: SchedulerTrace.Decision
  private let scheduler: FilterScheduler
  private let ledger: ResourceLedger

  init(
    _ recorded: SchedulerTrace.Decision, _ scheduler: FilterScheduler, _ ledger: ResourceLedger
  ) {
    self.recorded = recorded
    self.scheduler = scheduler
    self.ledger = ledger
  }

  /// What does not agree, as differences without the step; places are those of rounds.
  ///
  /// `roundsAgree` says whether each round alone agrees; where one does not, what follows from it
  /// is not told again.
  func differences(roundsAgree: Bool) -> [SchedulerDifference] {
    let query = ResourceQuery(
      recorded.request, scheduler.configuration,
      providerOfHost: SchedulerTrace.provider(ofHost:))
    if let asked = recorded.query, asked != query.parameters {
      return [
        difference(
          .query, asked.joined(separator: "&"), query.parameters.joined(separator: "&"),
          "the request gives another question to Placement")
      ]
    }
    let candidates = ledger.candidates(for: query)
    let before = usageDifferences(candidates) + candidateDifferences(candidates, query)
    if !before.isEmpty { return before }
    return outcomeDifferences(candidates, roundsAgree: roundsAgree)
  }

  private func difference(
    _ kind: SchedulerDifference.Kind, _ expected: String, _ found: String, _ why: String,
    place: String = ""
  ) -> SchedulerDifference {
    SchedulerDifference(
      step: 0, place: place, kind: kind, expected: expected, found: found, explanation: why)
  }

  private func candidateDifferences(
    _ candidates: [AllocationCandidate], _ query: ResourceQuery
  ) -> [SchedulerDifference] {
    let count = query.limit.map { min($0, candidates.count) } ?? candidates.count
    let roots = Set(candidates.map { SchedulerTrace.host(ofProvider: $0.root) }).sorted()
    if count != recorded.candidateCount {
      return [
        difference(
          .candidates, "\(recorded.candidateCount) candidates",
          "\(count) candidates on \(RoundComparison.list(roots))",
          "Placement offered another number of allocation candidates than its state gives")
      ]
    }
    guard let first = recorded.rounds.first, count == candidates.count else { return [] }
    let hosts = first.hosts.map(\.name).sorted()
    if hosts != roots {
      return [
        difference(
          .candidates, RoundComparison.list(hosts), RoundComparison.list(roots),
          "the scheduler was given other hosts than Placement's state offers")
      ]
    }
    return []
  }

  private func usageDifferences(_ candidates: [AllocationCandidate]) -> [SchedulerDifference] {
    let roots = Set(candidates.map(\.root))
    let expected = Set(
      ledger.providers.map(\.name).filter { ledger.root(of: $0).map(roots.contains) ?? false })
    let found = Set(recorded.usages.keys)
    if found != expected, recorded.candidateCount < scheduler.configuration.maxPlacementResults {
      return [
        difference(
          .usage, RoundComparison.list(found.sorted()), RoundComparison.list(expected.sorted()),
          "Placement summed up other providers than those of the candidates' trees")
      ]
    }
    for name in found.sorted() {
      guard let place = ledger.place(of: name) else { continue }
      for (column, inventory) in ledger.providers[place].inventories.enumerated() {
        let own = SchedulerTrace.Usage(
          capacity: inventory.capacity, used: ledger.used(column, of: place))
        guard let usage = recorded.usages[name]?[inventory.resource], usage != own else { continue }
        return [
          difference(
            .usage, "\(name) \(inventory.resource) \(usage.used) of \(usage.capacity)",
            "\(name) \(inventory.resource) \(own.used) of \(own.capacity)",
            "Placement's use of the provider is not the sum of what was claimed and released")
        ]
      }
    }
    return []
  }

  private func outcomeDifferences(
    _ candidates: [AllocationCandidate], roundsAgree: Bool
  ) -> [SchedulerDifference] {
    let byHost = Dictionary(grouping: candidates) { SchedulerTrace.host(ofProvider: $0.root) }
    let hosts = (recorded.rounds.first?.hosts ?? []).map { host in
      var host = host
      host.candidates = byHost[host.name] ?? []
      return host
    }
    var rest = ledger
    var chance = RecordedChance(recorded)
    let model = scheduler.decide(recorded.request, over: hosts, in: &rest, by: &chance)
    let states = stateDifferences(model, byHost)
    if !states.isEmpty { return states }
    if !roundsAgree { return [] }
    return roundDifferences(model) + resultDifferences(model)
  }

  private func stateDifferences(
    _ model: NovaDecision, _ byHost: [String: [AllocationCandidate]]
  ) -> [SchedulerDifference] {
    for (number, round) in recorded.rounds.enumerated() {
      guard model.rounds.indices.contains(number) else { continue }
      let place = "round \(number)"
      let own = model.rounds[number].hosts
      let names = round.hosts.map(\.name)
      guard own.map(\.name) == names else {
        return [
          difference(
            .state, RoundComparison.list(names), RoundComparison.list(own.map(\.name)),
            "the hosts of a later round are not the result of the round before", place: place)
        ]
      }
      let counts = names.map { name in
        // The model's hosts carry their candidates as the filters of their round left them.
        number == 0
          ? byHost[name]?.count ?? 0
          : model.rounds[number - 1].hosts.first { $0.name == name }?.candidates.count ?? 0
      }
      for (row, host) in round.hosts.enumerated() {
        if let told = NovaStateText.difference(host, own[row]) {
          return [
            difference(
              .state, told.first, told.second,
              "booking the servers of this request gives another state", place: place)
          ]
        }
        if counts[row] != round.candidateCounts[row] {
          return [
            difference(
              .candidates, "\(host.name) \(round.candidateCounts[row])",
              "\(host.name) \(counts[row])",
              "the host can take the server in another number of ways", place: place)
          ]
        }
      }
    }
    return []
  }

  private func roundDifferences(_ model: NovaDecision) -> [SchedulerDifference] {
    if model.rounds.count != recorded.rounds.count {
      return [
        difference(
          .claim, "\(recorded.rounds.count) rounds", "\(model.rounds.count) rounds",
          "another claim failed or was granted")
      ]
    }
    for (number, round) in recorded.rounds.enumerated() {
      let found = RoundComparison(round, model.rounds[number]).differences()
      if var first = found.first {
        first.place = "round \(number)"
        return [first]
      }
    }
    return []
  }

  private func resultDifferences(_ model: NovaDecision) -> [SchedulerDifference] {
    if model.claims != recorded.claims {
      return [
        difference(
          .claim, recorded.claims.map(Self.text).joined(separator: "; "),
          model.claims.map(Self.text).joined(separator: "; "),
          "Placement granted or refused other claims than its state gives")
      ]
    }
    if model.selected != recorded.selected {
      return [
        difference(
          .selection, Self.text(recorded.selected), Self.text(model.selected),
          "the chosen hosts and their alternates are not the first of the order")
      ]
    }
    return []
  }

  private static func text(_ claim: NovaDecision.Claim) -> String {
    let allocations = claim.allocations.map { allocation in
      allocation.provider + " "
        + allocation.amounts.map { "\($0.resource):\($0.amount)" }.joined(separator: ",")
    }
    return "\(claim.server) \(claim.isGranted ? "granted" : "refused") "
      + allocations.joined(separator: " + ")
  }

  private static func text(_ selected: [[String]]?) -> String {
    selected.map { $0.map { $0.joined(separator: " ") }.joined(separator: "; ") } ?? "no valid host"
  }
}
