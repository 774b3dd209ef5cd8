import Availability
import Documents
package import Scenarios

/// Variants of a scenario side by side: how available services are, and what limits them.
package enum AvailabilityVariantTables {
  /// One row for each variant and service, running VMs only.
  package static func rows(
    of answers: [(variant: AvailabilityVariant, answer: AvailabilityAnswer)]
  ) -> Table {
    Table(
      objects: answers.flatMap { variant, answer in
        answer.services.compactMap { service in
          service.impacts.first { $0.impact == .running }.map { running in
            .fields(head(variant, answer) + row(service, running, answer.question))
          }
        }
      })
  }

  private static func head(
    _ variant: AvailabilityVariant, _ answer: AvailabilityAnswer
  ) -> [(String, Document)] {
    let model = answer.question.model
    let storage = model.parts.filter { $0.kind == .storage }.map(\.domain.rawValue)
    let tiers = Set(model.zones.map { $0.tier?.rawValue ?? "none" }).sorted()
    return [
      ("zones", Document(model.zones.count)),
      ("storage", .text(storage.isEmpty ? "none" : Set(storage).sorted().joined(separator: " "))),
      ("tier", .text(tiers.joined(separator: " "))),
    ]
  }

  private static func row(
    _ service: ServiceAnswer, _ running: ImpactAnswer, _ question: AvailabilityQuestion
  ) -> [(String, Document)] {
    let unavailability = running.shared.unavailability
    let limit = running.shared.blame.first
    return [
      ("service", .text(service.shape.name)),
      ("nines_independent", Document(AvailabilityTables.nines(running.independent))),
      ("nines", Document(AvailabilityTables.nines(unavailability))),
      (
        "downtime_s_per_year",
        .number(unavailability * ServiceAnalysis.hoursPerYear * 3600)
      ),
      (
        "verdict",
        .text(ClaimVerdict(availability: 1 - unavailability, claim: question.claim).rawValue)
      ),
      ("limited_by", Document(limit?.node.name)),
      ("limited_by_shared", Document(running.shared.limitingShared?.node.name)),
      (
        "nines_without_it",
        Document(limit.flatMap { AvailabilityTables.nines($0.unavailabilityWithout) })
      ),
    ]
  }

  /// The table with the answer before it: in how many cases the claim holds, and the least of them.
  package static func text(
    of answers: [(variant: AvailabilityVariant, answer: AvailabilityAnswer)], table: String
  ) -> String {
    guard let claim = answers.first?.answer.question.claim else { return table }
    var lines: [String] = []
    for (place, service) in (answers.first?.answer.services ?? []).enumerated() {
      let met = answers.filter { 1 - unavailability($0.answer, place) >= claim }
      lines.append(
        "\(service.shape.name): \(AvailabilityTables.promised(claim)) is met in \(met.count) of "
          + "\(answers.count) cases" + (met.first.map { ", first with \(words($0.answer))" } ?? ""))
    }
    return lines.map { $0 + "\n" }.joined() + "\n" + table
  }

  private static func unavailability(_ answer: AvailabilityAnswer, _ service: Int) -> Double {
    answer.services[service].impacts.first { $0.impact == .running }?.shared.unavailability ?? 1
  }

  private static func words(_ answer: AvailabilityAnswer) -> String {
    head(AvailabilityVariant(), answer).map { key, value in
      let text = Table.text(value)
      return key == "zones"
        ? Wording.count(Int(text) ?? 0, "zone")
        : key == "storage" ? "block storage in each \(text)" : "Tier \(text)"
    }.joined(separator: ", ")
  }
}
