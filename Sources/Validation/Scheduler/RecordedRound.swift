import CloudModel
import Policies

/// A recorded round as the input of the model: its state, and the request with what the claims of
/// the same decision before it added to the group.
struct RecordedRound {
  private let round: SchedulerTrace.Round
  private let server: String
  private var request: NovaRequest

  init(_ number: Int, of decision: SchedulerTrace.Decision) {
    round = decision.rounds[number]
    request = decision.request
    let servers = decision.request.servers
    server = servers.indices.contains(number) ? servers[number] : servers.last ?? ""
    for earlier in servers.prefix(number) {
      let claim = decision.claims.last { $0.server == earlier && $0.isGranted }
      if let claim { request.group?.hosts.append(claim.host) }
    }
  }

  /// The round as the model has it.
  func replayed(by scheduler: FilterScheduler) -> NovaRound {
    var hosts = round.hosts
    for (place, count) in round.candidateCounts.enumerated() where count > 0 {
      hosts[place].candidates = [candidate(on: hosts[place], scheduler.configuration)]
    }
    return scheduler.round(of: request, server: server, index: round.index, over: hosts)
  }

  /// A candidate as Placement would make it from the free devices of the state. One is as good as
  /// any: whether there are enough devices does not depend on which are taken.
  private func candidate(
    on host: NovaHostState, _ configuration: NovaConfiguration
  ) -> AllocationCandidate {
    let root = SchedulerTrace.provider(ofHost: host.name)
    var candidate = AllocationCandidate(root: root, shares: [])
    guard configuration.pciInPlacement else { return candidate }
    var pools = host.pools
    for (index, wanted) in request.devices.enumerated() {
      for _ in 0..<wanted.count {
        let place = pools.firstIndex { pool in
          pool.free > 0 && wanted.specs.contains { pool.matches($0) }
        }
        if let place { pools[place].free -= 1 }
        candidate.shares.append(
          AllocationCandidate.Share(
            group: index, deviceRequest: index,
            provider: place.flatMap { pools[$0].provider } ?? "no provider", amounts: []))
      }
    }
    return candidate
  }
}
