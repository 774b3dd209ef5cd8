package import Documents
package import Scenarios

/// Findings about a plan as table, document and text.
package enum PlanCheckTables {
  /// One row for each finding.
  package static func rows(of findings: [PlanFinding]) -> Table {
    Table(
      columns: ["stops", "kind", "vm", "host", "wave", "planned", "now", "advice"],
      rows: findings.map { finding in
        [
          .bool(finding.stops), .text(finding.kind.rawValue), Document(finding.vm),
          Document(finding.host), Document(finding.wave), Document(finding.planned),
          Document(finding.now), .text(finding.advice),
        ]
      })
  }

  /// The whole answer.
  package static func document(of check: PlanCheck) -> Document {
    [
      "answer": .text(answer(check)), "fits": .bool(check.fits),
      "same_file": .bool(check.isSameFile),
      "findings": .items(rows(of: check.findings).objects),
    ]
  }

  /// The answer in one sentence.
  package static func answer(_ check: PlanCheck) -> String {
    let stopping = check.findings.filter(\.stops).count
    let others = check.findings.count - stopping
    let known = others > 0 ? ", \(Wording.count(others, "change")) to be known" : ""
    guard !check.fits else { return "the plan still fits" + (known.isEmpty ? "" : known) }
    return "the plan does not fit any more: \(Wording.count(stopping, "reason"))\(known)"
  }

  /// The findings as people read them, those that stop the plan first.
  package static func text(of check: PlanCheck) -> String {
    var lines = [answer(check)]
    for (heading, stops) in [("STOPS THE PLAN", true), ("TO BE KNOWN", false)] {
      let found = check.findings.filter { $0.stops == stops }
      if !found.isEmpty { lines += ["", heading] + found.map { line($0) } }
    }
    lines += notes(of: check).isEmpty ? [] : [""] + notes(of: check).map { "  note: \($0)" }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func notes(of check: PlanCheck) -> [String] {
    var notes: [String] = []
    if check.isSameFile { notes.append("this is the cloud file that the plan was made of") }
    if !check.knowsWishes, !check.findings.isEmpty {
      notes.append(
        "policies, devices and groups that only a scenario states are not known: name it with"
          + " --scenario")
    }
    return notes
  }

  /// A finding in one line.
  package static func line(_ finding: PlanFinding) -> String {
    let place = finding.host.map { (finding.vm == nil ? "" : " on ") + $0 } ?? ""
    let subject = (finding.vm ?? "") + place
    let wave = finding.wave.map { " (wave \($0))" } ?? ""
    let values = [finding.planned.map { "planned \($0)" }, finding.now.map { "now \($0)" }]
      .compactMap { $0 }.joined(separator: ", ")
    return "  \(finding.stops ? "!" : "~") \(subject.isEmpty ? "cloud" : subject)\(wave)  "
      + "\(finding.kind.rawValue): \(values); \(finding.advice)"
  }
}
