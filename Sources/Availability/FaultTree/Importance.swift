/// What one event means for the top.
///
/// **Source**: Rausand, Barros, Hoyland, System Reliability Theory, chapter 7; NUREG/CR-3385 for the
/// worths.
package struct Importance: Sendable, Equatable {
  /// How much the probability of the top differs between the event happening and not happening.
  package let birnbaum: Double
  /// The chance that the event is there and decides, given that the top fails: B q / Q. These do not
  /// add to one. Nil where the top never fails.
  package let criticality: Double?
  /// The share of the cut sets' summed probability that lies in cut sets with the event; nil where
  /// cut sets are not known or have no probability.
  package let fussellVesely: Double?
  /// Risk achievement worth: how many times as often the top fails with the event always there.
  /// Nil where the top never fails.
  package let achievementWorth: Double?
  /// Risk reduction worth: how many times as rare the top is without the event; nil where it would
  /// never fail.
  package let reductionWorth: Double?
}

extension Importance {
  /// The importance of an event that changes nothing.
  fileprivate static let none = Importance(
    birnbaum: 0, criticality: 0, fussellVesely: 0, achievementWorth: 1, reductionWorth: 1)
}

extension ModularDiagram {
  /// The importance of every basic event, with neutral values for those that the top does not depend
  /// on.
  func importance(
    _ shares: [Double], _ probabilities: Probabilities,
    cutSetSums: (all: Double, byLeaf: [Double])?
  ) -> [Importance] {
    let top = probabilities.leaves[topLeaf]
    let birnbaum = birnbaum(probabilities)
    var result = [Importance](repeating: .none, count: eventCount)
    for event in parts.lazy.flatMap(\.leaves) where event < eventCount {
      let (share, birnbaum) = (shares[event], birnbaum[event])
      let without = self.without(event, share * birnbaum, probabilities)
      result[event] = Importance(
        birnbaum: birnbaum, criticality: top > 0 ? birnbaum * share / top : nil,
        fussellVesely: cutSetSums.flatMap { $0.all > 0 ? $0.byLeaf[event] / $0.all : nil },
        achievementWorth: top > 0 ? (top + (1 - share) * birnbaum) / top : nil,
        reductionWorth: without > 0 ? top / without : nil)
    }
    return result
  }

  /// The probability of the top if an event never happens, given what that takes away.
  private func without(
    _ event: Int, _ removed: Double, _ probabilities: Probabilities
  ) -> Double {
    let top = probabilities.leaves[topLeaf]
    // The difference of two numbers nearly equal has no digits left; there the passes are made again.
    return removed > 0.9 * top ? probability(without: event, probabilities) : top - removed
  }
}
