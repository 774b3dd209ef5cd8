import CloudModel

/// Chooses where the VMs of failed hosts are made anew: as many as there is room for, those that
/// gave service first.
///
/// Where everything fits, the builds are shared out evenly over the hosts, which is soonest; where
/// it does not, targets come from a packing that leaves the fewest without a place. VMs on surviving
/// hosts stay where they are.
package struct RecoveryPlanner {
  private let task: RecoveryTask
  private let rules: TargetRules
  private let candidates: [RecoveryCandidate]
  private let before: CloudState
  private var state: CloudState
  private var decision = RecoveryDecision()
  private var unplaced: [RecoveryCandidate] = []

  /// Decides about every VM on the failed hosts.
  ///
  /// Each of them is in `moves` or in `leftBehind` once, and the moves break no rule in whatever
  /// order they are carried out.
  ///
  /// **Errors**: `RecoveryError`.
  package static func decide(_ task: RecoveryTask) throws(RecoveryError) -> RecoveryDecision {
    var planner = try RecoveryPlanner(task)
    planner.placeRebuilds()
    planner.placeSuccessors()
    planner.leaveOthers()
    return planner.finished()
  }

  private init(_ task: RecoveryTask) throws(RecoveryError) {
    self.task = task
    rules = TargetRules(cloud: task.cloud, out: task.failed)
    before = CloudState(of: task.cloud)
    state = before
    let resolver = ClassResolver(cloud: task.cloud, rules: task.rules, out: Set(task.failed))
    let vmsByHost = task.cloud.vmsByHost()
    var candidates: [RecoveryCandidate] = []
    for vm in task.failed.flatMap({ vmsByHost[$0] }).sorted() {
      let resolved: ResolvedClass
      do { resolved = try resolver.resolve(vm) } catch { throw .policyClass(error) }
      decision.classes.append((vm, resolved))
      candidates.append(
        try RecoveryCandidate(
          vm, resolved: resolved, rules: rules, losesLocalDisks: task.losesLocalDisks))
    }
    let cloud = task.cloud
    self.candidates = candidates.sorted { $0.isBefore($1, in: cloud) }
  }

  private var firstWaveOfOthers: Int { candidates.contains { $0.isRebuilt && $0.ran } ? 2 : 1 }

  private mutating func placeRebuilds() {
    let rebuilds = candidates.filter(\.isRebuilt)
    guard !rebuilds.isEmpty else { return }
    var refusals = RecoveryRefusals(rules: rules, state: before)
    var hopeful: [RecoveryCandidate] = []
    for candidate in rebuilds {
      if refusals.hasHost(for: candidate) {
        hopeful.append(candidate)
      } else {
        unplaced.append(candidate)
      }
    }
    let hopeless = unplaced.count
    var spread = RecoverySpread(rules: rules, state: state)
    var least = 0
    var status = "optimal"
    if let targets = spread.placeAll(hopeful) {
      for (candidate, target) in zip(hopeful, targets) { place(candidate, on: target) }
    } else {
      (least, status) = placeByPacking(hopeful)
    }
    let (objective, proven) = (Double(unplaced.count), Double(hopeless + least))
    decision.solver = SolverReport(
      status: objective == proven ? "optimal" : status == "optimal" ? "feasible" : status,
      objective: objective, bound: proven, gap: abs(objective - proven) / max(1, proven))
  }

  /// Hard affinity is no part of a packing: its VMs have at most one host and are asked for first.
  ///
  /// - Returns: How many have no place whatever the choice, at least, and how the search ended.
  private mutating func placeByPacking(
    _ rebuilds: [RecoveryCandidate]
  ) -> (least: Int, status: String) {
    let bonded = rebuilds.filter(isBonded)
    let others = rebuilds.filter { !isBonded($0) }
    for candidate in bonded {
      if let target = firstHost(for: candidate, in: state) {
        place(candidate, on: target)
      } else {
        unplaced.append(candidate)
      }
    }
    var least = RecoveryPacking(rules: rules, state: before).leastWithoutPlace(others)
    var status = "optimal"
    for (tier, members) in [others.filter(\.ran), others.filter { !$0.ran }].enumerated()
    where !members.isEmpty {
      let packing = RecoveryPacking(rules: rules, state: state)
      let result = packing.place(members, timeLimitSeconds: task.timeLimitSeconds)
      for (candidate, target) in result.placed { place(candidate, on: target) }
      unplaced += result.unplaced
      decision.isRepeatable = decision.isRepeatable && result.isRepeatable
      if status == "optimal" { status = result.status }
      // What bonded VMs took first does not count for a bound that holds for every plan.
      if tier == 0, bonded.isEmpty { least = max(least, result.bound) }
    }
    return (least, status)
  }

  private func isBonded(_ candidate: RecoveryCandidate) -> Bool {
    let group = task.cloud.vms.group[candidate.vm]
    return group >= 0 && task.cloud.groups[group].policy == .affinity
  }

  /// Whether its hard affinity group is on failed or closed hosts only.
  private func isBondedToFailedHosts(_ candidate: RecoveryCandidate) -> Bool {
    isBonded(candidate)
      && !before.groups.hosts(of: task.cloud.vms.group[candidate.vm]).contains(where: rules.isOpen)
  }

  private func firstHost(for candidate: RecoveryCandidate, in state: CloudState) -> Int? {
    (0..<task.cloud.hosts.count).first { host in
      rules.refusals(
        of: host, for: candidate.vm, requirement: candidate.requirement, arriving: .stopped,
        state: state
      ).isEmpty
    }
  }

  private mutating func place(_ candidate: RecoveryCandidate, on target: Int) {
    state.claim(candidate.vm, on: target, in: task.cloud)
    if candidate.hasLocalDisk { decision.dataLost.append(candidate.vm) }
    append(
      candidate, .rebuild, target: target, wave: candidate.ran ? 1 : firstWaveOfOthers)
  }

  /// Sets room aside for what orchestrators make anew, behind everything that is rebuilt.
  private mutating func placeSuccessors() {
    for candidate in candidates where candidate.isRecreated {
      guard let target = firstHost(for: candidate, in: state) else {
        unplaced.append(candidate)
        continue
      }
      state.claim(candidate.vm, on: target, in: task.cloud)
      append(candidate, .recreate, target: nil, wave: 1)
    }
  }

  private mutating func append(
    _ candidate: RecoveryCandidate, _ action: MoveAction, target: Int?, wave: Int
  ) {
    decision.moves.append(
      Move(
        vm: candidate.vm, policyClass: candidate.resolved.effective, action: action,
        source: candidate.source, target: target, wave: wave, reason: .failure))
  }

  private mutating func leaveOthers() {
    for candidate in candidates {
      if case .stay(let reason, let advice) = candidate.intent {
        decision.leftBehind.append(
          LeftBehind(vm: candidate.vm, reason: reason, isProven: true, advice: advice))
      }
    }
    guard !unplaced.isEmpty else { return }
    let isEveryPlanShort =
      RecoveryPacking(rules: rules, state: before).leastAfterMovingAll(
        candidates.filter { $0.isRebuilt && !isBonded($0) }) > 0
    var refusals = RecoveryRefusals(rules: rules, state: state)
    for candidate in unplaced {
      let rejections = refusals.rejections(of: candidate)
      let isProven =
        isBondedToFailedHosts(candidate) || refusals.isLasting(for: candidate)
        || isGroupTooLarge(of: candidate)
        || (isEveryPlanShort && candidate.isRebuilt)
      decision.leftBehind.append(
        LeftBehind(
          vm: candidate.vm, reason: .rule(rejections.decisive ?? .out), rejections: rejections,
          isProven: isProven,
          advice: (candidate.isRecreated ? "its orchestrator waits for room: " : "")
            + RecoveryRefusals.advice(for: rejections.decisive)))
    }
  }

  /// Whether a hard anti-affinity group has more members than the open hosts can hold.
  private func isGroupTooLarge(of candidate: RecoveryCandidate) -> Bool {
    let cloud = task.cloud
    let group = cloud.vms.group[candidate.vm]
    guard group >= 0, cloud.groups[group].policy == .antiAffinity else { return false }
    let rebuilt = candidates.filter { $0.isRebuilt && cloud.vms.group[$0.vm] == group }
    let settled = cloud.membersByGroup()[group].map { cloud.vms.host[$0] }
      .filter { $0 >= 0 && rules.isOpen($0) }
    let usable = (0..<cloud.hosts.count).filter { host in
      settled.contains(host)
        || rebuilt.contains {
          rules.lastingRefusals(
            of: host, for: $0.vm, requirement: $0.requirement, arriving: .stopped
          ).isEmpty
        }
    }
    return rebuilt.count + settled.count > usable.count * cloud.groups[group].maxPerHost
  }

  private mutating func finished() -> RecoveryDecision {
    let places = Dictionary(
      uniqueKeysWithValues: candidates.enumerated().map { ($1.vm, $0) })
    decision.moves.sort { first, second in
      func key(_ move: Move) -> (Int, Int, Int) {
        (move.action == .rebuild ? 0 : 1, move.wave, places[move.vm] ?? 0)
      }
      return key(first) < key(second)
    }
    decision.leftBehind.sort { $0.vm < $1.vm }
    decision.dataLost.sort()
    return decision
  }
}
