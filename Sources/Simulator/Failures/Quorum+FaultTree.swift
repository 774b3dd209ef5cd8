package import Availability

extension Quorum {
  /// The tree of the loss of a majority, for the numbers of members in each zone: zones `zone_1`,
  /// members `member_1_1` and so on.
  ///
  /// **Errors**: `FaultTreeError` for shares outside 0 to 1 and layouts without members.
  package func faultTree(layout: [Int]) throws(FaultTreeError) -> FaultTree {
    var events: [BasicEvent] = []
    var gates: [NamedGate] = []
    for (zone, count) in layout.enumerated() {
      events.append(BasicEvent("zone_\(zone + 1)", 1 - zoneAvailability))
      for member in 0..<count {
        let name = "\(zone + 1)_\(member + 1)"
        events.append(BasicEvent("member_\(name)", memberUnavailability))
        gates.append(NamedGate("out_\(name)", .or, ["zone_\(zone + 1)", "member_\(name)"]))
      }
    }
    let members = gates.count
    // A majority is lost when the members left are at most half of all.
    let lost = NamedGate("lost", .atLeast(members - members / 2), gates.map(\.name))
    return try FaultTree(top: "lost", events: events, gates: gates + [lost])
  }
}
