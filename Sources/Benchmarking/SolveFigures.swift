/// A number that is optimised, with its bound.
package struct SolveFigure: Sendable, Equatable {
  /// The name in the answer.
  package let name: String
  /// The value; nil if there is no answer.
  package let value: Int?
  /// What no answer can pass; nil if it is certain that there is none.
  package let bound: Int?

  /// Whether no answer is better.
  package var isProven: Bool { value == bound }

  /// |value - bound| / max(1, |bound|); 1 where one of the two is missing.
  package var gap: Double {
    if isProven { return 0 }
    guard let value, let bound else { return 1 }
    return abs(Double(value) - Double(bound)) / Double(max(1, abs(bound)))
  }
}

/// The numbers of an answer.
package struct SolveFigures: Sendable, Equatable {
  /// The numbers of the whole, the most important first.
  package let totals: [SolveFigure]
  /// The numbers of the zones, by the zones' numbers; empty where zones do not matter.
  package let zones: [SolveFigure]
}

extension SolveReport {
  /// The numbers that are optimised.
  package var figures: SolveFigures {
    switch answer {
    case .headroom(let zones, _):
      let least = SolveFigure(
        name: "min_az_batches", value: zones.map(\.value).min() ?? 0,
        bound: zones.map(\.bound).min() ?? 0)
      return SolveFigures(
        totals: [least],
        zones: zones.map { SolveFigure(name: "\($0.zone)", value: $0.value, bound: $0.bound) })
    case .evacuation(let value, let bound, _):
      return SolveFigures(
        totals: [
          SolveFigure(name: "unplaced", value: value.unplaced, bound: bound.unplaced),
          SolveFigure(name: "ref_slots_left", value: value.slots, bound: bound.slots),
        ], zones: [])
    case .consolidation(_, let moves, let bound, _):
      return SolveFigures(
        totals: [SolveFigure(name: "migrations", value: moves, bound: bound)], zones: [])
    }
  }

  /// Whether no answer is better in anything.
  package var isProven: Bool { (figures.totals + figures.zones).allSatisfy(\.isProven) }
}
