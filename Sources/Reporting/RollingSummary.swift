import CloudModel
package import Scenarios

/// A rolling maintenance as an operator reads it: the answer first, then the timetable, what is
/// postponed, whom to tell, and the moves.
package struct RollingSummary {
  private let plan: PlanRecord
  private let rolling: RollingPlanRecord
  private let isColoured: Bool

  /// The summary of a plan, with or without colours for a terminal; nil if it is no rolling
  /// maintenance.
  package init?(_ plan: PlanRecord, isColoured: Bool = false) {
    guard let rolling = plan.rolling else { return nil }
    self.plan = plan
    self.rolling = rolling
    self.isColoured = isColoured
  }

  /// The answer with its figures and the timetable, without the moves.
  package var answer: String {
    ([heading, "", verdictLine] + figureLines + [""] + timetableLines + postponedLines
      + NoticeWording.lines(rolling.notices, namesWaves: true) + noteLines)
      .map { $0 + "\n" }.joined()
  }

  /// The moves wave by wave.
  package var moves: String {
    var lines: [String] = []
    let byWave = Dictionary(grouping: plan.moves, by: \.wave)
    for wave in rolling.waves {
      let own = byWave[wave.wave, default: []]
      lines.append(
        "wave \(wave.wave)  out \(wave.hosts.joined(separator: ", "))")
      lines += own.filter { $0.phase == .drain }.map { "  " + line($0) }
      let back = own.count { $0.phase == .back }
      if back > 0 { lines.append("  and \(Wording.count(back, "VM")) home after the work") }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func line(_ move: MoveRecord) -> String {
    switch (move.target, move.action) {
    case (let target?, let action):
      "~ \(move.vm)  \(move.source) -> \(target)  \(action.rawValue)"
    case (nil, .recreate): "~ \(move.vm)  \(move.source)  ended, made anew by its orchestrator"
    case (nil, _): "~ \(move.vm)  \(move.source)  stopped for the work"
    }
  }

  private func answerWord(_ word: String) -> String {
    guard isColoured else { return word }
    return "\u{1B}[1;\(word == "YES" ? "36" : "33")m\(word)\u{1B}[0m"
  }

  private var heading: String {
    let after =
      switch rolling.policy {
      case .back: "VMs go back after each wave"
      case .stay: "VMs stay where they were moved"
      case .oneByOne: "one host at a time, VMs go back"
      }
    return "rolling maintenance of \(Wording.count(plan.hosts.count, "host")) with "
      + "\(Wording.count(Int(rolling.vms), "VM")), work \(Wording.duration(plan.work)) a wave, "
      + "\(after), reserve \(rolling.reserveWord), "
      + "\(Wording.count(Int(plan.replications), "replication")), seed \(plan.seed)"
  }

  private var isDated: Bool { rolling.waves.contains { $0.latestStart != nil } }

  private var verdictLine: String {
    let inTime = Int((plan.probability * Double(plan.replications)).rounded())
    let share =
      "in \(inTime) of \(plan.replications) (\(Wording.percent(plan.probability)), 95 % interval "
      + "\(Wording.percent(plan.probabilityLow)) to \(Wording.percent(plan.probabilityHigh)))"
    let limit =
      isDated
      ? "every wave ends in its window"
      : plan.window > 0 ? "all done within \(Wording.duration(plan.window))" : "all can be done"
    let rest = Wording.count(rolling.postponed.count, "host")
    switch plan.verdict {
    case .fits: return "  \(limit): \(answerWord("YES")), \(share)"
    case .doesNotFit where rolling.postponed.isEmpty:
      return "  \(limit): \(answerWord("NO")), \(share)"
    case .doesNotFit:
      return "  \(limit): \(answerWord("NO")): \(rest) in no window; the rest \(share)"
    case _ where rolling.waves.isEmpty:
      return "  not one can be done: \(answerWord("NO")): \(rest) postponed"
    case .infeasible:
      return "  not all can be done: \(answerWord("NO")): \(rest) postponed; the rest \(share)"
    case .unknown:
      return
        "  not all are done: \(answerWord("UNKNOWN")): \(rest) postponed, and no proof that they "
        + "have to be; the rest \(share)"
    }
  }

  private var figureLines: [String] {
    let off = plan.moves.count { $0.phase == .drain && $0.target != nil }
    let back = plan.moves.count { $0.phase == .back }
    let stopped = plan.moves.count { $0.target == nil }
    var moves = "  moves         \(off) off the hosts"
    if back > 0 { moves += ", \(back) home" } else { moves += ", at least \(rolling.movesBound)" }
    if stopped > 0 { moves += ", \(stopped) stopped or ended" }
    return [
      "  waves         \(rolling.waves.count), no plan has fewer than \(rolling.wavesBound)",
      "  duration      p50 \(Wording.duration(plan.duration.p50))   "
        + "p95 \(Wording.duration(plan.duration.p95))   "
        + "these waves not below \(Wording.duration(plan.duration.bound)), any not below "
        + Wording.duration(rolling.timeBound),
      moves,
    ]
  }

  private var timetableLines: [String] {
    guard !rolling.waves.isEmpty else { return [] }
    var columns = ["wave", "hosts", "zones", "begins", "empty", "work done", "ends"]
    columns +=
      isDated ? ["p95", "latest start", "turn back until", "in time"] : ["p95", "turn back until"]
    columns += ["free memory", "room for " + (rolling.arrivalFlavor ?? "new VMs")]
    let rows = rolling.waves.map { wave in
      let dated =
        isDated
        ? [
          wave.latestStart.map { time($0, wave) } ?? "-", time(wave.turnBack, wave),
          Wording.percent(wave.inTime),
        ] : [time(wave.turnBack, wave)]
      return [
        "\(wave.wave)", "\(wave.hosts.count)", wave.zones.joined(separator: "+"),
        time(wave.start, wave), time(wave.drained, wave), time(wave.worked, wave),
        time(wave.end, wave), Wording.duration(wave.durationP95),
      ] + dated + [Wording.percent(wave.freeMemory), "\(wave.arrivals)"]
    }
    return aligned([columns] + rows)
  }

  /// A time after the start, or its date and time in UTC where there are dates.
  private func time(_ seconds: Double, _ wave: RollingWaveRecord) -> String {
    guard let at = wave.at else { return Wording.duration(seconds) }
    return Wording.instant(at + Int64((seconds - wave.start) * 1_000_000))
  }

  private func aligned(_ rows: [[String]]) -> [String] {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(row, widths).map { text, width in
        text + String(repeating: " ", count: width - text.count)
      }
      let line = "  " + cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  private var postponedLines: [String] {
    guard !rolling.postponed.isEmpty else { return [] }
    return ["", "POSTPONED"]
      + rolling.postponed.map { host in
        let vm = host.vm.map { ", `\($0)`" } ?? ""
        let proof = host.isProven ? "" : ", not proven"
        let earliest = host.earliest.map { ", earliest \(Wording.instant($0))" } ?? ""
        return "  \(host.host): \(host.reason)\(vm)\(proof)\(earliest); \(host.advice)"
      }
  }

  private var noteLines: [String] {
    plan.notes.isEmpty ? [] : [""] + plan.notes.map { "  note: \($0)" }
  }
}
