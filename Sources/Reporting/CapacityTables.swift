package import Documents
package import Scenarios

/// How many more VMs fit, as sentence, table and document.
package enum CapacityTables {
  /// The answer in one sentence, then the batch and the table.
  package static func text(
    of answer: CapacityAnswer, losses: [CapacityQuestion.LossKind], table: String
  ) -> String {
    var lines = [sentence(of: answer, losses: losses), ""]
    if !answer.mix.isEmpty {
      let parts = answer.mix.map { "\($0.count) \($0.flavor)" }.joined(separator: ", ")
      lines.append(
        "  batch    \(parts)"
          + (answer.isMixFromCloud ? "   (the mix of what runs now, devices left aside)" : ""))
    }
    let unplaced = losses.compactMap { kind in
      answer.rows.compactMap { $0.afterLoss(kind) }.max { $0.unplaced < $1.unplaced }
    }.filter { $0.unplaced > 0 }
    for loss in unplaced {
      lines.append(
        "  without a place   \(Wording.count(loss.unplaced, "VM")) with \(loss.name) lost")
    }
    if lines.count > 2 { lines.append("") }
    return lines.map { $0 + "\n" }.joined() + table
  }

  /// The row that the answer is about: the mix, or else the first flavor, all zones together.
  package static func mainRow(of answer: CapacityAnswer) -> CapacityAnswer.Row? {
    answer.rows.first { $0.flavor == nil && $0.zone == nil } ?? answer.rows.first
  }

  private static func sentence(
    of answer: CapacityAnswer, losses: [CapacityQuestion.LossKind]
  ) -> String {
    guard let row = mainRow(of: answer) else { return "no flavor can run on an open host" }
    let noun = row.flavor ?? (row.now == 1 ? "batch of the mix" : "batches of the mix")
    var text =
      "\(row.now) more \(noun) \(row.now == 1 ? "fits" : "fit") now "
      + "(bound \(row.nowBound), greedy \(row.greedy))"
    for kind in losses {
      guard let loss = row.afterLoss(kind) else { continue }
      text += "; \(loss.value) with \(kind.rawValue) \(loss.name) lost"
    }
    return text
  }

  /// One row for each flavor and the mix, in all zones and in each.
  package static func rows(of answer: CapacityAnswer) -> Table {
    Table(
      columns: [
        "flavor", "zone", "now", "now_bound", "greedy", "host_lost", "rack_lost", "zone_lost",
        "limiting", "proven", "host_lost_name", "host_lost_unplaced", "rack_lost_name",
        "rack_lost_unplaced", "zone_lost_name", "zone_lost_unplaced",
      ],
      rows: answer.rows.map { row in
        [
          .text(row.flavor ?? "mix"), Document(row.zone), Document(row.now),
          Document(row.nowBound), Document(row.greedy), Document(row.hostLost?.value),
          Document(row.rackLost?.value), Document(row.zoneLost?.value), Document(row.limiting),
          .bool(row.isProven),
        ]
          + [row.hostLost, row.rackLost, row.zoneLost].flatMap { loss -> [Document] in
            [Document(loss?.name), Document(loss?.unplaced)]
          }
      })
  }

  /// The whole answer.
  package static func document(of answer: CapacityAnswer) -> Document {
    [
      "name": .text(answer.name),
      "mix": .items(
        answer.mix.map { ["flavor": .text($0.flavor), "count": Document($0.count)] }),
      "mix_from_cloud": .bool(answer.isMixFromCloud),
      "rows": .items(rows(of: answer).objects),
      "witness": .items(
        answer.witness.map {
          ["host": .text($0.host), "flavor": .text($0.flavor), "count": Document($0.count)]
        }),
    ]
  }
}
