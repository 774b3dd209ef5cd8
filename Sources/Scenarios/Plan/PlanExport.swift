import CloudModel
import Documents

/// A plan as text for operators and their tools. Nothing here changes a cloud.
package enum PlanExport: String, CaseIterable, Sendable {
  /// JSON for tools that carry moves out: drained hosts and moves by wave.
  case moves
  /// Commands of the `openstack` client, for people to read and run.
  case openstackCLI = "openstack-cli"
  /// One move a line.
  case csv
  /// A table for a ticket.
  case md

  /// The text of a plan in this format.
  package func text(of plan: PlanRecord) -> String {
    switch self {
    case .moves: Self.movesDocument(plan).json(.indented) + "\n"
    case .openstackCLI: Self.commands(plan)
    case .csv: Self.commaSeparated(plan)
    case .md: Self.markdown(plan)
    }
  }

  /// What a tool is to do with a move: stop and recreate are both a shutdown, since the successor of
  /// an ended VM is its orchestrator's work. A VM that is stopped already needs no command, and
  /// Nova would refuse one.
  ///
  /// On a failed host there is nothing to shut down.
  private static func isExported(_ move: MoveRecord, of plan: PlanRecord) -> Bool {
    move.target != nil || (move.isRunning && plan.recovery == nil)
  }

  private static func word(for action: MoveAction) -> String {
    switch action {
    case .live: "live"
    case .cold: "cold"
    case .stop, .recreate: "shutdown"
    case .rebuild: "recreate"
    }
  }

  private static func movesDocument(_ plan: PlanRecord) -> Document {
    let hosts = Document.items(plan.hosts.map { .text($0) })
    // Hosts of a rolling maintenance are filled again.
    return [
      "drain_hosts": plan.recovery == nil && plan.rolling == nil ? hosts : [],
      "failed_hosts": plan.recovery == nil ? [] : hosts,
      "moves": .items(
        plan.moves.filter { isExported($0, of: plan) }.map { move in
          [
            "server": .text(move.vmID), "action": .text(word(for: move.action)),
            "target": Document(move.target), "source": .text(move.source),
            "wave": .integer(wave(of: move)),
          ]
        }),
    ]
  }

  /// A wave of a rolling maintenance is two for tools: off its hosts, and home.
  private static func wave(of move: MoveRecord) -> Int64 {
    guard let phase = move.phase else { return move.wave }
    return 2 * move.wave - (phase == .drain ? 1 : 0)
  }

  private static func commands(_ plan: PlanRecord) -> String {
    guard plan.recovery == nil else { return RecoveryScript(plan).text }
    guard plan.rolling == nil else { return RollingScript(plan).text }
    var lines = [
      "#!/bin/sh",
      "# Plan `\(plan.name)`: \(plan.hosts.joined(separator: ", ")), made by \(plan.program).",
      "# Read it before you run it; each wave begins when the one before is over.",
      "set -eu",
      "# The first version of the API in which a cold migration may name its target.",
      "export OS_COMPUTE_API_VERSION=${OS_COMPUTE_API_VERSION:-2.56}", "",
    ]
    for host in plan.hosts {
      lines.append(
        "openstack compute service set --disable --disable-reason maintenance "
          + "\(quoted(host)) nova-compute")
    }
    for wave in plan.waves {
      lines += ["", "# wave \(wave.wave): \(wave.condition)"]
      if wave.wait > 0 { lines.append("sleep \(Int(wave.wait.rounded(.up)))") }
      for move in plan.moves where move.wave == wave.wave { lines += commands(move) }
    }
    lines += ["", "# when the work is done:"]
    for move in plan.moves where move.action == .stop && move.isRunning {
      lines.append("# openstack server start \(quoted(move.vmID))  # \(move.vm)")
    }
    for host in plan.hosts {
      lines.append("# openstack compute service set --enable \(quoted(host)) nova-compute")
    }
    for left in plan.leftBehind {
      lines.append("# stays on \(left.host): \(left.vm) (\(left.reason)): \(left.advice)")
    }
    return lines.map { ($0.hasPrefix("# ") ? oneLine($0) : $0) + "\n" }.joined()
  }

  /// A text that is no more than a comment: names come from tenants, and what follows a line end
  /// would be a command.
  static func oneLine(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control || ["\u{2028}", "\u{2029}"].contains(scalar)
        ? "?" : scalar
    }
    return String(String.UnicodeScalarView(scalars))
  }

  /// The commands of one move.
  static func commands(_ move: MoveRecord) -> [String] {
    let server = quoted(move.vmID)
    let target = quoted(move.target ?? "")
    let comment = oneLine("  # \(move.vm)" + (move.reason.map { ", \($0)" } ?? ""))
    switch move.action {
    case .live:
      // The client waits for a running server, which a paused one never is.
      let wait = move.isPaused ? "" : " --wait"
      return [
        "openstack server migrate --live-migration --host \(target)\(wait) \(server)\(comment)"
      ]
    case .cold:
      return [
        "openstack server migrate --host \(target) --wait \(server)\(comment)",
        "openstack server migration confirm \(server)",
      ]
    case .stop, .recreate:
      guard move.isRunning else { return ["# \(move.vm) is stopped already"] }
      return ["openstack server stop \(server)\(comment)"]
    case .rebuild:
      return ["openstack server evacuate --host \(target) --wait \(server)\(comment)"]
    }
  }

  /// A text as one word of a shell.
  static func quoted(_ text: String) -> String {
    let plain = text.unicodeScalars.allSatisfy {
      $0.isASCII
        && ($0.properties.isAlphabetic || $0.properties.numericType != nil
          || "-_.".unicodeScalars.contains($0))
    }
    guard !plain || text.isEmpty else { return text }
    return "'"
      + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }

  private static let columns = [
    "wave", "start_s", "vm", "vm_id", "class", "action", "source", "target", "reason", "off_s",
  ]

  private static func row(_ move: MoveRecord) -> [Document] {
    [
      .integer(move.wave), .number(move.start), .text(move.vm), .text(move.vmID),
      .text(move.policyClass.rawValue), .text(move.action.rawValue), .text(move.source),
      Document(move.target), Document(move.reason), .number(move.off),
    ]
  }

  private static func commaSeparated(_ plan: PlanRecord) -> String {
    CSVWriter.row(columns.map { .text($0) }) + plan.moves.map { CSVWriter.row(row($0)) }.joined()
  }

  private static func markdown(_ plan: PlanRecord) -> String {
    let shown = ["wave", "VM", "class", "action", "source", "target", "reason"]
    var lines = [
      "| " + shown.joined(separator: " | ") + " |", "|" + shown.map { _ in "---|" }.joined(),
    ]
    for move in plan.moves {
      let fields = [
        "\(move.wave)", move.vm, move.policyClass.rawValue, move.action.rawValue, move.source,
        move.target ?? "", move.reason ?? "",
      ]
      lines.append("| " + fields.map(escaped).joined(separator: " | ") + " |")
    }
    for left in plan.leftBehind {
      lines.append(
        "| | \(escaped(left.vm)) | | cannot move | \(escaped(left.host)) | | \(left.reason) |")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func escaped(_ text: String) -> String {
    oneLine(text).split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }
}
