/// A service that lives while a strict majority of its members does, spread over zones.
///
/// Zones fail whole and independently; a member also fails alone.
package struct Quorum: Sendable, Equatable {
  /// The share of time a zone is there.
  package var zoneAvailability: Double
  /// The share of time a member is down in a zone that is there.
  package var memberUnavailability: Double

  /// Zones and members.
  package init(zoneAvailability: Double, memberUnavailability: Double) {
    self.zoneAvailability = zoneAvailability
    self.memberUnavailability = memberUnavailability
  }

  /// The share of time without a majority, for the numbers of members in each zone.
  ///
  /// The distribution of members that are out is built zone by zone and its upper tail added up, so
  /// that small shares keep their digits.
  ///
  /// **Complexity**: O(members^2).
  package func unavailability(layout: [Int]) -> Double {
    let members = layout.reduce(0, +)
    precondition(members > 0, "A quorum has members.")
    var out = [1.0]
    for count in layout {
      var next = [Double](repeating: 0, count: out.count + count)
      let alone = membersOut(of: count)
      for (before, chance) in out.enumerated() {
        for (here, share) in alone.enumerated() {
          next[before + here] += chance * share * zoneAvailability
        }
        next[before + count] += chance * (1 - zoneAvailability)
      }
      out = next
    }
    // A majority is lost when the members left are at most half of all.
    return out[(members - members / 2)...].reversed().reduce(0, +)
  }

  /// The chances that 0, 1, ... members are out in a zone that is there.
  private func membersOut(of count: Int) -> [Double] {
    var result = [1.0]
    for _ in 0..<count {
      var next = [Double](repeating: 0, count: result.count + 1)
      for (out, chance) in result.enumerated() {
        next[out] += chance * (1 - memberUnavailability)
        next[out + 1] += chance * memberUnavailability
      }
      result = next
    }
    return result
  }
}
