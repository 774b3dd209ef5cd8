package import Documents
package import Scenarios
import Simulator
import Stochastics

/// Years of a region, as sentences, table and document.
package enum RegionTables {
  /// One row for each class of recovery, and for all VMs.
  package static func rows(of answer: RegionAnswer) -> Table {
    let classes = RecoveryClass.allCases.map { ($0.rawValue, answer.report[$0]) }
    return Table(objects: (classes + [("all", answer.report.all)]).map { row($0, $1, answer) })
  }

  private static func row(
    _ name: String, _ loss: LossSummary, _ answer: RegionAnswer
  ) -> Document {
    let times = loss.timesToRecover
    return [
      "recovery": .text(name), "vms": Document(loss.vmCount),
      "availability": .number(1 - loss.unavailability),
      "ci_low": Document(loss.interval.map { 1 - $0.high }),
      "ci_high": Document(loss.interval.map { 1 - $0.low }),
      "downtime_s_per_year": .number(loss.unavailability * 31_536_000),
      "losses_per_vm_year": Document(
        loss.vmCount > 0 ? Double(times.count) / Double(loss.vmCount) / answer.years : nil),
      "recovered_elsewhere": Document(loss.recoveredElsewhere),
      "waited_for_host": Document(loss.waitedForHost), "without_room": Document(loss.withoutRoom),
      "recover_mean_s": Document(times.meanSeconds),
      "recover_p50_s": Document(times.quantileSeconds(0.5)),
      "recover_p95_s": Document(times.quantileSeconds(0.95)),
      "recover_max_s": Document(times.longestSeconds),
    ]
  }

  /// The whole answer.
  package static func document(of answer: RegionAnswer) -> Document {
    let report = answer.report
    return [
      "name": .text(answer.name), "hosts": Document(answer.hosts), "vms": Document(answer.vms),
      "years": .number(answer.years), "claim": .number(answer.claim),
      "rows": .items(rows(of: answer).objects),
      "services": .items(report.services.map(service)),
      "largest_queue": Document(report.largestQueue),
      "blocked_h_per_year": .number(report.blockedHours / report.hours * 8760),
      "blocked_vm_seconds": .number(report.blockedVMSeconds),
      "notes": .items(answer.notes.map { .text($0) }),
    ]
  }

  private static func service(_ service: ServiceSummary) -> Document {
    [
      "name": .text(service.name), "availability": .number(1 - service.unavailability),
      "ci_low": Document(service.interval.map { 1 - $0.high }),
      "ci_high": Document(service.interval.map { 1 - $0.low }),
      "outages": Document(service.outages), "frequency_per_year": .number(service.outagesPerYear),
      "mean_outage_s": Document(service.meanOutageSeconds),
      "p_month_below_claim": Document(
        service.months > 0 ? Double(service.monthsBelow) / Double(service.months) : nil),
      "p_month_ci_low": Document(service.monthsBelowInterval?.low),
      "p_month_ci_high": Document(service.monthsBelowInterval?.high),
    ]
  }

  /// The answer in sentences, then the table.
  package static func text(of answer: RegionAnswer, table: String) -> String {
    let (all, report) = (answer.report.all, answer.report)
    var lines = [
      "\(Wording.count(answer.vms, "VM")) on \(Wording.count(answer.hosts, "host")) in "
        + "\(Wording.fixed(answer.years, 0)) simulated years: a VM runs "
        + "\(AvailabilityTables.percent(all.unavailability)) of the time, down "
        + "\(AvailabilityTables.yearly(all.unavailability)) a year",
      "recovery was blocked \(Wording.duration(report.blockedHours / report.hours * 8760 * 3600)) a "
        + "year; at most \(Wording.count(report.largestQueue, "VM")) waited for it at once",
    ]
    let groups = report.services.filter { $0.unavailability > 0 }.sorted {
      ($0.unavailability, $1.name) > ($1.unavailability, $0.name)
    }
    for group in groups.prefix(5) {
      lines.append(
        "group \(group.name): \(AvailabilityTables.percent(group.unavailability)), "
          + "\(Wording.fixed(group.outagesPerYear, 2)) outages a year")
    }
    lines += answer.notes.map { "note: \($0)" }
    return lines.map { $0 + "\n" }.joined() + "\n" + table
  }
}
