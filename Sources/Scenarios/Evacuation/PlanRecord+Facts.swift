import CloudModel
import Migration

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
