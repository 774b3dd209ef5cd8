import Policies

/// Lets a replay choose what was recorded wherever Nova leaves the choice to chance, and nowhere
/// else.
struct RecordedChance: NovaChance {
  private let claims: [NovaDecision.Claim]
  private let rounds: [SchedulerTrace.Round]
  private let selected: [[String]]?
  private let servers: [String]
  private var round = 0

  init(_ decision: SchedulerTrace.Decision) {
    claims = decision.claims
    rounds = decision.rounds
    selected = decision.selected
    servers = decision.request.servers
  }

  mutating func places(of model: NovaRound, shuffling best: Int, subset: Int) -> [Int] {
    defer { round += 1 }
    let tried = order(ofRound: round)
    var rank: [String: Int] = [:]
    for (place, name) in tried.enumerated() where rank[name] == nil { rank[name] = place }
    var places = Array(model.order.indices)
    func recorded(_ place: Int) -> Int {
      rank[model.hosts[model.order[place]].name] ?? tried.count
    }
    let shuffled = places.prefix(best).sorted { left, right in
      (recorded(left), left) < (recorded(right), right)
    }
    places.replaceSubrange(0..<shuffled.count, with: shuffled)
    if let first = places.prefix(subset).firstIndex(where: { recorded($0) == 0 }) {
      places.insert(places.remove(at: first), at: 0)
    }
    return places
  }

  /// The hosts of a round in the order in which they were tried, as far as it was recorded: the
  /// next round has them all, else the claims and alternates tell the first ones.
  private func order(ofRound round: Int) -> [String] {
    if rounds.indices.contains(round + 1) { return rounds[round + 1].hosts.map(\.name) }
    if round >= servers.count { return Array(selected?.first?.dropFirst() ?? []) }
    let tried = claims.filter { $0.server == servers[round] }.map(\.host)
    let alternates = selected?.first?.dropFirst() ?? []
    return tried + alternates
  }

  /// The host that was taken first for a server: the one whose claim was tried first.
  func choice(ofRound round: Int) -> String? {
    guard servers.indices.contains(round) else { return nil }
    return claims.first { $0.server == servers[round] }?.host ?? rounds[round].order.first
  }

  mutating func candidate(of host: NovaHostState, for server: String) -> Int {
    let claim = claims.first { $0.server == server && $0.host == host.name }
    return host.candidates.firstIndex { $0.allocations == claim?.allocations } ?? 0
  }
}
