import CloudModel
package import Scenarios

/// A plan as an operator reads it: the answer first, then what decides it, then the moves.
package struct EvacuationSummary {
  private let plan: PlanRecord
  private let isColoured: Bool

  /// The summary of a plan, with or without colours for a terminal.
  package init(_ plan: PlanRecord, isColoured: Bool = false) {
    self.plan = plan
    self.isColoured = isColoured
  }

  /// The word of the answer, in bold and in a colour that colour-blind readers tell apart.
  private func answerWord(_ word: String) -> String {
    guard isColoured else { return word }
    return "\u{1B}[1;\(word == "YES" ? "36" : "33")m\(word)\u{1B}[0m"
  }

  /// The answer with its figures, without the list of moves.
  package var answer: String {
    ([heading, ""] + verdictLines + dateLines + figureLines + leftBehindLines
      + NoticeWording.lines(plan.dates?.notices ?? [], namesWaves: false) + adviceLines + noteLines)
      .map { $0 + "\n" }.joined()
  }

  /// The moves wave by wave, then totals.
  package var moves: String {
    var lines: [String] = []
    let width = plan.moves.map(\.vm.count).max() ?? 0
    let sources = plan.moves.map(\.source.count).max() ?? 0
    for wave in plan.waves {
      let waits =
        wave.wait > 0 ? ", \(Wording.duration(wave.wait)) after the wave before" : ""
      lines.append("wave \(wave.wave)  at \(Wording.duration(wave.start))\(waits)")
      for move in plan.moves where move.wave == wave.wave {
        lines.append("  " + line(move, width: width, sources: sources))
      }
    }
    for left in plan.leftBehind {
      lines.append("  ! \(left.vm)  on \(left.host)  \(why(left))")
    }
    lines.append(totals)
    return lines.map { $0 + "\n" }.joined()
  }

  private var heading: String {
    let names = plan.hosts.prefix(4).joined(separator: ", ") + (plan.hosts.count > 4 ? ", ..." : "")
    return "evacuation of \(Wording.count(plan.hosts.count, "host")) (\(names)), "
      + "strategy \(plan.strategy), \(Wording.count(Int(plan.replications), "replication")), "
      + "seed \(plan.seed)"
  }

  private var inTime: Int { Int((plan.probability * Double(plan.replications)).rounded()) }

  private var dateLines: [String] {
    guard let dates = plan.dates else { return [] }
    let earliest = dates.earliest.map { ", notices allow it from \(Wording.instant($0)) on" } ?? ""
    return [
      "  window        \(Wording.instant(dates.start)) to \(Wording.instant(dates.end))\(earliest)"
    ]
  }

  private var verdictLines: [String] {
    let window = Wording.duration(plan.window)
    let share =
      "\(inTime) of \(plan.replications) (\(Wording.percent(plan.probability)), 95 % interval "
      + "\(Wording.percent(plan.probabilityLow)) to \(Wording.percent(plan.probabilityHigh)))"
    switch plan.verdict {
    case .fits:
      return ["  fits in the window of \(window): \(answerWord("YES")), in time in \(share)"]
    case .doesNotFit:
      return ["  fits in the window of \(window): \(answerWord("NO")), in time in only \(share)"]
    case .infeasible:
      return [
        "  the hosts cannot be emptied: \(answerWord("NO")), whatever the window: "
          + "\(Wording.count(plan.leftBehind.count, "VM")) without a permitted step",
        "  the rest is in time in \(share)",
      ]
    case .unknown:
      return [
        "  the hosts are not emptied: \(answerWord("UNKNOWN")): "
          + "\(Wording.count(plan.leftBehind.count, "VM")) without a step found, and no proof that"
          + " there is none",
        "  the rest is in time in \(share)",
      ]
    }
  }

  private var figureLines: [String] {
    let duration = plan.duration
    var p95 = "p95 \(Wording.duration(duration.p95))"
    if let low = duration.p95Low, let high = duration.p95High {
      p95 += " (95 % interval \(Wording.duration(low)) to \(Wording.duration(high)))"
    }
    var lines = [
      "  duration      p50 \(Wording.duration(duration.p50))   \(p95)   "
        + "not below \(Wording.duration(duration.bound))",
      "  moves         " + counts,
    ]
    if let off = offLine { lines.append(off) }
    if let nearest = plan.bounds.first { lines.append("  nearest limit " + text(nearest)) }
    if plan.solver.status != "none" {
      lines.append(
        "  targets       \(plan.solver.status): by packing alone \(Int(plan.solver.objective)) without "
          + "a target, at least \(Int(plan.solver.bound)) (gap \(Wording.percent(plan.solver.gap)))"
      )
    }
    let loads = plan.loads.filter { $0.evidence == .assumed }.map {
      "load \($0.load) of \(Wording.count(Int($0.vms), "VM"))"
    }
    let assumed =
      plan.parameters.filter { $0.evidence == .assumed && isUsed($0.name) }.map(\.name) + loads
    if !assumed.isEmpty {
      lines.append("  assumed       " + assumed.joined(separator: ", "))
    }
    return lines
  }

  /// Whether a number of the model has a part in this plan.
  private func isUsed(_ parameter: String) -> Bool {
    func isOn(_ name: String) -> Bool {
      plan.parameters.contains { $0.name == name && $0.value > 0 }
    }
    switch parameter {
    case "tls_rate": return isOn("tls")
    case "post_copy_failures": return isOn("post_copy")
    case "disk_share", "disk_rate", "disk_writes":
      return plan.moves.contains { $0.isDiskCopied }
    case "boot": return count(.cold) + count(.stop) + count(.recreate) > 0
    case "confirmation", "confirm_delay", "cold_takes_slot": return count(.cold) > 0
    case "ready", "schedule": return count(.recreate) > 0
    case "load_spread": return count(.live) > 0
    default: return true
    }
  }

  private func count(_ action: MoveAction) -> Int {
    plan.moves.filter { $0.action == action }.count
  }

  private var counts: String {
    let helpers = plan.moves.filter(\.isHelper).count
    let offAlready = plan.moves.filter { $0.action == .stop && !$0.isRunning }.count
    return "live \(count(.live))   cold \(count(.cold))   stopped \(count(.stop))"
      + (offAlready > 0 ? " (\(offAlready) off already)" : "") + "   "
      + "ended \(count(.recreate))   cannot move \(plan.leftBehind.count)"
      + (helpers > 0 ? "   (\(helpers) to make room)" : "")
  }

  private var offLine: String? {
    func longest(_ action: MoveAction) -> Double {
      plan.moves.filter { $0.action == action }.map(\.off).max() ?? 0
    }
    var parts: [String] = []
    if longest(.cold) > 0 {
      parts.append("moved cold up to \(Wording.duration(longest(.cold))) each")
    }
    if longest(.stop) > 0 {
      // Without work in the window nobody knows when they are started again.
      parts.append(
        plan.work > 0
          ? "stopped up to \(Wording.duration(longest(.stop))) each"
          : "stopped until the work is over")
    }
    return parts.isEmpty ? nil : "  off time      " + parts.joined(separator: "   ")
  }

  private func text(_ bound: BoundRecord) -> String {
    let name =
      switch bound.name {
      case "slots": "slots of the source \(bound.subject)"
      case "longest": "longest single move from \(bound.subject)"
      case "network": "network card of \(bound.subject)"
      case "device": "devices \(bound.subject)"
      case "group": "places for group \(bound.subject)"
      default: "\(bound.name) in \(bound.subject)"
      }
    if bound.unit == "s" {
      return "\(name): \(Wording.duration(bound.value)) of \(Wording.duration(bound.limit))"
        + " (\(Wording.percent(bound.share)))"
    }
    if bound.name == "device" {
      return "\(name): \(Wording.fixed(bound.value, 0)) asked for, "
        + "\(Wording.fixed(bound.limit, 0)) free on open hosts"
    }
    let share = bound.limit > 0 ? " (\(Wording.percent(bound.share)))" : ""
    return "\(name): \(Wording.fixed(bound.value, 0)) of \(Wording.fixed(bound.limit, 0)) "
      + "\(bound.unit)\(share)"
  }

  private var leftBehindLines: [String] {
    guard !plan.leftBehind.isEmpty else { return [] }
    return ["", "CANNOT MOVE"]
      + plan.leftBehind.map { left in
        "  \(left.vm) on \(left.host): \(why(left)); \(left.advice)"
      }
  }

  private func why(_ left: LeftBehindRecord) -> String {
    let counts = left.rejectedHosts.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
    let isModelled = left.reason == LeftReason.notConvergent.word
    let proof = left.isProven || isModelled ? "" : ", not proven"
    return left.reason + (counts.isEmpty ? "" : " (hosts refused: \(counts))") + proof
  }

  /// What would make live migrations end, or end sooner, with the overrides to try it.
  private var adviceLines: [String] {
    guard !plan.advice.isEmpty else { return [] }
    var lines = ["", "ADVICE"]
    var heading = ""
    for advice in plan.advice {
      let names = advice.vms.prefix(4).joined(separator: ", ")
      let more = advice.vms.count > 4 ? " and \(advice.vms.count - 4) more" : ""
      let about = "  \(names)\(more): \(why(advice))"
      if about != heading { lines.append(about) }
      heading = about
      let with = advice.durationWith.map { ": \(Wording.duration($0))" } ?? ""
      lines.append("    \(advice.change)\(with)")
      if !advice.set.isEmpty {
        lines.append("      " + advice.set.map { "--set '\($0)'" }.joined(separator: " "))
      }
    }
    return lines
  }

  private func why(_ advice: AdviceRecord) -> String {
    switch advice.kind {
    case .downtimeRamp:
      "the ramp of the allowed pause makes each move last "
        + "\(Wording.duration(advice.duration ?? .infinity)); without it"
    case .notConvergent: "memory is written as fast as it is sent; a move ends if you"
    case .edge: "near the edge"
    }
  }

  private var noteLines: [String] {
    plan.notes.isEmpty ? [] : [""] + plan.notes.map { "  note: \($0)" }
  }

  private func line(_ move: MoveRecord, width: Int, sources: Int) -> String {
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    let sign =
      switch move.action {
      case .live, .cold, .rebuild: "~"
      case .stop: "."
      case .recreate: "-"
      }
    let target = move.target.map { "-> \($0)" } ?? "(\(phrase(move)))"
    // The word of the scheme for a limit that its provider states without a reason.
    let reason = move.reason.map { ", \($0 == "none" ? "limit of its flavor" : $0)" } ?? ""
    let helper = move.isHelper ? ", makes room" : ""
    return "\(sign) \(padded(move.vm, width))  \(padded(move.source, sources)) \(target)  "
      + "\(move.action.rawValue)\(reason)\(helper), at \(Wording.duration(move.start))"
  }

  private func phrase(_ move: MoveRecord) -> String {
    switch (move.action, move.isRunning) {
    case (.stop, true): "stays, off"
    case (.stop, false): "stays, off already"
    default: "ended, made anew by its orchestrator"
    }
  }

  private var totals: String {
    "Plan: \(count(.live)) live, \(count(.cold)) cold, \(count(.stop)) stopped, "
      + "\(count(.recreate)) ended, \(plan.leftBehind.count) cannot move, "
      + "\(Wording.count(plan.waves.count, "wave")), \(Wording.count(plan.hosts.count, "host"))"
  }
}
