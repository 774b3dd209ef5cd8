import CloudModel
import Migration
import Simulator

extension LeftBehindRecord {
  /// The record of a VM left behind.
  init(_ left: LeftBehind, in cloud: Cloud, _ names: VMNames) {
    vm = names[left.vm]
    vmID = cloud.vms.ids[left.vm]
    host = cloud.hosts.names[cloud.vms.host[left.vm]]
    reason = left.reason.word
    rejectedHosts = left.rejections.counts.map {
      CountRecord($0.rule.rawValue, Int64($0.hosts))
    }
    isProven = left.isProven
    advice = left.advice
  }
}

extension MoveRecord {
  /// The record of a move with the times of one run.
  init(_ move: Move, _ times: StepTimes, in cloud: Cloud, _ names: VMNames) {
    vm = names[move.vm]
    vmID = cloud.vms.ids[move.vm]
    let project = cloud.vms.project[move.vm]
    self.project = project < 0 ? nil : cloud.projects[project].name
    flavor = cloud.flavors[cloud.vms.flavor[move.vm]].name
    policyClass = move.policyClass
    action = move.action
    source = cloud.hosts.names[move.source]
    target = move.target.map { cloud.hosts.names[$0] }
    wave = Int64(move.wave)
    start = times.start?.seconds ?? 0
    if let start = times.start, let end = times.end { duration = (end - start).seconds }
    off = times.timeOff.seconds
    sent = Int64((times.sent * 1_048_576).rounded())
    isDiskCopied = move.target != nil && cloud.localDisk(ofVM: move.vm).count > 0
    rounds = Int64(times.rounds)
    // The state of a passed-through device moves in the pause; nobody has said how much it is.
    let isKnown = times.state == .done && times.fallback == nil && !cloud.hasDevices(move.vm)
    blackout = move.action == .live && isKnown ? times.timeOff.seconds : nil
    reason = move.reason?.word
    isHelper = move.isHelper
    let state = cloud.vms.state[move.vm]
    isPaused = state == .paused
    isRunning = state == .active || state == .paused
  }
}

extension ClassRecord {
  /// The record of the class of a VM.
  init(_ name: String, _ resolved: ResolvedClass) {
    vm = name
    effective = resolved.effective
    ceiling = resolved.ceiling.most
    reasons = resolved.ceiling.limits.map {
      "\($0.reason.rawValue): \($0.most.rawValue), \($0.evidence.rawValue)"
    }
    if let state = resolved.ceiling.blockingState {
      reasons.append("state: \(state.rawValue), no step")
    }
    wish = resolved.wish.wished
    carrier = resolved.wish.carrier
    evidence = resolved.evidence
    isWishRefused = resolved.isWishRefused
  }
}

extension ParameterRecord {
  /// The record of a number of the model.
  init(_ parameter: MigrationParameter) {
    name = parameter.name
    value = parameter.value
    unit = parameter.unit
    evidence = parameter.evidence
    source = parameter.source
  }
}
