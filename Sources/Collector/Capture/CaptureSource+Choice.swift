/// Which of several answers to one call is taken.
///
/// In this order: status 200; the most privileged account; the fewest extra words in the query;
/// the highest version; the largest pages; the largest body; the place in the index.
extension CaptureSource {
  /// Words that change how much is told or in which order, but not about what.
  private static let harmlessKeys: Set<String> = [
    "limit", "sort_key", "sort_dir", "with_servers", "sort",
  ]

  func choice(for request: APIRequest) -> CaptureCall? {
    let path = CaptureCall.normalised(request.path, of: request.service)
    let refusals = refusalCounts
    var best: (rank: [Int], call: CaptureCall)?
    for call in calls where call.service == request.service && call.path == path {
      guard let extra = extraKeys(of: call, for: request), isWithin(call, request) else { continue }
      let version = call.version ?? Microversion(Int(Int32.max), 0)
      let rank = [
        statusRank(call.status),
        privilegeRank(call.account, refusals: refusals),
        extra,
        -version.major, -version.minor,
        -pageSize(of: call),
        -call.byteCount,
        call.place,
      ]
      if let found = best, !rank.lexicographicallyPrecedes(found.rank) { continue }
      best = (rank, call)
    }
    return best?.call
  }

  /// How many keys the call's query has beyond the request's; nil if it asks something else.
  private func extraKeys(of call: CaptureCall, for request: APIRequest) -> Int? {
    var extra = 0
    for item in call.query {
      if request.query.contains(where: { $0.key == item.key && isSame($0.value, item.value) }) {
        continue
      }
      guard Self.harmlessKeys.contains(item.key),
        !request.query.contains(where: { $0.key == item.key })
      else { return nil }
      // A size of page alone is no restriction: the answer links to what is left.
      extra += item.key == "limit" ? 0 : 1
    }
    let asked = request.query.allSatisfy { wanted in
      call.query.contains { $0.key == wanted.key && isSame($0.value, wanted.value) }
    }
    return asked ? extra : nil
  }

  private func isSame(_ left: String, _ right: String) -> Bool {
    func plain(_ text: String) -> String {
      let text = text.lowercased()
      return text == "true" || text == "yes" ? "1" : text
    }
    return plain(left) == plain(right)
  }

  private func isWithin(_ call: CaptureCall, _ request: APIRequest) -> Bool {
    if let from = request.from, let version = call.version, version < from { return false }
    guard let through = request.through else { return true }
    // What `latest` was is not known without the service's word for it: it may be too new.
    guard let version = call.version else { return !call.isNewest }
    return version <= through
  }

  private func statusRank(_ status: Int) -> Int {
    switch status {
    case 200: 0
    case 300: 1
    case 403: 2
    case 401: 3
    default: 4
    }
  }

  /// An answer without a limit is one page of everything.
  private func pageSize(of call: CaptureCall) -> Int {
    call.query.first { $0.key == "limit" }.flatMap { Int($0.value) } ?? Int(Int32.max)
  }

  /// Calls that each account was refused, by its label.
  private var refusalCounts: [String: Int] {
    var counts: [String: Int] = [:]
    for call in calls where call.status == 403 { counts[call.account ?? "", default: 0] += 1 }
    return counts
  }

  /// The administrator first, then by how seldom an account was refused, then without a token.
  private func privilegeRank(_ account: String?, refusals: [String: Int]) -> Int {
    guard let account else { return Int.max }
    if account == "TOKEN-OF-ADMIN" { return -1 }
    return refusals[account] ?? 0
  }
}
