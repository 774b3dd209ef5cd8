import Availability
import Documents
package import Scenarios

/// What is redundant and what is shared: the table that a provider should publish.
package enum SharingTables {
  /// One row for each part, the facilities of the zones first.
  package static func rows(of question: AvailabilityQuestion) -> Table {
    let model = question.model
    let facilities: [Document] = model.zones.map { zone in
      .fields(
        row(
          part: "\(zone.name)/\(DependencyPart.facility)", kind: "facility", domain: "zone",
          redundancy: zone.tier.map { "Tier \($0.rawValue)" } ?? "see its parts", sharing: 1,
          stops: Impact.allCases, degrades: [],
          failures: zone.tier.map { "quoted \($0.quotedPercent) %, folk" } ?? "",
          source: "Tier Standard: Topology; parameters ours",
          standard: zone.tier == .one ? "below: power and cooling lines are not redundant" : ""))
    }
    return Table(
      objects: facilities
        + zip(question.parts, model.parts).map { record, part in
          .fields(
            row(
              part: part.name, kind: part.kind.rawValue, domain: part.domain.rawValue,
              redundancy: "\(part.needed) of \(part.count)", sharing: model.zonesSharing(part),
              stops: record.stops, degrades: record.degrades, failures: failures(of: record),
              source: record.source ?? "stated", standard: standard(part, model)))
        })
  }

  private static func row(
    part: String, kind: String, domain: String, redundancy: String, sharing: Int,
    stops: [Impact], degrades: [Impact], failures: String, source: String, standard: String
  ) -> [(String, Document)] {
    [
      ("part", .text(part)), ("kind", .text(kind)), ("in_each", .text(domain)),
      ("needed", .text(redundancy)), ("zones_sharing", Document(sharing)),
      ("stops", .text(stops.map(\.rawValue).joined(separator: " "))),
      ("degrades", .text(degrades.map(\.rawValue).joined(separator: " "))),
      ("failures", .text(failures)), ("source", .text(source)), ("scs", .text(standard)),
    ]
  }

  /// How often and how long a member of a part is down, in words.
  static func failures(of part: PartRecord) -> String {
    if let chance = part.onDemand { return "\(Wording.percent(chance)) when called" }
    guard let down = part.meanDown else { return part.needs.isEmpty ? "never" : "with its needs" }
    let rate =
      part.perYear.map { "\(AvailabilityExactTables.significant($0)) a year" }
      ?? part.meanUp.map { "every \(Wording.duration(Double($0) / 1_000_000))" } ?? ""
    let share = part.share < 1 ? ", \(Wording.percent(part.share)) of VMs" : ""
    return "\(rate) for \(Wording.duration(Double(down) / 1_000_000))\(share)"
  }

  /// What scs-0121-v1 and the meeting of 2022-08-04 say about a part as it is.
  private static func standard(_ part: DependencyPart, _ model: DependencyModel) -> String {
    let isShared = model.zonesSharing(part) > 1
    switch part.kind {
    case .fireSection where isShared:
      return "broken: each zone is its own fire section (scs-0121, MUST)"
    case .powerFeed, .router, .uplink:
      if part.count - part.needed < 1 {
        return "broken: redundant within a zone (scs-0121, MUST)"
      }
      return isShared ? "allowed if no fire section takes all (scs-0121)" : "met (scs-0121)"
    case .cooling:
      return part.count - part.needed < 1 ? "not followed: redundant (scs-0121, SHOULD)" : "met"
    case .storage where isShared: return "allowed, not recommended (2022-08-04)"
    case .networks where !isShared && model.zones.count > 1:
      return "networks span zones (2022-08-04, mandatory)"
    case .identity where part.domain != .cloud && model.regions.count > 1:
      return "identity spans regions (2022-08-04)"
    default: return ""
    }
  }

  /// The table with one sentence before it: what all zones share.
  package static func text(of question: AvailabilityQuestion, table: String) -> String {
    let model = question.model
    let shared = model.parts.filter {
      model.zonesSharing($0) == model.zones.count && $0.stops.contains(.running)
    }.map(\.name)
    let zones = Wording.count(model.zones.count, "zone")
    let answer =
      model.zones.count < 2
      ? "one zone: nothing is shared between zones"
      : shared.isEmpty
        ? "no part that running VMs need is shared by all \(zones)"
        : "running VMs in all \(zones) need the same \(shared.joined(separator: ", "))"
    return answer + "\n\n" + table
  }
}
