import Availability
package import Documents
import Glibc
package import Scenarios
import Simulator
import Stochastics

/// How much of the time services are there, as sentences, table and document.
package enum AvailabilityTables {
  private static let secondsPerYear = ServiceAnalysis.hoursPerYear * 3600

  /// One row for each service and impact.
  package static func rows(of answer: AvailabilityAnswer) -> Table {
    Table(
      objects: answer.services.flatMap { service in
        service.impacts.map { .fields(row(service, $0, answer.question)) }
      })
  }

  /// The whole answer.
  package static func document(of answer: AvailabilityAnswer) -> Document {
    let question = answer.question
    return [
      "name": .text(question.name), "claim": .number(question.claim),
      "zones": .items(
        question.model.zones.map { zone in
          [
            "name": .text(zone.name), "region": .text(question.model.regions[zone.region]),
            "tier": Document(zone.tier?.rawValue),
          ]
        }),
      "services": .items(
        answer.services.flatMap { service in
          service.impacts.map { impact in
            .fields(row(service, impact, question) + details(service, impact))
          }
        }),
      "assumptions": .items(assumptions(of: question)),
      "notes": .items(question.notes.map { .text($0) }),
    ]
  }

  private static func row(
    _ service: ServiceAnswer, _ answer: ImpactAnswer, _ question: AvailabilityQuestion
  ) -> [(String, Document)] {
    let (figures, unavailability) = (answer.shared.analysis, answer.shared.unavailability)
    let frequency = figures.frequencyPerHour
    let availability = 1 - unavailability
    return [
      ("service", .text(service.shape.name)), ("impact", .text(answer.impact.rawValue)),
      ("replicas", Document(service.shape.replicas.count)),
      ("needed", Document(service.shape.needed)),
      ("zones", Document(service.shape.zones.count)),
      ("availability", .number(availability)), ("unavailability", .number(unavailability)),
      ("nines", Document(nines(unavailability))),
      ("downtime_s_per_year", .number(unavailability * secondsPerYear)),
      ("frequency_per_year", Document(frequency.map { $0 * ServiceAnalysis.hoursPerYear })),
      (
        "mean_outage_s",
        Document(frequency.flatMap { $0 > 0 ? unavailability / $0 * 3600 : nil })
      ),
      ("claim", .number(question.claim)),
      (
        "verdict",
        .text(ClaimVerdict(availability: availability, claim: question.claim).rawValue)
      ), ("method", "exact"),
      ("independent_availability", .number(1 - answer.independent)),
      ("independent_nines", Document(nines(answer.independent))),
      ("loss_factor", Document(answer.lossFactor)),
      ("limited_by", Document(answer.shared.limitingShared?.node.name)),
      (
        "planned_s", .number((unavailability - answer.shared.unplanned) * secondsPerYear)
      ), ("unplanned_s", .number(answer.shared.unplanned * secondsPerYear)),
    ]
  }

  private static func details(
    _ service: ServiceAnswer, _ answer: ImpactAnswer
  ) -> [(String, Document)] {
    [
      ("p_month_below_claim", months(service, answer)?.share ?? .null),
      ("p_month_ci_low", months(service, answer)?.low ?? .null),
      ("p_month_ci_high", months(service, answer)?.high ?? .null),
      ("simulated", answer.impact == .running ? simulated(service) : .null),
      (
        "threshold", answer.impact == .running ? Document(service.threshold) : .null
      ),
      ("cut_sets_by_order", cutSets(answer.shared.analysis)),
      (
        "blame",
        .items(
          answer.shared.blame.map { part in
            [
              "node": .text(part.node.name), "kind": Document(part.node.kind?.rawValue),
              "zones_sharing": Document(part.node.zonesSharing),
              "criticality": Document(part.criticality), "birnbaum": .number(part.birnbaum),
              "raw": Document(part.achievementWorth), "rrw": Document(part.reductionWorth),
              "availability_without": .number(1 - part.unavailabilityWithout),
            ]
          })
      ),
    ]
  }

  /// The chance that a month is below the claim.
  private static func months(
    _ service: ServiceAnswer, _ answer: ImpactAnswer
  ) -> (share: Document, low: Document, high: Document)? {
    guard answer.impact == .running, let claim = service.history?.claim else { return nil }
    let interval = claim.monthsInterval
    return (.number(claim.shareOfMonths), Document(interval?.low), Document(interval?.high))
  }

  /// What simulated years say of a running service.
  private static func simulated(_ service: ServiceAnswer) -> Document {
    guard let history = service.history else { return .null }
    let (top, claim) = (history.top, history.claim)
    let hour = 3600.0
    return [
      "years": Document(history.years), "availability": .number(1 - top.unavailability),
      "ci_low": Document(top.unavailabilityInterval.map { 1 - $0.high }),
      "ci_high": Document(top.unavailabilityInterval.map { 1 - $0.low }),
      "frequency_per_year": .number(top.outagesPerYear),
      "mean_outage_s": Document(top.meanOutageHours.map { $0 * hour }),
      "outage_p50_s": Document(top.outageHours(quantile: 0.5).map { $0 * hour }),
      "outage_p95_s": Document(top.outageHours(quantile: 0.95).map { $0 * hour }),
      "downtime_p50_s": .number(top.downtimeHours(quantile: 0.5) * hour),
      "downtime_p95_s": .number(top.downtimeHours(quantile: 0.95) * hour),
      "downtime_p99_s": .number(top.downtimeHours(quantile: 0.99) * hour),
      "years_without_outage": .number(top.shareOfYearsWithout),
      "p_year_below_claim": .number(claim.shareOfYears),
      "p_year_ci_low": Document(claim.yearsInterval?.low),
      "p_year_ci_high": Document(claim.yearsInterval?.high),
      "expected_refund": .number(history.expectedRefund),
    ]
  }

  private static func cutSets(_ analysis: FaultTreeAnalysis) -> Document {
    guard let cuts = analysis.cutSets else { return .null }
    return .items(
      cuts.byOrder.map { count in
        count.small.map { Document($0) } ?? .text(count.description)
      })
  }

  /// How many nines: minus the decimal logarithm of the unavailability; nil for none.
  static func nines(_ unavailability: Double) -> Double? {
    guard unavailability > 0 else { return nil }
    return (-log10(unavailability) * 100).rounded() / 100
  }

  /// The figures that the answer stands on, with where they come from.
  private static func assumptions(of question: AvailabilityQuestion) -> [Document] {
    let tiers = Set(question.model.zones.compactMap(\.tier?.rawValue)).sorted()
    let facilities: [Document] = tiers.map { tier in
      [
        "key": .text("tier \(tier)"), "value": "round parameters",
        "mark": "ours, rounded towards folk figures",
      ]
    }
    return facilities
      + question.parts.map { part in
        [
          "key": .text(part.name), "value": .text(SharingTables.failures(of: part)),
          "mark": .text(part.source ?? "stated"),
        ]
      }
  }
}
