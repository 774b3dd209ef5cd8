import CloudModel

/// A rolling maintenance as commands of the `openstack` client, for people to read and run wave by
/// wave.
struct RollingScript {
  let text: String

  init(_ plan: PlanRecord) {
    var lines = [
      "#!/bin/sh",
      "# Plan `\(plan.name)`: rolling maintenance of \(plan.hosts.count) hosts in "
        + "\(plan.waves.count) waves, made by \(plan.program).",
      "# Read it before you run it. It stops after each wave's moves and waits for the work.",
      "set -eu",
      "# The first version of the API in which a cold migration may name its target.",
      "export OS_COMPUTE_API_VERSION=${OS_COMPUTE_API_VERSION:-2.56}",
      "wait_for() { printf '%s: press Enter ' \"$1\"; read -r _; }",
    ]
    let byWave = Dictionary(grouping: plan.moves, by: \.wave)
    for (wave, record) in zip(plan.rolling?.waves ?? [], plan.waves) {
      let moves = byWave[wave.wave, default: []]
      lines += ["", "# wave \(wave.wave): \(record.condition)"]
      if record.wait > 0 { lines.append("sleep \(Int(record.wait.rounded(.up)))") }
      lines += wave.hosts.map {
        "openstack compute service set --disable --disable-reason maintenance "
          + "\(PlanExport.quoted($0)) nova-compute"
      }
      for move in moves where move.phase != .back { lines += PlanExport.commands(move) }
      lines.append("wait_for 'wave \(wave.wave) is out; do the work on its hosts'")
      lines += wave.hosts.map {
        "openstack compute service set --enable \(PlanExport.quoted($0)) nova-compute"
      }
      for move in moves where move.action == .stop && move.isRunning {
        lines.append("openstack server start \(PlanExport.quoted(move.vmID))")
      }
      for move in moves where move.phase == .back { lines += PlanExport.commands(move) }
      lines.append("wait_for 'wave \(wave.wave) is over; see that all is well'")
    }
    for host in plan.rolling?.postponed ?? [] {
      lines.append("# postponed: \(host.host) (\(host.reason)): \(host.advice)")
    }
    text = lines.map { ($0.hasPrefix("# ") ? PlanExport.oneLine($0) : $0) + "\n" }.joined()
  }
}
