import Availability
package import Scenarios
import Simulator
import Stochastics

extension AvailabilityTables {
  /// The answer in words: for each service whether the claim holds, what independent zones would
  /// give, and what limits it; then a table of all impacts.
  package static func text(of answer: AvailabilityAnswer, table: String) -> String {
    let claim = promised(answer.question.claim)
    var lines = [headline(of: answer, claim), ""]
    for service in answer.services {
      guard let running = service.impacts.first(where: { $0.impact == .running }) else { continue }
      lines += sentences(service, running, answer.question.claim)
      lines.append("")
    }
    lines += answer.question.notes.map { "note: \($0)" }
    if !answer.question.notes.isEmpty { lines.append("") }
    return lines.map { $0 + "\n" }.joined() + table
  }

  /// The columns of the table under the answer.
  package static let shownColumns = [
    "service", "impact", "nines", "independent_nines", "downtime_s_per_year", "verdict",
    "limited_by",
  ]

  private static func headline(of answer: AvailabilityAnswer, _ claim: String) -> String {
    let zones = Wording.count(answer.question.model.zones.count, "zone")
    let running = answer.services.compactMap { service in
      service.impacts.first { $0.impact == .running }.map { (service.shape.name, $0) }
    }
    let kept = running.filter { 1 - $0.1.shared.unavailability >= answer.question.claim }.map(\.0)
    if kept.isEmpty { return "\(claim) over \(zones) is kept by no service" }
    if kept.count == running.count { return "\(claim) over \(zones) is kept by every service" }
    return "\(claim) over \(zones) is kept by \(kept.joined(separator: ", ")) only"
  }

  private static func sentences(
    _ service: ServiceAnswer, _ running: ImpactAnswer, _ claim: Double
  ) -> [String] {
    let shape = service.shape
    let unavailability = running.shared.unavailability
    let isMet = 1 - unavailability >= claim
    var lines = [
      "\(shape.name) (\(shape.needed) of \(Wording.count(shape.replicas.count, "replica")) in "
        + "\(Wording.count(shape.zones.count, "zone"))): \(percent(unavailability)), "
        + "\(yearly(unavailability)) a year: claim \(isMet ? "met" : "not met")"
    ]
    if shape.zones.count > 1 {
      let factor = running.lossFactor.map {
        $0 >= 10 ? Wording.fixed($0, 0) : Wording.fixed($0, 1)
      }
      lines.append(
        "  zones that share nothing would give \(percent(running.independent)), "
          + "\(yearly(running.independent)) a year"
          + (factor.map { ": sharing costs \($0) times that" } ?? ""))
    }
    for part in running.shared.blame.prefix(3) where (part.criticality ?? 0) > 0.005 {
      lines.append(
        "  without failures of \(part.node.name)\(shared(part)): "
          + "\(percent(part.unavailabilityWithout)), \(yearly(part.unavailabilityWithout)) a year")
    }
    if let history = service.history { lines.append(contentsOf: years(history)) }
    if let threshold = service.threshold, shape.zones.count > 1 {
      lines.append(
        threshold >= 1
          ? "  the claim would stand facilities that always fail together"
          : "  the claim stands facilities that share up to \(Wording.percent(threshold)) of their "
            + "failures, if nothing else is shared")
    }
    return lines
  }

  private static func years(_ history: ServiceHistory) -> [String] {
    let (top, claim) = (history.top, history.claim)
    let interval = claim.monthsInterval.map {
      " (95 %: \(share($0.low)) to \(share($0.high)))"
    }
    return [
      "  in \(history.years) simulated years: a month is below the claim with "
        + share(claim.shareOfMonths) + (interval ?? "") + ", a year with "
        + share(claim.shareOfYears),
      "  \(share(top.shareOfYearsWithout)) of years without an outage; one year in twenty has "
        + "\(Wording.duration(top.downtimeHours(quantile: 0.95) * 3600)) or more",
    ]
  }

  /// A small share in percent with three digits that count.
  private static func share(_ value: Double) -> String {
    value >= 0.01 || value == 0
      ? Wording.percent(value) : "\(AvailabilityExactTables.significant(value * 100)) %"
  }

  private static func shared(_ part: PartBlame) -> String {
    part.node.zonesSharing > 1 ? " (one for \(part.node.zonesSharing) zones)" : ""
  }

  /// A time a year, down to what is left of a second.
  static func yearly(_ unavailability: Double) -> String {
    let seconds = unavailability * ServiceAnalysis.hoursPerYear * 3600
    return seconds < 0.05 && seconds > 0
      ? "\(AvailabilityExactTables.significant(seconds)) s" : Wording.duration(seconds)
  }

  /// A claim in percent as people write it, without zeros at its end.
  static func promised(_ claim: Double) -> String {
    var text = Wording.fixed(claim * 100, 6)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text + " %"
  }

  /// An availability in percent with two digits of what is missing.
  static func percent(_ unavailability: Double) -> String {
    let decimals = AvailabilityExactTables.decimals(of: unavailability)
    return "\(Wording.fixed(100 * (1 - unavailability), decimals)) %"
  }
}
