import Availability
import Documents
package import Scenarios
import Stochastics

extension AvailabilityExactTables {
  /// The answers for people: the main figure of each problem in a sentence, then what stands behind.
  package static func text(of answers: [ExactAnswer]) -> String {
    answers.map { answer in
      "\(answer.id): " + sentence(of: answer) + "\n"
        + details(of: answer).map { "  \($0)\n" }.joined()
    }.joined(separator: "\n")
  }

  private static func sentence(of answer: ExactAnswer) -> String {
    switch answer.result {
    case .tree(_, let analysis): down(analysis.probability)
    case .chain(_, let answer): down(answer.unavailability)
    case .quorum: "share of time without a majority"
    case .loss(let cost): "\(Table.text(.number(cost.lostVMSeconds))) VM-seconds lost"
    case .renewal(let renewal, _): down(renewal.unavailability)
    case .shares: "share of incidents beyond one zone"
    }
  }

  private static func down(_ share: Double) -> String {
    "unavailable \(significant(share)) of the time, "
      + "\(Wording.duration(share * 31_536_000)) a year; available "
      + "\(Wording.fixed(100 * (1 - share), decimals(of: share))) %"
  }

  /// Decimals of a percentage that show two digits of what is missing.
  static func decimals(of share: Double) -> Int {
    var decimals = 2
    var seen = share * 100
    while seen > 0, seen < 0.1, decimals < 12 {
      decimals += 1
      seen *= 10
    }
    return decimals
  }

  private static func details(of answer: ExactAnswer) -> [String] {
    switch answer.result {
    case .tree(let tree, let analysis):
      return tree.cutSetLines(analysis) + tree.importanceLines(analysis)
    case .chain(_, let answer):
      return [
        "fails every \(hours(answer.meanUpHours)) of uptime for \(hours(answer.meanDownHours))",
        "first failure after \(hours(answer.meanHoursToFirstFailure)) on average",
      ]
    case .quorum(let shares):
      return shares.map { "\(name(of: $0.layout)): \(significant($0.unavailability))" }
    case .loss(let cost):
      return [
        "\(Wording.count(cost.recoveredElsewhere, "VM")) back elsewhere"
          + (cost.lastRecreatedSeconds.map { ", the last after \(Wording.duration($0))" } ?? "")
      ]
    case .renewal(let renewal, let interval):
      return [
        "seen over \(hours(interval)): standard deviation "
          + significant(renewal.deviation(overHours: interval)),
        "\(Wording.fixed(renewal.cycles(forRelativeError: 0.1).rounded(.up), 0)) cycles for 10 %",
      ]
    case .shares(let shares):
      return shares.map { named in
        let interval = named.share.interval()
        return "\(named.name): \(significant(named.share.point)) (95 %: "
          + "\(significant(interval.low)) to \(significant(interval.high)))"
      }
    }
  }

  private static func hours(_ value: Double?) -> String {
    guard let value else { return "for ever" }
    return value < 1e11 ? Wording.duration(value * 3600) : "\(significant(value)) h"
  }

  /// A number with four digits that count.
  static func significant(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return "\(value)" }
    var exponent = 0
    var mantissa = abs(value)
    while mantissa >= 9.9995 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa < 0.99995 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    let sign = value < 0 ? "-" : ""
    if (-4...4).contains(exponent) {
      return sign + Wording.fixed(abs(value), max(0, 3 - exponent))
    }
    return "\(sign)\(Wording.fixed(mantissa, 3))e\(exponent)"
  }
}

extension FaultTree {
  fileprivate func cutSetLines(_ analysis: FaultTreeAnalysis) -> [String] {
    guard let cuts = analysis.cutSets else {
      return [
        analysis.isCoherent
          ? "cut sets: too many for their diagram" : "no cut sets: a gate repairs by failing"
      ]
    }
    let orders = cuts.byOrder.enumerated().filter { $0.element != BigNatural(0) }.map {
      "\($0.element) of order \($0.offset + 1)"
    }
    return [
      "minimal cut sets: \(cuts.count)"
        + (orders.isEmpty ? "" : " (\(orders.joined(separator: ", ")))")
    ]
  }

  fileprivate func importanceLines(_ analysis: FaultTreeAnalysis) -> [String] {
    let ranked = zip(events, analysis.importance).enumerated().sorted { first, second in
      let (left, right) = (first.element.1.criticality ?? 0, second.element.1.criticality ?? 0)
      return left != right ? left > right : first.offset < second.offset
    }.map(\.element).filter { $0.1.birnbaum != 0 }
    guard !ranked.isEmpty else { return [] }
    let shown = ranked.prefix(5).map { event, importance in
      "\(event.name) \(Wording.percent(importance.criticality ?? 0))"
    }
    return ["most critical: \(shown.joined(separator: ", "))"]
  }
}
