import CloudModel

/// Room on a host made by moving others away from it first.
struct MadeRoom {
  /// The host that gets room.
  let target: Int
  /// The VMs to move away from it, each with its own target.
  let helpers: [(vm: Int, target: Int)]
}

/// Looks for helper moves: one or two VMs on hosts that stay are moved away, so that a VM that no
/// host could take has room.
///
/// Helpers are moved in wave 1 and must fit beside everything that wave claims; what they give back
/// is used from wave 2 on. The search is bounded by the number of rule checks, so it is repeatable.
struct HelperMoves {
  /// Hosts looked at for each VM, those with the least missing memory first.
  private static let hostLimit = 64
  /// VMs of a host looked at, the smallest first.
  private static let residentLimit = 40
  /// Rule checks for one VM.
  private static let checkLimit = 400_000

  private let movable: MovableVMs
  /// Working copies of the draft's two states; every trial takes back what it did.
  private var early: CloudState
  private var late: CloudState
  private var checks = 0

  init(movable: MovableVMs, draft: EvacuationDraft) {
    self.movable = movable
    early = draft.state
    late = draft.laterState
  }

  /// The cheapest way found, by memory moved; nil if there is none within the limits.
  mutating func room(for candidate: Candidate, in draft: EvacuationDraft) -> MadeRoom? {
    checks = 0
    early = draft.state
    late = draft.laterState
    var best: (room: MadeRoom, memory: Int64)?
    for host in hosts(for: candidate, in: draft) {
      guard checks < Self.checkLimit else { break }
      if let found = room(on: host, for: candidate, in: draft, below: best?.memory ?? .max) {
        best = found
      }
    }
    return best?.room
  }

  private func hosts(for candidate: Candidate, in draft: EvacuationDraft) -> [Int] {
    let arrival = draft.arrival(of: candidate)
    let possible = (0..<draft.task.cloud.hosts.count).filter { host in
      draft.rules.lastingRefusals(
        of: host, for: candidate.vm, requirement: candidate.requirement, arriving: arrival
      ).isEmpty
    }
    let free = draft.laterState.free
    let sorted = possible.sorted { (-free[$0].memoryMiB, $0) < (-free[$1].memoryMiB, $1) }
    return Array(sorted.prefix(Self.hostLimit))
  }

  private mutating func room(
    on host: Int, for candidate: Candidate, in draft: EvacuationDraft, below limit: Int64
  ) -> (room: MadeRoom, memory: Int64)? {
    let cloud = draft.task.cloud
    let moved = Set(draft.moves.filter(\.isHelper).map(\.vm))
    let residents = movable.vms(on: host).filter { !moved.contains($0) }
      .sorted { (cloud.vms.demand[$0].memoryMiB, $0) < (cloud.vms.demand[$1].memoryMiB, $1) }
      .prefix(Self.residentLimit)
    var best: (room: MadeRoom, memory: Int64)?
    func consider(_ evicted: [Int]) {
      let memory = evicted.reduce(0) { $0 + cloud.vms.demand[$1].memoryMiB }
      guard memory < min(limit, best?.memory ?? .max), checks < Self.checkLimit,
        fits(candidate, on: host, without: evicted, in: draft),
        let targets = targets(of: evicted, leaving: host, in: draft)
      else { return }
      best = (
        MadeRoom(target: host, helpers: zip(evicted, targets).map { ($0, $1) }), memory
      )
    }
    for first in residents { consider([first]) }
    if best != nil { return best }
    for (place, first) in residents.enumerated() {
      for second in residents.dropFirst(place + 1) { consider([first, second]) }
    }
    return best
  }

  /// Whether the VM would pass every rule on a host from wave 2 on, were some others gone.
  private mutating func fits(
    _ candidate: Candidate, on host: Int, without evicted: [Int], in draft: EvacuationDraft
  ) -> Bool {
    checks += 1
    let cloud = draft.task.cloud
    for vm in evicted { late.release(vm, on: host, in: cloud) }
    defer { for vm in evicted { late.claim(vm, on: host, in: cloud) } }
    return draft.rules.refusals(
      of: host, for: candidate.vm, requirement: candidate.requirement,
      arriving: draft.arrival(of: candidate), state: late
    ).isEmpty
  }

  /// A target for each evicted VM that passes every rule in wave 1 and later; nil if one has none.
  private mutating func targets(
    of evicted: [Int], leaving host: Int, in draft: EvacuationDraft
  ) -> [Int]? {
    let cloud = draft.task.cloud
    var targets: [Int] = []
    defer {
      for (vm, target) in zip(evicted, targets) {
        early.release(vm, on: target, in: cloud)
        late.release(vm, on: target, in: cloud)
      }
    }
    for vm in evicted {
      guard let target = target(of: vm, leaving: host, in: draft) else { return nil }
      targets.append(target)
      early.claim(vm, on: target, in: cloud)
      late.claim(vm, on: target, in: cloud)
    }
    return targets
  }

  /// The permitted host with the least free memory.
  private mutating func target(of vm: Int, leaving host: Int, in draft: EvacuationDraft) -> Int? {
    let requirement = draft.rules.requirement(of: vm)
    var best: (host: Int, free: Int64)?
    for other in 0..<draft.task.cloud.hosts.count where other != host {
      checks += 1
      guard checks < Self.checkLimit else { return nil }
      let free = early.free[other].memoryMiB
      guard free < best?.free ?? .max else { continue }
      let isPermitted = [early, late].allSatisfy { moment in
        draft.rules.refusals(
          of: other, for: vm, requirement: requirement, arriving: .running, state: moment
        ).isEmpty
      }
      if isPermitted { best = (other, free) }
    }
    return best?.host
  }
}

/// The VMs on hosts that stay which may be moved live to make room for others.
struct MovableVMs {
  private let byHost: [[Int]]

  /// **Errors**: `policyClass` if a key about migration cannot be read.
  init(draft: EvacuationDraft) throws(StrategyError) {
    let task = draft.task
    let resolver = ClassResolver(cloud: task.cloud, rules: task.rules, out: Set(task.out))
    let vmsByHost = task.cloud.vmsByHost()
    var byHost = [[Int]](repeating: [], count: task.cloud.hosts.count)
    for host in 0..<task.cloud.hosts.count
    where !draft.rules.isOut[host] && task.cloud.hosts.state[host] != .down {
      for vm in vmsByHost[host] {
        let resolved: ResolvedClass
        do { resolved = try resolver.resolve(vm) } catch { throw .policyClass(error) }
        if resolved.effective == .live, resolved.ceiling.blockingState == nil {
          byHost[host].append(vm)
        }
      }
    }
    self.byHost = byHost
  }

  /// Those on one host, in the order of the cloud.
  func vms(on host: Int) -> [Int] { byHost[host] }

  /// All of them.
  var all: [Int] { byHost.flatMap { $0 } }
}
