import CloudModel

extension RegionState {
  /// Planned work is due: it begins, waits until the region is not degraded, or is dropped as the
  /// work of the date before is not done.
  mutating func due(_ source: Int, _ agenda: inout Agenda) {
    guard case .dates(_, let every, _) = layout.sources[source].timing else { return }
    if every > 0 {
      agenda.schedule(
        after: SimulatedDuration(microseconds: every), kind: .due, subject: Int32(source))
    }
    if !sources[source].isDown, !sources[source].isPostponed, !isDegraded(for: source) {
      sourceDown(source, &agenda)
      return
    }
    measures.postponedDates += 1
    if sources[source].isDown || sources[source].isPostponed { return }
    sources[source].isPostponed = true
    postponed.append(Int32(source))
  }

  /// Whether planned work has to wait.
  private func isDegraded(for source: Int) -> Bool {
    hosts.downCount > Int(layout.sources[source].toleratedHosts) || blockers > 0
      || queue.waitingCount > 0 || slots.busyCount > 0 || arrivals.count > 0
  }

  /// Begins the first of the works that wait and need wait no longer; others follow when it is done.
  mutating func beginPostponed(_ agenda: inout Agenda) {
    guard let place = postponed.firstIndex(where: { !isDegraded(for: Int($0)) }) else { return }
    let source = Int(postponed.remove(at: place))
    sources[source].isPostponed = false
    sourceDown(source, &agenda)
  }
}
