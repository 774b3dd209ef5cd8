import Policies

/// The choices of one decision beside those of a scheduler whose state was carried from the start.
struct ChainComparison {
  /// Choices that were recorded.
  private(set) var choices = 0
  /// Choices that agree.
  private(set) var agreeing = 0
  /// Those that do not, without the step.
  private(set) var differences: [SchedulerDifference] = []
  /// Hosts whose recorded state is the carried one.
  private(set) var upToDate: [String] = []

  private let recorded: SchedulerTrace.Decision
  private let scheduler: FilterScheduler
  private let cloud: TraceCloud

  init(
    _ recorded: SchedulerTrace.Decision, _ scheduler: FilterScheduler, _ cloud: TraceCloud
  ) {
    self.recorded = recorded
    self.scheduler = scheduler
    self.cloud = cloud
    run()
  }

  private mutating func run() {
    var request = recorded.request
    var hosts = ownHosts()
    let chance = RecordedChance(recorded)
    for (index, server) in request.servers.enumerated() {
      guard recorded.rounds.indices.contains(index) else { return }
      let round = scheduler.round(of: request, server: server, index: index, over: hosts)
      let taken = recorded.rounds[index].order.isEmpty ? nil : chance.choice(ofRound: index)
      compare(round, taken, index)
      guard let taken,
        let claim = recorded.claims.last(where: { $0.server == server && $0.isGranted }),
        let place = round.order.firstIndex(where: { round.hosts[$0].name == claim.host })
      else { return }
      // The replay goes on from what was recorded, whatever it would have chosen itself.
      var order = round.order
      let first = order.firstIndex { round.hosts[$0].name == taken } ?? place
      order.insert(order.remove(at: first), at: 0)
      hosts = order.map { round.hosts[$0] }
      guard let chosen = hosts.firstIndex(where: { $0.name == claim.host }) else { return }
      let candidate = hosts[chosen].candidates.firstIndex { $0.allocations == claim.allocations }
      hosts[chosen].candidates.swapAt(0, candidate ?? 0)
      hosts[chosen].consume(request, server: server, candidate: hosts[chosen].candidates[0])
      request.group?.hosts.append(claim.host)
    }
  }

  /// The hosts of the own candidates in the recorded order, others by name behind them.
  ///
  /// Counts of servers and of busy and failed ones are the recorded statistics, which follow the
  /// truth by up to a minute; group members are those of the scheduler's own list of servers, which
  /// after a live migration has the server at its source for up to two minutes.
  private mutating func ownHosts() -> [NovaHostState] {
    let query = ResourceQuery(
      recorded.request, scheduler.configuration,
      providerOfHost: SchedulerTrace.provider(ofHost:))
    let byHost = Dictionary(grouping: cloud.ledger.candidates(for: query)) {
      SchedulerTrace.host(ofProvider: $0.root)
    }
    let rows = recorded.rounds.first?.hosts ?? []
    let names = rows.map(\.name).filter { byHost[$0] != nil }
    let others = byHost.keys.sorted().filter { !names.contains($0) }
    return (names + others).map { name in
      var state = cloud.state(of: name)
      state.candidates = byHost[name] ?? []
      guard let row = rows.first(where: { $0.name == name }) else { return state }
      state.ioOperations = row.ioOperations
      state.instances = row.instances
      state.failedBuilds = row.failedBuilds
      state.groupMembers = row.groupMembers
      if row.freeMemoryMiB == state.freeMemoryMiB, row.usedVCPUs == state.usedVCPUs {
        upToDate.append(name)
      }
      return state
    }
  }

  private mutating func compare(_ round: NovaRound, _ taken: String?, _ index: Int) {
    let own = round.order.first.map { round.hosts[$0].name }
    if taken != nil { choices += 1 }
    let best = round.order.prefix(scheduler.choiceCount(round)).map { round.hosts[$0].name }
    if let taken, best.contains(taken) {
      agreeing += 1
      return
    }
    if taken == own { return }
    differences.append(
      SchedulerDifference(
        step: 0, place: "round \(index)", kind: .chain, expected: taken ?? "no host",
        found: own ?? "no host", explanation: explanation(round, index)))
  }

  /// Which host is in another state than the record says, and since when.
  private func explanation(_ round: NovaRound, _ index: Int) -> String {
    let differing = recorded.rounds[index].hosts.compactMap { row in
      round.hosts.first { $0.name == row.name }.flatMap { own in
        NovaStateText.difference(row, own).map { (row.name, $0) }
      }
    }
    for (name, columns) in differing {
      guard let arrival = cloud.liveArrivals[name] else { continue }
      return "after a live migration the target shows the server only after its next periodic "
        + "update: \(arrival.server) moved to \(name) in step \(arrival.step), and the record "
        + "still has \(columns.first), the replay \(columns.second)"
    }
    if let (_, columns) = differing.first {
      return "the scheduler saw another state than the sum of its servers: the record has "
        + "\(columns.first), the replay \(columns.second)"
    }
    return "all states of the hosts agree with the record, the choice does not follow from them"
  }
}
