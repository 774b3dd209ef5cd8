import CloudModel
package import Scenarios

/// A recovery as an operator reads it: the answer first, then what decides it, then the rebuilds.
package struct RecoverySummary {
  private let plan: PlanRecord
  private let recovery: RecoveryRecord
  private let isColoured: Bool

  /// The summary of a plan, with or without colours for a terminal; nil if it is no recovery.
  package init?(_ plan: PlanRecord, isColoured: Bool = false) {
    guard let recovery = plan.recovery else { return nil }
    self.plan = plan
    self.recovery = recovery
    self.isColoured = isColoured
  }

  private func answerWord(_ word: String) -> String {
    guard isColoured else { return word }
    return "\u{1B}[1;\(word == "YES" ? "36" : "33")m\(word)\u{1B}[0m"
  }

  /// The answer with its figures, without the list of rebuilds.
  package var answer: String {
    ([heading, "", verdictLine] + backLines + figureLines + leftLines + noteLines)
      .map { $0 + "\n" }.joined()
  }

  /// The rebuilds wave by wave, then totals.
  package var moves: String {
    var lines: [String] = []
    let width = plan.moves.map(\.vm.count).max() ?? 0
    let sources = plan.moves.map(\.source.count).max() ?? 0
    for wave in plan.waves {
      lines.append("wave \(wave.wave)  at \(Wording.duration(wave.start))")
      for move in plan.moves where move.wave == wave.wave {
        lines.append("  " + line(move, width: width, sources: sources))
      }
    }
    for left in plan.leftBehind { lines.append("  ! \(left.vm)  on \(left.host)  \(why(left))") }
    lines.append(
      "Plan: \(count(.rebuild)) rebuilt, \(count(.recreate)) made anew, \(waiting) wait, "
        + "\(plan.leftBehind.count - waiting) cannot be rebuilt, "
        + Wording.count(plan.hosts.count, "failed host"))
    return lines.map { $0 + "\n" }.joined()
  }

  private var heading: String {
    let names = plan.hosts.prefix(4).joined(separator: ", ") + (plan.hosts.count > 4 ? ", ..." : "")
    let what = recovery.zone.map { "zone \($0), " } ?? ""
    return "recovery of \(what)\(Wording.count(plan.hosts.count, "host")) (\(names)) with "
      + "\(Wording.count(Int(recovery.vms), "VM")), "
      + "\(Wording.count(Int(plan.replications), "replication")), seed \(plan.seed)"
  }

  private func count(_ action: MoveAction) -> Int {
    plan.moves.filter { $0.action == action }.count
  }

  private var waiting: Int { plan.leftBehind.filter(isWaiting).count }

  private func isWaiting(_ left: LeftBehindRecord) -> Bool { left.reason == LeftReason.waits.word }

  private var verdictLine: String {
    let inTime = Int((plan.probability * Double(plan.replications)).rounded())
    let share =
      "in time in \(inTime) of \(plan.replications) (\(Wording.percent(plan.probability)), 95 % "
      + "interval \(Wording.percent(plan.probabilityLow)) to "
      + "\(Wording.percent(plan.probabilityHigh)))"
    let window = Wording.duration(plan.window)
    let missing = Wording.count(plan.leftBehind.count - waiting, "VM")
    let all = waiting > 0 ? "all but the \(waiting) that wait" : "all"
    switch plan.verdict {
    case .fits: return "  \(all) rebuilt within \(window): \(answerWord("YES")), \(share)"
    case .doesNotFit: return "  \(all) rebuilt within \(window): \(answerWord("NO")), \(share)"
    case .infeasible:
      return "  not all can be rebuilt: \(answerWord("NO")): \(missing) without a place or a step; "
        + "the rest \(share)"
    case .unknown:
      return "  not all are rebuilt: \(answerWord("UNKNOWN")): \(missing) without a place found, "
        + "and no proof that there is none; the rest \(share)"
    }
  }

  private var backLines: [String] {
    guard recovery.ran > 0 else { return ["  service again no VM gave service before"] }
    return recovery.back.map { back in
      let title = back == recovery.back.first ? "  service again " : "                "
      guard let nominal = back.nominal else {
        return title + Wording.percent(back.share) + " never"
      }
      let p95 = back.p95.map { "   p95 \(Wording.duration($0))" } ?? ""
      return title + "\(Wording.percent(back.share)) of \(recovery.ran) after "
        + Wording.duration(nominal) + p95
    }
  }

  private var figureLines: [String] {
    var lines = [
      "  duration      p50 \(Wording.duration(plan.duration.p50))   "
        + "p95 \(Wording.duration(plan.duration.p95))   "
        + "not below \(Wording.duration(plan.duration.bound))",
      "  VMs           rebuilt \(count(.rebuild))   made anew \(count(.recreate))   "
        + "wait \(waiting)   cannot be rebuilt \(plan.leftBehind.count - waiting)",
    ]
    if plan.solver.status != "none" {
      lines.append(
        "  targets       \(plan.solver.status): \(Int(plan.solver.objective)) without a place, at "
          + "least \(Int(plan.solver.bound)) (gap \(Wording.percent(plan.solver.gap)))")
    }
    if !recovery.dataLost.isEmpty {
      lines.append("  data lost     local disks of " + recovery.dataLost.joined(separator: ", "))
    }
    let assumed = plan.parameters.filter { $0.evidence == .assumed && isUsed($0.name) }
    if !assumed.isEmpty {
      lines.append("  assumed       " + assumed.map(\.name).joined(separator: ", "))
    }
    return lines
  }

  private func isUsed(_ parameter: String) -> Bool {
    switch parameter {
    case "ready", "schedule": count(.recreate) > 0
    case "fence", "rebuild", "builds_per_host": count(.rebuild) > 0
    default: true
    }
  }

  private var leftLines: [String] {
    guard !plan.leftBehind.isEmpty else { return [] }
    return ["", "NOT REBUILT"]
      + plan.leftBehind.map { "  \($0.vm) on \($0.host): \(why($0)); \($0.advice)" }
  }

  private func why(_ left: LeftBehindRecord) -> String {
    let counts = left.rejectedHosts.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
    return left.reason + (counts.isEmpty ? "" : " (hosts refused: \(counts))")
      + (left.isProven ? "" : ", not proven")
  }

  private var noteLines: [String] {
    plan.notes.isEmpty ? [] : [""] + plan.notes.map { "  note: \($0)" }
  }

  private func line(_ move: MoveRecord, width: Int, sources: Int) -> String {
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    let target = move.target.map { "-> \($0)" } ?? "(made anew by its orchestrator)"
    let service =
      move.isRunning ? "service after \(Wording.duration(move.off))" : "was off and stays off"
    let lost = recovery.dataLost.contains(move.vm) ? ", local data lost" : ""
    return "~ \(padded(move.vm, width))  \(padded(move.source, sources)) \(target)  "
      + "\(move.action.rawValue) at \(Wording.duration(move.start)), \(service)\(lost)"
  }
}
