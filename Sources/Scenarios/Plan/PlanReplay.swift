import CloudModel

/// Carries the waves of a plan out on a cloud: what each move claims is held beside what its source
/// still holds, and only given back when the wave is over.
struct PlanReplay {
  /// A move of the plan in terms of the cloud.
  struct Step {
    var record: MoveRecord
    var vm: Int
    var target: Int?
  }

  let rules: TargetRules
  private(set) var findings: [PlanFinding] = []
  private var state: CloudState
  /// Members of each group that run.
  private var running: [Int]
  /// Members of each group that were ended and whose successors are not ready yet.
  private var ended: [Int]

  private var cloud: Cloud { rules.cloud }

  init(rules: TargetRules) {
    self.rules = rules
    let cloud = rules.cloud
    state = CloudState(of: cloud)
    running = [Int](repeating: 0, count: cloud.groups.count)
    ended = running
    for vm in 0..<cloud.vms.count where cloud.vms.group[vm] >= 0 && cloud.vms.host[vm] >= 0 {
      if cloud.vms.state[vm] == .active { running[cloud.vms.group[vm]] += 1 }
    }
  }

  /// Goes through the waves in order.
  ///
  /// **Complexity**: linear in the steps, each with the rules of one host.
  mutating func run(_ steps: [Step], waits: [Int64: Double]) {
    noteBrokenGroups(of: steps)
    let waves = Dictionary(grouping: steps) { $0.record.wave }.sorted { $0.key < $1.key }
    for (wave, steps) in waves {
      if waits[wave, default: 0] > 0 { bringSuccessorsBack() }
      var arrived: [Step] = []
      for step in steps {
        if step.target == nil { end(step) }
        if claim(step) { arrived.append(step) }
      }
      for step in arrived {
        guard let target = step.target else { continue }
        state.release(step.vm, on: target, in: cloud)
        state.move(step.vm, to: target, in: cloud)
      }
    }
  }

  /// Claims the target of a step, if it has one that takes it.
  private mutating func claim(_ step: Step) -> Bool {
    guard let target = step.target else { return false }
    let arrival: Arrival = step.record.action == .live ? .running : .stopped
    var refusing = rules.refusals(
      of: target, for: step.vm, requirement: rules.requirement(of: step.vm), arriving: arrival,
      state: state)
    // A closed host is a finding of its own, once for all moves that go there.
    if cloud.hosts.state[target] != .enabled { refusing.removeAll { $0 == .out } }
    guard !refusing.isEmpty else {
      state.claim(step.vm, on: target, in: cloud)
      return true
    }
    let isGroup = refusing == [.group]
    findings.append(
      PlanFinding(
        isGroup ? .group : .targetRefuses, vm: step.record.vm, host: step.record.target,
        wave: step.record.wave, planned: "\(step.record.action.rawValue) to it",
        now: refusing.map { words(for: $0, step.vm, target) }.joined(separator: "; "),
        stops: true,
        advice: isGroup
          ? "its group would be broken while both are there: plan again"
          : "the host would refuse it: plan again"))
    return false
  }

  private func words(for rule: RejectionRule, _ vm: Int, _ host: Int) -> String {
    let (demand, free) = (cloud.vms.demand[vm], state.free[host])
    switch rule {
    case .memory: return "memory: needs \(demand.memoryMiB) MiB, free \(free.memoryMiB) MiB"
    case .vcpu: return "vcpu: needs \(demand.vcpus), free \(free.vcpus)"
    case .disk: return "disk: needs \(demand.diskGiB) GiB, free \(free.diskGiB) GiB"
    case .group:
      let group = cloud.vms.group[vm]
      return "group" + (group >= 0 ? ": `\(cloud.groups[group].name)`" : "")
    default: return rule.rawValue
    }
  }

  /// A member that is shut down or ended runs no more.
  private mutating func end(_ step: Step) {
    let group = cloud.vms.group[step.vm]
    guard group >= 0, cloud.vms.state[step.vm] == .active else { return }
    running[group] -= 1
    if step.record.action == .recreate { ended[group] += 1 }
    guard let minimum = cloud.groups[group].minimumRunning, running[group] < minimum else { return }
    findings.append(
      PlanFinding(
        .group, vm: step.record.vm, host: step.record.source, wave: step.record.wave,
        planned: "\(minimum) of `\(cloud.groups[group].name)` run",
        now: "\(running[group]) would run", stops: true,
        advice: "its group would fall below the members that must run: plan again"))
  }

  private mutating func bringSuccessorsBack() {
    for group in ended.indices {
      running[group] += ended[group]
      ended[group] = 0
    }
  }

  /// Groups of VMs of the plan that are broken before it begins.
  private mutating func noteBrokenGroups(of steps: [Step]) {
    let groups = Set(steps.map { cloud.vms.group[$0.vm] }.filter { $0 >= 0 })
    for group in groups.sorted() {
      let hosts = state.groups.hosts(of: group)
      let record = cloud.groups[group]
      let isBroken =
        switch record.policy {
        case .affinity: hosts.count > 1
        case .antiAffinity:
          hosts.contains { state.groups.members(of: group, on: $0) > record.maxPerHost }
        case .softAffinity, .softAntiAffinity: false
        }
      guard isBroken else { continue }
      findings.append(
        PlanFinding(
          .group, planned: "`\(record.name)`: \(record.policy.rawValue)",
          now: "broken before the plan begins: members on "
            + hosts.map { cloud.hosts.names[$0] }.joined(separator: ", "), stops: false,
          advice: "its members were put there against it"))
    }
  }
}
