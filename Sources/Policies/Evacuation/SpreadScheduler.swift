import CloudModel

/// Picks the target that Nova's default weighers would like best: free memory, virtual CPUs and
/// disk, each as a share of the most that any permitted host has, added up.
///
/// **Source**: Nova's RAM, CPU and disk weighers with multiplier 1.0 and lower bound 0.
enum SpreadScheduler {
  /// The permitted host of greatest weight; of equal ones the first. Nil if every host refuses.
  ///
  /// **Complexity**: O(hosts).
  static func target(
    for candidate: Candidate, arriving arrival: Arrival, in draft: EvacuationDraft
  ) -> Int? {
    let hosts = (0..<draft.task.cloud.hosts.count).filter {
      draft.refusals(of: $0, for: candidate, arriving: arrival).isEmpty
    }
    let free = hosts.map { draft.state.free[$0] }
    let most = free.reduce(Resources.zero) { most, free in
      Resources(
        vcpus: max(most.vcpus, free.vcpus), memoryMiB: max(most.memoryMiB, free.memoryMiB),
        diskGiB: max(most.diskGiB, free.diskGiB))
    }
    var best: (host: Int, weight: Double)?
    for (host, free) in zip(hosts, free) {
      let weight =
        share(free.memoryMiB, of: most.memoryMiB) + share(free.vcpus, of: most.vcpus)
        + share(free.diskGiB, of: most.diskGiB)
      if weight > best?.weight ?? -1 { best = (host, weight) }
    }
    return best?.host
  }

  private static func share(_ free: Int64, of most: Int64) -> Double {
    most > 0 ? Double(max(0, free)) / Double(most) : 0
  }
}

extension EvacuationDraft {
  /// Places movers one after the other where the scheduler likes them best, and applies the
  /// fallback where every host refuses.
  mutating func placeOneByOne(_ movers: [Candidate]) {
    for candidate in movers { placeNext(candidate) }
  }

  /// Places one mover where the scheduler likes it best, or applies its fallback.
  ///
  /// - Returns: Whether it goes to another host.
  @discardableResult
  mutating func placeNext(_ candidate: Candidate) -> Bool {
    let before = moves.count
    let arrival = arrival(of: candidate)
    if let target = SpreadScheduler.target(for: candidate, arriving: arrival, in: self) {
      place(candidate, on: target, arriving: arrival)
    } else {
      fallBack(candidate)
    }
    return moves.count > before
  }

  /// What happens to a mover that no host takes: a device that is nowhere free lowers it to a stop,
  /// a stated fallback to what it names; else it stays.
  mutating func fallBack(_ candidate: Candidate) {
    let arrival = arrival(of: candidate)
    let ceiling = candidate.resolved.ceiling
    let fallback = candidate.resolved.fallback
    if fallback == .cold, arrival == .running, ceiling.most.rank >= PolicyClass.cold.rank,
      task.cloud.vms.state[candidate.vm] != .paused,
      let target = SpreadScheduler.target(for: candidate, arriving: .stopped, in: self)
    {
      place(candidate, on: target, arriving: .stopped, isFallback: true)
      return
    }
    let canStop = task.cloud.vms.state[candidate.vm] != .paused
    if canStop, fallback != .hold, let reason = ceiling.decisive?.reason,
      reason == .pci || reason == .vgpu, lacksDevice(candidate, arriving: arrival)
    {
      stop(candidate, because: .ceiling(reason))
    } else if canStop, fallback == .stop {
      stop(candidate, because: .fallback)
    } else {
      leave(candidate, because: nil, isProven: isRefusedForGood(candidate), advice: nil)
    }
  }

  /// Whether no host that a candidate may go to has its devices free, whatever room there is: then
  /// the rule for passthrough ("cold if a free equal device exists, else stop") lowers it.
  private func lacksDevice(_ candidate: Candidate, arriving arrival: Arrival) -> Bool {
    (0..<task.cloud.hosts.count).allSatisfy { host in
      !rules.isOpen(host)
        || !rules.poolRefusals(
          of: host, for: candidate.vm, requirement: candidate.requirement, arriving: arrival
        ).isEmpty
        || refusals(of: host, for: candidate, arriving: arrival).contains(.device)
    }
  }

  /// Whether every host refuses a candidate by rules that no move of others can change.
  func isRefusedForGood(_ candidate: Candidate) -> Bool {
    (0..<task.cloud.hosts.count).allSatisfy { host in
      !rules.lastingRefusals(
        of: host, for: candidate.vm, requirement: candidate.requirement,
        arriving: arrival(of: candidate)
      ).isEmpty
    }
  }
}
