import CloudModel

/// A recovery as commands of the `openstack` client, for people to read and run.
struct RecoveryScript {
  let text: String

  init(_ plan: PlanRecord) {
    var lines = [
      "#!/bin/sh",
      "# Plan `\(plan.name)`: recovery of \(plan.hosts.joined(separator: ", ")), made by"
        + " \(plan.program).",
      "# Read it before you run it. First make sure that these hosts are off: two copies of a VM"
        + " destroy its volume.",
      "set -eu",
      "# The first version of the API in which the scheduler checks a named target. From 2.95 on",
      "# rebuilt VMs stay off and need the start that stands beside them.",
      "export OS_COMPUTE_API_VERSION=${OS_COMPUTE_API_VERSION:-2.68}", "",
    ]
    for host in plan.hosts {
      lines.append("openstack compute service set --down \(PlanExport.quoted(host)) nova-compute")
    }
    for wave in plan.waves {
      lines += ["", "# wave \(wave.wave): \(wave.condition)"]
      for move in plan.moves where move.wave == wave.wave && move.action == .rebuild {
        lines += PlanExport.commands(move)
        if move.isRunning {
          lines.append("# from 2.95 on: openstack server start \(PlanExport.quoted(move.vmID))")
        }
      }
    }
    lines.append("")
    for move in plan.moves where move.action == .recreate {
      lines.append("# made anew by its orchestrator: \(move.vm)")
    }
    for name in plan.recovery?.dataLost ?? [] {
      lines.append("# the data of its local disk is lost: \(name)")
    }
    for left in plan.leftBehind {
      lines.append("# not rebuilt, on \(left.host): \(left.vm) (\(left.reason)): \(left.advice)")
    }
    text = lines.map { ($0.hasPrefix("# ") ? PlanExport.oneLine($0) : $0) + "\n" }.joined()
  }
}
