import CloudModel

/// Whether a plan still fits a cloud that is newer than it: what of hosts and VMs is no more as the
/// plan takes it, and whether its waves still find room and break no group.
package struct PlanCheck: Sendable {
  /// What is no more as the plan says, in the order hosts, VMs, waves.
  package private(set) var findings: [PlanFinding] = []
  /// Whether the plan was made from this very file.
  package let isSameFile: Bool
  /// Whether what only a scenario knows was there: wishes, devices, minima of groups.
  package let knowsWishes: Bool

  /// Whether nothing that was found stops the plan.
  package var fits: Bool { !findings.contains(where: \.stops) }

  private let plan: PlanRecord
  private let cloud: Cloud
  private let hostOfName: [String: Int]
  private let vmOfID: [String: Int]
  private let out: [Int]
  private let names: VMNames

  /// The findings about a plan in the cloud of a scenario.
  ///
  /// `knowsWishes` says that the scenario states wishes and group minima; else what the plan says
  /// about wishes from outside the cloud is believed.
  ///
  /// **Complexity**: linear in the VMs of the cloud and the moves of the plan.
  package init(_ plan: PlanRecord, in scenario: Scenario, knowsWishes: Bool) {
    self.plan = plan
    self.knowsWishes = knowsWishes
    cloud = scenario.cloud
    isSameFile = scenario.cloudSHA256 == plan.cloudSHA256
    hostOfName = cloud.hosts.names.indexByName()
    vmOfID = cloud.vms.ids.indexByName()
    out = plan.hosts.compactMap { [hostOfName] in hostOfName[$0] }
    names = VMNames(cloud)
    checkHosts()
    let classes = PlanClasses(
      plan, cloud: cloud, rules: scenario.classRules, out: out, knowsWishes: knowsWishes)
    let steps = plan.moves.compactMap { checkMove($0, classes) }
    checkOthers()
    var replay = PlanReplay(rules: TargetRules(cloud: cloud, out: out))
    replay.run(
      steps,
      waits: Dictionary(
        plan.waves.map { ($0.wave, $0.wait) }, uniquingKeysWith: { first, _ in first }))
    findings += replay.findings
  }

  private mutating func checkHosts() {
    for name in plan.hosts where hostOfName[name] == nil {
      findings.append(
        PlanFinding(
          .hostGone, host: name, planned: "to be emptied", now: "not in the cloud", stops: true,
          advice: "plan again without it"))
    }
    let sources = Set(plan.moves.map(\.source))
    for name in sources.union(plan.hosts).sorted() {
      guard let host = hostOfName[name], cloud.hosts.state[host] == .down else { continue }
      findings.append(
        PlanFinding(
          .hostState, host: name, planned: "VMs are moved from it", now: "down",
          stops: sources.contains(name),
          advice: "VMs on a host that is down are rebuilt elsewhere, not moved"))
    }
    for name in Set(plan.moves.compactMap(\.target)).sorted() {
      let count = plan.moves.filter { $0.target == name }.count
      let planned = "takes \(count) VM\(count == 1 ? "" : "s")"
      guard let host = hostOfName[name] else {
        findings.append(
          PlanFinding(
            .hostGone, host: name, planned: planned, now: "not in the cloud", stops: true,
            advice: "plan again"))
        continue
      }
      guard cloud.hosts.state[host] != .enabled else { continue }
      findings.append(
        PlanFinding(
          .hostState, host: name, planned: planned, now: cloud.hosts.state[host].rawValue,
          stops: true, advice: "open it again, or plan again"))
    }
  }

  /// Checks what a move takes for granted of its VM; returns the step if it can be tried.
  private mutating func checkMove(
    _ move: MoveRecord, _ classes: PlanClasses
  ) -> PlanReplay.Step? {
    guard let vm = vmOfID[move.vmID] else {
      findings.append(
        PlanFinding(
          .vmGone, vm: move.vm, host: move.source, wave: move.wave,
          planned: move.action.rawValue, now: "not in the cloud", stops: true,
          advice: "take its move out, or plan again"))
      return nil
    }
    checkState(of: vm, move)
    if let flavor = move.flavor, flavor != cloud.flavors[cloud.vms.flavor[vm]].name {
      findings.append(
        PlanFinding(
          .vmFlavor, vm: move.vm, host: move.source, planned: flavor,
          now: cloud.flavors[cloud.vms.flavor[vm]].name, stops: false,
          advice: "its times are those of the old size; whether it still fits is checked"))
    }
    if let finding = classes.finding(about: move, vm) { findings.append(finding) }
    guard isAtSource(vm, move) else { return nil }
    let target = move.target.map { hostOfName[$0] }
    if case .some(nil) = target { return nil }
    return PlanReplay.Step(record: move, vm: vm, target: target ?? nil)
  }

  private mutating func isAtSource(_ vm: Int, _ move: MoveRecord) -> Bool {
    let host = cloud.vms.host[vm]
    let name = host < 0 ? nil : cloud.hosts.names[host]
    if name == move.source { return true }
    let isThere = name != nil && name == move.target
    findings.append(
      PlanFinding(
        isThere ? .vmThere : .vmMoved, vm: move.vm, host: name, wave: move.wave,
        planned: "from \(move.source)", now: name.map { "on \($0)" } ?? "on no host", stops: true,
        advice: isThere
          ? "its move is over: go on with `berth plan resume`" : "plan again from where it is"))
    return false
  }

  private mutating func checkState(of vm: Int, _ move: MoveRecord) {
    let planned = move.isPaused ? VMState.paused : move.isRunning ? .active : .stopped
    let state = cloud.vms.state[vm]
    guard state != planned else { return }
    // What is off when the plan is made gets no command; if it runs now, nobody would stop it.
    let isMissed = move.target == nil && planned == .stopped && state == .active
    let stops = isMissed || !Self.permits(move.action, in: state)
    findings.append(
      PlanFinding(
        .vmState, vm: move.vm, host: move.source, wave: move.wave, planned: planned.rawValue,
        now: state.rawValue, stops: stops,
        advice: stops
          ? "its \(move.action.rawValue) would be refused or missed: plan again"
          : "its step is permitted all the same; its times differ"))
  }

  /// **Source**: Nova's API: live migration of active and paused servers, cold migration of active
  /// and stopped ones, stop of active ones.
  private static func permits(_ action: MoveAction, in state: VMState) -> Bool {
    action == .live
      ? state == .active || state == .paused : state == .active || state == .stopped
  }

  /// VMs without a move: new ones on hosts to empty, and those that were to be left behind.
  private mutating func checkOthers() {
    let known = Set(plan.moves.map(\.vmID) + plan.leftBehind.map(\.vmID))
    let arriving = Set(plan.moves.filter { plan.hosts.contains($0.target ?? "") }.map(\.vmID))
    let byHost = cloud.vmsByHost()
    for host in out {
      for vm in byHost[host] where !known.contains(cloud.vms.ids[vm]) {
        findings.append(
          PlanFinding(
            .vmNew, vm: names[vm], host: cloud.hosts.names[host],
            now: "\(cloud.vms.state[vm].rawValue), \(cloud.flavors[cloud.vms.flavor[vm]].name)",
            stops: !arriving.contains(cloud.vms.ids[vm]),
            advice: "the plan has no step for it: close the host for new VMs and plan again"))
      }
    }
    for left in plan.leftBehind {
      let host = vmOfID[left.vmID].map { cloud.vms.host[$0] } ?? -1
      let name = host < 0 ? nil : cloud.hosts.names[host]
      guard name != left.host else { continue }
      findings.append(
        PlanFinding(
          .vmLeft, vm: left.vm, host: left.host, planned: "left behind (\(left.reason))",
          now: name.map { "on \($0)" } ?? "gone", stops: name.map(plan.hosts.contains) ?? false,
          advice: name.map(plan.hosts.contains) ?? false ? "plan again" : "one less to care for"))
    }
    for held in cloud.held where out.contains(held.host) {
      findings.append(
        PlanFinding(
          .held, host: cloud.hosts.names[held.host], now: held.holder, stops: false,
          advice: "settle it before the work"))
    }
  }
}
