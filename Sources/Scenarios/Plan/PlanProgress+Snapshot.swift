import CloudModel

/// A newer cloud: it says where VMs are, the journal only what was tried.
extension PlanProgress {
  mutating func observe(
    _ vm: Int, _ move: MoveRecord, _ entry: PlanJournal.Entry?
  ) -> MoveStanding {
    let target = move.target.flatMap { hostOfName[$0] }
    if let entry, entry.outcome == .running || entry.outcome == .timeout,
      [.busy, .resized].contains(cloud.vms.state[vm])
    {
      hold(vm, move, target)
      return .running
    }
    if !isToLeave(vm) { return settleAway(vm, move, entry, target) }
    let isOff = move.target == nil && cloud.vms.state[vm] == .stopped
    if entry?.outcome == .done, isOff {
      park(vm)
      return .done
    }
    guard let entry, entry.outcome != .skipped else { return .open }
    if entry.outcome == .done || entry.outcome == .elsewhere {
      note(
        move, entry,
        now: "\(cloud.vms.state[vm].rawValue) on \(cloud.hosts.names[cloud.vms.host[vm]])")
    } else if entry.outcome == .refused || entry.outcome == .failed {
      refuse(vm, move, entry, target)
    }
    return .failed
  }

  /// A VM that is on none of the hosts to empty: done, unless it was to make room and is not away.
  private mutating func settleAway(
    _ vm: Int, _ move: MoveRecord, _ entry: PlanJournal.Entry?, _ target: Int?
  ) -> MoveStanding {
    let host = cloud.vms.host[vm]
    if host == target { return .done }
    if move.isHelper, host == hostOfName[move.source] {
      if let entry, [.refused, .failed].contains(entry.outcome) { refuse(vm, move, entry, target) }
      return entry.map { $0.outcome == .skipped } ?? true ? .open : .failed
    }
    findings.append(
      PlanFinding(
        .vmMoved, vm: move.vm, host: host < 0 ? nil : cloud.hosts.names[host],
        planned: move.target.map { "to \($0)" } ?? move.action.rawValue,
        now: host < 0 ? "on no host" : "on \(cloud.hosts.names[host])", stops: false,
        advice: "nothing is left to do for it"))
    return .done
  }
}
