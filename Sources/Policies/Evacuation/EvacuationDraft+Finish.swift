package import CloudModel

/// Which VM of a host and a wave goes first.
package enum MoveOrder: Sendable {
  /// The largest, which keeps several slots busy to the end.
  case largestFirst
  /// The one that was placed first.
  case asPlaced
}

extension EvacuationDraft {
  /// The decision: moves to targets first, then stops and recreations, so that nobody is
  /// interrupted before everything that can be moved has been moved.
  package mutating func finish(
    order moveOrder: MoveOrder = .largestFirst,
    concurrency: MoveConcurrency = MoveConcurrency(), solver: SolverReport = .notNeeded,
    isRepeatable: Bool = true
  ) -> EvacuationDecision {
    let lastMove = moves.map(\.wave).max() ?? 0
    var running = runningByGroup()
    let stopped = stopMoves(wave: lastMove + 1, running: &running)
    let (recreated, waits) = recreateMoves(firstWave: lastMove + 1, running: &running)
    note(concurrency)
    return EvacuationDecision(
      moves: ordered(moves + stopped + recreated, moveOrder),
      leftBehind: leftBehind.sorted { $0.vm < $1.vm },
      classes: candidates.map { ($0.vm, $0.resolved) }, waits: waits, concurrency: concurrency,
      solver: solver, isRepeatable: isRepeatable, notes: notes)
  }

  /// Says how many moves at once the strategy asks for.
  private mutating func note(_ concurrency: MoveConcurrency) {
    let numbers = [
      concurrency.perSource.map { "\($0) from a host" },
      concurrency.inAll.map { "\($0) in the whole cloud" },
    ].compactMap { $0 }
    guard !numbers.isEmpty else { return }
    notes.append(
      "moves at once that the strategy asks for, within the scenario's slots: "
        + numbers.joined(separator: ", "))
  }

  /// Waves first, in a wave the sources in the order of the task.
  private func ordered(_ moves: [Move], _ order: MoveOrder) -> [Move] {
    let placeOfHost = Dictionary(
      uniqueKeysWithValues: task.out.enumerated().map { ($1, $0) })
    let keyed = moves.enumerated().map { place, move in
      let host = placeOfHost[move.source] ?? -1
      let key =
        switch order {
        case .largestFirst:
          MoveKey(
            wave: move.wave, host: host,
            memoryDescending: -task.cloud.vms.demand[move.vm].memoryMiB, place: move.vm)
        case .asPlaced:
          MoveKey(wave: move.wave, host: host, memoryDescending: 0, place: place)
        }
      return (key: key, move: move)
    }
    return keyed.sorted { $0.key < $1.key }.map(\.move)
  }

  private struct MoveKey: Comparable {
    let wave: Int
    let host: Int
    let memoryDescending: Int64
    let place: Int

    static func < (left: Self, right: Self) -> Bool {
      (left.wave, left.host, left.memoryDescending, left.place)
        < (right.wave, right.host, right.memoryDescending, right.place)
    }
  }

  /// Members of each group that run now.
  private func runningByGroup() -> [Int] {
    var running = [Int](repeating: 0, count: task.cloud.groups.count)
    let vms = task.cloud.vms
    for vm in 0..<vms.count where vms.group[vm] >= 0 && vms.host[vm] >= 0 {
      if vms.state[vm] == .active { running[vms.group[vm]] += 1 }
    }
    return running
  }

  /// How many members of a VM's group may go at once; nil where the group demands nothing.
  private func allowance(of vm: Int, running: [Int]) -> Int? {
    let group = task.cloud.vms.group[vm]
    guard group >= 0, let minimum = task.cloud.groups[group].minimumRunning,
      task.cloud.vms.state[vm] == .active
    else { return nil }
    return running[group] - minimum
  }

  /// A device that is nowhere free lowers the class of its VM to `stop`.
  private func effectiveClass(
    of candidate: Candidate, stoppedBecause reason: MoveReason
  ) -> PolicyClass {
    if case .ceiling = reason { .stop } else { candidate.resolved.effective }
  }

  private mutating func stopMoves(wave: Int, running: inout [Int]) -> [Move] {
    var result: [Move] = []
    for (candidate, reason) in stops {
      let vm = candidate.vm
      if let allowance = allowance(of: vm, running: running) {
        guard allowance > 0 else {
          leaveForMinimum(candidate)
          continue
        }
        running[task.cloud.vms.group[vm]] -= 1
      }
      result.append(
        Move(
          vm: vm, policyClass: effectiveClass(of: candidate, stoppedBecause: reason), action: .stop,
          source: candidate.source, target: nil, wave: wave, reason: reason))
    }
    return result
  }

  /// Orchestrated VMs are ended in as many waves as the minimum of their groups demands; between
  /// two waves the successors become ready.
  private mutating func recreateMoves(
    firstWave: Int, running: inout [Int]
  ) -> ([Move], [(wave: Int, wait: SimulatedDuration)]) {
    var pending = candidates.filter { candidate in
      guard case .recreate = candidate.intent else { return false }
      return !abandoned.contains(candidate.source)
    }
    var result: [Move] = []
    var waits: [(wave: Int, wait: SimulatedDuration)] = []
    var wave = firstWave
    while !pending.isEmpty {
      var postponed: [Candidate] = []
      var returning: [Int: Int] = [:]
      var longest = SimulatedDuration.zero
      var ended = 0
      for candidate in pending {
        let group = task.cloud.vms.group[candidate.vm]
        if let allowance = allowance(of: candidate.vm, running: running) {
          guard allowance > 0 else {
            postponed.append(candidate)
            continue
          }
          running[group] -= 1
        }
        if placeSuccessor(of: candidate), group >= 0, task.cloud.groups[group].minimumRunning != nil
        {
          returning[group, default: 0] += 1
          longest = max(longest, task.cloud.groups[group].readyAfter)
        }
        ended += 1
        result.append(recreate(candidate, wave: wave))
      }
      for (group, count) in returning { running[group] += count }
      pending = postponed
      guard !pending.isEmpty else { break }
      guard ended > 0, !returning.isEmpty else {
        for candidate in pending { leaveForMinimum(candidate) }
        break
      }
      wave += 1
      waits.append((wave, longest))
    }
    return (result, waits)
  }

  private func recreate(_ candidate: Candidate, wave: Int) -> Move {
    Move(
      vm: candidate.vm, policyClass: candidate.resolved.effective, action: .recreate,
      source: candidate.source, target: nil, wave: wave,
      reason: Self.reason(of: candidate.resolved))
  }

  private mutating func leaveForMinimum(_ candidate: Candidate) {
    leave(
      candidate, because: .rule(.group), isProven: true,
      advice: "its group would fall below the members that must run: take one host after the"
        + " other, or let the group have one more member first")
  }

  /// Finds room for the VM that an orchestrator makes in place of one that is ended, so that the
  /// plan does not use up what it needs.
  ///
  /// - Returns: Whether there is room.
  private mutating func placeSuccessor(of candidate: Candidate) -> Bool {
    let target = (0..<task.cloud.hosts.count).first { host in
      rules.refusals(
        of: host, for: candidate.vm, requirement: candidate.requirement, arriving: .stopped,
        state: laterState
      ).isEmpty
    }
    guard let target else {
      notes.append(
        "no host has room for the successor of `\(task.cloud.label(ofVM: candidate.vm))`:"
          + " its orchestrator will wait until the hosts are back")
      return false
    }
    reserve(candidate.vm, on: target)
    return true
  }
}
