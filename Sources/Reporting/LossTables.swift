package import Documents
package import Scenarios
import Simulator

/// What the loss of a part of a cloud costs, as sentences, table and document.
package enum LossTables {
  /// One row for each load and class of recovery, and for all VMs.
  package static func rows(of answer: LossAnswer) -> Table {
    Table(
      objects: answer.cases.flatMap { loss -> [Document] in
        let classes = RecoveryClass.allCases.map { ($0.rawValue, loss.outcome[$0]) }
        return (classes + [("all", loss.outcome.all)]).map { row(loss, $0, $1) }
      })
  }

  private static func row(
    _ loss: LossAnswer.Case, _ name: String, _ cost: RegionLoss.Cost
  ) -> Document {
    [
      "load": .number((loss.load * 1000).rounded() / 1000), "recovery": .text(name),
      "lost": Document(cost.lost), "recovered_elsewhere": Document(cost.recoveredElsewhere),
      "waited_for_host": Document(cost.waitedForHost), "without_room": Document(cost.withoutRoom),
      "last_elsewhere_s": Document(cost.lastElsewhereSeconds),
      "last_back_s": Document(cost.lastBackSeconds), "mean_down_s": Document(cost.meanDownSeconds),
      "lost_vm_seconds": .number(cost.lostVMSeconds),
    ]
  }

  /// The whole answer.
  package static func document(of answer: LossAnswer) -> Document {
    [
      "lost": .text(answer.lost), "outage_s": .number(answer.seconds),
      "rows": .items(rows(of: answer).objects),
      "cases": .items(
        answer.cases.map { loss in
          [
            "load": .number(loss.load), "largest_queue": Document(loss.outcome.largestQueue),
            "missing_memory_bytes": Document(loss.missingMiB << 20),
            "missing_vcpus": .number(Double(loss.missingMilliCPU) / 1000),
            "timeline": .items(
              loss.outcome.timeline.map {
                ["time_s": .number($0.seconds), "down": Document($0.down)]
              }),
          ]
        }),
      "notes": .items(answer.notes.map { .text($0) }),
    ]
  }

  /// A sentence for each load, then the table.
  package static func text(of answer: LossAnswer, table: String) -> String {
    let lines = answer.cases.map { sentence($0, answer) } + answer.notes.map { "note: \($0)" }
    return lines.map { $0 + "\n" }.joined() + "\n" + table
  }

  private static func sentence(_ loss: LossAnswer.Case, _ answer: LossAnswer) -> String {
    let all = loss.outcome.all
    var text =
      "\(answer.lost) lost for \(Wording.duration(answer.seconds)) at "
      + "\(Wording.percent(loss.load)) load: \(all.recoveredElsewhere) of "
      + "\(Wording.count(all.lost, "VM")) back elsewhere"
    if let last = all.lastElsewhereSeconds { text += ", the last after \(Wording.duration(last))" }
    if all.withoutRoom > 0 {
      text += "; \(all.withoutRoom) without room"
      if loss.missingMiB > 0 {
        text += ", at least \(Wording.fixed(Double(loss.missingMiB) / 1024, 0)) GiB missing"
      } else if loss.missingMilliCPU > 0 {
        text += ", at least \(loss.missingMilliCPU / 1000) vCPUs missing"
      }
    }
    let waiting = all.waitedForHost - all.withoutRoom
    if waiting > 0 { text += "; \(waiting) wait for their host" }
    return text
  }
}
