import CloudModel
import Documents
package import Scenarios
import Stochastics

/// The placement of a demand as a planner reads it: the answer first, then policy by policy.
package struct PlacementSummary {
  private let answer: PlacementAnswer

  /// The summary of an answer.
  package init(_ answer: PlacementAnswer) {
    self.answer = answer
  }

  /// The whole text.
  package var text: String {
    var lines = [heading, ""]
    if answer.interruption != nil {
      lines.append("  INCOMPLETE: the demand could not be followed to its end; up to there:")
    }
    lines += answerLines + [""] + tableLines + boundLines + refusalLines
    return lines.map { $0 + "\n" }.joined()
  }

  private var heading: String {
    let arrivals = Int((answer.results.first?.summary("arrivals").mean ?? 0).rounded())
    return "placement of \(Wording.count(arrivals, "VM")) on "
      + "\(Wording.count(answer.question.fleet.count, "host")), "
      + "\(answer.results.count == 1 ? "1 policy" : "\(answer.results.count) policies"), "
      + "\(Wording.count(answer.replications, "replication")), seed \(answer.question.seed)"
  }

  private var ranked: [PlacementResult] {
    answer.results.enumerated().sorted { left, right in
      let (first, second) = (
        left.element.summary("rejected_share").mean, right.element.summary("rejected_share").mean
      )
      return first < second || (first == second && left.offset < right.offset)
    }.map(\.element)
  }

  private var answerLines: [String] {
    guard let best = ranked.first, let worst = ranked.last else { return [] }
    var lines = ["  fewest refused: \(best.policy), \(share(best, "rejected_share"))"]
    if answer.results.count > 1 {
      let (mean, interval) = worst.difference(to: best, "rejected_share")
      let difference =
        interval.map { interval in
          interval.contains(0)
            ? "no difference shown"
            : "\(Wording.percent(mean)) of all VMs more (\(Wording.percent(interval.low)) to "
              + "\(Wording.percent(interval.high)), paired by draws)"
        } ?? "\(Wording.percent(mean)) of all VMs more"
      lines.append(
        "  most refused: \(worst.policy), \(share(worst, "rejected_share")): \(difference)")
    }
    if let line = allocationLine { lines.append(line) }
    if let wanted = answer.wantedHalfWidth {
      let reached = answer.halfWidth <= wanted ? "reached" : "NOT reached"
      lines.append(
        "  half-width of the refused share: \(Wording.percent(answer.halfWidth)), wanted "
          + "\(Wording.percent(wanted)): \(reached)")
    }
    return lines
  }

  /// Where nothing leaves: who gave away the most devices, beside what nobody can exceed.
  private var allocationLine: String? {
    guard let limit = answer.bounds.first(where: { $0.measure == "device_end" }) else { return nil }
    let ranked = answer.results.map { ($0.policy, $0.summary(limit.measure).mean) }
    guard let best = ranked.max(by: { $0.1 < $1.1 }) else { return nil }
    return "  most devices given away: \(best.0), \(Wording.fixed(best.1, 1)) of at most "
      + "\(Wording.fixed(limit.bound, 1)) (\(Wording.percent(best.1 / max(limit.bound, 1e-9))))"
  }

  private func share(_ result: PlacementResult, _ name: String) -> String {
    let (mean, interval) = result.summary(name)
    guard let interval else { return Self.fine(mean) }
    return "\(Self.fine(mean)) (95 % interval \(Self.fine(interval.low)) to "
      + "\(Self.fine(interval.high)))"
  }

  /// A share in percent with as many decimals as a small one needs.
  private static func fine(_ share: Double) -> String {
    "\(Wording.fixed(share * 100, abs(share) < 0.1 ? 3 : 2)) %"
  }

  private var tableLines: [String] {
    let hasDevices = answer.question.demand.requests.contains { !$0.devices.isEmpty }
    let header = [
      "policy", "refused", "+-", "vCPU used", "memory used", "host-hours", "+-", "hosts in use",
      "stranded vCPU", "fragmented",
    ]
    let rows = answer.results.map { result in
      let (refused, hours) = (result.summary("rejected_share"), result.summary("host_hours"))
      func percent(_ name: String) -> String { Wording.percent(result.summary(name).mean) }
      return [
        result.policy, Self.fine(refused.mean),
        refused.interval.map { Self.fine($0.halfWidth) } ?? "",
        percent("vcpu_used_share"), percent("memory_used_share"), Wording.fixed(hours.mean, 0),
        hours.interval.map { Wording.fixed($0.halfWidth, 0) } ?? "",
        Wording.fixed(result.summary("hosts_in_use_mean").mean, 1), percent("stranded_vcpu_share"),
        percent("fragmentation_share"),
      ] + (hasDevices ? [percent("device_used_share")] : [])
    }
    return Self.aligned([header + (hasDevices ? ["devices used"] : [])] + rows)
  }

  private static func aligned(_ rows: [[String]]) -> [String] {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      "  "
        + row.enumerated().map { column, text in
          let padding = String(repeating: " ", count: widths[column] - text.count)
          return column == 0 ? text + padding : padding + text
        }.joined(separator: "  ")
    }
  }

  private var boundLines: [String] {
    guard !answer.bounds.isEmpty else { return [] }
    let header = ["at the end"] + answer.results.map(\.policy) + ["bound"]
    let rows = answer.bounds.map { limit in
      [limit.measure.hasSuffix("_end") ? String(limit.measure.dropLast(4)) : limit.measure]
        + answer.results.map { result in
          let mean = result.summary(limit.measure).mean
          return "\(Wording.fixed(mean, 1)) (\(Wording.percent(mean / max(limit.bound, 1e-9))))"
        } + [Wording.fixed(limit.bound, 1)]
    }
    return ["", "  beside what no placement can exceed"] + Self.aligned([header] + rows)
  }

  private var refusalLines: [String] {
    let rows = PlacementTables.refusals(of: answer).rows
    guard !rows.isEmpty else { return [] }
    var lines = ["", "  why refused"]
    for result in answer.results {
      let own = rows.filter { Table.text($0[0]) == result.policy }
      if own.isEmpty { continue }
      let reasons = own.map { row in
        "\(Table.text(row[1])) \(Wording.fixed(Double(Table.text(row[2])) ?? 0, 0))"
      }
      lines.append("  \(result.policy): \(reasons.joined(separator: ", "))")
    }
    return lines
  }
}
