package import CloudModel

/// What is meant to happen with a VM before a target is chosen.
package enum Intent: Sendable {
  /// It needs a target.
  case move(Arrival)
  /// It is shut down in place.
  case stop
  /// It is ended; its orchestrator makes it anew.
  case recreate
  /// It has no step.
  case stay(LeftReason, advice: String)
}

/// One VM on a host that is to be emptied.
package struct Candidate: Sendable {
  /// Index of the VM.
  package let vm: Int
  /// Index of the host it is on.
  package let source: Int
  /// Its policy class.
  package let resolved: ResolvedClass
  /// What it demands of a target.
  package let requirement: Requirement
  /// What is meant to happen.
  package let intent: Intent
}

/// A plan in the making: every strategy fills one, choosing targets; what is the same for all of
/// them (classes, states, stops, orchestrated VMs, waves, reasons) is done here.
package struct EvacuationDraft: Sendable {
  /// The task.
  package let task: EvacuationTask
  /// Which hosts may take which VMs.
  package let rules: TargetRules
  /// The VMs on the hosts to empty: hosts in the order of the task, VMs in the order of the cloud.
  package let candidates: [Candidate]
  /// The state while wave 1 runs: everything claimed, nothing given back.
  package private(set) var state: CloudState
  /// The state while later waves run: what helper moves give back is free.
  package private(set) var laterState: CloudState
  /// Moves to targets so far.
  package private(set) var moves: [Move] = []
  /// The wave of the moves that `place` adds. What hosts to empty give back helps nobody, since
  /// nothing goes to them, so the same claims hold in every wave.
  package private(set) var wave = 1
  /// VMs without a step so far.
  package private(set) var leftBehind: [LeftBehind] = []
  /// VMs to stop in place so far, with the reason.
  private(set) var stops: [(candidate: Candidate, reason: MoveReason)] = []
  /// Hosts that the strategy gives up before it has touched them.
  private(set) var abandoned: Set<Int> = []
  /// What a reader should know.
  package var notes: [String] = []

  /// A draft in which classes and intents are resolved and nothing is placed.
  ///
  /// **Errors**: `policyClass` if a key about migration cannot be read.
  package init(_ task: EvacuationTask) throws(StrategyError) {
    self.task = task
    rules = TargetRules(
      cloud: task.cloud, out: task.out, refusedTargets: task.refusedTargets)
    state = CloudState(of: task.cloud)
    laterState = state
    let resolver = ClassResolver(cloud: task.cloud, rules: task.rules, out: Set(task.out))
    let vmsByHost = task.cloud.vmsByHost()
    var candidates: [Candidate] = []
    for source in task.out {
      for vm in vmsByHost[source] {
        let resolved: ResolvedClass
        do { resolved = try resolver.resolve(vm) } catch { throw .policyClass(error) }
        candidates.append(
          Candidate(
            vm: vm, source: source, resolved: resolved, requirement: rules.requirement(of: vm),
            intent: Self.intent(for: vm, resolved: resolved, in: task.cloud)))
      }
    }
    self.candidates = candidates
    stops = candidates.compactMap { candidate in
      guard case .stop = candidate.intent else { return nil }
      return (candidate, Self.reason(of: candidate.resolved))
    }
    for candidate in candidates {
      if case .stay(let reason, let advice) = candidate.intent {
        leave(candidate, because: reason, isProven: true, advice: advice)
      }
    }
  }

  /// The candidates that need a target, in order.
  package var movers: [Candidate] {
    candidates.filter { if case .move = $0.intent { true } else { false } }
  }

  /// How a candidate would arrive at a target; running unless it is to be moved cold.
  package func arrival(of candidate: Candidate) -> Arrival {
    if case .move(let arrival) = candidate.intent { arrival } else { .running }
  }

  /// All rules that refuse a host for a candidate while wave 1 runs.
  package func refusals(
    of host: Int, for candidate: Candidate, arriving arrival: Arrival
  ) -> [RejectionRule] {
    rules.refusals(
      of: host, for: candidate.vm, requirement: candidate.requirement, arriving: arrival,
      state: state)
  }

  /// Gives a candidate a target in the wave in hand.
  package mutating func place(
    _ candidate: Candidate, on target: Int, arriving arrival: Arrival, isFallback: Bool = false
  ) {
    claim(candidate.vm, on: target, inWaveOne: true)
    append(candidate, target: target, wave: wave, arrival: arrival, isFallback: isFallback)
  }

  /// Gives a candidate a target in wave 2, after helper moves made room there.
  package mutating func placeLater(
    _ candidate: Candidate, on target: Int, arriving arrival: Arrival
  ) {
    claim(candidate.vm, on: target, inWaveOne: false)
    append(candidate, target: target, wave: 2, arrival: arrival, isFallback: false)
  }

  /// Moves a VM between hosts that stay, in wave 1, to make room.
  package mutating func placeHelper(_ vm: Int, from source: Int, to target: Int) {
    claim(vm, on: target, inWaveOne: true)
    laterState.release(vm, on: source, in: task.cloud)
    moves.append(
      Move(
        vm: vm, policyClass: .live, action: .live, source: source, target: target, wave: 1,
        reason: nil, isHelper: true))
  }

  /// Begins the next wave; without a move in the one in hand, that one goes on.
  mutating func beginWave() {
    if moves.last?.wave == wave { wave += 1 }
  }

  /// Gives up a host before anything was done there: its VMs stay as they are.
  mutating func abandon(_ host: Int, advice: String) {
    abandoned.insert(host)
    stops.removeAll { $0.candidate.source == host }
    let decided = Set(leftBehind.map(\.vm))
    for candidate in candidates where candidate.source == host && !decided.contains(candidate.vm) {
      leave(candidate, because: .strategy, isProven: false, advice: advice)
    }
  }

  /// Stops a candidate in place because its step failed.
  package mutating func stop(_ candidate: Candidate, because reason: MoveReason) {
    stops.append((candidate, reason))
  }

  /// Takes over from another draft of the task what happens to the VMs that get no target.
  mutating func adoptRest(of other: Self) {
    (stops, leftBehind, notes) = (other.stops, other.leftBehind, other.notes)
  }

  /// Leaves a candidate behind and counts which rules refuse which hosts.
  package mutating func leave(
    _ candidate: Candidate, because reason: LeftReason?, isProven: Bool, advice: String?
  ) {
    let rejections = rejections(of: candidate)
    let decisive = reason ?? rejections.decisive.map(LeftReason.rule) ?? .window
    let advice = advice ?? Self.advice(for: rejections.decisive)
    leftBehind.append(
      LeftBehind(
        vm: candidate.vm, reason: decisive, rejections: rejections, isProven: isProven,
        advice: advice))
  }

  /// Marks a VM that was left behind as proven to have no place.
  package mutating func prove(_ vm: Int) {
    for index in leftBehind.indices where leftBehind[index].vm == vm {
      leftBehind[index].isProven = true
    }
  }

  /// For each rule the number of hosts that it is the first to refuse, at the end of the plan.
  package func rejections(of candidate: Candidate) -> Rejections {
    var result = Rejections()
    let cannotTakeDeviceAlong =
      candidate.resolved.effective == .hold
      && [.pci, .vgpu].contains(candidate.resolved.ceiling.decisive?.reason)
    for host in 0..<task.cloud.hosts.count where host != candidate.source {
      var refusing = Set(
        rules.refusals(
          of: host, for: candidate.vm, requirement: candidate.requirement,
          arriving: arrival(of: candidate), state: laterState))
      if cannotTakeDeviceAlong { refusing.insert(.device) }
      result.note(refusing.sorted())
    }
    return result
  }

  /// Sets room aside on a host for the successor of an orchestrated VM.
  mutating func reserve(_ vm: Int, on host: Int) {
    claim(vm, on: host, inWaveOne: false)
  }

  private mutating func claim(_ vm: Int, on target: Int, inWaveOne: Bool) {
    laterState.claim(vm, on: target, in: task.cloud)
    if inWaveOne { state.claim(vm, on: target, in: task.cloud) }
  }

  private mutating func append(
    _ candidate: Candidate, target: Int, wave: Int, arrival: Arrival, isFallback: Bool
  ) {
    let isLive = arrival == .running
    moves.append(
      Move(
        vm: candidate.vm, policyClass: candidate.resolved.effective,
        action: isLive ? .live : .cold, source: candidate.source, target: target, wave: wave,
        reason: isLive ? nil : isFallback ? .fallback : Self.reason(of: candidate.resolved)))
  }

  /// Why a VM of this class is not moved live: the wish if it is what lowers most, else the ceiling.
  package static func reason(of resolved: ResolvedClass) -> MoveReason {
    if resolved.wish.wished.rank < resolved.ceiling.most.rank { return .wish }
    return resolved.ceiling.decisive.map { .ceiling($0.reason) } ?? .wish
  }
}
