/// Failures that take several parts at once, written out as events that those parts share.
///
/// **Source**: NUREG/CR-4780 for beta and alpha factors; Marshall and Olkin, Journal of the American
/// Statistical Association 62, 1967, for shocks.
package enum CommonCause {
  /// What a group of parts becomes.
  package struct Group: Sendable {
    /// The events of the parts alone, in the order of the members, then the shared ones.
    package var events: [BasicEvent]
    /// The names of the shared events.
    package var common: [String]
    /// For each member, the events that take it; the first is its own.
    package var causes: [[String]]

    /// Gates under the names of the members, each the or of its causes.
    package func gates(_ members: [String]) -> [NamedGate] {
      zip(members, causes).map { NamedGate($0, .or, $1) }
    }
  }

  /// A share beta of the failures of each part takes all; the rest are its own.
  ///
  /// The events carry the members' names; with beta 0 there is no shared event.
  package static func beta(
    _ part: BasicEvent, members: [String], beta: Double, common: String
  ) -> Group {
    var events = members.map { part.scaled(by: 1 - beta, named: $0) }
    var causes = members.map { [$0] }
    guard beta > 0 else { return Group(events: events, common: [], causes: causes) }
    events.append(part.scaled(by: beta, named: common))
    for place in causes.indices { causes[place].append(common) }
    return Group(events: events, common: [common], causes: causes)
  }

  /// Failures of a group of n that take exactly k parts, with shares alpha of all failures of the
  /// group: Q_k = k / C(n-1, k-1) x alpha_k / alpha_t x q for each k parts, alpha_t = sum of
  /// k alpha_k.
  ///
  /// `alphas` has one share for each k from 1 to n; all are at least 0 and one is above.
  ///
  /// **Complexity**: one event for each set of parts whose size has a share: at most 2^n.
  package static func alpha(
    _ part: BasicEvent, members: [String], alphas: [Double], common: String
  ) -> Group {
    precondition(alphas.count == members.count, "One alpha for each number of parts.")
    let count = members.count
    let total = alphas.enumerated().reduce(0) { $0 + Double($1.offset + 1) * $1.element }
    precondition(total > 0, "Some failures take some parts.")
    var group = Group(events: [], common: [], causes: members.map { _ in [] })
    for size in 1...count where alphas[size - 1] > 0 || size == 1 {
      let share =
        Double(size) / combinations(count - 1, size - 1) * alphas[size - 1] / total
      for set in subsets(of: count, size: size) {
        let suffix = set.map { "_\($0 + 1)" }.joined()
        let name = size == 1 ? members[set[0]] : common + suffix
        group.events.append(part.scaled(by: share, named: name))
        if size > 1 { group.common.append(name) }
        for place in set { group.causes[place].append(name) }
      }
    }
    return group
  }

  /// A shock that comes at a rate, lasts a time, and takes each member with a chance of its own.
  ///
  /// **Units**: the rate per hour, the duration in hours.
  package static func shock(
    _ name: String, ratePerHour: Double, hours: Double, members: [String], chance: Double
  ) -> (events: [BasicEvent], gates: [NamedGate]) {
    let shock = BasicEvent(
      name, ratePerHour * hours / (1 + ratePerHour * hours),
      frequencyPerHour: ratePerHour / (1 + ratePerHour * hours))
    if chance >= 1 {
      return ([shock], members.map { NamedGate($0, .or, [name]) })
    }
    let hits = members.map { BasicEvent("\(name)_hits_\($0)", chance) }
    return ([shock] + hits, zip(members, hits).map { NamedGate($0, .and, [name, $1.name]) })
  }

  private static func combinations(_ count: Int, _ size: Int) -> Double {
    (0..<size).reduce(1.0) { $0 * Double(count - $1) / Double($1 + 1) }
  }

  private static func subsets(of count: Int, size: Int) -> [[Int]] {
    var result: [[Int]] = [[]]
    for _ in 0..<size {
      result = result.flatMap { set in
        ((set.last ?? -1) + 1..<count).map { set + [$0] }
      }
    }
    return result
  }
}

extension BasicEvent {
  /// A share of this event under another name.
  fileprivate func scaled(by share: Double, named name: String) -> BasicEvent {
    BasicEvent(name, probability * share, frequencyPerHour: frequencyPerHour * share)
  }
}
